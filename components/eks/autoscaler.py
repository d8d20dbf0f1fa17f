"""Cluster Autoscaler on EKS, with a role of its own."""

import pulumi
import pulumi_kubernetes as k8s

from components.eks.place import Place
from components.eks.roles import document, own_identity
from components.release import ReleaseArgs, release
from hubs.charts import AUTOSCALER
from hubs.monitoring import autoscaler_values

_NAME, _NAMESPACE = "cluster-autoscaler", "kube-system"
# What Cluster Autoscaler asks of AWS; changes only to groups of its own cluster.
# Source: kubernetes/autoscaler cloudprovider/aws README, "Full Cluster Autoscaler Features".
_READS = [
    "autoscaling:DescribeAutoScalingGroups",
    "autoscaling:DescribeAutoScalingInstances",
    "autoscaling:DescribeLaunchConfigurations",
    "autoscaling:DescribeScalingActivities",
    "autoscaling:DescribeTags",
    "ec2:DescribeImages",
    "ec2:DescribeInstanceTypes",
    "ec2:DescribeLaunchTemplateVersions",
    "ec2:GetInstanceTypesFromInstanceRequirements",
]
# Else it would know no labels, taints or resources of a group without nodes.
_READS_GROUPS = ["eks:DescribeNodegroup"]
_WRITES = [
    "autoscaling:SetDesiredCapacity",
    "autoscaling:TerminateInstanceInAutoScalingGroup",
]


def autoscaler(
    place: Place, provider: k8s.Provider, after: pulumi.ResourceOptions
) -> k8s.helm.v3.Release:
    """Create role, pod identity and release."""
    policy = autoscaler_policy(place.args.name)
    identity = own_identity(place, "autoscaler", _NAME, policy, after)
    scaler = ReleaseArgs(
        chart=AUTOSCALER,
        name=_NAME,
        namespace=_NAMESPACE,
        values=autoscaler_values(place.args.name, place.config.region),
        charts=place.config.charts,
    )
    inside = pulumi.ResourceOptions(provider=provider, depends_on=identity)
    return release(f"{place.name}-autoscaler", scaler, pulumi.ResourceOptions.merge(after, inside))


def autoscaler_policy(cluster: str) -> str:
    """Return the policy document of the autoscaler of one cluster.

    EKS itself tags the scaling groups of managed node groups with the cluster's name, which the
    autoscaler finds them by.
    """
    own = {f"aws:ResourceTag/k8s.io/cluster-autoscaler/{cluster}": "owned"}
    return document(
        {"Effect": "Allow", "Action": _READS, "Resource": "*"},
        {
            "Effect": "Allow",
            "Action": _READS_GROUPS,
            "Resource": f"arn:aws:eks:*:*:nodegroup/{cluster}/*",
        },
        {
            "Effect": "Allow",
            "Action": _WRITES,
            "Resource": "*",
            "Condition": {"StringEquals": own},
        },
    )
