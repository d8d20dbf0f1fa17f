"""The reason for every number of an event's storage, in words. Pure."""

from collections.abc import Iterator, Sequence

from capacity.figures import dollars
from capacity.planned import Figure
from capacity.quantities import GIB, ceil_div, show_memory
from capacity.storage.boot import BootDisk
from capacity.storage.judgement import Judgement, judge
from capacity.storage.need import StorageNeed
from capacity.storage.store import Store

_STACK = "stack file, events.storage"


def storage_figures(
    need: StorageNeed,
    store: Store,
    better: Sequence[Store] = (),
    boot: BootDisk | None = None,
) -> tuple[Figure, ...]:
    """Return the figures of an event's storage.

    Args:
        need: What the event's users move.
        store: What holds their homes.
        better: The smallest settings that pass, where `store` does not.
        boot: Its nodes' boot disk, where it is ours.
    """
    found = judge(need.demand(), store)
    return (
        *_throughput(need, found),
        *_cost(need, store),
        *(_better(need, store, one) for one in better),
        *(_boot(need, boot) if boot else ()),
    )


def _marked(store: Store) -> str:
    marks = f"; unverified: {', '.join(store.unverified)}" if store.unverified else ""
    return f"{store.source}{marks}"


def _throughput(need: StorageNeed, found: Judgement) -> Iterator[Figure]:
    limit = found.limiting
    yield Figure(
        name="storageNeeded", value=limit.wanted, unit="",
        because=f"{limit.name}: {need.because}", source=_STACK,
    )  # fmt: skip
    yield Figure(
        name="storageOffered", value=limit.available, unit="",
        because=f"{limit.name} of {found.store.name}, which runs out first",
        source=_marked(found.store),
    )  # fmt: skip
    verdict = "in time" if found.passes else "too late"
    yield Figure(
        name="storageSeconds", value=found.seconds, unit="s",
        because=f"at least, to move what is wanted at once; {found.within} s allowed, {verdict}",
        source="storageNeeded, storageOffered",
    )  # fmt: skip


def _moved(need: StorageNeed, store: Store) -> str:
    moved = store.micro_usd_to_move(need.users * need.shared_read, need.users * need.home_write)
    return f", and ${dollars(moved)} for what the event moves" if moved else ""


def _cost(need: StorageNeed, store: Store) -> Iterator[Figure]:
    yield Figure(
        name="storageCost", value=dollars(store.micro_usd_per_month), unit="USD a month",
        because=f"{store.name}: ${dollars(store.micro_usd_per_hour)} an hour{_moved(need, store)}",
        source=_marked(store),
    )  # fmt: skip


def _better(need: StorageNeed, store: Store, better: Store) -> Figure:
    found = judge(need.demand(), better)
    more = better.micro_usd_per_hour - store.micro_usd_per_hour
    change = f"${dollars(more)} more" if more >= 0 else f"${dollars(-more)} less"
    where = ", as another instance to copy homes to" if better.another else ""
    return Figure(
        name="storageSetting", value=better.setting or better.name, unit="",
        because=f"smallest that passes{where}, {found.limiting.available} of "
        f"{found.limiting.name} in {found.seconds} s; ${dollars(better.micro_usd_per_month)} "
        f"instead of ${dollars(store.micro_usd_per_month)} a month, {change} an hour"
        f"{_moved(need, better)}",
        source=_marked(better),
    )  # fmt: skip


def _boot(need: StorageNeed, boot: BootDisk) -> Iterator[Figure]:
    yield Figure(
        name="bootDisk", value=ceil_div(boot.needed, GIB), unit="GiB",
        because=f"{show_memory(boot.image)} of image + {need.users_per_node} users x "
        f"{show_memory(need.scratch)} of scratch; {show_memory(boot.room)} are free for them on "
        f"{boot.disk.name}",
        source=f"{_marked(boot.disk)}; {boot.unpacking.source}",
    )  # fmt: skip
    yield Figure(
        name="imageWrite", value=boot.image_seconds, unit="s",
        because=f"least time for {show_memory(boot.image)} at the throughput of "
        f"{boot.disk.name}; a pull takes longer",
        source=f"{_marked(boot.disk)}; {boot.unpacking.source}",
    )  # fmt: skip
    yield Figure(
        name="scratchSeconds", value=boot.scratch.seconds, unit="s",
        because=f"{need.at_once_on_a_node} users on a node write {show_memory(need.scratch)} each "
        f"within {need.within} s: {boot.scratch.limiting.wanted} of "
        f"{boot.scratch.limiting.name} wanted and {boot.scratch.limiting.available} there",
        source=_marked(boot.disk),
    )  # fmt: skip
