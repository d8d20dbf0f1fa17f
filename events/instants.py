"""Reading dates and times as they are written, in a named time zone. Pure.

Three forms of one value reach us: text as written, text as the Pulumi CLI rewrites an
unquoted date (`2026-11-21 09:00:00 +0100 +0100`), and text with an offset.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from events.zone_names import is_offset, place_of

_EXAMPLE = 'write a quoted local time, such as "2026-12-14T09:00"'
_REWRITTEN = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) ([+-]\d{4}) (\S+)")
_LOCAL = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?")
_FIRST_YEAR, _LAST_YEAR = 1990, 2200
_OFFSET = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:?\d\d)")


@cache
def _zones() -> frozenset[str]:
    """Return the IANA names of places, and UTC; finding them takes longest of all here.

    Others have clocks that never change, as EST, or names that say too little of where.
    """
    places = {name for name in available_timezones() if "/" in name and name[:4] != "Etc/"}
    return frozenset({*places, "UTC", "Etc/UTC"})


def zone(name: str) -> ZoneInfo:
    """Return the time zone of an IANA name that says a place, or of UTC.

    Raises:
        ValueError: no such zone; the message names the nearest.
    """
    known = _zones()
    if name not in known:
        meant = place_of(name)
        close = [] if is_offset(name) else get_close_matches(name, sorted(known - {"Etc/UTC"}), n=3)
        near = [meant] if meant else close
        hint = f"nearest: {', '.join(near)}" if near else "such as Europe/Berlin"
        found = f"{name!r}, which names no place" if name in available_timezones() else f"{name!r}"
        msg = f"found {found}; write the IANA name of a time zone, {hint}"
        raise ValueError(msg)
    return ZoneInfo(name)


def normal(written: object) -> str:
    """Return a date or time as ISO text, whichever of its forms it came in.

    Raises:
        ValueError: not a date or time, or one whose time zone was lost on the way.
    """
    if isinstance(written, str):
        return _as_iso(written.strip())
    msg = f"found {written!r}; {_EXAMPLE}"
    raise ValueError(msg)


def _as_iso(text: str) -> str:
    match = _REWRITTEN.fullmatch(text)
    if match is None:
        return text
    day, clock, offset, name = match.groups()
    if name == "UTC" and clock == "00:00:00":
        return day
    if name == "UTC":
        msg = f"found {text!r}, an unquoted time that lost its zone; {_EXAMPLE}"
        raise ValueError(msg)
    return f"{day}T{clock}{offset}"


def is_plausible(day: date) -> bool:
    """Return whether a day is far from the ends of the calendar, where arithmetic overflows."""
    return _FIRST_YEAR <= day.year <= _LAST_YEAR


def calendar_date(written: object) -> date:
    """Return a date written as `2026-12-14`.

    Raises:
        ValueError: not such a date.
    """
    text = normal(written)
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text or not is_plausible(found):
        msg = f'found {text!r}; write a quoted date, such as "2026-12-14"'
        raise ValueError(msg)
    return found


def is_local(written: object) -> bool:
    """Return whether a time is written without an offset.

    Raises:
        ValueError: neither a local time nor one with an offset.
    """
    text = normal(written)
    if _LOCAL.fullmatch(text):
        return True
    if _OFFSET.fullmatch(text):
        return False
    msg = f"found {text!r}; {_EXAMPLE}"
    raise ValueError(msg)


def instant(written: object, where: ZoneInfo) -> datetime:
    """Return the instant of a time in UTC, read in `where` unless it carries an offset.

    UTC, since instants that share a time zone are compared and subtracted by their wall
    clocks, which is wrong around a clock change.

    Raises:
        ValueError: not a time, or a local time that a clock change skips or repeats.
    """
    local = is_local(written)
    text = normal(written)
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        parsed = None
    if parsed is None or not is_plausible(parsed):
        msg = f"found {text!r}; {_EXAMPLE}"
        raise ValueError(msg)
    return at_wall_clock(parsed, where) if local else parsed.astimezone(UTC)


def at_wall_clock(local: datetime, where: ZoneInfo) -> datetime:
    """Return the instant, in UTC, at which the clocks of a zone show a naive local time.

    Raises:
        ValueError: a clock change skips the time, or shows it twice.
    """
    first, second = (local.replace(tzinfo=where, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    shown = local.isoformat(timespec="minutes")
    if first.astimezone(UTC).astimezone(where).replace(tzinfo=None) != local:
        msg = f"found {shown}, which a clock change in {where.key} skips; write an hour later"
        raise ValueError(msg)
    early, late = (f"{moment:%z}" for moment in (first, second))
    msg = (
        f"found {shown}, which a clock change in {where.key} shows twice; add the offset, "
        f"{shown}{early[:3]}:{early[3:]} or {shown}{late[:3]}:{late[3:]}"
    )
    raise ValueError(msg)


def is_day(written: str) -> bool:
    """Return whether a checked time is a day without a time."""
    return len(written) == len("2026-12-14")


def first_of_day(day: date, where: ZoneInfo) -> datetime:
    """Return the first instant, in UTC, at which it is a day in a zone.

    Where the clocks skip midnight, that is when they do; where they show it twice, the first.
    """
    return datetime.combine(day, time.min, tzinfo=where).astimezone(UTC)


def minute(moment: datetime) -> datetime:
    """Return the instant rounded down to the minute."""
    return moment.replace(second=0, microsecond=0)


def minutes_up(seconds: int) -> timedelta:
    """Return seconds as whole minutes, rounded up."""
    return timedelta(minutes=-(-seconds // 60))
