"""Every change of a stack's events with what it switches, holds and costs. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from hubs.active import PlannedEvent
from hubs.cluster import ClusterConfig
from hubs.settings import Change, changes
from hubs.stage_cost import Cost, Load, Spending, loads
from hubs.timeline import Stage, stages


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An instant at which something changes, and what holds until the next one.

    Attributes:
        stage: From when to when, and what is on.
        changes: What is switched, hub by hub.
        loads: What each hub holds, by its name.
        cost: Of all event nodes until the next change, at most.
    """

    stage: Stage
    changes: tuple[Change, ...]
    loads: Mapping[str, Load]
    cost: Cost

    @property
    def at(self) -> datetime:
        """Return the instant, in UTC."""
        return self.stage.starts

    @property
    def until(self) -> datetime | None:
        """Return the instant of the next change; None for the last."""
        return self.stage.ends


def steps(events: Sequence[PlannedEvent], cluster: ClusterConfig) -> list[Step]:
    """Return every change of a stack's events, in order."""
    found = stages(events, cluster)
    held = loads(found)
    spending = Spending(found, held)
    every = sorted(changes(events, cluster), key=lambda change: change.at)
    switched = {at: tuple(some) for at, some in groupby(every, key=lambda change: change.at)}
    return [
        Step(
            stage=stage,
            changes=switched[stage.starts],
            loads=load,
            cost=spending.between(stage.starts, stage.ends),
        )
        for stage, load in zip(found, held, strict=True)
    ]


def in_force(found: Sequence[Step], now: datetime) -> Step | None:
    """Return the step that holds at an instant; None before the first."""
    return next((step for step in reversed(found) if step.at <= now), None)
