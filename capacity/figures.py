"""The reason for every number of a plan, in words. Pure."""

from collections.abc import Iterator

from capacity.arrivals import rate_rule
from capacity.needs import Held, Need, Overrides
from capacity.packing import explain_seats
from capacity.placeholders import explain
from capacity.planned import Figure, Plan
from capacity.quantities import show_cpu, show_memory
from capacity.warmth import Warmth, arrivals_of

_MEASURED = "kube-scheduler 1.36.3 and cluster-autoscaler 1.36.1, measured"
_SET = "set in the stack file"


def dollars(micro: int | None) -> str:
    """Return millionths of a dollar as dollars and cents, rounded up; a dash if not known."""
    if micro is None:
        return "-"
    cents = -(-micro // 10_000)
    return f"{cents // 100}.{cents % 100:02d}"


def seats(need: Need, plan: Plan) -> Iterator[Figure]:
    """Yield machine type, seat, seats per node and the nodes that all users need."""
    chosen, node = plan.chosen, plan.node
    yield Figure(
        name="machineType", value=node.name, unit="",
        because=_why_this_machine(plan), source=chosen.offer.priced or node.source,
    )  # fmt: skip
    yield Figure(
        name="node", value=node.memory, unit="bytes for users", because=node.because,
        source=node.source,
    )  # fmt: skip
    yield Figure(
        name="seat", value=need.seat.memory, unit="bytes",
        because=f"{show_memory(need.seat.memory)} and {show_cpu(need.seat.cpu)} CPU, limit = "
        "guarantee unless the stack file says otherwise",
        source="2i2c event guide: no oversubscription for events",
    )  # fmt: skip
    yield Figure(
        name="seatsPerNode", value=chosen.seats.seats, unit="seats",
        because=explain_seats(node, need.seat, chosen.seats),
        source="never from nominal memory",
    )  # fmt: skip
    yield Figure(
        name="nodes", value=chosen.nodes, unit="nodes",
        because=f"{need.users} users / {chosen.seats.seats} per node, rounded up",
        source="every user has a seat",
    )  # fmt: skip


def _why_this_machine(plan: Plan) -> str:
    if plan.chosen.offer.count is not None:
        return f"{plan.chosen.offer.count} declared nodes"
    price = f"${dollars(plan.chosen.micro_usd_per_hour)} an hour for {plan.chosen.nodes} nodes"
    if len(plan.alternatives) == 1:
        return f"the only one considered; {price}"
    second = plan.alternatives[1]
    return (
        f"cheapest of {len(plan.alternatives)} types with 4 to 100 such seats: {price}; next "
        f"{second.offer.node.name} at ${dollars(second.micro_usd_per_hour)}"
    )


def warm(need: Need, plan: Plan, overrides: Overrides) -> Iterator[Figure]:
    """Yield warm seats, the rate rule beside them, and warm nodes."""
    per_node = plan.chosen.seats.seats
    set_nodes = overrides.warm_nodes is not None
    spare = " + 1 spare" if need.every_seat_warm else ""
    yield Figure(
        name="warmSeats", value=plan.warm_seats, unit="seats",
        because=_why_so_warm(need, plan, _SET if set_nodes else None),
        source="replay of even arrivals after what was " + _MEASURED,
    )  # fmt: skip
    yield Figure(
        name="rateRule", value=rate_rule(arrivals_of(need), need.node_ready), unit="seats",
        because=f"{need.users} users in {need.within} s, nodes ready in {need.node_ready} s; "
        "shown beside the plan, which decides",
        source="2i2c user-placeholders.md",
    )  # fmt: skip
    yield Figure(
        name="warmNodes", value=plan.warm_nodes, unit="nodes",
        because=_SET if set_nodes else f"{plan.warm_seats} seats / {per_node} per node" + spare,
        source="warm seats",
    )  # fmt: skip


def _why_so_warm(need: Need, plan: Plan, given: str | None) -> str:
    outcome = plan.outcome
    bound = f"at most {need.waiting_permille / 10:g} % waiting"
    rule = "an exam has every seat warm" if need.every_seat_warm else f"fewest with {bound}"
    if outcome.waiting * 1000 > need.waiting_permille * need.users:
        rule = f"misses the bound of {bound}"
    told = f"{outcome.waiting} of {need.users} wait over {need.wait_limit} s"
    return f"{given or rule}; {told}"


def placeholders(held: Held, warmth: Warmth, overrides: Overrides) -> Figure:
    """Return how many placeholders there are, and why of this shape."""
    return Figure(
        name="placeholders", value=held.replicas, unit=f"pods of {held.seats} seats",
        because=_SET if overrides.placeholders else explain(warmth.shape, warmth.tried),
        source="2i2c user-placeholders.md; " + _MEASURED,
    )  # fmt: skip


def ceiling(need: Need, plan: Plan, room: int, overrides: Overrides) -> Figure:
    """Return the most nodes of the pool."""
    derived = f"{plan.chosen.nodes} for users + {room} for placeholders + 1 spare"
    if need.every_seat_warm:
        derived = "all are warm, the spare one too: a node that came later would be cold"
    return Figure(
        name="maxNodes", value=plan.max_nodes, unit="nodes",
        because=_SET if overrides.max_nodes else derived, source="nodes, placeholders",
    )  # fmt: skip


def own_nodes(plan: Plan) -> Figure:
    """Return the seats of a fixed number of nodes."""
    per_node = plan.chosen.seats.seats
    return Figure(
        name="warmSeats", value=plan.warm_seats, unit="seats",
        because=f"{plan.max_nodes} declared nodes x {per_node}; nothing scales",
        source="stack file, cluster.nodes",
    )  # fmt: skip


def limits(need: Need, plan: Plan) -> Iterator[Figure]:
    """Yield the hub's spawn limit and start timeout."""
    ready = need.node_ready + need.image_pull
    yield Figure(
        name="spawnLimit", value=plan.spawn_limit, unit="spawns at once",
        because=f"all that come within the {ready} s of a node and its image, at least the "
        "chart's 64; a lower limit hides demand from the autoscaler",
        source="UC Merced 2025-08-29: 63 pending at a limit of 64, then 429s",
    )  # fmt: skip
    yield Figure(
        name="startTimeout", value=plan.start_timeout, unit="s",
        because=f"half as much again as node ready {need.node_ready} s + image "
        f"{need.image_pull} s, at least the chart's 300",
        source="95th over 50th percentile of recorded node starts",
    )  # fmt: skip
