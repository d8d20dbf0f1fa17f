"""Cluster Autoscaler on EKS, with a role of its own."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from components.eks.autoscaler import autoscaler_policy
from hubs.monitoring import autoscaler_values
from preview.monitor import RecordingMonitor

Built = Callable[..., RecordingMonitor]
Made = Callable[[RecordingMonitor], dict[str, dict[str, Any]]]
Needed = Callable[[RecordingMonitor, str], set[str]]

LINES = """
from components.eks.autoscaler import autoscaler
provider = k8s.Provider("cluster", kubeconfig="{}")
after = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(depends_on=[vpc]))
autoscaler(place, provider, after)
"""
RELEASE = "kubernetes:helm.sh/v3:Release dev-autoscaler"
RIGHTS = "aws:iam/rolePolicy:RolePolicy dev-autoscaler"
ASSOCIATION = "aws:eks/podIdentityAssociation:PodIdentityAssociation dev-autoscaler"


@pytest.mark.parametrize(
    ("charts", "whence"),
    [
        (
            {},
            {
                "chart": "cluster-autoscaler",
                "repositoryOpts": {"repo": "https://kubernetes.github.io/autoscaler"},
            },
        ),
        (
            {"cluster-autoscaler": "oci://registry.example.edu/charts/cluster-autoscaler"},
            {"chart": "oci://registry.example.edu/charts/cluster-autoscaler"},
        ),
    ],
    ids=["where it is made", "somewhere else"],
)
def test_its_release_looks_after_this_cluster(
    charts: dict[str, str], whence: dict[str, Any], built: Built, made: Made
) -> None:
    assert made(built("eks", LINES, charts=charts))[RELEASE] == whence | {
        "name": "cluster-autoscaler",
        "namespace": "kube-system",
        "version": "9.59.0",
        "values": autoscaler_values("readyroom-dev", "eu-north-1"),
        "maxHistory": 10,
        "skipAwait": False,
        "timeout": 900,
        "compat": "true",
    }


def test_its_pods_take_its_role_by_pod_identity(built: Built, made: Made) -> None:
    found = made(built("eks", LINES))

    assert found[ASSOCIATION]["serviceAccount"] == "cluster-autoscaler"
    assert found[RIGHTS] == {
        "name": "autoscaler",
        "role": "readyroom-dev-autoscaler",
        "policy": autoscaler_policy("readyroom-dev"),
    }


def test_it_starts_once_it_may(built: Built, needed: Needed) -> None:
    assert needed(built("eks", LINES), RELEASE) == {"aws:ec2/vpc:Vpc dev", RIGHTS, ASSOCIATION}


def test_it_looks_at_its_own_groups_and_changes_its_own_cluster_alone() -> None:
    # Source: kubernetes/autoscaler cloudprovider/aws README, "Full Cluster Autoscaler Features".
    reads, groups, writes = json.loads(autoscaler_policy("readyroom-one"))["Statement"]

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
        ],
        "Resource": "*",
    }
    assert groups == {
        "Effect": "Allow",
        "Action": ["eks:DescribeNodegroup"],
        "Resource": "arn:aws:eks:*:*:nodegroup/readyroom-one/*",
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
