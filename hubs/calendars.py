"""Sessions of an event from a calendar, and calendars from sessions.

Pure but for reading a file of `calendars/`, which lies beside `hubs/`.
"""

import errno
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from events.ical_people import named
from events.ical_sessions import is_cancelled, read
from events.ical_source import MOST_BYTES, Entry, entries
from events.ical_writing import TRANSITION, Dated, calendar_text, remark_lines, session_lines
from events.ical_zones import zone_lines
from events.instants import is_day, zone
from events.repeats import MOST_SESSIONS
from events.sessions import Session, sessions_of
from hubs.calendar_forms import config_of, form
from hubs.event import EventConfig
from hubs.mistakes import Mistake, MistakesError, nearest
from hubs.schedules import as_written
from hubs.session_config import SessionConfig

FOLDER = "calendars"
# Of a name.
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a calendar says of one event.

    Attributes:
        sessions: Its sessions, in the order of the calendar.
        mistakes: What is wrong with it or its entries.
        unknown: Entries that name no event of the stack.
    """

    sessions: tuple[SessionConfig, ...] = ()
    mistakes: list[str] = field(default_factory=list[str])
    unknown: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something of a calendar that is no session, such as a transition.

    Attributes:
        name: What it is called.
        at: When, aware.
        text: What it says.
    """

    name: str
    at: datetime
    text: str


class _Found(NamedTuple):
    """The entries of a calendar by what they are."""

    own: list[Entry]
    unknown: list[Entry]
    series: dict[str, Entry]
    changed: dict[str, list[Entry]]


def read_calendar(content: bytes, event: EventConfig, names: Sequence[str]) -> Read:
    """Return what a calendar says of an event.

    Args:
        content: The calendar.
        event: The event; its name is the summary of its entries, before any colon.
        names: The names of all events of the stack.
    """
    try:
        found = _sorted(entries(content), event.name, {name.lower() for name in names})
    except ValueError as error:
        return Read(mistakes=[str(error)])
    unknown = [f"{entry.title} names no event; {_allowed(entry, names)}" for entry in found.unknown]
    if not found.own:
        told = f"has no entry named {event.name}"
        return Read(mistakes=[told], unknown=unknown)
    if len(found.own) > MOST_SESSIONS:
        told = f"has {len(found.own)} entries named {event.name}; at most {MOST_SESSIONS}"
        return Read(mistakes=[told], unknown=unknown)
    sessions, mistakes = _sessions(found, event)
    return Read(sessions=tuple(sessions), mistakes=mistakes, unknown=unknown)


def _sorted(found: list[Entry], event: str, names: set[str]) -> _Found:
    sorted_ = _Found([], [], {}, {})
    for entry in found:
        uid = entry.text("UID")
        if entry.first("RECURRENCE-ID"):
            sorted_.changed.setdefault(uid, []).append(entry)
        else:
            sorted_.series.setdefault(uid, entry)
        if is_cancelled(entry) or TRANSITION in entry.text("CATEGORIES"):
            continue
        name = named(entry.text("SUMMARY")).event
        if name == event.lower():
            sorted_.own.append(entry)
        elif name not in names:
            sorted_.unknown.append(entry)
    return sorted_


def _allowed(entry: Entry, names: Sequence[str]) -> str:
    # Long summaries are of other things, and comparing them takes long.
    return nearest(named(entry.text("SUMMARY")).event[:_LONGEST_NAME], list(names))


def _sessions(found: _Found, event: EventConfig) -> tuple[list[SessionConfig], list[str]]:
    where = zone(event.timezone)
    sessions: list[SessionConfig] = []
    mistakes: list[str] = []
    times = 0
    for entry in found.own:
        told = _misplaced(entry, found)
        changed = [] if entry.first("RECURRENCE-ID") else found.changed.get(entry.text("UID"), [])
        written, wrong = read(entry, changed, where)
        mistakes += [f"{entry.title} {one}" for one in [*told, *wrong]]
        times += sum(len(sessions_of(one, where)) for one in written)
        if times > MOST_SESSIONS:
            mistakes.append(f"{entry.title} is beyond {MOST_SESSIONS} sessions, repeats included")
            break
        sessions += [config_of(one, entry, event.name, where) for one in written]
    return sessions, mistakes


def _misplaced(entry: Entry, found: _Found) -> Iterator[str]:
    uid = entry.text("UID")
    if named(entry.text("SUMMARY")).cohort == "":
        yield "has a colon and no cohort after it; write one, or leave the colon out"
    if entry.first("RECURRENCE-ID"):
        if not uid or uid not in found.series:
            yield "changes one of several, which are not in this calendar; export them too"
    elif uid and found.series[uid] is not entry:
        yield f"has the UID of entry {found.series[uid].position}; leave one out"


def with_calendar(
    event: EventConfig, place: str, folder: Path, names: Sequence[str], mistakes: list[Mistake]
) -> EventConfig | None:
    """Return an event with the sessions of its calendar, or None after adding every mistake.

    Args:
        event: The event.
        place: Where it is in the stack file, such as `events[0]`.
        folder: The folder of calendars.
        names: The names of all events of the stack.
        mistakes: Those found are added.
    """
    name = event.calendar
    if name is None:
        return event
    try:
        found = read_calendar(calendar_bytes(folder / name), event, names)
    except FileNotFoundError:
        found = Read(mistakes=[_missing(folder, name)])
    except OSError as error:
        found = Read(mistakes=[f"cannot be read: {error.strerror}"])
    told = [*found.mistakes, *found.unknown]
    mistakes += [Mistake(f"{place}.calendar", f"{name} {one}") for one in told]
    return None if told else event.model_copy(update={"sessions": found.sessions})


def calendar_bytes(path: Path) -> bytes:
    """Return what a file holds, or one byte more than is ever read of a calendar.

    Raises:
        OSError: it cannot be read.
    """
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "it is no file")
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _missing(folder: Path, name: str) -> str:
    known = sorted(path.name for path in folder.glob("*.ics"))
    told = nearest(name, known) if known else "readyroom import-calendar writes it"
    return f"is not in {FOLDER}/; {told}"


def as_calendar(
    stack_name: str, events: Sequence[EventConfig], remarks: Sequence[Remark] = ()
) -> str:
    """Return events with their sessions, and remarks, as one calendar.

    Args:
        stack_name: Name of the stack, and of the calendar.
        events: Events in the order in which they are written.
        remarks: What else is worth knowing; nothing reads it back.

    Raises:
        MistakesError: sessions that no calendar can say.
    """
    mistakes: list[Mistake] = []
    zones: dict[str, tuple[datetime, datetime]] = {}
    components: list[list[str]] = []
    uids: Counter[str] = Counter()
    for event in events:
        where = zone(event.timezone)
        for index, session in enumerate(event.sessions):
            entry = _dated(stack_name, event.name, session, uids)
            try:
                components.append(session_lines(entry, where))
            except ValueError as error:
                mistakes.append(Mistake(f"{event.name}.sessions[{index}]", str(error)))
            if not is_day(session.starts):
                _widen(zones, where, sessions_of(entry.session, where))
    if mistakes:
        raise MistakesError(mistakes)
    clocks = [zone_lines(ZoneInfo(name), *zones[name]) for name in sorted(zones)]
    said = [_remark_lines(stack_name, remark) for remark in remarks]
    return calendar_text(stack_name, [*clocks, *components, *said])


def _dated(stack_name: str, event: str, session: SessionConfig, uids: Counter[str]) -> Dated:
    written = form(session)
    uid = _uid(stack_name, event, written)
    uids[uid] += 1
    # The same session twice is two entries.
    if uids[uid] > 1:
        uid = _uid(stack_name, event, written, str(uids[uid]))
    return Dated(uid=uid, event=event, session=as_written(session), form=written)


def _uid(*parts: str) -> str:
    return f"{sha256(json.dumps(parts).encode()).hexdigest()[:32]}@readyroom"


def _remark_lines(stack_name: str, remark: Remark) -> list[str]:
    uid = _uid(stack_name, remark.name, remark.at.astimezone(UTC).isoformat(), remark.text)
    return remark_lines(uid, remark.name, remark.at, remark.text)


def _widen(
    zones: dict[str, tuple[datetime, datetime]], where: ZoneInfo, sessions: Sequence[Session]
) -> None:
    """Make the span in which a zone is written out hold these sessions, with a year before."""
    if where.key == "UTC":
        return
    first = min(one.starts for one in sessions) - timedelta(days=366)
    last = max(one.ends for one in sessions) + timedelta(days=366)
    known = zones.get(where.key, (first, last))
    zones[where.key] = min(first, known[0]), max(last, known[1])
