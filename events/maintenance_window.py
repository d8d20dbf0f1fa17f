"""When GKE may maintain a cluster by itself, as GKE keeps it: in UTC, by the week. Pure.

Source: Google Cloud, "Configure maintenance windows and exclusions", 2026: the time zone is
not stored, and days of the week are always UTC. A window written in local time therefore
moves by an hour when the clocks change, until it is registered again.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from events.sessions import Session, merged

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)
# A Monday in the past. GKE takes from it only where counting starts; another would be a change.
_MONDAY = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A maintenance window as people write it.

    Attributes:
        starts: When it opens, by the clocks of `where`.
        length: How long it stays open.
        days: On which days it opens, at least one: 0 is Monday, 6 Sunday.
        where: Whose clocks.
    """

    starts: time
    length: timedelta
    days: frozenset[int]
    where: ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurring:
    """A maintenance window as GKE keeps it.

    Attributes:
        starts: When it first opens, in UTC.
        ends: When it first closes, in UTC.
        recurrence: An RRULE of RFC 5545, in UTC.
    """

    starts: datetime
    ends: datetime
    recurrence: str


def zulu(moment: datetime) -> str:
    """Return an instant as GKE returns it; another form would be a change for ever.

    Source: Terraform provider google, `google_container_cluster`, 2026-08-21.
    """
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def recurring(window: Window, now: datetime) -> Recurring:
    """Return a window with the offset from UTC that its time zone has at `now`."""
    opens = _opens(window, now)
    days = ",".join(_DAYS[offset // _DAY] for offset in opens)
    every = "FREQ=DAILY" if len(opens) == len(_DAYS) else f"FREQ=WEEKLY;BYDAY={days}"
    starts = _MONDAY + opens[0]
    return Recurring(starts=starts, ends=starts + window.length, recurrence=every)


def openings(window: Window, now: datetime, between: Session) -> list[Session]:
    """Return when the window is open, in order; at least all that meets `between`."""
    opens = _opens(window, now)
    week = between.starts - window.length
    week -= (week - _MONDAY) % _WEEK
    found: list[Session] = []
    while week < between.ends:
        starts = [week + offset for offset in opens]
        found += [Session(starts=moment, ends=moment + window.length) for moment in starts]
        week += _WEEK
    return merged(found)


def _opens(window: Window, now: datetime) -> list[timedelta]:
    """Return how long after the start of a week in UTC it opens, in order."""
    ahead = now.astimezone(window.where).replace(tzinfo=UTC) - now
    clock = timedelta(
        hours=window.starts.hour, minutes=window.starts.minute, seconds=window.starts.second
    )
    return sorted((day * _DAY + clock - ahead) % _WEEK for day in window.days)
