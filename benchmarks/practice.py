"""What an event costs when engineers follow the checklist by hand. Pure."""

from dataclasses import dataclass

from benchmarks.scenarios import DAY, HOUR, Event, seconds
from capacity.machine_choice import offer_of
from capacity.nodes import Node
from capacity.packing import Seat
from capacity.quantities import ceil_div


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """The checklist's nodes for one event and their price; node price only.

    Attributes:
        machine_type: The type of the checklist.
        seats_per_node: The power of two into which a node's memory is shared.
        nodes: Nodes for everybody invited.
        node_seconds: Seconds of all nodes together, nights included.
        micro_usd: What they cost, in millionths of a dollar, rounded up.
    """

    machine_type: str
    seats_per_node: int
    nodes: int
    node_seconds: int
    micro_usd: int


def practice(event: Event) -> ByHand:
    """Return what an event costs by hand.

    The seat is rounded up to the next power-of-two share of what a node has for users
    (`seats_by_halving`). ceil(users / seats per node) nodes are on each day from
    `hours_before_first_arrival` to `hours_after_first_arrival`, where the first arrival is
    the opening of the window; between days `nodes_left_on_between_days` of them are on.
    Spans that reach into the next day's are counted once.

    Raises:
        UnknownMachineError: the catalogue has no such type.
        ValueError: the type has no known price in the region.
    """
    by_hand = event.practice
    offer = offer_of(by_hand.machine_type, event.region)
    if offer.micro_usd_per_hour is None:
        msg = f"{event.name}: {by_hand.machine_type} has {offer.priced}"
        raise ValueError(msg)
    seats = seats_by_halving(offer.node, event.asked)
    nodes = ceil_div(event.users, seats)
    span = seconds(by_hand.hours_before_first_arrival) + seconds(by_hand.hours_after_first_arrival)
    nights = event.days - 1
    on = nodes * (min(span, DAY) * nights + span)
    left_on = min(by_hand.nodes_left_on_between_days, nodes)
    spent = on + left_on * max(DAY - span, 0) * nights
    return ByHand(
        machine_type=by_hand.machine_type,
        seats_per_node=seats,
        nodes=nodes,
        node_seconds=spent,
        micro_usd=ceil_div(spent * offer.micro_usd_per_hour, HOUR),
    )


def seats_by_halving(node: Node, seat: Seat) -> int:
    """Return the greatest power of two that shares a node into parts that hold a seat.

    Every part holds the seat's memory and CPU, and has a pod slot. 1 if nothing smaller
    than the whole node holds it.
    """
    parts = 1
    while (
        node.memory // (2 * parts) >= seat.memory
        and node.cpu // (2 * parts) >= seat.cpu
        and node.pods >= 2 * parts
    ):
        parts *= 2
    return parts
