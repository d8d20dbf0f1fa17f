"""Times, days and spans as calendars write them. Pure.

Source: RFC 5545, section 3.3, "Property Value Data Types".
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from events.ical_source import Property, shortened
from events.ical_zones import zone_named
from events.instants import at_wall_clock

_TIME = re.compile(r"\d{8}T\d{6}Z?", re.ASCII)
_DAY = re.compile(r"\d{8}", re.ASCII)
_SPAN = re.compile(
    r"\+?P(?:(\d+)W|(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?)", re.ASCII
)
# As far as times of a stack file go.
_FIRST_YEAR, _LAST_YEAR = 1990, 2200
_LONGEST = timedelta(days=366)
_MOST_SECONDS = 366 * 86_400
_LONGEST_TEXT = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """How long: days by the calendar, then time that passes."""

    days: timedelta = timedelta()
    time: timedelta = timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time or a day of a calendar.

    Attributes:
        local: What its clock shows; midnight of a day.
        zone: Whose clock; None for a day.
    """

    local: datetime
    zone: ZoneInfo | None

    @property
    def is_day(self) -> bool:
        """Return whether it is a day without a time."""
        return self.zone is None

    def instant(self) -> datetime:
        """Return the instant of a time, in UTC.

        Raises:
            ValueError: a clock change skips the time, or shows it twice.
        """
        where = self.zone or ZoneInfo("UTC")
        try:
            return at_wall_clock(self.local, where)
        except ValueError as error:
            told, _, _ = str(error).partition(";")
            msg = f"{told}; write the entry in UTC, or an hour earlier or later"
            raise ValueError(msg) from None

    def on_clock(self, where: ZoneInfo) -> datetime:
        """Return what the clock of a zone shows then; the day itself of a day.

        A time of that zone is never converted, so that it may be one that the clocks skip.

        Raises:
            ValueError: a clock change in its own zone skips the time, or shows it twice.
        """
        if self.zone is None or self.zone.key == where.key:
            return self.local
        return self.instant().astimezone(where).replace(tzinfo=None)

    def after(self, span: Span) -> "Moment":
        """Return the moment a span later.

        Raises:
            ValueError: a clock change skips the time, or shows it twice; or it is out of reach.
        """
        if self.zone is None and span.time:
            msg = f"begins with a day, and cannot end {span.time} later"
            raise ValueError(msg)
        later = replace(self, local=self.local + span.days)
        if span.time:
            ends = later.instant() + span.time
            later = Moment(local=ends.replace(tzinfo=None), zone=ZoneInfo("UTC"))
        if later.local.year > _LAST_YEAR:
            msg = f"ends after {_LAST_YEAR}"
            raise ValueError(msg)
        return later


def moments(found: Property) -> list[Moment]:
    """Return the times or days of a property, which may have several.

    Raises:
        ValueError: one of them is none, or has no time zone.
    """
    return [moment(found, one) for one in found.value.split(",")]


def moment(found: Property, written: str | None = None) -> Moment:
    """Return the time or day of a property, or of one of its values.

    Raises:
        ValueError: not a time or a day, out of reach, or without a time zone.
    """
    text = (found.value if written is None else written).strip().upper()
    is_day = bool(_DAY.fullmatch(text))
    time = _TIME.fullmatch(text)
    kind = found.params.get("VALUE", "DATE" if is_day else "DATE-TIME").upper()
    try:
        local = datetime.strptime(text.rstrip("Z"), "%Y%m%d" if is_day else "%Y%m%dT%H%M%S")  # noqa: DTZ007 - the zone is said apart
    except ValueError:
        local = None
    if local is None or not (is_day or time) or (kind == "DATE") != is_day:
        msg = f"{found.name} {shortened(text)!r} is no time, such as 20261214T090000Z"
        raise ValueError(msg)
    if not _FIRST_YEAR <= local.year <= _LAST_YEAR:
        msg = f"{found.name} {text} is not between {_FIRST_YEAR} and {_LAST_YEAR}"
        raise ValueError(msg)
    if is_day:
        return Moment(local=local, zone=None)
    return Moment(local=local, zone=_zone_of(found, text))


def _zone_of(found: Property, text: str) -> ZoneInfo:
    if text.endswith("Z"):
        return ZoneInfo("UTC")
    name = found.params.get("TZID", "")
    if not name:
        msg = f"{found.name} {text} has no time zone; give the entry one"
        raise ValueError(msg)
    try:
        return zone_named(name)
    except ValueError as error:
        msg = f"{found.name} {text}: {error}"
        raise ValueError(msg) from None


def span(found: Property) -> Span:
    """Return a span such as `PT1H30M` or `P2D`.

    Raises:
        ValueError: not such a span, none at all, or of more than a year.
    """
    match = _SPAN.fullmatch(found.value.strip()[:_LONGEST_TEXT].upper())
    numbers = [int(part or 0) for part in match.groups()] if match else [0] * 5
    weeks, days, hours, minutes, seconds = numbers
    if match and max(numbers) <= _MOST_SECONDS:
        whole = timedelta(weeks=weeks, days=days)
        time = timedelta(hours=hours, minutes=minutes, seconds=seconds)
        if timedelta() < whole + time <= _LONGEST:
            return Span(days=whole, time=time)
    shown = repr(shortened(found.value))
    msg = f"{found.name} {shown} is no span of at most a year, such as PT1H30M"
    raise ValueError(msg)


def local_text(at: datetime, where: ZoneInfo) -> str:
    """Return an instant as a stack file has it: local, with its offset if clocks show it twice."""
    here = at.astimezone(where)
    local = here.replace(tzinfo=None)
    text = local.isoformat(timespec="seconds" if local.second else "minutes")
    try:
        at_wall_clock(local, where)
    except ValueError:
        offset = f"{here:%z}"
        return f"{text}{offset[:3]}:{offset[3:]}"
    return text
