"""What all sessions of an event cost together, as the timeline counts it. Pure.

Sessions that overlap share their nodes, so that the price of one times their number says too
much, and sessions of fewer people need fewer nodes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from capacity.figures import dollars
from capacity.planned import Figure
from hubs.active import PlannedEvent
from hubs.cluster import ClusterConfig
from hubs.stage_cost import Cost, Spending, loads
from hubs.timeline import stages


def with_event_costs(
    events: Sequence[PlannedEvent], cluster: ClusterConfig
) -> tuple[PlannedEvent, ...]:
    """Return a stack's events, each of several sessions with what they cost together."""
    hubs = {event.hub.name: [one for one in events if one.hub is event.hub] for event in events}
    costs = {name: cost for own in hubs.values() for name, cost in _costs(own, cluster)}
    return tuple(_told(event, costs.get(event.config.name, Cost())) for event in events)


def _costs(own: Sequence[PlannedEvent], cluster: ClusterConfig) -> Iterator[tuple[str, Cost]]:
    """Yield what the pool of each event of several sessions costs, of those of one hub."""
    several = [event.config.name for event in own if len(event.schedule.sessions) > 1]
    if not several:
        return
    found = stages(own, cluster)
    held = loads(found)
    for name in several:
        yield name, Spending(found, held, {name}).between(found[0].starts, None)


def _told(event: PlannedEvent, cost: Cost) -> PlannedEvent:
    if not cost.micro_usd:
        return event
    figures = list(event.plan.figures)
    after = [figure.name for figure in figures].index("sessionCost") + 1
    figures.insert(after, _figure(event, cost.micro_usd))
    return replace(event, plan=replace(event.plan, figures=tuple(figures)))


def _figure(event: PlannedEvent, micro_usd: int) -> Figure:
    sessions, spans = len(event.schedule.sessions), len(event.schedule.windows)
    told = f"{sessions} sessions"
    if spans < sessions:
        several = "a single stretch" if spans == 1 else f"{spans} stretches"
        told += f" in {several} of time, within which they share nodes"
    names = {name for expected in event.together for name, _ in expected} - {event.config.name}
    if names:
        told += f"; those of {' and '.join(sorted(names))} on its pool as well"
    return Figure(
        name="eventCost",
        value=dollars(micro_usd),
        unit="USD",
        because=f"{told}; at most: everybody comes, as readyroom calendar counts it",
        source="timeline",
    )
