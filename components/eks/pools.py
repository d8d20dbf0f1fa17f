"""EKS managed node groups."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.eks.place import Place
from components.eks.templates import launch_template
from hubs.hub_pools import WarmPoolConfig
from hubs.pools import Pool
from hubs.templates import ami_type, group_name, template_name

_EFFECT = {"NoSchedule": "NO_SCHEDULE"}
_TEMPLATE = "k8s.io/cluster-autoscaler/node-template/resources"
# By this label the autoscaler knows that a node whose GPUs are not yet announced will have them,
# and adds no second one; by the other the device plugin finds its nodes.
# Source: kubernetes/autoscaler cloudprovider/aws/aws_cloud_provider.go @55c37cd5 (2026-08-22).
_ACCELERATOR, GPU_LABEL = "k8s.amazonaws.com/accelerator", "nvidia.com/gpu.present"
_GPU_RESOURCE = "nvidia.com/gpu"
# Share of a users' group that one step of a node update replaces: it is done in three steps.
_UPDATED_PERCENT = 34
# A template is never changed (`hubs.templates`).
_ONLY_VERSION = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Nodes:
    """What all node groups have in common.

    Attributes:
        role: ARN of their role.
        group: The security group by which they and the control plane reach each other.
        subnets: The private subnet of each zone.
    """

    role: pulumi.Input[str]
    group: pulumi.Input[str]
    subnets: Mapping[str, pulumi.Input[str]]


def node_group(
    place: Place, pool: Pool, nodes: Nodes, opts: pulumi.ResourceOptions
) -> aws.eks.NodeGroup:
    """Create a node group; how many nodes it has is the autoscaler's business.

    AWS refuses a minimum above the desired size, which the program does not own: users'
    groups stay at minimum 0 and are kept warm by placeholders.

    Another disk, other tags or zones, another kind of capacity or image make another group beside
    it; another version of Kubernetes is an update. Both start new nodes and drain the old ones; it
    costs nobody anything while a group has no nodes. A server that is drained is stopped. In an
    event its hub's disruption budget forbids that, and since nothing is forced the update fails
    instead, and is done again afterwards.
    An event's own group is as it must be from when it is staged. What only the autoscaler reads,
    such as the maximum, touches no node.
    Source: Amazon EKS user guide, "Understand each phase of node updates", 2026.
    """
    tags = place.args.deployment.labels(pool.hub, pool.event)
    made = launch_template(place, pool, nodes.group, tags)
    return aws.eks.NodeGroup(
        pool.name,
        cluster_name=place.args.name,
        node_group_name=group_name(pool, tags),
        node_role_arn=nodes.role,
        subnet_ids=[nodes.subnets[zone] for zone in sorted(pool.zones)],
        version=place.config.kubernetes_version,
        instance_types=[pool.machine_type],
        ami_type=ami_type(pool),
        capacity_type="SPOT" if pool.spot else "ON_DEMAND",
        launch_template={"name": template_name(place.name, pool, tags), "version": _ONLY_VERSION},
        labels=pool.labels | _gpu_labels(pool),
        taints=_taints(pool),
        scaling_config={
            "min_size": pool.min_nodes,
            "desired_size": pool.min_nodes,
            "max_size": pool.max_nodes,
        },
        force_update_version=False,
        update_config={"max_unavailable": 1}
        if pool.purpose == "core"
        else {"max_unavailable_percentage": _UPDATED_PERCENT},
        warm_pool_config=_warm_pool(pool.warm_pool) if pool.warm_pool else None,
        tags=tags | _believed(pool),
        opts=pulumi.ResourceOptions.merge(
            opts,
            pulumi.ResourceOptions(depends_on=[made], ignore_changes=["scalingConfig.desiredSize"]),
        ),
    )


def _gpu_labels(pool: Pool) -> dict[str, str]:
    return {_ACCELERATOR: "nvidia", GPU_LABEL: "true"} if pool.gpus else {}


def _taints(pool: Pool) -> list[aws.eks.NodeGroupTaintArgsDict]:
    if pool.taint is None:
        return []
    effect = _EFFECT[pool.taint.effect]
    return [{"key": pool.taint.key, "value": pool.taint.value, "effect": effect}]


def _warm_pool(config: WarmPoolConfig) -> aws.eks.NodeGroupWarmPoolConfigArgsDict:
    """Return a warm pool of one size, however many nodes the group has.

    The most counts the group's own nodes, too, and would let the pool shrink; the least does
    not. Source: Amazon EKS API, WarmPoolConfig, 2026.
    """
    return {
        "min_size": config.instances,
        "max_group_prepared_capacity": config.instances,
        "pool_state": config.state,
        "reuse_on_scale_in": False,
    }


def _believed(pool: Pool) -> dict[str, str]:
    """Return tags that tell the autoscaler what a node that is not there yet has for pods.

    It would take the whole of the sold memory and 110 pods for granted, and fit a placeholder
    to a node that cannot hold it. It reads them, labels and taints from the node group itself.
    Source: kubernetes/autoscaler cloudprovider/aws/aws_manager.go @55c37cd5 (2026-08-22).
    """
    given = {
        "memory": str(pool.allocatable.memory),
        "cpu": f"{pool.allocatable.cpu}m",
        "pods": str(pool.allocatable.pods),
    }
    if pool.gpus:
        given[_GPU_RESOURCE] = str(pool.gpus)
    return {f"{_TEMPLATE}/{resource}": amount for resource, amount in given.items()}
