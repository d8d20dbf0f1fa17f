"""What machines read of a plan, of phases, and of a preview."""

from typing import Any

from capacity.machine_choice import Alternative
from events.durations import show
from hubs.active import PlannedEvent, at
from hubs.settings import changes
from preview.diff import Change
from preview.run import Loaded, Previewed


def plan_json(event: PlannedEvent) -> dict[str, Any]:
    """Return a plan: every figure by name, and the machine types considered."""
    plan = event.plan
    figures = {
        figure.name: {
            "value": figure.value,
            "unit": figure.unit,
            "because": figure.because,
            "source": figure.source,
        }
        for figure in plan.figures
    }
    outcome = {
        "users": plan.outcome.users,
        "waiting": plan.outcome.waiting,
        "waitingShare": plan.outcome.waiting_permille / 1000,
        "newNodes": plan.outcome.new_nodes,
        "evictions": plan.outcome.evictions,
    }
    considered = [_alternative(found) for found in plan.alternatives]
    return {
        "hub": event.hub.name,
        "figures": figures,
        "outcome": outcome,
        "alternatives": considered,
    }


def _alternative(found: Alternative) -> dict[str, Any]:
    return {
        "machineType": found.offer.node.name,
        "seatsPerNode": found.seats.seats,
        "limitedBy": found.seats.limited_by,
        "nodes": found.nodes,
        "microUsdPerHour": found.micro_usd_per_hour,
    }


def plans_json(loaded: Loaded) -> dict[str, Any]:
    """Return the plan of every event by its name."""
    return {event.config.name: plan_json(event) for event in loaded.events}


def phases_json(previewed: Previewed) -> list[dict[str, Any]]:
    """Return phase, lead, drain and every transition of every event."""
    provider = previewed.loaded.stack.cluster.provider
    return [
        {
            "event": event.config.name,
            "hub": event.hub.name,
            "phase": at(event, previewed.now).state.phase,
            "draining": at(event, previewed.now).state.draining,
            "lead": {
                "seconds": int(event.lead.span.total_seconds()),
                "because": event.lead.because,
            },
            "drain": show(int(event.schedule.drain.total_seconds())),
            "transitions": [
                {
                    "at": change.transition.at.astimezone(event.where).isoformat(),
                    "phase": change.transition.phase,
                    "draining": change.transition.draining,
                    "switched": change.switched,
                }
                for change in changes(event, provider)
            ],
        }
        for event in previewed.loaded.events
    ]


def preview_json(previewed: Previewed, against: list[Change] | None) -> dict[str, Any]:
    """Return everything that a preview shows."""
    found: dict[str, Any] = {
        "stack": previewed.loaded.stack.name,
        "at": previewed.now.isoformat(),
        "refused": previewed.verdict.refused,
        "violations": [
            {
                "policy": violation.policy,
                "level": violation.level,
                "urn": violation.urn,
                "message": violation.message,
            }
            for violation in previewed.verdict.violations
        ],
        "notApplicable": previewed.verdict.not_applicable,
        "plan": plans_json(previewed.loaded),
        "phases": phases_json(previewed),
        "resources": [resource.as_json() for resource in previewed.resources],
    }
    if against is not None:
        found["diff"] = [change.as_json() for change in against]
    return found
