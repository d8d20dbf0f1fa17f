"""The shipped exam with some of its data changed, as a list of lines."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from hubs.active import PlannedEvent
from hubs.deployment import plan_events
from hubs.readiness import exam_check
from hubs.readiness_lines import Line
from hubs.stack import Stack, load_stack

ROOT = Path(__file__).parents[2]
# 08:00 in Toronto, an hour before the door opens.
BEFORE = datetime(2026, 12, 14, 13, 0, tzinfo=UTC)
Raw = dict[str, Any]
Change = Callable[[Raw], object]


def raw_stack(stack: str = "exam") -> Raw:
    """Return a fresh copy of what a stack file says, without the project's name."""
    config = yaml.safe_load((ROOT / f"Pulumi.{stack}.yaml").read_text("utf-8"))["config"]
    return {key.removeprefix("readyroom:"): value for key, value in config.items()}


def loaded(own: Mapping[str, object]) -> tuple[Stack, tuple[PlannedEvent, ...]]:
    """Load and plan a stack of the project's hubs."""
    stack = load_stack("exam", deepcopy(dict(own)), ROOT / "hubs")
    return stack, plan_events(stack)


def changed(change: Change) -> Raw:
    """Return the shipped exam stack with its event changed in place."""
    own = raw_stack()
    change(own["events"][0])
    return own


def lines_of(own: Mapping[str, object], now: datetime = BEFORE) -> dict[str, Line]:
    """Return the lines of the first event of a stack, by name."""
    stack, events = loaded(own)
    return {line.name: line for line in exam_check(stack, events[0], events, now)}


def not_proved(change: Change, now: datetime = BEFORE) -> dict[str, tuple[str, str, str]]:
    """Return state, evidence and what to write of every line that a change leaves unproved."""
    return {
        name: (line.state, line.evidence, line.write)
        for name, line in lines_of(changed(change), now).items()
        if line.state != "proved"
    }
