"""Whether a file system or disk does what is wanted of it, and how long it takes. Pure."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from capacity.storage.need import Demand
from capacity.storage.store import Cap, Store, show_rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One thing that is wanted, and what there is of it, in a second.

    Attributes:
        name: What it is, such as `read throughput`.
        needed: Bytes or operations wanted, rounded up.
        offered: Bytes or operations that there are, rounded down.
        seconds: How long everything takes by this limit alone, rounded up.
        holds: Whether there is as much as is wanted.
        operations: Whether operations are counted, and not bytes.
        verified: Whether a source was found for what is offered.
    """

    name: str
    needed: int
    offered: int
    seconds: int
    holds: bool
    operations: bool
    verified: bool

    @property
    def wanted(self) -> str:
        """Return what is wanted for a reader: `1672.6 MiB/s` or `500 IOPS`."""
        return f"{self.needed} IOPS" if self.operations else show_rate(self.needed, up=True)

    @property
    def available(self) -> str:
        """Return what there is for a reader, marked where no source was found for it."""
        shown = f"{self.offered} IOPS" if self.operations else show_rate(self.offered)
        return shown if self.verified else f"{shown} [unverified]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What comes of a demand on a file system or disk.

    Attributes:
        store: What is judged.
        limits: Everything that is wanted, beside what there is.
        within: Seconds in which it must be done.
    """

    store: Store
    limits: tuple[Limit, ...]
    within: int

    @property
    def limiting(self) -> Limit:
        """Return what takes longest."""
        return max(self.limits, key=lambda limit: (not limit.holds, limit.seconds))

    @property
    def seconds(self) -> int:
        """Return how long it takes to move what is wanted at once, at least."""
        return self.limiting.seconds

    @property
    def passes(self) -> bool:
        """Return whether everything is moved in time."""
        return all(limit.holds for limit in self.limits)


def judge(demand: Demand, store: Store) -> Judgement:
    """Return whether a file system or disk meets a demand, and what limits it."""
    limits = tuple(_limit(demand, cap) for cap in store.caps)
    return Judgement(store=store, limits=limits, within=demand.seconds)


def _limit(demand: Demand, cap: Cap) -> Limit:
    read, write = {
        "bytes": (demand.read, demand.write),
        "bytes of one node": (demand.node_read, demand.node_write),
        "operations": (demand.read_operations, demand.write_operations),
    }[cap.of]
    needed = read * cap.read + write * cap.write
    beyond_credits = max(needed * demand.seconds - cap.credits, Fraction(0))
    seconds = ceil(beyond_credits / cap.offered)
    return Limit(
        name=cap.name,
        needed=ceil(needed),
        offered=cap.offered + cap.credits // demand.seconds,
        seconds=seconds,
        holds=seconds <= demand.seconds,
        operations=cap.of == "operations",
        verified=cap.verified,
    )
