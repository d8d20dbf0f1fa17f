"""One stack at one instant: run the real program, ask the real pack."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import yaml

from hubs.active import PlannedEvent, at
from hubs.files import PROJECT
from hubs.upgrades import upgrade_warnings
from preview.ahead import Judged, to_judge
from preview.loaded import Loaded
from preview.monitor import Program, RecordingMonitor, record
from preview.pack import Pack, Verdict, running
from preview.resources import Registered, registered

_ERRORS = logging.getLogger(f"{__name__}.errors")
_ERRORS.setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Previewed:
    """What must exist at an instant, and what the gate says of it.

    Attributes:
        loaded: The stack.
        now: The instant.
        resources: What must exist.
        verdict: What the gate says of it.
        later: What it says of events to come, each when its people come; if that is wanted.
    """

    loaded: Loaded
    now: datetime
    resources: list[Registered]
    verdict: Verdict
    later: tuple[Judged, ...] = ()

    @property
    def refused(self) -> bool:
        """Return whether the gate refuses it, or an event to come."""
        return self.verdict.refused or any(one.verdict.refused for one in self.later)

    @property
    def active(self) -> list[PlannedEvent]:
        """Return the events whose settings are on."""
        return [event for event in self.loaded.events if at(event, self.now).is_on]

    @property
    def upgrades(self) -> tuple[str, ...]:
        """Return what to tell of upgrades that a cloud may make by itself."""
        events = [at(event, self.now) for event in self.loaded.events]
        return upgrade_warnings(self.loaded.stack.cluster, events, self.now)


def recorded_at(loaded: Loaded, now: datetime) -> RecordingMonitor:
    """Run the real program for an instant; return what heard it.

    Its warnings are not said: a preview shows freezes and upgrades in sections of their own.
    """
    return record(_program(loaded, now), _ERRORS)


def resources_at(loaded: Loaded, now: datetime) -> list[Registered]:
    """Return what the real program registers for an instant."""
    return registered(recorded_at(loaded, now))


def preview(loaded: Loaded, now: datetime) -> Previewed:
    """Return what the real program registers, and what the real pack says of it.

    Raises:
        PackError: the pack did not start, or failed.
        RefusedError: the program refused its configuration.
    """
    with running(loaded.root / "policies") as pack:
        return _judged(loaded, now, pack)


def preview_with_later(loaded: Loaded, now: datetime, told: Callable[[str], None]) -> Previewed:
    """Return the same, and what the pack says of every event to come when its people come.

    Args:
        loaded: The stack.
        now: The instant.
        told: Hears the names of what is judged next.

    Raises:
        PackError: the pack did not start, or failed.
        RefusedError: the program refused its configuration.
    """
    later: list[Judged] = []
    with running(loaded.root / "policies") as pack:
        found = _judged(loaded, now, pack)
        for ahead in to_judge(loaded.events, now):
            told(" and ".join(ahead.names))
            verdict = pack.judge(recorded_at(loaded, ahead.now))
            later.append(Judged(ahead=ahead, verdict=verdict))
    return replace(found, later=tuple(later))


def _judged(loaded: Loaded, now: datetime, pack: Pack) -> Previewed:
    monitor = recorded_at(loaded, now)
    verdict = pack.judge(monitor)
    return Previewed(loaded=loaded, now=now, resources=registered(monitor), verdict=verdict)


def _program(loaded: Loaded, now: datetime) -> Program:
    own = _defaults(loaded.root) | loaded.config.own | {"at": now.isoformat()}
    config = {f"{PROJECT}:{key}": value for key, value in own.items()} | loaded.config.other
    return Program(
        path=loaded.root / "__main__.py",
        project=PROJECT,
        stack=loaded.stack.name,
        config=config,
        secrets=frozenset(f"{PROJECT}:{key}" for key in loaded.config.secrets),
    )


def _defaults(root: Path) -> dict[str, object]:
    """Return the defaults of Pulumi.yaml, which the CLI would merge."""
    declared = yaml.safe_load((root / "Pulumi.yaml").read_text("utf-8"))["config"]
    return {
        key.removeprefix(f"{PROJECT}:"): content["default"]
        for key, content in declared.items()
        if "default" in content
    }
