"""Users coming in, replayed second by second against warm seats and new nodes. Pure.

A deterministic replay of even arrivals: it knows free seats before preemption, packing
or spreading, placeholders that come back, the autoscaler's scan, and nodes that are
Ready before their image is there. It has no randomness; a burst is judged apart
(`capacity.placeholders`).
"""

import sys
from dataclasses import dataclass, field

from capacity.quantities import ceil_div

# Cluster Autoscaler's default --scan-interval.
AUTOSCALER_SCAN_SECONDS = 10
_NEVER = sys.maxsize


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """Users who come evenly: `users` of them over `within` seconds."""

    users: int
    within: int

    def peak(self, seconds: float) -> int:
        """Return the most users that come within any span of so many seconds."""
        return min(
            self.users, max(1, ceil_div(self.users * int(seconds * 1000), self.within * 1000))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """What the users meet.

    Attributes:
        seats_per_node: Seats of one node.
        held: Seats that placeholders hold on warm nodes, whose image is there.
        free: Seats on those nodes that no placeholder holds.
        shape: Seats of one placeholder.
        boot: Seconds from scale-up to Ready.
        pull: Seconds from Ready until the image is there.
        packing: Whether the scheduler fills nodes (MostAllocated) or spreads.
        grows: Whether nodes may be added; not where the warm ones are all there may be.
    """

    seats_per_node: int
    held: int
    shape: int
    boot: int
    pull: int
    free: int = 0
    packing: bool = True
    grows: bool = True


@dataclass(slots=True)
class _Cold:
    ready: int
    free: int
    held: int = 0


@dataclass(slots=True)
class _Replay:
    """The state of a replay; its unit of time makes every arrival a whole number."""

    pool: Pool
    second: int
    warm_free: int
    warm_held: int
    pending: int = 0
    evictions: int = 0
    cold: list[_Cold] = field(default_factory=list[_Cold])

    def settle(self, now: int) -> None:
        """Let placeholders that wait take the free seats of nodes that became Ready."""
        for node in self.cold:
            if node.ready <= now:
                taken = min(self.pending, node.free) // self.pool.shape * self.pool.shape
                node.free -= taken
                node.held += taken
                self.pending -= taken

    def grow(self, now: int) -> None:
        """Ask for nodes for placeholders that no node on its way will hold."""
        coming = sum(node.free for node in self.cold if node.ready > now)
        while self.pool.grows and self.pending > coming:
            self.cold.append(self._new_node(now))
            coming += self.pool.seats_per_node

    def seat(self, now: int) -> int:
        """Seat a user who asks now; returns when the server can start."""
        self.settle(now)
        ready = [node for node in self.cold if node.ready <= now]
        cold = next((node for node in ready if node.free), None)
        if self.warm_free and (self.pool.packing or cold is None):
            self.warm_free -= 1
            return now
        if cold is not None:
            cold.free -= 1
            return max(now, self._pulled(cold))
        return self._preempt(now, ready)

    def _preempt(self, now: int, ready: list[_Cold]) -> int:
        shape = self.pool.shape
        if self.warm_held:
            self.warm_held -= shape
            self.warm_free += shape - 1
            self._evicted(now)
            return now
        for node in ready:
            if node.held:
                node.held -= shape
                node.free += shape - 1
                self._evicted(now)
                return max(now, self._pulled(node))
        return self._wait_for_node(now)

    def _evicted(self, now: int) -> None:
        self.evictions += 1
        self.pending += self.pool.shape
        self.grow(now)

    def _wait_for_node(self, now: int) -> int:
        coming = next((node for node in self.cold if node.ready > now and node.free), None)
        if coming is None and not self.pool.grows:
            return _NEVER
        if coming is None:
            coming = self._new_node(now)
            self.cold.append(coming)
        coming.free -= 1
        return self._pulled(coming)

    def _new_node(self, now: int) -> _Cold:
        boot = (AUTOSCALER_SCAN_SECONDS + self.pool.boot) * self.second
        return _Cold(ready=now + boot, free=self.pool.seats_per_node)

    def _pulled(self, node: _Cold) -> int:
        return node.ready + self.pool.pull * self.second


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How many of the users waited longer than the limit, and what it took."""

    users: int
    waiting: int
    evictions: int
    new_nodes: int

    @property
    def waiting_permille(self) -> int:
        """Return the waiting share in thousandths, rounded up."""
        return ceil_div(self.waiting * 1000, self.users)


def replay(arrivals: Arrivals, pool: Pool, wait_limit: int) -> Outcome:
    """Return who waits longer than `wait_limit` seconds for a server to start."""
    second = arrivals.users
    state = _Replay(pool=pool, second=second, warm_free=pool.free, warm_held=pool.held)
    times = [user * arrivals.within for user in range(arrivals.users)]
    waiting = sum(state.seat(now) - now > wait_limit * second for now in times)
    return Outcome(
        users=arrivals.users,
        waiting=waiting,
        evictions=state.evictions,
        new_nodes=len(state.cold),
    )


def rate_rule(arrivals: Arrivals, node_ready: int) -> int:
    """Return the seats that users take while one node is made ready, at most all of them.

    Source: 2i2c-org/infrastructure docs/topic/infrastructure/user-placeholders.md:
    60 users in 3 minutes and nodes in 10 minutes want 200 seats.
    """
    return min(arrivals.users, ceil_div(arrivals.users * node_ready, arrivals.within))
