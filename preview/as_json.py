"""What machines read of a plan, of phases, and of a preview."""

from typing import TYPE_CHECKING, Any

from capacity.candidates import Option, vcpus
from capacity.proof import Interval, Proof
from events.durations import show
from hubs.active import PlannedEvent, at
from hubs.home_times import home_steps, unit
from hubs.settings import changes
from preview.identities import without_identities
from preview.loaded import Loaded
from preview.show_freeze import freezes_json

if TYPE_CHECKING:
    from preview.ahead import Judged
    from preview.diff import Change
    from preview.pack import Verdict
    from preview.run import Previewed


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
    return {
        "hub": event.hub.name,
        "figures": figures,
        "proof": proof_json(plan.proof),
        "tried": plan.tried,
        "alternatives": [_option(option) for option in plan.options],
        "tradeOff": [_option(option) for option in plan.curve],
    }


def interval_json(found: Interval) -> dict[str, float]:
    """Return a mean and the interval that holds it with 95 % confidence."""
    return {"mean": found.mean, "low": found.low, "high": found.high}


def proof_json(proof: Proof) -> dict[str, Any]:
    """Return who waits how long and why, each figure with its interval; waits in seconds."""
    return {
        "replicas": proof.replicas,
        "seed": proof.seed,
        "users": interval_json(proof.came),
        "waitingShare": interval_json(proof.waiting_share),
        "waitingShareOf95Events": proof.share_of_95,
        "waitP50": interval_json(proof.wait_p50),
        "waitP95": interval_json(proof.wait_p95),
        "waitMax": interval_json(proof.wait_max),
        "newNodes": interval_json(proof.new_nodes),
        "mostNodes": interval_json(proof.most_nodes),
        "evictions": interval_json(proof.evictions),
        "nodeHours": interval_json(proof.node_hours),
        "restarts": interval_json(proof.restarts),
        "unserved": interval_json(proof.unserved),
        "causes": dict(proof.causes),
    }


def _option(option: Option) -> dict[str, Any]:
    choice = option.choice
    found, held = choice.alternative, choice.held
    return {
        "machineType": found.offer.node.name,
        "seatsPerNode": found.seats.seats,
        "limitedBy": found.seats.limited_by,
        "nodes": found.nodes,
        "warmNodes": choice.warm_nodes,
        "maxNodes": choice.max_nodes,
        "maxVcpus": vcpus(choice),
        "placeholders": None if held is None else {"replicas": held.replicas, "seats": held.seats},
        "microUsdPerHour": found.offer.micro_usd_per_hour,
        "microUsdPerSession": option.micro_usd,
        "waitingShare": option.proof.waiting_share.mean,
        "waitingShareOf95Events": option.proof.share_of_95,
        "withinBound": option.within_bound,
    }


def plans_json(loaded: Loaded) -> dict[str, Any]:
    """Return the plan of every event by its name."""
    return {event.config.name: plan_json(event) for event in loaded.events}


def phases_json(previewed: "Previewed") -> list[dict[str, Any]]:
    """Return phase, lead, drain and every transition of every event."""
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
                    "at": change.at.astimezone(event.where).isoformat(),
                    "phase": moved.state.phase,
                    "draining": moved.state.draining,
                    "users": moved.state.users,
                    "switched": change.switched,
                }
                for change in changes(previewed.loaded.events, previewed.loaded.stack.cluster)
                for moved in change.moved
                if moved.planned is event
            ],
        }
        for event in previewed.loaded.events
    ]


def homes_json(previewed: "Previewed") -> list[dict[str, Any]]:
    """Return every change of what home directories have, which may move no event."""
    cluster = previewed.loaded.stack.cluster
    return [
        {
            "at": step.at.astimezone(previewed.now.tzinfo).isoformat(),
            "size": step.size,
            "unit": unit(cluster),
            "usual": step.usual,
        }
        for step in home_steps(cluster, previewed.loaded.events)
    ]


def _violations(verdict: "Verdict") -> list[dict[str, str]]:
    return [
        {
            "policy": violation.policy,
            "level": violation.level,
            "urn": violation.urn,
            "message": violation.message,
        }
        for violation in verdict.violations
    ]


def _later(judged: "Judged") -> dict[str, Any]:
    return {
        "events": list(judged.ahead.names),
        "at": judged.ahead.now.isoformat(),
        "refused": judged.verdict.refused,
        "violations": _violations(judged.verdict),
    }


def preview_json(previewed: "Previewed", against: "list[Change] | None") -> dict[str, Any]:
    """Return everything that a preview shows."""
    found: dict[str, Any] = {
        "stack": previewed.loaded.stack.name,
        "at": previewed.now.isoformat(),
        "refused": previewed.refused,
        "violations": _violations(previewed.verdict),
        "notApplicable": previewed.verdict.not_applicable,
        "later": [_later(one) for one in previewed.later],
        "plan": plans_json(previewed.loaded),
        "phases": phases_json(previewed),
        "homes": homes_json(previewed),
        "freezes": freezes_json(previewed),
        "missingSecrets": list(previewed.loaded.stack.missing),
        "upgrades": list(previewed.upgrades),
        "resources": [it.as_json() for it in without_identities(previewed.resources)],
    }
    if against is not None:
        found["diff"] = [change.as_json() for change in against]
    return found
