"""The role by which a workflow deploys an EKS stack: it is enough for every event, and no more."""

from collections.abc import Callable
from typing import Any

import pytest

from hubs.deployers import stack_roles
from preview.loaded import Loaded
from preview.resources import Registered
from tests.components.switched import switched

Inputs = Callable[[str, str, str], dict[str, Any]]
Load = Callable[[str], Loaded]
Resources = Callable[[str, str], list[Registered]]
STACK, WORDS = "full-eks", ("quiet", "warm", "event", "over")
# What the policy lets it write; nothing else of AWS may differ between two instants.
WRITTEN = {
    "aws:ec2/launchTemplate:LaunchTemplate",
    "aws:efs/fileSystem:FileSystem",
    "aws:eks/nodeGroup:NodeGroup",
}


def test_its_session_lasts_for_two_hours(inputs: Inputs) -> None:
    role = inputs(STACK, "event", f"aws:iam/role:Role {STACK}-github")

    assert role["name"] == f"readyroom-{STACK}-deployer"
    assert role["maxSessionDuration"] == 7200


@pytest.mark.parametrize("stack", ["full-eks", "icesat2"])
def test_it_knows_every_role_of_its_stack_by_name(
    stack: str, resources: Resources, loaded: Load
) -> None:
    made = {it.inputs["name"] for it in resources(stack, "event") if it.type == "aws:iam/role:Role"}
    known = set(stack_roles(stack, loaded(stack).stack.hubs))

    # A stack that no workflow deploys has no role for it.
    assert known - made == (set() if stack == STACK else {f"readyroom-{stack}-deployer"})
    assert made <= known


def test_all_of_aws_that_an_event_switches_may_be_written(resources: Resources) -> None:
    assert switched([resources(STACK, word) for word in WORDS], "aws:") == WRITTEN
