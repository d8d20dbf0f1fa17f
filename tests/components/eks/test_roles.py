"""IAM roles of an EKS cluster: control plane, nodes, and pods by pod identity."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from preview.monitor import RecordingMonitor

Built = Callable[..., RecordingMonitor]
CloudTells = Callable[[dict[str, dict[str, Any]]], None]
Made = Callable[[RecordingMonitor], dict[str, dict[str, Any]]]
Needed = Callable[[RecordingMonitor, str], set[str]]

START = """
from components.eks import roles
after = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(depends_on=[vpc]))
"""
TAKES = ["sts:AssumeRole"]
POD_TAKES = ["sts:AssumeRole", "sts:TagSession"]
ROLE, ATTACHED = "aws:iam/role:Role", "aws:iam/rolePolicyAttachment:RolePolicyAttachment"


def _role(part: str, service: str, actions: list[str]) -> dict[str, Any]:
    trust = {"Effect": "Allow", "Action": actions, "Principal": {"Service": service}}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    return {f"{ROLE} dev-{part}": {"name": f"readyroom-dev-{part}", "assumeRolePolicy": document}}


def _attached(name: str, part: str, policy: str) -> dict[str, Any]:
    arn = f"arn:aws:iam::aws:policy/{policy}"
    return {f"{ATTACHED} dev-{name}": {"role": f"readyroom-dev-{part}", "policyArn": arn}}


def _association(part: str, account: str) -> dict[str, Any]:
    return {
        f"aws:eks/podIdentityAssociation:PodIdentityAssociation dev-{part}": {
            "clusterName": "readyroom-dev",
            "namespace": "kube-system",
            "serviceAccount": account,
            "roleArn": "arn:role",
            "tags": {"readyroom-stack": "dev"},
        }
    }


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            "roles.cluster_role(place)",
            _role("control", "eks.amazonaws.com", TAKES)
            | _attached("control", "control", "AmazonEKSClusterPolicy"),
        ),
        (
            # No right to the network's interfaces, to disks or file systems: pods have those.
            "roles.node_role(place)",
            _role("nodes", "ec2.amazonaws.com", TAKES)
            | _attached("nodes-AmazonEKSWorkerNodePolicy", "nodes", "AmazonEKSWorkerNodePolicy")
            | _attached(
                "nodes-AmazonEC2ContainerRegistryPullOnly",
                "nodes",
                "AmazonEC2ContainerRegistryPullOnly",
            ),
        ),
        (
            'roles.managed_identity(place, "disks", "disks-sa", "service-role/Disks", after)',
            _role("disks", "pods.eks.amazonaws.com", POD_TAKES)
            | _attached("disks", "disks", "service-role/Disks")
            | _association("disks", "disks-sa"),
        ),
        (
            'roles.own_identity(place, "disks", "disks-sa", "{}", after)',
            _role("disks", "pods.eks.amazonaws.com", POD_TAKES)
            | {
                "aws:iam/rolePolicy:RolePolicy dev-disks": {
                    "name": "disks",
                    "role": "readyroom-dev-disks",
                    "policy": "{}",
                }
            }
            | _association("disks", "disks-sa"),
        ),
        (
            'roles.pod_role("dev-one", "readyroom-one", opts)',
            {
                f"{ROLE} dev-one": _role("one", "pods.eks.amazonaws.com", POD_TAKES)[
                    f"{ROLE} dev-one"
                ]
                | {"name": "readyroom-one"}
            },
        ),
    ],
    ids=["control plane", "nodes", "pods by a managed policy", "pods by our policy", "others"],
)
def test_a_role_trusts_one_service_and_has_exactly_these_rights(
    lines: str, expected: dict[str, Any], built: Built, made: Made, cloud_tells: CloudTells
) -> None:
    cloud_tells({ROLE: {"arn": "arn:role"}})

    assert made(built("eks", START + lines)) == expected


@pytest.mark.parametrize(
    ("kind", "right"), [("managed", ATTACHED), ("own", "aws:iam/rolePolicy:RolePolicy")]
)
def test_a_pod_may_start_once_its_role_has_its_rights_and_is_told_to_the_cluster(
    kind: str, right: str, built: Built, needed: Needed
) -> None:
    lines = f"""
found = roles.{kind}_identity(place, "disks", "disks-sa", "Disks", after)
k8s.core.v1.Pod("pod", opts=pulumi.ResourceOptions(depends_on=found))
"""
    monitor = built("eks", START + lines)

    association = "aws:eks/podIdentityAssociation:PodIdentityAssociation dev-disks"
    assert needed(monitor, "kubernetes:core/v1:Pod pod") == {f"{right} dev-disks", association}
    assert needed(monitor, association) == {f"{ROLE} dev-disks", "aws:ec2/vpc:Vpc dev"}
