"""Sessions of an event, repeated in wall-clock time. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from events.instants import at_wall_clock

Repeat = Literal["daily", "weekly"]
_STEP: dict[Repeat, timedelta] = {"daily": timedelta(days=1), "weekly": timedelta(weeks=1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A half-open span of instants in UTC: `starts` is in it, `ends` is not."""

    starts: datetime
    ends: datetime


def repeated(
    first: Session, where: ZoneInfo, repeat: Repeat | None, until: date | None
) -> list[Session]:
    """Return a session and its repeats, at the same local hours, `until` included.

    Raises:
        ValueError: a repeat falls on a local time that a clock change skips or repeats.
    """
    if repeat is None or until is None:
        return [first]
    starts, ends = (
        moment.astimezone(where).replace(tzinfo=None) for moment in (first.starts, first.ends)
    )
    found = [first]
    shift = _STEP[repeat]
    while (starts + shift).date() <= until:
        found.append(
            Session(
                starts=at_wall_clock(starts + shift, where),
                ends=at_wall_clock(ends + shift, where),
            )
        )
        shift += _STEP[repeat]
    return found


def merged(sessions: list[Session]) -> list[Session]:
    """Return the sessions in order, overlapping and touching ones as one."""
    found: list[Session] = []
    for session in sorted(sessions, key=lambda session: (session.starts, session.ends)):
        if found and session.starts <= found[-1].ends:
            last = found[-1]
            found[-1] = Session(starts=last.starts, ends=max(last.ends, session.ends))
        else:
            found.append(session)
    return found
