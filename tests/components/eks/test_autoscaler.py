"""Cluster Autoscaler on EKS, with a role of its own."""

import json
from collections.abc import Callable
from typing import Any

from components.eks.roles import autoscaler_policy
from hubs.monitoring import autoscaler_values

Inputs = Callable[[str, str, str], dict[str, Any]]


def test_its_pods_take_its_role_by_pod_identity(inputs: Inputs) -> None:
    kind = "aws:eks/podIdentityAssociation:PodIdentityAssociation"

    assert inputs("icesat2", "quiet", f"{kind} icesat2-autoscaler") == {
        "clusterName": "readyroom-icesat2",
        "namespace": "kube-system",
        "serviceAccount": "cluster-autoscaler",
        "roleArn": "[unknown]",
    }


def test_its_role_may_scale_this_cluster(inputs: Inputs) -> None:
    found = inputs("icesat2", "quiet", "aws:iam/rolePolicy:RolePolicy icesat2-autoscaler")

    assert sorted(found) == ["policy", "role"]
    assert found["role"] == "readyroom-icesat2-autoscaler"
    assert json.loads(found["policy"]) == json.loads(autoscaler_policy("readyroom-icesat2"))


def test_its_release_looks_after_this_cluster(inputs: Inputs) -> None:
    found = inputs("icesat2", "quiet", "kubernetes:helm.sh/v3:Release icesat2-autoscaler")

    assert found == {
        "name": "cluster-autoscaler",
        "namespace": "kube-system",
        "chart": "cluster-autoscaler",
        "version": "9.59.0",
        "repositoryOpts": {"repo": "https://kubernetes.github.io/autoscaler"},
        "values": autoscaler_values("readyroom-icesat2", "us-west-2"),
        "maxHistory": 10,
        "skipAwait": False,
        "timeout": 900,
        "compat": "true",
    }
