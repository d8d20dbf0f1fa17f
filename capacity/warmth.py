"""How many seats must be warm before people come, and how they are held. Pure."""

from dataclasses import dataclass

from capacity.arrivals import Arrivals, Outcome, Pool, replay
from capacity.machine_choice import Alternative
from capacity.needs import Held, Need
from capacity.packing import per_node
from capacity.placeholders import Promise, Shape, replay_shape, shapes
from capacity.quantities import ceil_div


@dataclass(frozen=True, slots=True, kw_only=True)
class Warmth:
    """Warm seats and the placeholders that hold them.

    Attributes:
        seats: Seats held; whole nodes of them unless all users need fewer.
        nodes: Nodes that they fill.
        shape: The shape of placeholder chosen.
        tried: Every shape considered, best first.
        outcome: Who waits with them.
    """

    seats: int
    nodes: int
    shape: Shape
    tried: tuple[Shape, ...]
    outcome: Outcome

    def held(self, need: Need) -> Held:
        """Return the placeholders that hold these seats."""
        return Held(
            replicas=self.shape.replicas,
            pod=need.seat.times(self.shape.seats),
            seats=self.shape.seats,
        )


def arrivals_of(need: Need) -> Arrivals:
    """Return the even arrival of an event's users."""
    return Arrivals(users=need.users, within=need.within)


def held_per_node(need: Need, chosen: Alternative) -> int:
    """Return how many seats of a node placeholders can hold, the template considered."""
    return max(1, min(chosen.seats.seats, per_node(chosen.offer.node, need.seat)))


def on_nodes(need: Need, chosen: Alternative, nodes: int) -> Warmth:
    """Return the warmth of so many nodes, on which all seats are held that placeholders can."""
    return _warm(need, chosen, nodes * held_per_node(need, chosen), nodes)


def _warm(need: Need, chosen: Alternative, seats: int, nodes: int) -> Warmth:
    hold = held_per_node(need, chosen)
    promise = Promise(
        held=seats,
        per_node=hold,
        seats_per_node=chosen.seats.seats,
        arrivals=arrivals_of(need),
        boot=need.node_ready,
        pull=need.image_pull,
        wait_limit=need.wait_limit,
        grows=not need.every_seat_warm,
    )
    tried = tuple(shapes(promise))
    return Warmth(
        seats=seats, nodes=nodes, shape=tried[0], tried=tried,
        outcome=replay_shape(promise, tried[0].seats),
    )  # fmt: skip


def fewest(need: Need, chosen: Alternative) -> Warmth:
    """Return the fewest warm nodes with which the waiting share stays within the bound.

    An exam has every seat warm, on nodes that are all there may be, and one more node warm
    to spare: a node that came later would be cold, and draw people to it. Otherwise the
    number is found by bisection: with the best shape more warm nodes never make more people
    wait. Where the autoscaler's template holds fewer
    seats than a node, people may be drawn to the odd seat of a cold node although warm ones
    are held; then more nodes than users need are kept, at most twice as many.
    """
    hold = held_per_node(need, chosen)
    low, high = 1, ceil_div(need.users, hold)
    if need.every_seat_warm:
        return on_nodes(need, chosen, high + 1)
    while low < high:
        middle = (low + high) // 2
        if _within_bound(need, _warm(need, chosen, min(middle * hold, need.users), middle)):
            high = middle
        else:
            low = middle + 1
    found = _warm(need, chosen, min(low * hold, need.users), low)
    nodes = low
    while not _within_bound(need, found) and nodes <= 2 * low:
        found = on_nodes(need, chosen, nodes)
        nodes += 1
    return found


def _within_bound(need: Need, warmth: Warmth) -> bool:
    return warmth.shape.waiting * 1000 <= need.waiting_permille * need.users


def outcome(need: Need, chosen: Alternative, held: Held) -> Outcome:
    """Return who waits when these placeholders are deployed; one that fits no node holds none."""
    fits = per_node(chosen.offer.node, held.pod) > 0
    pool = Pool(
        seats_per_node=chosen.seats.seats,
        held=held.replicas * held.seats if fits else 0,
        shape=max(held.seats, 1),
        boot=need.node_ready,
        pull=need.image_pull,
        grows=not need.every_seat_warm,
    )
    return replay(arrivals_of(need), pool, need.wait_limit)


def on_own_nodes(need: Need, seats: int) -> Outcome:
    """Return who waits on a fixed number of seats: all who find none."""
    return Outcome(users=need.users, waiting=max(need.users - seats, 0), evictions=0, new_nodes=0)
