"""What an entry of a calendar says, as sessions are written in a stack file. Pure.

Whatever is not understood is a mistake, never a guess. A repeat is one of local hours: it ends
at the same local time on every day, whatever the clocks did in between.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from events.ical_people import named, users_of
from events.ical_repeats import Repeat, repeat_of, rule_of
from events.ical_source import Entry, Property, shortened
from events.ical_times import Moment, Span, local_text, moment, moments, span
from events.repeats import MOST_SESSIONS
from events.sessions import Written, sessions_of

T = TypeVar("T")

_ONCE = (
    "DESCRIPTION",
    "DTEND",
    "DTSTART",
    "DURATION",
    "RECURRENCE-ID",
    "RRULE",
    "STATUS",
    "SUMMARY",
)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """When an entry, or the first of its repeats, begins and ends."""

    starts: Moment
    ends: Moment


def is_cancelled(entry: Entry) -> bool:
    """Return whether an entry does not take place."""
    return entry.text("STATUS").upper() == "CANCELLED"


def read(
    entry: Entry, changed: Sequence[Entry], where: ZoneInfo
) -> tuple[list[Written], list[str]]:
    """Return what an entry says in the time zone of its event, or every mistake in it.

    Args:
        entry: The entry.
        changed: Entries of the same UID that stand for single ones of its repeats.
        where: The time zone of its event.
    """
    mistakes = list(_unreadable(entry, changed))
    is_readable = not mistakes
    users = _tried(mistakes, lambda: users_of(entry.text("DESCRIPTION")))
    rule = _tried(mistakes, lambda: rule_of(entry.first("RRULE")))
    bounds = _tried(mistakes, lambda: bounds_of(entry))
    if bounds is None or rule is None or not is_readable:
        return [], mistakes
    found: list[Written] = []
    repeat = _tried(mistakes, lambda: repeat_of(rule, bounds.starts, where))
    added = _tried(mistakes, lambda: dict(_added(entry, bounds, where)))
    if repeat is not None and added is not None:
        known = {*repeat.begins, *added}
        left_out = _left_out(entry, changed, known, where, mistakes)
        found += _tried(mistakes, lambda: list(_kept(bounds, repeat, left_out, where))) or []
        found += [
            one for at, one in added.items() if at not in left_out and at not in repeat.begins
        ]
    cohort = named(entry.text("SUMMARY")).cohort or ""
    found = [replace(one, users=users, cohort=cohort) for one in found]
    if not mistakes:
        # Late, since it takes longest: no clock change skips or repeats one of its times.
        for one in found:
            _tried(mistakes, lambda one=one: sessions_of(one, where))
    return ([], mistakes) if mistakes else (found, [])


def _tried(mistakes: list[str], reading: Callable[[], T]) -> T | None:
    try:
        return reading()
    except ValueError as error:
        mistakes.append(str(error))
        return None


def _unreadable(entry: Entry, changed: Sequence[Entry]) -> Iterator[str]:
    for line in entry.broken:
        yield f"line {shortened(line)!r} is no property"
    for name in _ONCE:
        if len(entry.every(name)) > 1:
            yield f"{name} is there twice"
    if entry.every("EXRULE"):
        yield "EXRULE is not read; write the days as EXDATE"
    status = entry.text("STATUS").upper()
    if status not in ("", "CONFIRMED", "CANCELLED"):
        yield f"STATUS is {shortened(status)}; confirm or cancel it"
    which = entry.first("RECURRENCE-ID")
    if which and "RANGE" in which.params:
        yield "RECURRENCE-ID is of this and all that follow; end the repeat, and write another"
    if which and entry.every("RRULE"):
        yield "has RECURRENCE-ID and RRULE; a single one does not repeat"
    dates = sum(one.value.count(",") + 1 for one in [*entry.every("RDATE"), *entry.every("EXDATE")])
    if dates + len(changed) > MOST_SESSIONS:
        many = dates + len(changed)
        yield f"has {many} dates in RDATE, EXDATE and changes; at most {MOST_SESSIONS}"


def bounds_of(entry: Entry) -> Bounds:
    """Return when an entry, or the first of its repeats, begins and ends.

    Raises:
        ValueError: it does not say so, or ends before it begins.
    """
    first, last, length = (entry.first(name) for name in ("DTSTART", "DTEND", "DURATION"))
    if first is None:
        msg = "has no DTSTART"
        raise ValueError(msg)
    starts = moment(first)
    if last is not None and length is not None:
        msg = "has DTEND and DURATION; leave one out"
        raise ValueError(msg)
    if last is not None:
        return _bounds(starts, moment(last))
    if length is not None:
        return _bounds(starts, starts.after(span(length)))
    if not starts.is_day:
        msg = "has no end; give it DTEND or DURATION"
        raise ValueError(msg)
    # Source: RFC 5545, section 3.6.1: a day without an end is one day.
    return _bounds(starts, starts.after(Span(days=_DAY)))


def _bounds(starts: Moment, ends: Moment) -> Bounds:
    if starts.is_day != ends.is_day:
        msg = "begins with a day and ends with a time, or the reverse; choose one"
        raise ValueError(msg)
    if ends.instant() <= starts.instant():
        msg = "does not end after it begins"
        raise ValueError(msg)
    return Bounds(starts=starts, ends=ends)


def _written(bounds: Bounds, where: ZoneInfo) -> Written:
    if bounds.starts.is_day:
        last = bounds.ends.local - _DAY
        return Written(starts=bounds.starts.local.date().isoformat(), ends=last.date().isoformat())
    starts, ends = bounds.starts.instant(), bounds.ends.instant()
    return Written(starts=local_text(starts, where), ends=local_text(ends, where))


def _kept(
    bounds: Bounds, repeat: Repeat, left_out: set[datetime], where: ZoneInfo
) -> Iterator[Written]:
    """Yield the session and its repeats, unless nothing is left of them."""
    kept = [one for one in repeat.begins if one not in left_out]
    if not kept:
        return
    first = _written(bounds, where)
    if repeat.rule is None:
        yield first
        return
    repeat.check_clocks(kept, bounds.starts, where)
    days = frozenset(one.date() for one in repeat.begins if one in left_out)
    yield replace(first, repeats=repeat.rule, exceptions=days)


def _added(entry: Entry, bounds: Bounds, where: ZoneInfo) -> Iterator[tuple[datetime, Written]]:
    for found in entry.every("RDATE"):
        for text in found.value.split(","):
            one = _added_bounds(found, text, bounds)
            yield one.starts.on_clock(where), _written(one, where)


def _added_bounds(found: Property, text: str, bounds: Bounds) -> Bounds:
    begins, is_period, ends = text.partition("/")
    if is_period:
        plain = replace(found, params=found.params | {"VALUE": "DATE-TIME"})
        starts = moment(plain, begins)
        if ends.lstrip("+")[:1].upper() == "P":
            return _bounds(starts, starts.after(span(replace(plain, value=ends))))
        return _bounds(starts, moment(plain, ends))
    starts = moment(found, begins)
    if bounds.starts.is_day:
        return _bounds(starts, starts.after(Span(days=bounds.ends.local - bounds.starts.local)))
    return _bounds(starts, starts.after(Span(time=bounds.ends.instant() - bounds.starts.instant())))


def _left_out(
    entry: Entry,
    changed: Sequence[Entry],
    known: set[datetime],
    where: ZoneInfo,
    mistakes: list[str],
) -> set[datetime]:
    """Return which of the known beginnings are left out, or replaced by entries of their own."""
    found: set[datetime] = set()
    by_day: dict[date, set[datetime]] = {}
    for begins in known:
        by_day.setdefault(begins.date(), set()).add(begins)
    places = [(it, "") for it in entry.every("EXDATE")]
    for other in changed:
        places += [(it, f" (of entry {other.position})") for it in other.every("RECURRENCE-ID")]
    for place, whose in places:
        for one in _tried(mistakes, lambda place=place: moments(place)) or []:
            at = _tried(mistakes, lambda one=one: one.on_clock(where))
            meant = by_day.get(one.local.date(), set()) if one.is_day else known & {at}
            if at is not None and not meant:
                shown = f"{at:%Y-%m-%d}" if one.is_day else f"{at:%Y-%m-%dT%H:%M}"
                mistakes.append(f"{place.name}{whose} {shown} is none of its times")
            found |= meant
    return found
