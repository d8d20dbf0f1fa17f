"""Mandatory. Homes, shared data and scratch are moved in the time in which users want them.

Source: 2i2c#8815, 140 users reading 7 GB and writing 1 GB each "will break the hub";
2i2c#8128, home disks stuck at their default of 125 MB/s; 2i2c#8481, outages in workshops.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from capacity.figures import dollars
from capacity.quantities import show_memory
from capacity.storage.boot import boot_disk
from capacity.storage.judgement import judge
from capacity.storage.need import Demand, StorageNeed
from capacity.storage.search import shortest_within
from capacity.storage.store import NotSoldError, Store
from events.durations import show
from policies.homes import homes
from policies.node_disks import node_disk
from policies.pools import pool_resource, seating
from policies.reading import Event, active_events, whole
from policies.rule import event_rule


@dataclass(frozen=True, slots=True, kw_only=True)
class _Others:
    """What other active events do at the same time: their names and their demand."""

    names: tuple[str, ...]
    demands: tuple[Demand, ...]

    def beside(self, need: StorageNeed) -> Demand:
        """Return what is wanted together with one event."""
        return sum(self.demands, need.demand())


def messages(event: Event) -> Iterator[str]:
    """Yield a message for homes that are too slow, and for a node's disk too small or slow."""
    if event.storage is None:
        return
    need = _need(event)
    if need.shared_read or need.home_write:
        yield from _home(event, need)
    if need.scratch:
        yield from _scratch(event, need)


def _need(event: Event) -> StorageNeed:
    facts = event.storage
    return StorageNeed(
        users=event.users,
        arrive=whole(facts, "arrive"),
        within=whole(facts, "within"),
        users_per_node=seating(event).per_node,
        shared_read=whole(facts, "sharedRead"),
        home_write=whole(facts, "homeWrite"),
        scratch=whole(facts, "scratch"),
    )


def _others(event: Event) -> _Others:
    found = [
        other
        for other in active_events()
        if other.hub_urn != event.hub_urn and other.storage is not None
    ]
    return _Others(
        names=tuple(other.name for other in found),
        demands=tuple(_need(other).demand() for other in found),
    )


def _home(event: Event, need: StorageNeed) -> Iterator[str]:
    try:
        found = homes(need.stored)
    except NotSoldError as error:
        yield f"{error}; set cluster.homes.capacity."
        return
    others = _others(event)
    demand = others.beside(need)
    judged = judge(demand, found.store)
    if judged.passes:
        return
    limit = judged.limiting
    together = f" beside event {', '.join(others.names)}" if others.names else ""
    knobs = _knobs(need, found.store, found.better(demand), others)
    yield (
        f"{need.users} users read {show_memory(need.shared_read)} and write "
        f"{show_memory(need.home_write)} each within {show(need.within)}{together}, which wants "
        f"{limit.wanted} of {limit.name}, and {found.store.name} has {limit.available} and takes "
        f"at least {show(judged.seconds)}; {knobs}."
    )


def _knobs(need: StorageNeed, store: Store, better: Sequence[Store], others: _Others) -> str:
    now = store.micro_usd_per_month
    found = [f"{_change(one)} {one.setting}{_price(need, one, now)}" for one in better]
    if not others.names:
        enough = shortest_within(need, StorageNeed.demand, store)
        found.append(f"set storage.within to {show(enough)}")
    found.append("lower storage.sharedReadPerUser or storage.homeWritePerUser")
    return ", or ".join(found)


def _change(better: Store) -> str:
    copied = "copy homes to another instance with cluster.homes"
    return copied if better.another else "set cluster.homes to"


def _price(need: StorageNeed, better: Store, now: int) -> str:
    month = better.micro_usd_per_month
    moved = better.micro_usd_to_move(need.users * need.shared_read, need.users * need.home_write)
    found = f"${dollars(month)} a month instead of ${dollars(now)}"
    if moved:
        return f" ({found}, and ${dollars(moved)} for what is moved)"
    return f" ({found})" if month else ""


def _scratch(event: Event, need: StorageNeed) -> Iterator[str]:
    of = node_disk(pool_resource(seating(event).size.selector))
    if of is None:
        return
    compressed = whole(event.storage, "image")
    found = boot_disk(need, compressed, of.cloud, of.disk, of.gib)
    if not found.fits:
        yield (
            f"an image of {show_memory(compressed)}, {show_memory(found.image)} on disk "
            f"[unverified], and {need.users_per_node} users with {show_memory(need.scratch)} of "
            f"scratch each want {show_memory(found.needed)} of a node's disk, and {of.disk.name} "
            f"has room for {show_memory(found.room)}; lower storage.scratchPerUser or choose a "
            "smaller pool.machineType."
        )
    if not found.scratch.passes:
        limit = found.scratch.limiting
        enough = shortest_within(need, StorageNeed.scratch_demand, of.disk)
        yield (
            f"{need.at_once_on_a_node} users on a node write {show_memory(need.scratch)} of "
            f"scratch each within {show(need.within)}, which wants {limit.wanted} of "
            f"{limit.name}, and {of.disk.name} has {limit.available}; set storage.within to "
            f"{show(enough)}, lower storage.scratchPerUser or choose a smaller pool.machineType."
        )


storage_throughput = event_rule(
    "storage-throughput",
    "Homes, shared data and scratch are moved in the time in which users want them.",
    messages,
)
