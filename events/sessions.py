"""Sessions of an event, in UTC; repeats and whole days follow local clocks. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from events.instants import at_wall_clock, first_of_day, instant, is_day
from events.repeats import occurrences


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A half-open span of instants in UTC: `starts` is in it, `ends` is not.

    Attributes:
        starts: When people come.
        ends: When they leave.
        users: How many; None for all of the event.
        cohort: Who they are; empty for everybody.
    """

    starts: datetime
    ends: datetime
    users: int | None = None
    cohort: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A session as people write it: local times or days, repeats, exceptions.

    Attributes:
        starts: A time, or a day; local unless it has an offset.
        ends: A time, or the last day.
        repeats: A rule of `events.repeats`; None for once.
        until: Last local day of `daily` and `weekly`.
        exceptions: Local days on which no repeat begins.
        users: How many; None for all of the event.
        cohort: Who they are; empty for everybody.
    """

    starts: str
    ends: str
    repeats: str | None = None
    until: date | None = None
    exceptions: frozenset[date] = frozenset()
    users: int | None = None
    cohort: str = ""


def first_begins(written: Written, where: ZoneInfo) -> datetime:
    """Return when the first of a written session's repeats begins.

    Raises:
        ValueError: not a time, or one that a clock change skips or repeats.
    """
    if is_day(written.starts):
        return first_of_day(date.fromisoformat(written.starts), where)
    return instant(written.starts, where)


def first_ends(written: Written, where: ZoneInfo) -> datetime:
    """Return when the first of a written session's repeats ends; a day ends when the next begins.

    Raises:
        ValueError: not a time, or one that a clock change skips or repeats.
    """
    if is_day(written.ends):
        return first_of_day(date.fromisoformat(written.ends) + timedelta(days=1), where)
    return instant(written.ends, where)


def sessions_of(written: Written, where: ZoneInfo) -> list[Session]:
    """Return a session and its repeats, at the same local hours whatever the clocks do.

    Raises:
        ValueError: a time or a repeat that cannot be, with what to write instead.
    """
    return [
        Session(starts=starts, ends=ends, users=written.users, cohort=written.cohort)
        for starts, ends in _spans(written, where)
    ]


def _spans(written: Written, where: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    begins, ends = first_begins(written, where), first_ends(written, where)
    if written.repeats is None:
        yield begins, ends
        return
    whole_days = is_day(written.starts)
    first, last = (moment.astimezone(where).replace(tzinfo=None) for moment in (begins, ends))
    if whole_days:
        first = datetime.fromisoformat(written.starts)
        last = datetime.fromisoformat(written.ends) + timedelta(days=1)
    length = last - first
    moments = occurrences(first, where, written.repeats, written.until, written.exceptions)
    for local in moments:
        if local == first:
            found = begins, ends
        elif whole_days:
            found = first_of_day(local.date(), where), first_of_day((local + length).date(), where)
        else:
            found = at_wall_clock(local, where), at_wall_clock(local + length, where)
        if found[1] <= found[0]:
            msg = f"found a repeat on {local:%Y-%m-%d} that ends as it begins, or before; except it"
            raise ValueError(msg)
        yield found


def merged(sessions: list[Session]) -> list[Session]:
    """Return the spans of the sessions in order, overlapping and touching ones as one."""
    found: list[Session] = []
    for session in sorted(sessions, key=lambda session: (session.starts, session.ends)):
        if found and session.starts <= found[-1].ends:
            last = found[-1]
            found[-1] = Session(starts=last.starts, ends=max(last.ends, session.ends))
        else:
            found.append(Session(starts=session.starts, ends=session.ends))
    return found


def most_at_once(sessions: list[Session]) -> tuple[int, datetime | None]:
    """Return the most people of sessions that say how many, and since when they are there."""
    changes = sorted(
        change
        for one in sessions
        if one.users is not None
        for change in ((one.starts, one.users), (one.ends, -one.users))
    )
    most, since, present = 0, None, 0
    for at, change in changes:
        present += change
        if present > most:
            most, since = present, at
    return most, since
