"""A GKE node pool."""

from collections.abc import Mapping

import pulumi
import pulumi_gcp as gcp

from hubs.cluster import BOOT_DISK_GB, GkeConfig
from hubs.deployment import Pool

_EFFECT = {"NoSchedule": "NO_SCHEDULE"}


def node_pool(
    pool: Pool,
    config: GkeConfig,
    cluster: gcp.container.Cluster,
    account: pulumi.Input[str],
    labels: Mapping[str, str],
    opts: pulumi.ResourceOptions,
) -> gcp.container.NodePool:
    """Create a pool by its autoscaling bounds; a node count would be fought over."""
    taints: list[gcp.container.NodePoolNodeConfigTaintArgsDict] = []
    if pool.taint is not None:
        effect = _EFFECT[pool.taint.effect]
        taints.append({"key": pool.taint.key, "value": pool.taint.value, "effect": effect})
    return gcp.container.NodePool(
        pool.name,
        name=pool.name,
        cluster=cluster.name,
        location=config.region,
        node_locations=list(config.zones),
        autoscaling={
            "total_min_node_count": pool.min_nodes,
            "total_max_node_count": pool.max_nodes,
            "location_policy": "ANY",
        },
        max_pods_per_node=pool.allocatable.pods,
        management={"auto_repair": True, "auto_upgrade": True},
        node_config={
            "machine_type": pool.machine_type,
            "disk_type": pool.boot_disk,
            "disk_size_gb": BOOT_DISK_GB,
            "labels": pool.labels,
            "taints": taints,
            "resource_labels": dict(labels),
            "service_account": account,
            "oauth_scopes": ["https://www.googleapis.com/auth/cloud-platform"],
            "metadata": {"disable-legacy-endpoints": "true"},
        },
        opts=opts,
    )
