"""Cluster Autoscaler on EKS, with a role of its own."""

import pulumi
import pulumi_aws as aws
import pulumi_kubernetes as k8s

from components.eks.roles import autoscaler_policy, pod_role
from components.release import ReleaseArgs, release
from hubs.monitoring import AUTOSCALER, autoscaler_values

_NAMESPACE = "kube-system"


def autoscaler(
    name: str,
    physical: str,
    region: str,
    provider: k8s.Provider,
    opts: pulumi.ResourceOptions,
) -> k8s.helm.v3.Release:
    """Create role, pod identity and release."""
    role = pod_role(f"{name}-autoscaler", f"{physical}-autoscaler", opts)
    policy = aws.iam.RolePolicy(
        f"{name}-autoscaler", role=role.name, policy=autoscaler_policy(physical), opts=opts
    )
    identity = aws.eks.PodIdentityAssociation(
        f"{name}-autoscaler",
        cluster_name=physical,
        namespace=_NAMESPACE,
        service_account="cluster-autoscaler",
        role_arn=role.arn,
        opts=opts,
    )
    scaler = ReleaseArgs(
        chart=AUTOSCALER,
        name="cluster-autoscaler",
        namespace=_NAMESPACE,
        values=autoscaler_values(physical, region),
    )
    after = pulumi.ResourceOptions(provider=provider, depends_on=[policy, identity])
    return release(f"{name}-autoscaler", scaler, pulumi.ResourceOptions.merge(opts, after))
