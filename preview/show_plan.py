"""A plan for a reader: the numbers that matter, then every number with its reason."""

from collections.abc import Iterator, Sequence

from rich.table import Table
from rich.text import Text

from capacity.candidates import Option, vcpus
from capacity.figures import dollars
from capacity.planned import Figure, Plan
from capacity.quantities import show_cpu, show_memory
from events.durations import show
from hubs.active import PlannedEvent

_SHOWN_ALTERNATIVES = 5


def headline(event: PlannedEvent) -> str:
    """Return who comes, when and with what need, in one line."""
    config = event.config
    arrivals = show(config.arrivals.seconds(config.users))
    seat = f"{show_memory(config.seat.memory)} and {show_cpu(config.seat.cpu)} CPU each"
    return f"{config.users} users within {arrivals}, {seat}"


def key_figures(events: list[PlannedEvent]) -> Table:
    """Return a row for everybody who is there at one time: what is warm, who waits, the cost."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("event", "machine type"):
        table.add_column(column, no_wrap=True)
    for column in ("users", "seats/node", "nodes", "warm seats", "max", "waiting", "$/session"):
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("placeholders", no_wrap=True)
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


def reasons(event: PlannedEvent) -> Table:
    """Return every number of a plan with the reason for it and the rule's source."""
    table = Table(
        title=f"Plan of {event.config.name}: {headline(event)}",
        title_justify="left",
        title_style="bold",
        header_style="bold",
        box=None,
        pad_edge=False,
    )
    table.add_column("figure", no_wrap=True)
    table.add_column("value", no_wrap=True)
    table.add_column("because")
    for figure in event.plan.figures:
        because = Text(figure.because)
        because.append(f"  [{figure.source}]", style="dim")
        table.add_row(figure.name, _amount(figure), because)
    return table


def _compared(title: str, options: Sequence[Option], chosen: Option) -> Table:
    """Return a table in which plans are compared, the chosen one in bold."""
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    table.add_column("machine type")
    for column in ("seats/node", "warm", "max", "vCPU", "$/session", "waiting", "95 of 100"):
        table.add_column(column, justify="right")
    table.add_column("placeholders")
    for one in options:
        choice, held = one.choice, one.choice.held
        table.add_row(
            choice.alternative.offer.node.name,
            str(choice.alternative.seats.seats),
            str(choice.warm_nodes),
            str(choice.max_nodes),
            str(vcpus(choice) or "-"),
            dollars(one.micro_usd),
            f"{one.proof.waiting_share.mean * 100:.1f} %",
            f"{one.proof.share_of_95 * 100:.1f} %",
            "none" if held is None else f"{held.replicas} of {held.seats} seats",
            style="bold" if one == chosen else None,
        )
    return table


def alternatives(event: PlannedEvent) -> Table:
    """Return the cheapest plan on each of the machine types compared."""
    plan = event.plan
    shown = plan.options[:_SHOWN_ALTERNATIVES]
    title = f"Machine types for {event.config.name}"
    if plan.considered > len(shown):
        title += f", the cheapest {len(shown)} of {plan.considered}"
    return _compared(title, shown, plan.options[0])


def trade_off(event: PlannedEvent) -> Table:
    """Return what fewer and more warm nodes cost, and who waits with them."""
    plan = event.plan
    title = f"Warm nodes against waiting for {event.config.name}"
    return _compared(title, plan.curve, plan.options[0])
