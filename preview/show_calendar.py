"""The next changes of a stack: when, what each switches, what is held and spent until the next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from capacity.figures import dollars
from capacity.quantities import ceil_div
from capacity.storage.store import HOURS_PER_MONTH
from hubs.active import PlannedEvent
from hubs.calendars import Remark
from hubs.gap_cost import Gap, gaps, told
from hubs.settings import Change
from hubs.stage_cost import Cost, Load
from hubs.steps import Step, in_force
from preview.show_timeline import phase_name, what_changes
from preview.tables import Fitting


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What a calendar of a stack is made of.

    Attributes:
        stack: Its name.
        now: The instant from which on it is looked at.
        events: Its events, with their plans.
        steps: Every change.
        idle: What it costs in a month in which nobody comes, in millionths of a dollar; None
            where the nodes are own ones, and nothing has a price.
    """

    stack: str
    now: datetime
    events: Sequence[PlannedEvent]
    steps: Sequence[Step]
    idle: int | None

    def shown(self, count: int | None) -> list[Step]:
        """Return what is in force and so many changes to come; all of them for None."""
        if count is None:
            return list(self.steps)
        current = in_force(self.steps, self.now)
        to_come = [step for step in self.steps if step.at > self.now][:count]
        return to_come if current is None else [current, *to_come]

    def money(self, cost: Cost) -> int | None:
        """Return what nodes cost in millionths of a dollar; None for own ones."""
        return None if self.idle is None else cost.micro_usd

    @property
    def idle_per_hour(self) -> int | None:
        """Return what an hour costs in which nobody comes, in millionths of a dollar."""
        return None if self.idle is None else ceil_div(self.idle, HOURS_PER_MONTH)


def calendar_table(of: Calendar, count: int | None) -> Fitting:
    """Return the changes in order of time, an arrow at what is in force."""
    table = Fitting()
    table.names("", "from", "hub", "event", "phase")
    table.figures("people", "warm seats", "nodes", "USD until next")
    table.texts("what changes")
    current = in_force(of.steps, of.now)
    for step in of.shown(count):
        for change in step.changes:
            cost = dollars(of.money(step.cost)) if change is step.changes[0] else ""
            table.add_row(
                ">" if step is current and change is step.changes[0] else "",
                when(change),
                change.hub.name,
                *_moved(change),
                *_held(of, step.loads[change.hub.name]),
                cost,
                what_changes(change),
                style="bold" if step is current else "",
            )
    return table


def when(change: Change) -> str:
    """Return the instant of a change with its weekday, in the zone of its event."""
    return f"{change.at.astimezone(change.where):%a %Y-%m-%d %H:%M %Z}"


def _moved(change: Change) -> tuple[str, str]:
    names = ", ".join(one.planned.config.name for one in change.moved)
    return names, ", ".join(phase_name(one.state) for one in change.moved)


def _held(of: Calendar, load: Load) -> tuple[str, str, str]:
    nodes = "-" if of.idle is None else str(load.most_nodes)
    return str(load.users), str(load.warm_seats), nodes


def remarks(of: Calendar, count: int | None) -> Iterator[str]:
    """Yield what to know of the table: what is left out, what its money means, what gaps save."""
    shown = of.shown(count)
    after = sum(step.at > of.now for step in of.steps) - sum(step.at > of.now for step in shown)
    where = of.events[0].where
    if after:
        yield f"And {after} more until {of.steps[-1].at.astimezone(where):%Y-%m-%d}."
    if of.idle is None:
        yield "The nodes are your own, so nothing is said of their number and price."
        return
    yield (
        "At most: everybody comes, nodes of all hubs together, ten minutes until an unneeded node "
        f"goes. Altogether: ${dollars(_whole(of).micro_usd)}."
    )
    yield (
        f"Beside that ${dollars(of.idle_per_hour)} an hour, whatever happens "
        f"(readyroom idle {of.stack})."
    )
    for event in of.events:
        yield from told(event)


def _whole(of: Calendar) -> Cost:
    return sum((step.cost for step in of.steps), Cost())


def calendar_json(of: Calendar, count: int | None) -> dict[str, Any]:
    """Return the same for machines, in millionths of a dollar."""
    current = in_force(of.steps, of.now)
    return {
        "stack": of.stack,
        "at": of.now.isoformat(),
        "idleMicroUsdPerHour": of.idle_per_hour,
        "microUsdAtMost": of.money(_whole(of)),
        "steps": [_step(of, step, in_force=step is current) for step in of.shown(count)],
        "gaps": {
            event.config.name: [_gap(event, gap) for gap in gaps(event)] for event in of.events
        },
    }


def _step(of: Calendar, step: Step, *, in_force: bool) -> dict[str, Any]:
    where = step.changes[0].where
    return {
        "at": step.at.astimezone(where).isoformat(),
        "until": None if step.until is None else step.until.astimezone(where).isoformat(),
        "current": in_force,
        "microUsdAtMost": of.money(step.cost),
        "changes": [_change(change) for change in step.changes],
        "hubs": {name: _load(of, load) for name, load in step.loads.items()},
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "hub": change.hub.name,
        "events": [
            {
                "event": one.planned.config.name,
                "phase": one.state.phase,
                "draining": one.state.draining,
                "users": one.state.users,
            }
            for one in change.moved
        ],
        "switched": change.switched,
    }


def _load(of: Calendar, load: Load) -> dict[str, Any]:
    nodes = None if of.idle is None else load.most_nodes
    return {"people": load.users, "warmSeats": load.warm_seats, "nodesAtMost": nodes}


def _gap(event: PlannedEvent, gap: Gap) -> dict[str, Any]:
    return {
        "from": gap.starts.astimezone(event.where).isoformat(),
        "until": gap.ends.astimezone(event.where).isoformat(),
        "nodes": gap.nodes,
        "staysWarm": gap.stays_warm,
        "microUsdStayingWarm": gap.staying.micro_usd,
        "microUsdSavedByGoing": gap.saving.micro_usd,
    }


def entries(of: Calendar) -> list[Remark]:
    """Return every change as an entry of a calendar."""
    return [_entry(change) for step in of.steps for change in step.changes]


def _entry(change: Change) -> Remark:
    names, phases = _moved(change)
    moved = f"{names} {phases}" if change.moved else ", ".join(change.switched)
    return Remark(name=f"{change.hub.name}: {moved}", at=change.at, text=what_changes(change))
