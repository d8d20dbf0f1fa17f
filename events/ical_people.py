"""Who comes to an entry of a calendar: its summary and its description. Pure."""

import re
from typing import NamedTuple

from events.ical_source import shortened

_KEYS = ("users",)
_LINE = re.compile(r"([A-Za-z][\w -]*)\s*:(.*)", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_NUMBER = re.compile(r"[1-9][0-9]{0,6}")


class Summary(NamedTuple):
    """The event that a summary names, in lower case, and the cohort; None without a colon."""

    event: str
    cohort: str | None


def named(summary: str) -> Summary:
    """Return what a summary such as `final: extra time` names."""
    event, colon, cohort = summary.partition(":")
    return Summary(event.strip().lower(), cohort.strip() if colon else None)


def plain_text(text: str) -> str:
    """Return a text with line ends of one kind, and spaces for what calendars cannot have."""
    return _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def summary_of(event: str, cohort: str) -> str:
    """Return the summary of a session of a cohort, or of everybody."""
    who = plain_text(cohort).strip()
    return f"{event}: {who}" if who else event


def users_of(description: str) -> int | None:
    """Return the number in a description that is empty or says `users: 25`.

    Raises:
        ValueError: it says anything else.
    """
    found: dict[str, str] = {}
    for line in filter(None, map(str.strip, description.split("\n"))):
        match = _LINE.fullmatch(line)
        key = match[1].strip().lower() if match else ""
        if match is None or "<" in line:
            msg = f"description {shortened(line)!r} is not read; write users: 25, or clear it"
            raise ValueError(msg)
        if key not in _KEYS:
            msg = f"description has {shortened(match[1])!r}; allowed: users, such as users: 25"
            raise ValueError(msg)
        if key in found:
            msg = f"description has {key} twice; leave one out"
            raise ValueError(msg)
        found[key] = match[2].strip()
    if "users" not in found:
        return None
    if not _NUMBER.fullmatch(found["users"]):
        msg = f"description has users {shortened(found['users'])!r}; write a number above 0"
        raise ValueError(msg)
    return int(found["users"])
