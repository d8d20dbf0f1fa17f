"""What the optimiser's plans cost on the recorded events, beside practice and the least.

    python -m benchmarks.plans [--json]

The plan is made without knowing the days on which it is tried: those are drawn as
`events.json` defines them, with seeds of their own.
"""

import argparse
import json
import sys
from dataclasses import asdict, dataclass
from statistics import median

import numpy as np
from rich.table import Table

from benchmarks.clairvoyant import bound
from benchmarks.practice import practice
from benchmarks.scenarios import Event, draw, events, seconds
from capacity.crowds import Bell, Shape, Stay, Uniform
from capacity.figures import dollars
from capacity.machine_choice import alternatives, offers_in
from capacity.needs import Need, Overrides
from capacity.plan import make_plan
from capacity.proof import judge
from capacity.quantities import ceil_div
from capacity.replicas import run_drawn
from capacity.simulation.engine import NODE_TIME
from cli.output import console
from events.lead import PULL_BYTES_PER_SECOND

DAYS = 128
_HOUR_MILLIS = 3_600_000
# Leads considered, in hundredths of the median of node start and pull.
_LEADS, _EXAM_LEADS = (50, 75, 100, 125, 150), (150, 175, 200, 250)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One event: the plan, its cost beside the two others, who waits; micro-dollars."""

    name: str
    machine_type: str
    warm_nodes: int
    max_nodes: int
    lead: int
    plan: int
    clairvoyant: int
    by_hand: int
    waiting: float
    bound: float

    @property
    def over_clairvoyant(self) -> float:
        """Return the plan's cost over the least possible."""
        return self.plan / self.clairvoyant

    @property
    def over_practice(self) -> float:
        """Return the plan's cost over that of the checklist by hand."""
        return self.plan / self.by_hand


def need_of(event: Event) -> Need:
    """Return what the optimiser is told of one day of an event."""
    within = event.arrivals.within_minutes * 60
    ready = event.node_ready_seconds
    pull = ceil_div(int(event.image_gb * 10**9), PULL_BYTES_PER_SECOND)
    exam = event.wait_bound == 0
    shape: Shape = Bell(within) if event.arrivals.shape == "bell" else Uniform(within)
    stay = seconds(event.stay_hours)
    return Need(
        users=event.users,
        seat=event.asked,
        within=within,
        every_seat_warm=exam,
        waiting_permille=int(event.wait_bound * 1000),
        wait_limit=event.wait_limit,
        node_ready=ready.p50,
        image_pull=pull,
        fewest_per_node=event.users_per_node_min,
        arrive=shape,
        show_up_permille=int(event.show_up * 1000),
        stay=Stay(
            seconds=stay, logs_out_permille=int(event.logs_out * 1000), cull=event.cull_timeout
        ),
        ends=stay,
        leads=tuple((ready.p50 + pull) * part // 100 for part in (_EXAM_LEADS if exam else _LEADS)),
        slow_percent=ready.p95 * 100 // ready.p50,
    )


def measured(event: Event) -> Result:
    """Return one event's plan, tried on days that it has not seen."""
    need = need_of(event)
    plan = make_plan(need, alternatives(need, offers_in(event.cloud, event.region)), Overrides())
    day = event.model_copy(update={"days": 1})
    drawn = [draw(day, np.random.default_rng([2020, one])) for one in range(DAYS)]
    orders = [np.argsort(arrivals, kind="stable") for arrivals, _ in drawn]
    millis = [
        np.array([times[which][order] * 1000 for times, order in zip(drawn, orders, strict=True)])
        for which in (0, 1)
    ]
    seeds = np.random.SeedSequence(2020).spawn(DAYS)
    runs = run_drawn(plan.scene, millis[0], millis[1], seeds)
    price = plan.chosen.offer.micro_usd_per_hour or 0
    node_millis = int(runs.summary[:, NODE_TIME].sum())
    least = [bound(day, arrivals, departures).micro_usd for arrivals, departures in drawn]
    return Result(
        name=event.name,
        machine_type=plan.node.name,
        warm_nodes=plan.warm_nodes,
        max_nodes=plan.max_nodes,
        lead=plan.scene.lead or 0,
        plan=ceil_div(price * node_millis * event.days, DAYS * _HOUR_MILLIS),
        clairvoyant=sum(least) * event.days // DAYS,
        by_hand=practice(event).micro_usd,
        waiting=judge(runs, need.wait_limit, 0).waiting_share.mean,
        bound=float(event.wait_bound),
    )


def table(results: list[Result]) -> Table:
    """Return one row per event, with the medians below."""
    shown = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("event", "machine type"):
        shown.add_column(column)
    for column in ("warm/max", "lead s", "plan $", "/ least", "/ by hand", "waiting", "bound"):
        shown.add_column(column, justify="right")
    for one in results:
        shown.add_row(
            one.name,
            one.machine_type,
            f"{one.warm_nodes}/{one.max_nodes}",
            str(one.lead),
            dollars(one.plan),
            f"{one.over_clairvoyant:.2f}",
            f"{one.over_practice:.2f}",
            f"{one.waiting * 100:.1f} %",
            f"{one.bound * 100:.0f} %",
        )
    least = median(one.over_clairvoyant for one in results)
    hand = median(one.over_practice for one in results)
    shown.add_row("median", "", "", "", "", f"{least:.2f}", f"{hand:.2f}", style="bold")
    return shown


def main() -> None:
    """Print the table, or JSON for machines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    as_json: bool = parser.parse_args().json
    results = [measured(event) for event in events().values()]
    if as_json:
        sys.stdout.write(json.dumps([asdict(one) for one in results], indent=2) + "\n")
    else:
        console().print(table(results))


if __name__ == "__main__":
    main()
