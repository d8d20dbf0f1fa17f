"""Making the plan of an event: machine type, nodes, warm seats, placeholders, limits. Pure.

Nothing here knows the time: `events` says when a plan is on.
"""

from dataclasses import replace

from capacity import figures
from capacity.arrivals import Outcome
from capacity.machine_choice import Alternative
from capacity.needs import Held, Need, Overrides
from capacity.packing import nodes_forced
from capacity.planned import Plan
from capacity.quantities import ceil_div
from capacity.warmth import Warmth, arrivals_of, fewest, on_nodes, on_own_nodes, outcome

# The chart's defaults for hub.concurrentSpawnLimit and singleuser.startTimeout (z2jh 4.4).
CHART_SPAWN_LIMIT, CHART_START_TIMEOUT = 64, 300
# The 95th percentile of node start is half as much again as the median in the recorded
# events of 2i2c and datahub (240/360 s, 300/450 s, 480/720 s).
_SLOW_PERCENT = 150


def spawn_limit(need: Need) -> int:
    """Return how many spawns may be in flight at once: all that come while a node starts."""
    in_flight = arrivals_of(need).peak(need.node_ready + need.image_pull)
    return max(CHART_SPAWN_LIMIT, in_flight)


def start_timeout(need: Need) -> int:
    """Return the seconds a start may take: a slow node and a slow pull outlasted."""
    slow = ceil_div((need.node_ready + need.image_pull) * _SLOW_PERCENT, 100)
    return max(CHART_START_TIMEOUT, slow)


def make_plan(need: Need, ranked: list[Alternative], overrides: Overrides) -> Plan:
    """Return the plan on the first of the ranked alternatives, with its overrides."""
    chosen = ranked[0]
    if chosen.offer.count is not None:
        return _on_own_nodes(need, ranked, chosen.offer.count)
    warmth = (
        fewest(need, chosen)
        if overrides.warm_nodes is None
        else on_nodes(need, chosen, overrides.warm_nodes)
    )
    held = overrides.placeholders or warmth.held(need)
    nodes = warmth.nodes
    room = 0 if need.every_seat_warm else _nodes_of(chosen, held)
    most = overrides.max_nodes or max(chosen.nodes + room + 1, nodes)
    draft = Plan(
        chosen=chosen,
        alternatives=tuple(ranked),
        warm_nodes=nodes,
        warm_seats=min(nodes * chosen.seats.seats, need.users),
        max_nodes=most,
        placeholders=held,
        outcome=_outcome(need, chosen, warmth, overrides),
        spawn_limit=spawn_limit(need),
        start_timeout=start_timeout(need),
        figures=(),
    )
    reasons = [
        *figures.seats(need, draft),
        *figures.warm(need, draft, overrides),
        figures.placeholders(held, warmth, overrides),
        figures.ceiling(need, draft, room, overrides),
        *figures.limits(need, draft),
    ]
    return replace(draft, figures=tuple(reasons))


def _nodes_of(chosen: Alternative, held: Held) -> int:
    return nodes_forced(chosen.offer.node, held.pod, held.replicas)


def _outcome(need: Need, chosen: Alternative, warmth: Warmth, overrides: Overrides) -> Outcome:
    if overrides.placeholders is None:
        return warmth.outcome
    return outcome(need, chosen, overrides.placeholders)


def _on_own_nodes(need: Need, ranked: list[Alternative], count: int) -> Plan:
    chosen = ranked[0]
    seats = chosen.seats.seats * count
    draft = Plan(
        chosen=chosen,
        alternatives=tuple(ranked),
        warm_nodes=count,
        warm_seats=seats,
        max_nodes=count,
        placeholders=None,
        outcome=on_own_nodes(need, seats),
        spawn_limit=spawn_limit(need),
        start_timeout=start_timeout(need),
        figures=(),
    )
    reasons = [
        *figures.seats(need, draft),
        figures.own_nodes(draft),
        *figures.limits(need, draft),
    ]
    return replace(draft, figures=tuple(reasons))
