"""EKS node groups, and what the autoscaler is told of nodes that are not there yet."""

from collections.abc import Callable
from typing import Any

import pytest

from preview.monitor import RecordingMonitor
from preview.resources import Registered, registered

CloudTells = Callable[[dict[str, dict[str, Any]]], None]
Inputs = Callable[[str, str, str], dict[str, Any]]

TAINT = {"key": "hub.jupyter.org/dedicated", "value": "user", "effect": "NO_SCHEDULE"}
TEMPLATE = "k8s.io/cluster-autoscaler/node-template/resources"


def _group(name: str, machine_type: str, bounds: tuple[int, int], **owners: str) -> dict[str, Any]:
    own = {f"readyroom-{key}": value for key, value in owners.items()}
    return {
        "nodeGroupName": name,
        "clusterName": "readyroom-icesat2",
        "nodeRoleArn": "[unknown]",
        "subnetIds": ["[unknown]"],
        "version": "1.35",
        "instanceTypes": [machine_type],
        "amiType": "AL2023_x86_64_STANDARD",
        "capacityType": "ON_DEMAND",
        "diskSize": 100,
        "labels": {
            "hub.jupyter.org/node-purpose": "user" if owners else "core",
            "readyroom/pool": name,
        },
        "taints": [TAINT] if owners else [],
        "scalingConfig": {"minSize": bounds[0], "desiredSize": bounds[0], "maxSize": bounds[1]},
        "tags": {"readyroom-stack": "icesat2"} | own,
    }


@pytest.mark.parametrize(
    "group",
    [
        _group("core-m5-xlarge", "m5.xlarge", (1, 3)),
        _group("icesat2-r5-xlarge", "r5.xlarge", (0, 10), hub="icesat2"),
        _group(
            "icesat2-hackweek-m5-2xlarge",
            "m5.2xlarge",
            (0, 20),
            hub="icesat2",
            event="hackweek",
        ),
    ],
    ids=["core", "usual", "event"],
)
def test_a_node_group_has_exactly_these_inputs(group: dict[str, Any], inputs: Inputs) -> None:
    # Users' groups stay at minimum 0, whatever the phase: AWS refuses a minimum above the
    # desired size, which the autoscaler owns (terraform-aws-eks#3306, #3521).
    name = group["nodeGroupName"]

    assert inputs("icesat2", "event", f"aws:eks/nodeGroup:NodeGroup {name}") == group


@pytest.mark.parametrize(
    ("group", "resource", "value"),
    [
        ("core-m5-xlarge", "cpu", "3920m"),
        ("core-m5-xlarge", "memory", "15249574986"),
        ("core-m5-xlarge", "pods", "58"),
        ("icesat2-r5-xlarge", "cpu", "3920m"),
        ("icesat2-r5-xlarge", "memory", "32122354008"),
        ("icesat2-r5-xlarge", "pods", "58"),
        ("icesat2-hackweek-m5-2xlarge", "cpu", "7910m"),
        ("icesat2-hackweek-m5-2xlarge", "memory", "31526460850"),
        ("icesat2-hackweek-m5-2xlarge", "pods", "58"),
    ],
)
def test_the_autoscaler_is_told_what_a_node_gives_to_pods(
    group: str, resource: str, value: str, inputs: Inputs
) -> None:
    assert inputs("icesat2", "event", f"aws:autoscaling/tag:Tag {group}-{resource}") == {
        "autoscalingGroupName": "[unknown]",
        "tag": {"key": f"{TEMPLATE}/{resource}", "value": value, "propagateAtLaunch": False},
    }


PROGRAM = """
import pulumi
from capacity.allocatable import Allocatable
from components.eks.pools import NodeGroupArgs, node_group
from hubs.deployment import Pool

pool = Pool(
    name="one", purpose="core", machine_type="m5.xlarge", min_nodes=1, max_nodes=2, labels={},
    taint=None, hub=None, event=None, allocatable=Allocatable(memory=1, cpu=2, pods=3),
)
args = NodeGroupArgs(cluster="cluster", version="1.35", role="role", subnet="subnet")
node_group(pool, args, {}, pulumi.ResourceOptions())
"""


def test_the_tags_are_on_the_scaling_group_that_aws_made(
    ran: Callable[[str], RecordingMonitor], cloud_tells: CloudTells
) -> None:
    cloud_tells(
        {
            "aws:eks/nodeGroup:NodeGroup": {
                "resources": [{"autoscalingGroups": [{"name": "eks-one-123"}]}]
            }
        }
    )
    tags: list[Registered] = [it for it in registered(ran(PROGRAM)) if it.type.endswith(":Tag")]

    assert [tag.inputs["autoscalingGroupName"] for tag in tags] == ["eks-one-123"] * 3
