"""What the nodes of events cost from one change to the next, at most. Pure.

Everybody comes, and every change is applied when it is due. While seats are only warm, the
plan's warm nodes are up; from the first arrival to the end of the drain there are nodes for
everybody. A node goes ten minutes after it was needed last, and those minutes are counted.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from capacity.packing import nodes_forced
from capacity.planned import Plan
from capacity.quantities import ceil_div
from events.phases import SCALE_DOWN
from hubs.active import EventNow, PlannedEvent
from hubs.timeline import Stage

_SECONDS_PER_HOUR = 3_600


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Nodes for a time, exactly: costs add up whatever the spans.

    Attributes:
        node_seconds: Nodes times seconds.
        micro_usd_seconds: Those times their price for an hour, in millionths of a dollar.
        unpriced_seconds: Nodes times seconds of which no price is known.
    """

    node_seconds: int = 0
    micro_usd_seconds: int = 0
    unpriced_seconds: int = 0

    @property
    def micro_usd(self) -> int | None:
        """Return millionths of a dollar, rounded up; None where a price is not known."""
        if self.unpriced_seconds:
            return None
        return ceil_div(self.micro_usd_seconds, _SECONDS_PER_HOUR)

    @property
    def node_hours(self) -> int:
        """Return hours of nodes, rounded up."""
        return ceil_div(self.node_seconds, _SECONDS_PER_HOUR)

    def __add__(self, other: "Cost") -> "Cost":
        """Return both together."""
        return Cost(
            node_seconds=self.node_seconds + other.node_seconds,
            micro_usd_seconds=self.micro_usd_seconds + other.micro_usd_seconds,
            unpriced_seconds=self.unpriced_seconds + other.unpriced_seconds,
        )

    def __sub__(self, other: "Cost") -> "Cost":
        """Return what is left without a part."""
        return self + other.times(-1)

    def times(self, count: int) -> "Cost":
        """Return so many times as much."""
        return Cost(
            node_seconds=self.node_seconds * count,
            micro_usd_seconds=self.micro_usd_seconds * count,
            unpriced_seconds=self.unpriced_seconds * count,
        )


def nodes_for(nodes: int, micro_usd_per_hour: int | None, span: timedelta) -> Cost:
    """Return the cost of so many nodes for a whole number of seconds."""
    seconds = nodes * (span // timedelta(seconds=1))
    return Cost(
        node_seconds=seconds,
        micro_usd_seconds=seconds * (micro_usd_per_hour or 0),
        unpriced_seconds=seconds if micro_usd_per_hour is None else 0,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What the events of a hub hold from one change to the next.

    Attributes:
        users: People for whom seats are held.
        warm_seats: Seats that are ready before somebody asks.
        nodes: Most nodes in the pool of each event, by its name; none where nodes are own.
    """

    users: int = 0
    warm_seats: int = 0
    nodes: Mapping[str, int]

    @property
    def most_nodes(self) -> int:
        """Return the most nodes of all pools together."""
        return sum(self.nodes.values())


def loads(stages: Sequence[Stage]) -> list[dict[str, Load]]:
    """Return what each hub holds in each stage, by its name."""
    # Who may have a server on which pool: a pool keeps its people while others take new ones.
    placed: dict[str, frozenset[str]] = {}
    found: list[dict[str, Load]] = []
    for stage in stages:
        placed = _placed(placed, stage)
        found.append({hub: _load(stage, on, placed) for hub, on in stage.on.items()})
    return found


def _placed(before: Mapping[str, frozenset[str]], stage: Stage) -> dict[str, frozenset[str]]:
    live = (one for one in stage.events if one.state.phase == "live")
    here = frozenset(one.planned.config.name for one in live)
    found = {pool: members & here for pool, members in before.items()}
    for on in stage.on.values():
        if on is not None:
            members = frozenset(one.planned.config.name for one in on.members)
            found[on.planned.owner] = members & here
    return {pool: members for pool, members in found.items() if members}


def _load(stage: Stage, on: EventNow | None, placed: Mapping[str, frozenset[str]]) -> Load:
    if on is None:
        return Load(nodes={})
    plan = on.planned.plan
    if plan.chosen.offer.count is not None:
        return Load(users=on.state.users, warm_seats=plan.warm_seats, nodes={})
    planned = {one.planned.config.name: one.planned for one in stage.events}
    users = {one.planned.config.name: one.state.users for one in on.members}
    nodes = {
        pool: _nodes(planned[pool], sum(users[name] for name in members))
        for pool, members in placed.items()
        if planned[pool].hub is on.planned.hub
    }
    nodes[on.planned.owner] = _taking(planned[on.planned.owner], on)
    return Load(users=on.state.users, warm_seats=plan.warm_seats, nodes=nodes)


def _nodes(event: PlannedEvent, users: int) -> int:
    """Return the nodes in an event's pool that so many people hold at most."""
    return min(ceil_div(users, event.plan.chosen.seats.seats), _most(event))


def _most(event: PlannedEvent) -> int:
    plans = [event.plan, *(crowd.plan for crowd in event.together.values())]
    return max(plan.max_nodes for plan in plans)


def _taking(event: PlannedEvent, on: EventNow) -> int:
    """Return the most nodes in the pool that takes new servers.

    Placeholders that people push aside ask for nodes again, up to what the pool may have.
    """
    plan = on.planned.plan
    warm = max(plan.warm_nodes, _holding(plan))
    if on.state.phase != "warm":
        warm += ceil_div(on.state.users, plan.chosen.seats.seats)
    return min(warm, _most(event))


def _holding(plan: Plan) -> int:
    """Return the nodes that placeholders ask for, which a stack file may set."""
    held = plan.placeholders
    return nodes_forced(plan.node, held.pod, held.replicas) if held else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rate:
    """From an instant on: what was spent until then, and what a second costs."""

    at: datetime
    spent: Cost
    second: Cost


class Spending:
    """What the nodes of a stack's events have cost, at most, at any instant."""

    def __init__(
        self,
        stages: Sequence[Stage],
        found: Sequence[Mapping[str, Load]],
        pools: Collection[str] | None = None,
    ) -> None:
        """Keep the sums for stages and what hubs hold in each; of some events' pools, or all."""
        self._rates = list(_rates(stages, found, pools))

    def until(self, now: datetime) -> Cost:
        """Return what was spent until an instant."""
        past = bisect_right(self._rates, now, key=lambda rate: rate.at)
        if not past:
            return Cost()
        rate = self._rates[past - 1]
        return rate.spent + rate.second.times((now - rate.at) // timedelta(seconds=1))

    def between(self, starts: datetime, ends: datetime | None) -> Cost:
        """Return what is spent from an instant until another, or until nothing is left."""
        whole = self._rates[-1].spent if self._rates else Cost()
        return (whole if ends is None else self.until(ends)) - self.until(starts)


def _rates(
    stages: Sequence[Stage],
    found: Sequence[Mapping[str, Load]],
    pools: Collection[str] | None,
) -> Iterator[_Rate]:
    changes: list[tuple[datetime, int, int | None]] = []
    prices = {
        one.planned.config.name: one.planned.plan.chosen.offer.micro_usd_per_hour
        for stage in stages[:1]
        for one in stage.events
        if pools is None or one.planned.config.name in pools
    }
    for pool, price in prices.items():
        spans = list(_spans(pool, stages, found))
        changes += [(at, change, price) for at, change in _lingering(spans)]
    spent, second, last = Cost(), Cost(), None
    for at, change, price in sorted(changes, key=lambda change: change[0]):
        if last is not None:
            spent += second.times((at - last) // timedelta(seconds=1))
        second += nodes_for(change, price, timedelta(seconds=1))
        last = at
        yield _Rate(at=at, spent=spent, second=second)


_Span = tuple[datetime, datetime, int]


def _spans(
    pool: str, stages: Sequence[Stage], found: Sequence[Mapping[str, Load]]
) -> Iterator[_Span]:
    """Yield since when, until when and how many nodes a pool has at most."""
    for stage, held in zip(stages, found, strict=True):
        nodes = max((load.nodes.get(pool, 0) for load in held.values()), default=0)
        if nodes and stage.ends is not None:
            yield stage.starts, stage.ends, nodes


def _lingering(spans: Sequence[_Span]) -> Iterator[tuple[datetime, int]]:
    """Yield how the nodes of a pool change if each stays for a while after it was needed."""
    edges = {edge for starts, ends, _ in spans for edge in (starts, ends + SCALE_DOWN)}
    coming, there, before = deque(spans), deque[_Span](), 0
    for edge in sorted(edges):
        while coming and coming[0][0] <= edge:
            there.append(coming.popleft())
        while there and there[0][1] + SCALE_DOWN <= edge:
            there.popleft()
        now = max((nodes for _, _, nodes in there), default=0)
        yield edge, now - before
        before = now
