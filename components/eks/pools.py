"""An EKS managed node group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from hubs.cluster import BOOT_DISK_GB
from hubs.deployment import Pool

_EFFECT = {"NoSchedule": "NO_SCHEDULE"}
_TEMPLATE = "k8s.io/cluster-autoscaler/node-template/resources"


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeGroupArgs:
    """Where node groups belong: their cluster and its version, their role, their zone."""

    cluster: str
    version: str
    role: pulumi.Input[str]
    subnet: pulumi.Input[str]


def node_group(
    pool: Pool, args: NodeGroupArgs, tags: Mapping[str, str], opts: pulumi.ResourceOptions
) -> aws.eks.NodeGroup:
    """Create a node group; how many nodes it has is the autoscaler's business.

    AWS refuses a minimum above the desired size, which the program does not own: users'
    groups stay at minimum 0 and are kept warm by placeholders.
    """
    taints: list[aws.eks.NodeGroupTaintArgsDict] = []
    if pool.taint is not None:
        effect = _EFFECT[pool.taint.effect]
        taints.append({"key": pool.taint.key, "value": pool.taint.value, "effect": effect})
    group = aws.eks.NodeGroup(
        pool.name,
        cluster_name=args.cluster,
        node_group_name=pool.name,
        node_role_arn=args.role,
        subnet_ids=[args.subnet],
        version=args.version,
        instance_types=[pool.machine_type],
        ami_type="AL2023_x86_64_STANDARD",
        capacity_type="ON_DEMAND",
        disk_size=BOOT_DISK_GB,
        labels=pool.labels,
        taints=taints,
        scaling_config={
            "min_size": pool.min_nodes,
            "desired_size": pool.min_nodes,
            "max_size": pool.max_nodes,
        },
        tags=dict(tags),
        opts=pulumi.ResourceOptions.merge(
            opts, pulumi.ResourceOptions(ignore_changes=["scalingConfig.desiredSize"])
        ),
    )
    _template_tags(pool, group, opts)
    return group


def _scaling_group(found: Sequence[aws.eks.outputs.NodeGroupResource]) -> str:
    groups = found[0].autoscaling_groups or []
    return groups[0].name or ""


def _template_tags(pool: Pool, group: aws.eks.NodeGroup, opts: pulumi.ResourceOptions) -> None:
    """Tell the autoscaler what a node that is not there yet will have for pods.

    It would take the whole of the sold memory and 110 pods for granted, and fit a
    placeholder to a node that cannot hold it.
    """
    scaling_group = group.resources.apply(_scaling_group)
    believed = {
        "memory": str(pool.allocatable.memory),
        "cpu": f"{pool.allocatable.cpu}m",
        "pods": str(pool.allocatable.pods),
    }
    for resource, amount in believed.items():
        aws.autoscaling.Tag(
            f"{pool.name}-{resource}",
            autoscaling_group_name=scaling_group,
            tag={
                "key": f"{_TEMPLATE}/{resource}",
                "value": amount,
                "propagate_at_launch": False,
            },
            opts=opts,
        )
