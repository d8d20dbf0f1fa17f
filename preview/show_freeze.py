"""Frozen hubs for a reader: what is frozen, from when to when, and who has lifted it."""

from typing import TYPE_CHECKING, Any

from hubs.active import PlannedEvent
from hubs.freeze import Freeze, freezes
from hubs.freeze_parts import differences

if TYPE_CHECKING:
    from preview.run import Previewed


def told_freezes(previewed: "Previewed") -> list[str]:
    """Return every freeze of an event that is not over, and who has lifted it."""
    found = [one for one in freezes(previewed.loaded.events) if previewed.now < one.until]
    return [_told(one, holds=one.holds(previewed.now)) for one in found]


def _told(freeze: Freeze, *, holds: bool) -> str:
    if freeze.lifted:
        return f"The {freeze.lifted}"
    frozen = "is frozen" if holds else "will be frozen"
    return f"Hub {freeze.hub} {frozen} {freeze.span} for event {freeze.event}"


def freezes_json(previewed: "Previewed") -> list[dict[str, Any]]:
    """Return every freeze, and who has lifted it."""
    return [
        _json(one) | {"holds": one.holds(previewed.now)} for one in freezes(previewed.loaded.events)
    ]


def _json(freeze: Freeze) -> dict[str, Any]:
    emergency = freeze.config.emergency
    return {
        "event": freeze.event,
        "hub": freeze.hub,
        "since": freeze.since.isoformat(),
        "until": freeze.until.isoformat(),
        "emergency": None if emergency is None else emergency.model_dump(),
    }


def frozen_json(event: PlannedEvent, freeze: Freeze) -> dict[str, Any]:
    """Return what was frozen just now, and what is not as it was when that was done before."""
    found: dict[str, Any] = _json(freeze) | {"environment": dict(freeze.config.environment)}
    before = event.config.freeze
    if before is not None:
        found["changed"] = differences(before.environment, freeze.config.environment)
    return found


def frozen_lines(event: PlannedEvent, freeze: Freeze) -> list[str]:
    """Return the same in words."""
    told = f"Hub {freeze.hub} is frozen {freeze.span} for event {freeze.event}:"
    found = [told, *(f"  {part} {text}" for part, text in freeze.config.environment.items())]
    image = event.hub.image
    if image.digest is None:
        found.append(
            f"What {image.name}:{image.tag} is may change without anybody noticing; write "
            "image.digest."
        )
    before = event.config.freeze
    if before is not None:
        changed = differences(before.environment, freeze.config.environment)
        found.append(f"Unlike before: {'; '.join(changed) or 'nothing'}.")
    if before is not None and before.emergency is not None:
        found.append(f"Nobody lifts it any more; {before.emergency.by.strip()} had.")
    return found
