"""What of hubs stays as it is while they are frozen, from what is planned."""

from datetime import datetime
from typing import Any

from hubs.active import PlannedEvent
from hubs.deployment import Hub, deployment
from hubs.freeze_parts import environment, unseen
from hubs.stack import Stack

Planned = tuple[Stack, tuple[PlannedEvent, ...]]


def release_of(hub: Hub) -> dict[str, Any]:
    """Return the inputs of a hub's release as far as they are compared."""
    repo = {"repo": hub.chart.repo} if hub.chart.repo else None
    chart = {"chart": hub.chart.reference, "version": hub.chart.version, "repositoryOpts": repo}
    return chart | {"values": hub.values}


def environments(planned: Planned, now: datetime) -> dict[str, dict[str, str]]:
    """Return the environment of every hub at an instant."""
    stack, events = planned
    usual = {one.config.name: one.values for one in deployment(stack, (), now).hubs}
    return {
        hub.config.name: environment(release_of(hub), unseen(hub.config, usual[hub.config.name]))
        for hub in deployment(stack, events, now).hubs
    }
