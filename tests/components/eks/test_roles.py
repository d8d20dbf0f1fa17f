"""IAM roles of an EKS cluster: who may take them, and what they may do."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from components.eks.roles import autoscaler_policy, managed_policy

Inputs = Callable[[str, str, str], dict[str, Any]]

PODS = ("pods.eks.amazonaws.com", ["sts:AssumeRole", "sts:TagSession"])
NODES = ("ec2.amazonaws.com", ["sts:AssumeRole"])


@pytest.mark.parametrize(
    ("role", "trusted"), [("nodes", NODES), ("ebs", PODS), ("autoscaler", PODS)]
)
def test_a_role_is_named_after_its_cluster_and_trusts_one_service(
    role: str, trusted: tuple[str, list[str]], inputs: Inputs
) -> None:
    found = inputs("icesat2", "quiet", f"aws:iam/role:Role icesat2-{role}")

    service, actions = trusted
    statement = {"Effect": "Allow", "Action": actions, "Principal": {"Service": service}}
    assert sorted(found) == ["assumeRolePolicy", "name"]
    assert found["name"] == f"readyroom-icesat2-{role}"
    assert json.loads(found["assumeRolePolicy"]) == {
        "Version": "2012-10-17",
        "Statement": [statement],
    }


@pytest.mark.parametrize(
    ("name", "role", "policy"),
    [
        ("nodes-AmazonEKSWorkerNodePolicy", "nodes", "AmazonEKSWorkerNodePolicy"),
        ("nodes-AmazonEKS_CNI_Policy", "nodes", "AmazonEKS_CNI_Policy"),
        (
            "nodes-AmazonEC2ContainerRegistryReadOnly",
            "nodes",
            "AmazonEC2ContainerRegistryReadOnly",
        ),
        ("ebs", "ebs", "service-role/AmazonEBSCSIDriverPolicy"),
    ],
)
def test_a_role_has_the_managed_policies_it_needs(
    name: str, role: str, policy: str, inputs: Inputs
) -> None:
    kind = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"

    assert inputs("icesat2", "quiet", f"{kind} icesat2-{name}") == {
        "role": f"readyroom-icesat2-{role}",
        "policyArn": f"arn:aws:iam::aws:policy/{policy}",
    }


def test_the_autoscaler_reads_everything_and_changes_its_own_cluster_alone() -> None:
    # Source: kubernetes/autoscaler cloudprovider/aws README, "Full Cluster Autoscaler Features".
    reads, writes = json.loads(autoscaler_policy("readyroom-one"))["Statement"]

    assert reads == {
        "Effect": "Allow",
        "Action": [
            "autoscaling:DescribeAutoScalingGroups",
            "autoscaling:DescribeAutoScalingInstances",
            "autoscaling:DescribeLaunchConfigurations",
            "autoscaling:DescribeScalingActivities",
            "autoscaling:DescribeTags",
            "ec2:DescribeImages",
            "ec2:DescribeInstanceTypes",
            "ec2:DescribeLaunchTemplateVersions",
            "ec2:GetInstanceTypesFromInstanceRequirements",
            "eks:DescribeNodegroup",
        ],
        "Resource": "*",
    }
    assert writes == {
        "Effect": "Allow",
        "Action": [
            "autoscaling:SetDesiredCapacity",
            "autoscaling:TerminateInstanceInAutoScalingGroup",
        ],
        "Resource": "*",
        "Condition": {
            "StringEquals": {"aws:ResourceTag/k8s.io/cluster-autoscaler/readyroom-one": "owned"}
        },
    }


def test_a_managed_policy_is_named_by_its_arn() -> None:
    assert managed_policy("One") == "arn:aws:iam::aws:policy/service-role/One"
