"""EKS node groups, and what the autoscaler is told of nodes that are not there yet."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from preview.monitor import RecordingMonitor

Built = Callable[..., RecordingMonitor]
CloudTells = Callable[[dict[str, dict[str, Any]]], None]
Inputs = Callable[[str, str, str], dict[str, Any]]
Made = Callable[[RecordingMonitor], dict[str, dict[str, Any]]]
Needed = Callable[[RecordingMonitor, str], set[str]]

LINES = """
from components.eks.pools import Nodes, node_group
nodes = Nodes(
    role="arn:role", group="sg-cluster", subnets={zone: f"subnet-{zone}" for zone in config.zones}
)
for pool in place.args.deployment.pools:
    node_group(place, pool, nodes, opts)
"""
GROUP, TEMPLATE = "aws:eks/nodeGroup:NodeGroup", "aws:ec2/launchTemplate:LaunchTemplate"
TAINT = {"key": "hub.jupyter.org/dedicated", "value": "user", "effect": "NO_SCHEDULE"}
BELIEVED = "k8s.io/cluster-autoscaler/node-template/resources"
POOL = {"machineType": "m5.xlarge", "maxNodes": 2}


def _group(name: str, **differences: object) -> dict[str, Any]:
    return {
        "nodeGroupName": name,
        "clusterName": "readyroom-dev",
        "nodeRoleArn": "arn:role",
        # The first by name, unless the file says otherwise.
        "subnetIds": ["subnet-eu-north-1a"],
        "version": "1.35",
        "instanceTypes": ["m5.xlarge"],
        "amiType": "AL2023_x86_64_STANDARD",
        "capacityType": "ON_DEMAND",
        "launchTemplate": {"name": f"readyroom-dev-{name}", "version": "1"},
        "labels": {"hub.jupyter.org/node-purpose": "user", "readyroom/pool": name},
        "taints": [TAINT],
        # Users' groups stay at minimum 0, whatever the phase: AWS refuses a minimum above the
        # desired size, which the autoscaler owns (terraform-aws-eks#3306, #3521).
        "scalingConfig": {"minSize": 0, "desiredSize": 0, "maxSize": 2},
        "forceUpdateVersion": False,
        "updateConfig": {"maxUnavailablePercentage": 34},
        "tags": {"readyroom-stack": "dev", "readyroom-hub": "eighty"}
        | {
            f"{BELIEVED}/cpu": "3920m",
            f"{BELIEVED}/memory": "15249574986",
            f"{BELIEVED}/pods": "58",
        },
    } | differences


def _unhashed(found: dict[str, Any]) -> dict[str, Any]:
    """Return a group without the hashes of its name and its template's."""
    name, _, digits = found["nodeGroupName"].rpartition("-")
    template, _, others = found["launchTemplate"]["name"].rpartition("-")
    assert all(re.fullmatch("[0-9a-f]{4}", one) for one in (digits, others))
    return found | {
        "nodeGroupName": name,
        "launchTemplate": found["launchTemplate"] | {"name": template},
    }


def _labels(name: str, **more: str) -> dict[str, str]:
    return {"hub.jupyter.org/node-purpose": "user", "readyroom/pool": name} | more


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        (
            {"pool": POOL},
            _group("eighty-m5-xlarge"),
        ),
        (
            {"pool": POOL | {"zones": ["eu-north-1b", "eu-north-1a"], "spot": True}},
            _group(
                "eighty-m5-xlarge",
                # Whatever their order in the file.
                subnetIds=["subnet-eu-north-1a", "subnet-eu-north-1b"],
                capacityType="SPOT",
            ),
        ),
        (
            {"pool": POOL | {"warmPool": {"instances": 2, "state": "RUNNING"}}},
            _group(
                "eighty-m5-xlarge",
                warmPoolConfig={
                    "minSize": 2,
                    "maxGroupPreparedCapacity": 2,
                    "poolState": "RUNNING",
                    "reuseOnScaleIn": False,
                },
            ),
        ),
        (
            {"pool": {"machineType": "g4dn.xlarge", "maxNodes": 2}},
            _group(
                "eighty-g4dn-xlarge",
                instanceTypes=["g4dn.xlarge"],
                amiType="AL2023_x86_64_NVIDIA",
                labels=_labels(
                    "eighty-g4dn-xlarge",
                    **{"k8s.amazonaws.com/accelerator": "nvidia", "nvidia.com/gpu.present": "true"},
                ),
                tags={
                    "readyroom-stack": "dev",
                    "readyroom-hub": "eighty",
                    f"{BELIEVED}/cpu": "3920m",
                    f"{BELIEVED}/memory": "15747279487",
                    f"{BELIEVED}/pods": "29",
                    f"{BELIEVED}/nvidia.com/gpu": "1",
                },
            ),
        ),
    ],
    ids=["usual", "spot in two zones", "warm pool", "GPUs"],
)
def test_a_users_node_group_has_exactly_these_inputs(
    own: dict[str, Any],
    expected: dict[str, Any],
    built: Built,
    made: Made,
    cloud_tells: CloudTells,
) -> None:
    cloud_tells({})

    found = made(built("eks", LINES, hubs={"eighty": own}))

    assert _unhashed(found[f"{GROUP} {expected['nodeGroupName']}"]) == expected


def test_core_nodes_are_nobodys_and_one_after_another_is_updated(
    built: Built, made: Made, cloud_tells: CloudTells
) -> None:
    cloud_tells({})

    expected = _group(
        "core-m5-xlarge",
        labels={"hub.jupyter.org/node-purpose": "core", "readyroom/pool": "core-m5-xlarge"},
        taints=[],
        scalingConfig={"minSize": 1, "desiredSize": 1, "maxSize": 1},
        updateConfig={"maxUnavailable": 1},
    )
    del expected["tags"]["readyroom-hub"]
    assert _unhashed(made(built("eks", LINES))[f"{GROUP} core-m5-xlarge"]) == expected


def test_an_events_group_says_whose_cost_it_is(inputs: Inputs) -> None:
    found = inputs("icesat2", "event", f"{GROUP} icesat2-hackweek-m5-2xlarge")

    assert found["tags"] == {
        "readyroom-stack": "icesat2",
        "readyroom-hub": "icesat2",
        "readyroom-event": "hackweek",
        f"{BELIEVED}/cpu": "7910m",
        f"{BELIEVED}/memory": "31526460850",
        f"{BELIEVED}/pods": "58",
    }


def test_how_many_nodes_a_group_has_is_the_autoscalers_business_and_nothing_else(
    built: Built,
) -> None:
    monitor = built("eks", LINES, hubs={"eighty": {}})

    ignored = {
        request.name: list(request.ignoreChanges)
        for _, request in monitor.requests
        if request.ignoreChanges
    }
    size = ["scalingConfig.desiredSize"]
    assert ignored == {"core-m5-xlarge": size, "eighty-m5-xlarge": size}


def test_a_group_goes_before_its_template(built: Built, needed: Needed) -> None:
    monitor = built("eks", LINES)

    assert needed(monitor, f"{GROUP} core-m5-xlarge") == {f"{TEMPLATE} core-m5-xlarge"}


def test_what_a_group_cannot_change_is_another_group_and_nothing_else_is(
    built: Built, made: Made
) -> None:
    def named(own: dict[str, Any], cluster: dict[str, Any]) -> str:
        found = made(built("eks", LINES, hubs={"eighty": own}, **cluster))
        return found[f"{GROUP} eighty-m5-xlarge"]["nodeGroupName"]

    usual = named({"pool": POOL}, {})
    warm = {"instances": 2, "state": "RUNNING"}
    assert named({"pool": POOL | {"maxNodes": 9, "warmPool": warm}}, {}) == usual
    changed = [
        named({"pool": POOL | {"spot": True}}, {}),
        named({"pool": POOL | {"zones": ["eu-north-1b"]}}, {}),
        named({"pool": POOL | {"bootDisk": "333Gi"}}, {}),
        named({"pool": POOL}, {"costCentre": "Physics"}),
    ]
    assert len({usual, *changed}) == 5
