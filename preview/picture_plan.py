"""The pictures of a plan: people coming in, cost against waiting, and what would break it."""

from collections.abc import Sequence
from pathlib import Path

from matplotlib.figure import Figure

from capacity.candidates import Option
from capacity.figures import dollars
from capacity.what_if import Verdict
from hubs.active import PlannedEvent
from hubs.scenario_scene import Scenario
from preview.picture import draw_event
from preview.picture_choices import TradeOff, WhatIf, draw_trade_off, draw_what_if
from preview.picture_style import save
from preview.simulated import simulated

_REPLICAS = 100
# Labels nearer to the chosen point than so many hundredths of the width would overlap.
_APART_PERCENT = 8


def way_in(event: PlannedEvent) -> Figure:
    """Return people, waiting and nodes while people come to an event as planned."""
    plan = event.plan
    scenario = Scenario(
        scene=plan.scene,
        crowd=event.need.crowd,
        replicas=_REPLICAS,
        seed=plan.proof.seed,
        seats_per_node=plan.chosen.seats.seats,
    )
    return draw_event(simulated(scenario, sampled=True), event.config.name)


def trade_off(event: PlannedEvent) -> Figure:
    """Return what fewer and more warm nodes cost, and who waits with them."""
    plan, need = event.plan, event.need
    chosen = plan.options[0]
    points = [_point(option, chosen, _span(plan.curve)) for option in plan.curve]
    wait = f"{need.wait_limit} s"
    caption = (
        f"{plan.warm_nodes} warm {plan.node.name} cost ${dollars(plan.micro_usd)} a session; "
        f"{plan.proof.waiting_share.mean * 100:.0f} % of {need.users} people wait over {wait}."
    )
    title = f"{event.config.name}: what less waiting costs"
    return draw_trade_off(title, caption, points, need.waiting_permille / 1000)


def _span(options: Sequence[Option]) -> int:
    costs = [option.micro_usd or 0 for option in options]
    return max(costs) - min(costs)


def _point(option: Option, chosen: Option, span: int) -> TradeOff:
    """Return one point; one that stands too near to the chosen has no label of its own."""
    apart = abs((option.micro_usd or 0) - (chosen.micro_usd or 0)) * 100
    named = option.choice == chosen.choice or apart >= span * _APART_PERCENT
    return TradeOff(
        label=f"{option.choice.warm_nodes} warm" if named else "",
        cost_micro_usd=option.micro_usd or 0,
        waiting_share=option.proof.waiting_share.mean,
        chosen=option.choice == chosen.choice,
    )


def what_breaks(event: PlannedEvent, verdicts: Sequence[Verdict]) -> Figure:
    """Return the waiting share with every change of one thing."""
    broken = sum(not verdict.holds for verdict in verdicts)
    caption = (
        f"{broken} of {len(verdicts)} changes break the plan, which allows "
        f"{event.need.waiting_permille / 10:g} % to wait over {event.need.wait_limit} s."
    )
    bars = [WhatIf(label="as planned", waiting_share=event.plan.proof.waiting_share.mean)]
    bars += [
        WhatIf(label=verdict.shock.label, waiting_share=verdict.as_planned.waiting_share.mean)
        for verdict in verdicts
    ]
    return draw_what_if(f"{event.config.name}: what if there are ...", caption, bars)


def save_plan(event: PlannedEvent, folder: Path) -> list[Path]:
    """Write the pictures of a plan into a folder; returns the files."""
    figures = {"way-in": way_in(event)}
    if event.plan.curve:
        figures["trade-off"] = trade_off(event)
    return [_saved(event, folder, name, figure) for name, figure in figures.items()]


def save_what_if(event: PlannedEvent, verdicts: Sequence[Verdict], folder: Path) -> Path:
    """Write the picture of what breaks a plan into a folder; returns the file."""
    return _saved(event, folder, "what-if", what_breaks(event, verdicts))


def _saved(event: PlannedEvent, folder: Path, name: str, figure: Figure) -> Path:
    path = folder / f"{event.config.name}-{name}.png"
    save(figure, path)
    return path
