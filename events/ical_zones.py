"""Time zones of calendars: their names, and their rules written out. Pure.

Source: RFC 5545, section 3.6.5, "Time Zone Component".
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from events.instants import minute

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


@cache
def _names() -> frozenset[str]:
    return frozenset(available_timezones())


def zone_named(name: str) -> ZoneInfo:
    """Return the zone of an IANA name, or of a name that Windows and Outlook have for one.

    Windows' names are read as the Unicode CLDR maps them for the whole world.
    Source: CLDR, `windowsZones.xml`, territory 001, as `icalendar` carries it.

    Raises:
        ValueError: neither.
    """
    iana = name if name in _names() else WINDOWS_TO_OLSON.get(name, name)
    if iana not in _names():
        msg = (
            f"time zone {name[:60]!r} is neither of the IANA list nor of Windows; choose one "
            "such as Europe/Berlin"
        )
        raise ValueError(msg)
    return ZoneInfo(iana)


def zone_lines(where: ZoneInfo, first: datetime, last: datetime) -> list[str]:
    """Return the VTIMEZONE of a zone: how its clocks change between two instants.

    Every change is written out, as rules of zones change at the will of parliaments.
    """
    lines = ["BEGIN:VTIMEZONE", f"TZID:{where.key}"]
    start = first.astimezone(where)
    lines += _observance(start.replace(tzinfo=None), start, start)
    for before, after in _changes(where, first, last):
        # When the change comes, by the clocks as they are before it.
        onset = (after.astimezone(UTC) + _offset(before)).replace(tzinfo=None)
        lines += _observance(onset, before, after)
    return [*lines, "END:VTIMEZONE"]


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta()


def _observance(onset: datetime, before: datetime, after: datetime) -> list[str]:
    kind = "DAYLIGHT" if after.dst() else "STANDARD"
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{onset:%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{before:%z}",
        f"TZOFFSETTO:{after:%z}",
        f"TZNAME:{after.tzname()}",
        f"END:{kind}",
    ]


def _changes(
    where: ZoneInfo, first: datetime, last: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """Yield the last minute before, and the first after, each change of the clocks."""
    here = minute(first.astimezone(UTC))
    while here < last:
        step = here + _DAY
        if _offset(here.astimezone(where)) != _offset(step.astimezone(where)):
            low, high = here, step
            while high - low > _MINUTE:
                middle = minute(low + (high - low) // 2)
                same = _offset(middle.astimezone(where)) == _offset(here.astimezone(where))
                low, high = (middle, high) if same else (low, middle)
            yield low.astimezone(where), high.astimezone(where)
        here = step
