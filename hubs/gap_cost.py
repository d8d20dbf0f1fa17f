"""What it saves that an event's nodes go between sessions, against staying warm. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from capacity.figures import dollars
from events.durations import show
from events.phases import LONGEST_LEAD, SCALE_DOWN
from hubs.active import PlannedEvent
from hubs.stage_cost import Cost, nodes_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A span between two sessions in which no seat is needed.

    Attributes:
        starts: When the servers of the session before are culled.
        ends: When the seats of the session after must be ready.
        nodes: The warm nodes of the session after.
        staying: The cost of keeping them through the gap.
        saving: What of it is saved if they go, which takes them ten minutes.
        stays_warm: Whether they are kept.
    """

    starts: datetime
    ends: datetime
    nodes: int
    staying: Cost
    saving: Cost
    stays_warm: bool

    @property
    def span(self) -> timedelta:
        """Return how long it is."""
        return self.ends - self.starts


def gaps(event: PlannedEvent) -> list[Gap]:
    """Return the gaps between an event's sessions, in order; none if it has no nodes of its own.

    A longer event that is always on with it has them; existing nodes stay as they are.
    """
    if not event.together or event.plan.chosen.offer.count is not None:
        return []
    found = [(span.starts, span.ends, False) for span in event.schedule.gaps]
    found += [(span.starts, span.ends, True) for span in event.schedule.bridged]
    return [_gap(event, *span) for span in sorted(found)]


def _gap(event: PlannedEvent, starts: datetime, ends: datetime, stays_warm: bool) -> Gap:  # noqa: FBT001 - of a row
    users = event.schedule.state(ends).users
    alone = event.together.get(frozenset({(event.config.name, users)}))
    plan = alone.plan if alone else event.plan
    price = plan.chosen.offer.micro_usd_per_hour
    return Gap(
        starts=starts,
        ends=ends,
        nodes=plan.warm_nodes,
        staying=nodes_for(plan.warm_nodes, price, ends - starts),
        saving=nodes_for(plan.warm_nodes, price, max(ends - starts - SCALE_DOWN, timedelta())),
        stays_warm=stays_warm,
    )


def told(event: PlannedEvent) -> Iterator[str]:
    """Yield in words what an event's gaps cost or save; nothing if it has none."""
    found = gaps(event)
    for kind, some in groupby(sorted(found, key=_kind), key=_kind):
        yield f"{event.config.name}: {_WORDS[kind](list(some))}"


def _kind(gap: Gap) -> int:
    if gap.stays_warm:
        return 1
    return 0 if gap.span > SCALE_DOWN else 2


def _goes(some: Sequence[Gap]) -> str:
    where = f"minimum 0 between sessions, {_spans(some)}"
    if not any(gap.nodes for gap in some):
        return f"{where}: nothing is kept warm, so staying warm would cost nothing"
    saved = sum((gap.saving for gap in some), Cost())
    if saved.micro_usd is None:
        hours = f"{saved.node_hours} hours of nodes"
        return f"{where} x {_nodes(some)}: saves at most {hours} against staying warm"
    told = f"saves at most ${dollars(saved.micro_usd)} against staying warm"
    return f"{where} x {_nodes(some)}: {told}"


def _stays(some: Sequence[Gap]) -> str:
    delay = show(int(SCALE_DOWN.total_seconds()))
    return (
        f"stays warm between sessions, {_spans(some)} x {_nodes(some)}: a node goes after "
        f"{delay} without need, so minimum 0 would save nothing"
    )


def _must_go(some: Sequence[Gap]) -> str:
    longest = show(int(LONGEST_LEAD.total_seconds()))
    return (
        f"minimum 0 between sessions, {_spans(some)}: saves nothing, but nothing may be warm "
        f"longer than {longest} before a session"
    )


_WORDS = {0: _goes, 1: _stays, 2: _must_go}


def _spans(some: Sequence[Gap]) -> str:
    shortest, longest = (
        show(int(pick(gap.span for gap in some).total_seconds())) for pick in (min, max)
    )
    count = "once" if len(some) == 1 else f"{len(some)} times"
    return f"{count} {shortest}" if shortest == longest else f"{count} {shortest} to {longest}"


def _nodes(some: Sequence[Gap]) -> str:
    fewest, most = (pick(gap.nodes for gap in some) for pick in (min, max))
    told = str(most) if fewest == most else f"{fewest} to {most}"
    return f"{told} {'node' if most == 1 else 'nodes'}"
