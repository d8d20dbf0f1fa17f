"""Every change of phase of every shipped stack: what changes, and whether the gate holds."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

import pytest

from hubs.active import at
from hubs.deployment import Deployment, deployment
from hubs.freeze_parts import EVENT_PATHS
from hubs.home_times import home_steps
from preview.diff import Change, diff
from preview.loaded import Loaded
from preview.pack import Pack, Verdict
from preview.resources import Registered, registered
from preview.run import Previewed, recorded_at

Load = Callable[[str], Loaded]
every_stack = pytest.mark.parametrize("stack", ["campus", "datahub", "exam", "icesat2", "workshop"])

RELEASE = "kubernetes:helm.sh/v3:Release"
# Beside the values of a hub's chart: what an event switches, by type.
SWITCHED = {
    "readyroom:hub:JupyterHub": ("event", "frozen"),
    "gcp:container/cluster:Cluster": ("maintenancePolicy.maintenanceExclusions",),
    "gcp:container/nodePool:NodePool": ("autoscaling.totalMinNodeCount",),
    # New passwords for new people; nothing else is ever made anew.
    "random:index/randomPassword:RandomPassword": ("keepers.event",),
}
# What an event brings, and takes away again.
BROUGHT = {
    "gcp:container/nodePool:NodePool",
    "aws:ec2/launchTemplate:LaunchTemplate",
    "aws:eks/nodeGroup:NodeGroup",
    "kubernetes:policy/v1:PodDisruptionBudget",
}


def _instants(loaded: Loaded) -> list[datetime]:
    """Return one instant for every state that the events of a stack are ever in together."""
    found = dict[tuple[object, ...], datetime]()
    steps = home_steps(loaded.stack.cluster, loaded.events)
    changes = {change.at for event in loaded.events for change in event.schedule.transitions}
    for instant in sorted(changes | {step.at for step in steps}):
        states = [at(event, instant).state for event in loaded.events]
        size = deployment(loaded.stack, loaded.events, instant).homes
        key = (*((one.phase, one.draining, one.users) for one in states), size)
        found.setdefault(key, instant)
    return sorted(found.values())


def _is_an_event_setting(change: Change) -> bool:
    if change.kind != "changed":
        return change.type in BROUGHT
    known = SWITCHED.get(change.type, ())
    if change.type == RELEASE:
        known = tuple(".".join(("values", *path)) for path in EVENT_PATHS)
    return any(re.match(rf"{re.escape(one)}($|[.\[])", change.property) for one in known)


def _through(
    loaded: Loaded, known: Sequence[Previewed], pack: Pack
) -> Iterator[tuple[datetime, list[Registered], Verdict]]:
    """Yield what exists from every change of phase on, and what the gate says of it.

    Args:
        loaded: The stack.
        known: What is judged already.
        pack: What judges the rest.
    """
    judged = [(one.resources, one.verdict) for one in known]
    for instant in _instants(loaded):
        monitor = recorded_at(loaded, instant)
        found = registered(monitor)
        verdict = next((told for resources, told in judged if resources == found), None)
        if verdict is None:
            verdict = pack.judge(monitor)
            judged.append((found, verdict))
        yield instant, found, verdict


@every_stack
def test_at_every_change_only_event_settings_change_and_the_gate_holds(
    stack: str, loaded: Load, previewed: Callable[[str, str], Previewed], real_pack: Pack
) -> None:
    before: list[Registered] | None = None
    known = [previewed(stack, word) for word in ("event", "over")]
    for instant, resources, verdict in _through(loaded(stack), known, real_pack):
        assert (verdict.refused, instant) == (False, instant)
        others = [
            (instant, change)
            for change in diff(resources if before is None else before, resources)
            if not _is_an_event_setting(change)
        ]
        assert others == []
        before = resources


def _kept(found: Deployment) -> dict[str, object]:
    """Return what no change of phase may touch while it is there: pools but for their minimum."""
    return {
        pool.name: (
            pool.machine_type,
            pool.max_nodes,
            pool.labels,
            pool.taint,
            pool.zones,
            pool.disk,
        )
        for pool in found.pools
    }


@every_stack
def test_at_no_change_of_a_whole_life_is_a_pool_made_anew(stack: str, loaded: Load) -> None:
    found = loaded(stack)
    seen = dict[str, object]()
    for event in found.events:
        for change in event.schedule.transitions:
            for name, pool in _kept(deployment(found.stack, found.events, change.at)).items():
                assert seen.setdefault(name, pool) == pool


@every_stack
def test_after_its_last_change_nothing_of_an_event_is_left(stack: str, loaded: Load) -> None:
    found = loaded(stack)
    last = max(event.schedule.transitions[-1].at for event in found.events)
    first = min(event.schedule.transitions[0].at for event in found.events)
    over = deployment(found.stack, found.events, last)
    quiet = deployment(found.stack, found.events, first.replace(year=first.year - 1))

    assert (over.pools, over.homes) == (quiet.pools, quiet.homes)
    assert [hub.values for hub in over.hubs] == [hub.values for hub in quiet.hubs]
    assert [hub.facts for hub in over.hubs] == [hub.facts for hub in quiet.hubs]
