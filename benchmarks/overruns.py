"""Two exams whose settings stayed on, replayed as events: hours, node-hours and dollars.

Recorded is when the settings were on: public log of 2i2c's infrastructure repository, commits
0e193fe19, 77f4a0c6a and 788fa4fd1 (a hub of the University of Toronto, 3 GiB guaranteed and
6 GiB at most made 8 and 8, CPU untouched). Assumed is all else: when the exams were, how many
students came, CPU, and that nodes for all of them were on all the time. Both columns have the
same nodes at the same price, those of the shipped exam stack, so only the hours differ.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from events.sessions import Session
from hubs.active import PlannedEvent
from hubs.deployment import plan_events
from hubs.event import EventConfig
from hubs.files import stack_config
from hubs.stack import load_stack

ROOT = Path(__file__).parents[1]
# Assumed, as the times of the exams below.
USERS, CPU = 100, 1
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrun:
    """Settings of exams as they were held.

    Attributes:
        name: Of the table.
        held: From when to when they were on; recorded.
        exams: Days on which an exam was from nine to twelve; assumed.
    """

    name: str
    held: Session
    exams: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """An over-run beside the same exams as an event.

    Attributes:
        event: The exams, planned.
        held: For how long the settings were on.
        on: For how long ours are.
        before: The longest that ours are on before the first exam of a window.
        after: The longest that ours are on after the last.
        nodes: Nodes that are kept while they are on.
        micro_usd_per_hour: Price of one.
    """

    event: PlannedEvent
    held: timedelta
    on: timedelta
    before: timedelta
    after: timedelta
    nodes: int
    micro_usd_per_hour: int

    def node_hours(self, span: timedelta) -> float:
        """Return the node-hours of a span."""
        return self.nodes * (span / HOUR)

    def dollars(self, span: timedelta) -> float:
        """Return the price of a span."""
        return self.node_hours(span) * self.micro_usd_per_hour / 1_000_000


OVERRUNS = (
    Overrun(
        name="October",
        held=Session(
            starts=datetime.fromisoformat("2025-10-24T17:57+03:00").astimezone(UTC),
            ends=datetime.fromisoformat("2025-10-27T10:12+02:00").astimezone(UTC),
        ),
        exams=("2025-10-25",),
    ),
    # Of December, days alone are recorded; there may have been several exams.
    Overrun(
        name="December",
        held=Session(
            starts=datetime(2025, 12, 5, tzinfo=UTC), ends=datetime(2025, 12, 17, tzinfo=UTC)
        ),
        exams=("2025-12-08", "2025-12-10", "2025-12-12", "2025-12-15"),
    ),
)


@cache
def replay(overrun: Overrun) -> Replay:
    """Return an over-run beside the same exams as an event of the shipped exam stack."""
    config = stack_config(ROOT / "Pulumi.exam.yaml")
    stack = load_stack("exam", config.own, ROOT / "hubs", secrets=config.secrets)
    event = EventConfig.model_validate(
        {
            "name": "replayed",
            "hub": "exam",
            "kind": "exam",
            "users": USERS,
            "seat": {"memory": "8Gi", "cpu": CPU},
            "arrivals": {"within": "10m"},
            "timezone": "America/Toronto",
            "sessions": [
                {"starts": f"{day}T09:00", "ends": f"{day}T12:00"} for day in overrun.exams
            ],
        }
    )
    [planned] = plan_events(replace(stack, events=(event,)))
    price = planned.plan.chosen.offer.micro_usd_per_hour
    if price is None:
        raise AssertionError(planned.plan.node.name)  # the shipped stack is of a priced region
    windows = planned.schedule.windows
    inside = [
        (
            window,
            [one for one in planned.schedule.sessions if window.starts <= one.starts < window.ends],
        )
        for window in windows
    ]
    return Replay(
        event=planned,
        held=overrun.held.ends - overrun.held.starts,
        on=sum((window.ends - window.starts for window in windows), timedelta()),
        before=max(min(one.starts for one in exams) - window.starts for window, exams in inside),
        after=max(window.ends - max(one.ends for one in exams) for window, exams in inside),
        nodes=planned.plan.warm_nodes,
        micro_usd_per_hour=price,
    )


def table() -> str:
    """Return the over-runs beside ours, as Markdown."""
    first = replay(OVERRUNS[0]).event.plan.node.name
    lines = [
        f"{USERS} students with 8 GiB each on {first} (assumed)",
        "",
        "| over-run | exams | hours held | ours | node-hours held | ours | $ held | ours | ratio |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for overrun in OVERRUNS:
        it = replay(overrun)
        lines.append(
            f"| {overrun.name} | {len(overrun.exams)} | {it.held / HOUR:.1f} | {it.on / HOUR:.1f} "
            f"| {it.node_hours(it.held):.0f} | {it.node_hours(it.on):.0f} "
            f"| {it.dollars(it.held):.0f} | {it.dollars(it.on):.0f} | {it.held / it.on:.1f} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())  # noqa: T201 - a command
