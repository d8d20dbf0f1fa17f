"""When GKE may upgrade a stack's cluster, and when never: its window and its exclusions. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from events.instants import zone
from events.maintenance import Exclusion, Span, Unprotected, plan
from events.maintenance_window import Recurring, Window, recurring
from hubs.active import EventNow
from hubs.gke import EVERY_DAY, GkeConfig, MaintenanceConfig

_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Maintenance:
    """What GKE is told about upgrades.

    Attributes:
        window: When it may upgrade.
        exclusions: When it may not, window or not.
        unprotected: Times of events in which it may all the same, and why.
    """

    window: Recurring
    exclusions: tuple[Exclusion, ...]
    unprotected: tuple[Unprotected, ...]

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return what to tell people of times in which GKE may upgrade during an event."""
        return tuple(_told(one) for one in self.unprotected)


def maintenance(cluster: GkeConfig, events: Iterable[EventNow], now: datetime) -> Maintenance:
    """Return what GKE is told at an instant, with every event as it is then.

    Exclusions are an event's settings like any other: they come when it is staged, and an event
    that is over leaves none behind.
    """
    window = _in_utc(cluster.maintenance, now)
    found = plan(_spans(events), window, now)
    return Maintenance(
        window=recurring(window, now),
        exclusions=found.exclusions,
        unprotected=found.unprotected,
    )


def _told(one: Unprotected) -> str:
    return (
        f"GKE may upgrade the cluster during event {one.name}, from {one.starts:%Y-%m-%d %H:%M} "
        f"to {one.ends:%Y-%m-%d %H:%M} UTC: {one.because}"
    )


def _spans(events: Iterable[EventNow]) -> Iterator[Span]:
    for event in events:
        if event.is_there:
            for on in event.planned.schedule.windows:
                yield Span(name=event.planned.config.name, starts=on.starts, ends=on.ends)


def _in_utc(config: MaintenanceConfig, now: datetime) -> Window:
    """Return a window as it is in UTC, by the standard time of its zone all year.

    GKE keeps windows in UTC. By the offset of the day, an update after a clock change would
    change the cluster, though nobody asked for it; so by clocks on summer time the window opens
    an hour later than it is written.
    """
    opens = time.fromisoformat(config.starts)
    written = timedelta(hours=opens.hour, minutes=opens.minute)
    shift, clock = divmod(written - _standard_offset(zone(config.timezone), now.year), _DAY)
    return Window(
        starts=time(*divmod(clock // _MINUTE, 60)),
        length=timedelta(seconds=config.lasts),
        days=frozenset((EVERY_DAY.index(day) + shift) % len(EVERY_DAY) for day in config.days),
        where=ZoneInfo("UTC"),
    )


def _standard_offset(where: ZoneInfo, year: int) -> timedelta:
    """Return how far a zone is ahead of UTC in winter, which is half a year from summer."""
    halves = (datetime(year, month, 1, tzinfo=where).utcoffset() for month in (1, 7))
    return min(offset for offset in halves if offset is not None)
