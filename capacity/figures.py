"""The reason for every number of a plan, in words. Pure."""

from collections.abc import Iterator
from decimal import Decimal

from capacity.candidates import held_per_node
from capacity.needs import Need, Overrides
from capacity.packing import explain_seats
from capacity.planned import Figure, Plan
from capacity.proof import Cause, Proof
from capacity.quantities import ceil_div, show_cpu, show_memory

_MEASURED = "kube-scheduler 1.36.3 and cluster-autoscaler 1.36.1 as measured"
_SIMULATED = "simulation that reproduces " + _MEASURED
_SET = "set in the stack file"
_CAUSES: dict[Cause, str] = {
    "spawnLimit": "the hub's spawn limit",
    "nodeBoot": "nodes that start",
    "maxNodes": "the most nodes allowed",
    "scheduler": "the scheduler",
    "imagePull": "the image",
    "notServed": "no seat at all",
}


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
    price = f"${dollars(plan.micro_usd)} a session"
    if len(plan.options) == 1:
        return f"the only one considered; {price}"
    second = plan.options[1]
    return (
        f"cheapest of {plan.considered} types with seats in bounds ({plan.tried} plans "
        f"simulated): {price}; next {second.choice.alternative.offer.node.name} at "
        f"${dollars(second.micro_usd)}"
    )


def rate_rule(need: Need) -> int:
    """Return the seats that users take while one node is made ready, at most all of them.

    Source: 2i2c-org/infrastructure docs/topic/infrastructure/user-placeholders.md:
    60 users in 3 minutes and nodes in 10 minutes want 200 seats.
    """
    return min(need.users, ceil_div(need.users * need.node_ready, need.within))


def warm(need: Need, plan: Plan, overrides: Overrides) -> Iterator[Figure]:
    """Yield warm seats, the rate rule beside them, and warm nodes."""
    per_node = plan.chosen.seats.seats
    set_nodes = overrides.warm_nodes is not None
    spare = " + 1 spare" if need.every_seat_warm else ""
    yield Figure(
        name="warmSeats", value=plan.warm_seats, unit="seats",
        because=_why_so_warm(need, plan, _SET if set_nodes else None), source=_SIMULATED,
    )  # fmt: skip
    yield Figure(
        name="rateRule", value=rate_rule(need), unit="seats",
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
    bound = f"at most {need.waiting_permille / 10:g} % waiting"
    rule = "an exam has every seat warm" if need.every_seat_warm else f"fewest with {bound}"
    if plan.warm_nodes == 0:
        rule = f"none need be: {bound} as it is"
    if plan.proof.waiting_permille > need.waiting_permille:
        rule = f"misses the bound of {bound}"
    return given or rule


def waiting(need: Need, plan: Plan) -> Iterator[Figure]:
    """Yield who waits and how long, as proved."""
    proof = plan.proof
    share = proof.waiting_share
    yield Figure(
        name="waitingShare", value=f"{share.mean * 100:.1f}", unit="%",
        because=f"mean of {proof.replicas} simulated events ({share.low * 100:.1f} to "
        f"{share.high * 100:.1f} %) over {need.wait_limit} s; 95 of 100 events stay at or below "
        f"{proof.share_of_95 * 100:.1f} %{_held_up(proof)}",
        source=_SIMULATED,
    )  # fmt: skip
    for name, found in (("waitP95", proof.wait_p95), ("waitMax", proof.wait_max)):
        yield Figure(
            name=name, value=f"{found.mean:.0f}", unit="s",
            because=f"mean of {proof.replicas} simulated events, {found.low:.0f} to "
            f"{found.high:.0f} s with 95 % confidence",
            source=_SIMULATED,
        )  # fmt: skip


def _held_up(proof: Proof) -> str:
    """Return what held up those who waited, the most frequent first."""
    causes = sorted(proof.causes.items(), key=lambda cause: -cause[1])
    told = [
        f"{share * 100:.1f} % by {_CAUSES[name]}" for name, share in causes if round(share * 1000)
    ]
    return f"; held up: {', '.join(told)}" if told else ""


def placeholders(need: Need, plan: Plan, overrides: Overrides) -> Figure:
    """Return how many placeholders there are, and why of this shape."""
    held = plan.placeholders
    seats_of = f"pods of {held.seats} seats" if held else "pods"
    derived = (
        f"{held.seats} of a node's {held_per_node(need, plan.chosen)} seats each: least cost and "
        f"waiting of all sizes tried; {plan.proof.evictions.mean:.0f} preemptions, "
        "those that come back counted again"
        if held
        else "nothing is held where nothing is kept warm"
    )
    return Figure(
        name="placeholders", value=held.replicas if held else 0, unit=seats_of,
        because=_SET if overrides.placeholders else derived,
        source="2i2c user-placeholders.md; " + _MEASURED,
    )  # fmt: skip


def ceiling(need: Need, plan: Plan, overrides: Overrides) -> Figure:
    """Return the most nodes of the pool."""
    derived = (
        f"{plan.chosen.nodes} hold every user; placeholders that find no room then wait "
        "without costing a node"
    )
    if need.every_seat_warm:
        derived = "all are warm, the spare one too: a node that came later would be cold"
    return Figure(
        name="maxNodes", value=plan.max_nodes, unit="nodes",
        because=_SET if overrides.max_nodes else derived, source="nodes, placeholders",
    )  # fmt: skip


def cost(need: Need, plan: Plan) -> Iterator[Figure]:
    """Yield what the nodes of one session cost."""
    if plan.micro_usd is None:
        return
    yield Figure(
        name="sessionCost", value=dollars(plan.micro_usd), unit="USD",
        because=f"{plan.options[0].proof.node_hours.mean:.1f} node hours until the last node goes, "
        f"{plan.warm_nodes} nodes for a lead of {need.lead} s, at "
        f"${_price(plan)} an hour; nodes only",
        source=plan.chosen.offer.priced,
    )  # fmt: skip


def _price(plan: Plan) -> str:
    return f"{Decimal(plan.chosen.offer.micro_usd_per_hour or 0) * Decimal('0.000001'):f}"


def own_nodes(need: Need, plan: Plan) -> Figure:
    """Return the seats that a fixed number of nodes has for the users."""
    nodes, per_node = plan.max_nodes, plan.chosen.seats.seats
    taken = plan.chosen.offer.taken(need.seat)
    beside = f" - {taken} for hub and monitoring" if taken else ""
    seats = f"{nodes} declared nodes x {per_node}{beside} = {nodes * per_node - taken} seats"
    return Figure(
        name="warmSeats", value=plan.warm_seats, unit="seats",
        because=f"the lesser of {need.users} users and {seats}; nothing scales",
        source="stack file, cluster.nodes",
    )  # fmt: skip


def of_plan(need: Need, plan: Plan, overrides: Overrides) -> Iterator[Figure]:
    """Yield every number of a plan with its reason."""
    yield from seats(need, plan)
    if plan.chosen.offer.count is None:
        yield from warm(need, plan, overrides)
        yield placeholders(need, plan, overrides)
        yield ceiling(need, plan, overrides)
    else:
        yield own_nodes(need, plan)
    yield from waiting(need, plan)
    yield from cost(need, plan)
    yield from limits(need, plan)


def limits(need: Need, plan: Plan) -> Iterator[Figure]:
    """Yield the hub's spawn limit and start timeout."""
    node = f"node ready {need.node_ready} s + " if need.node_ready else ""
    ready = f"{need.node_ready + need.image_pull} s of {'a node and its' if node else 'an'} image"
    yield Figure(
        name="spawnLimit", value=plan.spawn_limit, unit="spawns at once",
        because=f"all that come within the {ready}, at least the "
        "chart's 64; a lower limit hides demand from the autoscaler",
        source="UC Merced 2025-08-29: 63 pending at a limit of 64, then 429s",
    )  # fmt: skip
    yield Figure(
        name="startTimeout", value=plan.start_timeout, unit="s",
        because=f"half as much again as {node}image {need.image_pull} s, at least the chart's 300",
        source="95th over 50th percentile of recorded node starts",
    )  # fmt: skip
