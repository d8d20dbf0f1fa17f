"""A plan for a reader: the numbers that matter, then every number with its reason."""

from collections.abc import Iterator, Sequence

from rich.text import Text

from capacity.candidates import Option, vcpus
from capacity.figures import dollars
from capacity.planned import Figure, Plan
from capacity.quantities import show_cpu, show_memory
from events.durations import show
from hubs.active import PlannedEvent
from preview.tables import Fitting

_SHOWN_ALTERNATIVES = 5


def headline(event: PlannedEvent) -> str:
    """Return who comes, when and with what need, in one line."""
    config = event.config
    arrivals = show(config.arrivals.seconds(config.users))
    seat = f"{show_memory(config.seat.memory)} and {show_cpu(config.seat.cpu)} CPU each"
    return f"{config.users} users within {arrivals}, {seat}"


def key_figures(events: list[PlannedEvent]) -> Fitting:
    """Return a row for everybody who is there at one time: what is warm, who waits, the cost."""
    table = Fitting()
    table.names("event", "machine type")
    table.figures("users", "seats/node", "nodes", "warm seats", "max", "waiting", "$/session")
    table.names("placeholders")
    for name, users, plan in _rows(events):
        table.add_row(
            name,
            plan.node.name,
            str(users),
            str(plan.chosen.seats.seats),
            str(plan.chosen.nodes),
            f"{plan.warm_seats} on {plan.warm_nodes}",
            str(plan.max_nodes),
            _waiting(plan),
            dollars(plan.micro_usd),
            _placeholders(plan),
        )
    return table


def without_waiting(event: PlannedEvent) -> str:
    """Return what it costs that nobody waits, or as few as can be; nothing if nobody does."""
    plan = event.plan
    if not (event.together and plan.curve and plan.proof.waiting_share.mean):
        return ""
    best = min(plan.curve, key=lambda one: (one.proof.waiting_share.mean, one.rank))
    share = best.proof.waiting_share.mean
    if share >= plan.options[0].proof.waiting_share.mean:
        return f"{event.config.name}: more warm nodes would not let fewer people wait"
    who = f"{share * 100:.1f} % wait" if share else "nobody waits"
    price = _dearer((best.micro_usd or 0) - (plan.micro_usd or 0))
    told = f"{event.config.name}: {who} with {best.choice.warm_nodes} warm nodes: {price}"
    return f"{told}{_how(event, best)}"


def _dearer(micro_usd: int) -> str:
    return f"${dollars(micro_usd)} more a session" if micro_usd > 0 else "for no more money"


def _how(event: PlannedEvent, best: Option) -> str:
    """Return what to write in the stack file for it; nothing if what it says is in the way."""
    config, choice = event.config, best.choice
    if config.placeholders is not None or best.proof.waiting_share.mean:
        return ""
    if config.pool.warm_nodes is None and config.pool.max_nodes is None:
        return " (waitingShare: 0)"
    return f" (pool: {{warmNodes: {choice.warm_nodes}, maxNodes: {choice.max_nodes}}})"


def _rows(events: Sequence[PlannedEvent]) -> Iterator[tuple[str, int, Plan]]:
    for event in events:
        crowds = [(one.config.users, one.config.name, one.plan) for one in event.together.values()]
        for users, name, plan in sorted(crowds, key=lambda crowd: crowd[:2]):
            yield name, users, plan


def _waiting(plan: Plan) -> str:
    return f"{plan.proof.waiting_share.mean * 100:.1f} %"


def _placeholders(plan: Plan) -> str:
    held = plan.placeholders
    return "none" if held is None else f"{held.replicas} of {held.seats} seats"


def _amount(figure: Figure) -> str:
    if figure.unit.startswith("bytes") and isinstance(figure.value, int):
        return show_memory(figure.value)
    return f"{figure.value} {figure.unit}".strip()


def reasons(event: PlannedEvent) -> Fitting:
    """Return every number of a plan with the reason for it and the rule's source."""
    table = Fitting(f"Plan of {event.config.name}: {headline(event)}")
    table.names("figure", "value")
    table.texts("because")
    for figure in event.plan.figures:
        because = Text(figure.because)
        because.append(f"  [{figure.source}]", style="dim")
        table.add_row(figure.name, _amount(figure), because)
    return table


def _compared(title: str, options: Sequence[Option], plan: Plan) -> Fitting:
    """Return a table in which plans are compared, the chosen one in bold and as it is proved."""
    if len(options) > 1:
        title += "; waiting as searched, in bold as proved"
    table = Fitting(title)
    table.names("machine type")
    table.figures("seats/node", "warm", "max", "vCPU", "$/session", "waiting", "95 of 100")
    table.names("placeholders")
    for one in options:
        choice, held = one.choice, one.choice.held
        is_chosen = one == plan.options[0]
        proof = plan.proof if is_chosen else one.proof
        table.add_row(
            choice.alternative.offer.node.name,
            str(choice.alternative.seats.seats),
            str(choice.warm_nodes),
            str(choice.max_nodes),
            str(vcpus(choice) or "-"),
            dollars(one.micro_usd),
            f"{proof.waiting_share.mean * 100:.1f} %",
            f"{proof.share_of_95 * 100:.1f} %",
            "none" if held is None else f"{held.replicas} of {held.seats} seats",
            style="bold" if is_chosen else None,
        )
    return table


def alternatives(event: PlannedEvent) -> Fitting:
    """Return the cheapest plan on each of the machine types compared."""
    plan = event.plan
    shown = plan.options[:_SHOWN_ALTERNATIVES]
    title = f"Machine types for {event.config.name}"
    if plan.considered > len(shown):
        title += f", the cheapest {len(shown)} of {plan.considered}"
    return _compared(title, shown, plan)


def trade_off(event: PlannedEvent) -> Fitting:
    """Return what fewer and more warm nodes cost, and who waits with them."""
    plan = event.plan
    title = f"Warm nodes against waiting for {event.config.name}"
    return _compared(title, plan.curve, plan)
