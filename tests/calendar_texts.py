"""Calendars as other programs write them, and a small hub and events that they are for."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from events.ical_sessions import read
from events.ical_source import entries
from events.sessions import Written

Raw = dict[str, Any]
Found = tuple[list[Written], list[str]]
BERLIN = ZoneInfo("Europe/Berlin")
HUB: Raw = {
    "name": "lab",
    "image": {"name": "quay.io/jupyter/base-notebook", "tag": "2026-11-02", "size": "1Gi"},
    "signIn": {"kind": "sharedPassword", "admins": ["teacher"]},
    "profiles": {"perNode": [4]},
}
START = "DTSTART;TZID=Europe/Berlin:20270201T090000"
HOUR = "DURATION:PT1H"


def entry(*lines: str, summary: str = "final", uid: str = "one@example.org") -> str:
    """Return an entry of these lines."""
    head = ["BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{summary}"]
    return "\r\n".join([*head, *lines, "END:VEVENT", ""])


def lesson(*lines: str, summary: str = "final", uid: str = "one@example.org") -> str:
    """Return an entry from nine to ten on Monday, 1 February 2027, in Berlin."""
    return entry(START, HOUR, *lines, summary=summary, uid=uid)


def calendar(*entries: str) -> bytes:
    """Return a calendar of these entries."""
    return "".join(["BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", *entries, "END:VCALENDAR\r\n"]).encode()


def without(text: str, name: str) -> str:
    """Return a calendar without the properties of a name, as a program that drops them."""
    kept: list[str] = []
    dropped = False
    for line in text.split("\r\n"):
        if not line.startswith(" "):
            dropped = line.startswith(f"{name}:")
        kept += [] if dropped else [line]
    return "\r\n".join(kept)


def lines_of(text: str, name: str) -> Sequence[str]:
    """Return the unfolded lines of a property, with what follows its name."""
    unfolded = text.replace("\r\n ", "").split("\r\n")
    return [
        line.removeprefix(name) for line in unfolded if line.startswith((f"{name}:", f"{name};"))
    ]


def times(starts: str, ends: str, *lines: str) -> str:
    """Return an entry with these bounds."""
    return entry(f"DTSTART{starts}", f"DTEND{ends}", *lines)


def found(first: str, *others: str, where: ZoneInfo = BERLIN) -> Found:
    """Return what the first entry says, with others that stand for some of its repeats."""
    own, *changed = entries(calendar(first, *others))
    return read(own, changed, where)


def event(name: str, **keys: object) -> Raw:
    """Return an event in Berlin."""
    found: Raw = {
        "name": name,
        "hub": "lab",
        "kind": "workshop",
        "users": 20,
        "seat": {"memory": "2Gi", "cpu": 0.5},
        "arrivals": {"within": "10m"},
        "timezone": "Europe/Berlin",
    }
    return found | keys
