"""Mandatory. 4 to 100 users share a node, fewer only where declared, within its pod slots.

Source: 2i2c event guide (at least 3-4, at most about 100); 2i2c#8956, where nodes met the
pod ceiling of their type at under 20 % CPU.
"""

from collections.abc import Iterator

from capacity.needs import FEWEST_PER_NODE, MOST_PER_NODE
from capacity.packing import seats_per_node
from policies.pools import seating
from policies.reading import Event
from policies.rule import event_rule


def messages(event: Event) -> Iterator[str]:
    """Yield a message for too few, too many, or more than a node has pod slots for."""
    found = seating(event)
    node = found.pool.node
    seats = seats_per_node(node, found.size.seat)
    fewest = event.fewest_per_node or FEWEST_PER_NODE
    if seats.seats < fewest:
        yield (
            f"{node.name} holds {seats.seats} users and at least {fewest} are wanted; choose a "
            "bigger pool.machineType, or declare usersPerNode.min."
        )
    by_resources = min(seats.by_memory, seats.by_cpu)
    if by_resources > seats.by_pods:
        yield (
            f"memory and CPU of {node.name} are for {by_resources} users and its pod slots for "
            f"{seats.by_pods}; choose a smaller pool.machineType."
        )
    elif seats.seats > MOST_PER_NODE:
        yield (
            f"{node.name} holds {seats.seats} users and at most {MOST_PER_NODE} may share a "
            "node; choose a smaller pool.machineType."
        )


users_per_node = event_rule(
    "users-per-node",
    "4 to 100 users share a node, within its pod slots.",
    messages,
)
