"""When the storage of home directories is faster than usual: while events need it. Pure.

Only what goes down again is raised: EFS with provisioned throughput, and Filestore on the
zonal and regional tiers. A basic Filestore only grows, so an event that wants more is refused
by the gate until the stack file says more for good; elastic EFS needs nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import zip_longest

from capacity.storage.efs import enough_throughput
from capacity.storage.filestore import enough_capacity
from capacity.storage.need import Demand
from events.sessions import Session
from hubs.active import PlannedEvent
from hubs.cluster import ClusterConfig
from hubs.eks import EksConfig
from hubs.gke import GkeConfig
from hubs.storage import storage_need

# EFS lets a throughput go down a day after it went up or down, and up at any time; an hour more
# for an update that comes late. Source: Amazon EFS, "Managing file system throughput", 2026.
EFS_COOLDOWN = timedelta(hours=25)
# Zonal and regional Filestore goes up or down in steps, and has no such rule.
# Source: Filestore, "Service tiers", 2026.
FILESTORE_COOLDOWN = timedelta(0)
_SHRINKING_TIERS = ("ZONAL", "REGIONAL")
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeStep:
    """From an instant on, home directories have this.

    Attributes:
        at: The instant, in UTC.
        size: MiB/s of EFS, or GiB of Filestore.
        usual: Whether it is what the stack file says.
    """

    at: datetime
    size: int
    usual: bool


@dataclass(frozen=True, slots=True)
class _Moved:
    span: Session
    demand: Demand


def usual_size(cluster: ClusterConfig) -> int | None:
    """Return what may be raised and lowered: MiB/s of EFS, GiB of Filestore; None where nothing."""
    if isinstance(cluster, EksConfig):
        return cluster.homes.throughput
    if isinstance(cluster, GkeConfig) and cluster.homes.tier in _SHRINKING_TIERS:
        return cluster.homes.capacity_gib
    return None


def unit(cluster: ClusterConfig) -> str:
    """Return the unit of the size of homes."""
    return "MiB/s" if cluster.provider == "eks" else "GiB"


def size_at(cluster: ClusterConfig, events: Sequence[PlannedEvent], now: datetime) -> int | None:
    """Return the size of homes at an instant; None where it never changes."""
    past = [step.size for step in home_steps(cluster, events) if step.at <= now]
    return past[-1] if past else usual_size(cluster)


def largest_size(cluster: ClusterConfig, events: Sequence[PlannedEvent]) -> int | None:
    """Return the largest size of homes over all times; None where it never changes."""
    usual = usual_size(cluster)
    steps = home_steps(cluster, events)
    return None if usual is None else max((usual, *(step.size for step in steps)))


def home_steps(cluster: ClusterConfig, events: Sequence[PlannedEvent]) -> list[HomeStep]:
    """Return every change of the size of homes, in order; none where it never changes.

    It goes up when an event is prepared, and down when it is over and the provider allows it.
    """
    usual = usual_size(cluster)
    return [] if usual is None else list(_steps(cluster, usual, list(_moved(events))))


def _moved(events: Sequence[PlannedEvent]) -> Iterator[_Moved]:
    """Yield the spans in which events are on, with what they move."""
    for event in events:
        need = storage_need(event.config, event.plan.chosen.seats.seats)
        if need is not None:
            yield from (_Moved(window, need.demand()) for window in event.schedule.windows)


def _steps(cluster: ClusterConfig, usual: int, moved: Sequence[_Moved]) -> Iterator[HomeStep]:
    cooldown = EFS_COOLDOWN if cluster.provider == "eks" else FILESTORE_COOLDOWN
    instants = sorted({at for one in moved for at in (one.span.starts, one.span.ends)})
    size = usual
    changed = _LONG_AGO
    for at, until in zip_longest(instants, instants[1:], fillvalue=_NEVER):
        wanted = _wanted(cluster, usual, moved, at)
        when = at if wanted > size else max(at, changed + cooldown)
        if wanted != size and when < until:
            yield HomeStep(at=when, size=wanted, usual=wanted == usual)
            size, changed = wanted, when


def _wanted(cluster: ClusterConfig, usual: int, moved: Sequence[_Moved], now: datetime) -> int:
    now_on = [one.demand for one in moved if one.span.starts <= now < one.span.ends]
    if not now_on:
        return usual
    demand = sum(now_on[1:], now_on[0])
    if isinstance(cluster, GkeConfig):
        found = enough_capacity(demand, cluster.homes.tier, usual)
    else:
        found = enough_throughput(demand, usual, 0)
    # Where nothing sold is enough the gate says so.
    return usual if found is None else found
