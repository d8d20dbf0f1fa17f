"""Which shape of placeholder holds seats ready best: few big ones or many small. Pure.

The facts were measured with kube-scheduler 1.36.3, cluster-autoscaler 1.36.1 and z2jh
4.4.0: many small placeholders send later users to nodes whose image is still cold while
warm ones are left; a burst empties more big ones than it needs; preempting one-seat ones
is slow.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from capacity.arrivals import Arrivals, Outcome, Pool, replay
from capacity.quantities import ceil_div

# Users within this span preempt concurrently: each may empty a placeholder of its own.
BURST_SECONDS = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One way to hold seats, and what it costs.

    Attributes:
        seats: Seats of one placeholder.
        replicas: How many of them hold what is wanted.
        waiting: Users who wait longer than the limit in an even arrival.
        burst_lost: Seats emptied needlessly when users come within one preemption.
        evictions: Placeholders preempted in all.
    """

    seats: int
    replicas: int
    waiting: int
    burst_lost: int
    evictions: int

    @property
    def cost(self) -> tuple[int, int, int]:
        """Return what to minimise, the most harmful first."""
        return (self.waiting, self.burst_lost, self.evictions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Seats to be held ready for people who come.

    Attributes:
        held: Seats to hold.
        per_node: Seats of a node that placeholders can hold, the autoscaler's template considered.
        seats_per_node: Seats of a node for users.
        arrivals: Who comes, when.
        boot: Seconds until a new node is Ready.
        pull: Seconds until the image is on it.
        wait_limit: Seconds after which a user counts as waiting.
        packing: Whether the scheduler packs.
        grows: Whether nodes may be added.
    """

    held: int
    per_node: int
    seats_per_node: int
    arrivals: Arrivals
    boot: int
    pull: int
    wait_limit: int
    packing: bool = True
    grows: bool = True


def _replicas(promise: Promise, seats: int) -> int:
    nodes, rest = divmod(promise.held, promise.per_node)
    return nodes * (promise.per_node // seats) + ceil_div(rest, seats)


def replay_shape(promise: Promise, seats: int) -> Outcome:
    """Return who waits when placeholders of so many seats each hold the promise."""
    full_nodes = promise.held // promise.per_node
    on_full_nodes = promise.per_node // seats * seats
    pool = Pool(
        seats_per_node=promise.seats_per_node,
        held=_replicas(promise, seats) * seats,
        free=full_nodes * (promise.seats_per_node - on_full_nodes),
        shape=seats,
        boot=promise.boot,
        pull=promise.pull,
        packing=promise.packing,
        grows=promise.grows,
    )
    return replay(promise.arrivals, pool, promise.wait_limit)


def shape_of(promise: Promise, seats: int) -> Shape:
    """Return what placeholders of so many seats each do for the promise."""
    outcome = replay_shape(promise, seats)
    at_once = promise.arrivals.peak(BURST_SECONDS)
    return Shape(
        seats=seats,
        replicas=_replicas(promise, seats),
        waiting=outcome.waiting,
        burst_lost=(at_once - ceil_div(at_once, seats)) * seats,
        evictions=outcome.evictions,
    )


def shapes(promise: Promise) -> list[Shape]:
    """Return one seat, an eighth, a quarter, half and all of a node, best first."""
    whole = min(promise.per_node, promise.held)
    sizes = {1, whole} | {promise.per_node // part for part in (8, 4, 2)}
    fitting = [size for size in sizes if 1 <= size <= whole]
    return sorted(
        (shape_of(promise, size) for size in fitting), key=lambda shape: (shape.cost, shape.seats)
    )


def explain(best: Shape, all_shapes: Sequence[Shape]) -> str:
    """Return why one shape was chosen over the others."""
    told = f"{best.replicas} of {best.seats} seats: {best.waiting} wait, {best.evictions} evicted"
    others = [
        f"{shape.replicas} of {shape.seats}: {shape.waiting} wait, {shape.evictions} evicted"
        + (f", {shape.burst_lost} seats lost to a burst" if shape.burst_lost else "")
        for shape in all_shapes
        if shape is not best
    ]
    return told + (f" ({'; '.join(others)})" if others else "")
