"""Mandatory. An event's users fit its pool at its most nodes.

Source: mybinder at SciPy 2020-07-09: the node maximum was reached with people waiting.
"""

from collections.abc import Iterator

from policies.pools import seating
from policies.reading import Event
from policies.rule import event_rule


def messages(event: Event) -> Iterator[str]:
    """Yield a message if seats are short."""
    found = seating(event)
    each, taken = found.per_node, found.taken
    offered = each * found.pool.max_nodes - taken
    if event.users > offered:
        beside = f", less {taken} for hub and monitoring" if taken else ""
        knob = "pool.maxNodes" if found.pool.scales else "cluster.nodes.count"
        yield (
            f"{event.users} users need {event.users} seats and {found.pool.max_nodes} nodes of "
            f"{found.pool.node.name} offer {offered} ({each} each{beside}); raise {knob} or "
            "lower seat.memory or seat.cpu."
        )


event_fits_pool = event_rule(
    "event-fits-pool",
    "An event's users fit its pool at its most nodes.",
    messages,
)
