"""A GKE node pool."""

import pulumi
import pulumi_gcp as gcp

from components.gke.place import Place
from hubs.gpus import gpus
from hubs.pools import Pool

_EFFECT = {"NoSchedule": "NO_SCHEDULE"}


def node_pool(
    pool: Pool,
    place: Place,
    cluster: gcp.container.Cluster,
    account: pulumi.Input[str],
    opts: pulumi.ResourceOptions,
) -> gcp.container.NodePool:
    """Create a pool by its autoscaling bounds; a node count would be fought over.

    Before an upgrade empties a node, it brings another one: nobody waits for room, and one
    node at a time loses its servers. During an event the cluster's exclusions hold it off.
    """
    if pool.purpose == "core":
        # It is said of a pool that is made, and would replace one that is there.
        first = pulumi.ResourceOptions(ignore_changes=["initialNodeCount"])
        opts = pulumi.ResourceOptions.merge(opts, first)
    return gcp.container.NodePool(
        pool.name,
        name=pool.name,
        cluster=cluster.name,
        location=place.config.region,
        node_locations=sorted(pool.zones),
        initial_node_count=_first_nodes(pool),
        autoscaling={
            "total_min_node_count": pool.min_nodes,
            "total_max_node_count": pool.max_nodes,
            "location_policy": "ANY",
        },
        max_pods_per_node=pool.allocatable.pods,
        management={"auto_repair": True, "auto_upgrade": True},
        upgrade_settings={"strategy": "SURGE", "max_surge": 1, "max_unavailable": 0},
        network_config={"enable_private_nodes": True},
        node_config=_node(pool, place.args.deployment.labels(pool.hub, pool.event), account),
        opts=opts,
    )


def _first_nodes(pool: Pool) -> int | None:
    """Return how many nodes a pool begins with in each of its zones; None for none.

    A pool begins empty unless that is told, whatever its least, and stays so until a pod waits.
    The core pool begins with one node in each zone, since GKE counts no other way; where that
    would be more than its most, it begins empty. Of several the autoscaler takes those away that
    nothing needs, down to the least, which is one in all zones.
    Source: terraform-provider-google @e03b7622, resource_container_node_pool.go; its #3485.
    """
    return 1 if pool.purpose == "core" and len(pool.zones) <= pool.max_nodes else None


def _node(
    pool: Pool, labels: dict[str, str], account: pulumi.Input[str]
) -> gcp.container.NodePoolNodeConfigArgsDict:
    return {
        "machine_type": pool.machine_type,
        "spot": pool.spot,
        "image_type": "COS_CONTAINERD",
        "disk_type": pool.disk.kind,
        "disk_size_gb": pool.disk.gib,
        "gcfs_config": {"enabled": pool.image_streaming},
        "guest_accelerators": _accelerators(pool.machine_type),
        "labels": pool.labels,
        "taints": _taints(pool),
        "resource_labels": labels,
        "service_account": account,
        "oauth_scopes": ["https://www.googleapis.com/auth/cloud-platform"],
        "metadata": {"disable-legacy-endpoints": "true"},
        # Pods see the identity of their own account, never the node's.
        "workload_metadata_config": {"mode": "GKE_METADATA"},
        "shielded_instance_config": {
            "enable_secure_boot": True,
            "enable_integrity_monitoring": True,
        },
    }


def _accelerators(
    machine_type: str,
) -> list[gcp.container.NodePoolNodeConfigGuestAcceleratorArgsDict]:
    """Return a node's GPUs, with the driver that GKE has tried with the node's version."""
    found = gpus(machine_type)
    if found is None:
        return []
    driver: gcp.container.NodePoolNodeConfigGuestAcceleratorGpuDriverInstallationConfigArgsDict = {
        "gpu_driver_version": "DEFAULT"
    }
    return [{"type": found.name, "count": found.count, "gpu_driver_installation_config": driver}]


def _taints(pool: Pool) -> list[gcp.container.NodePoolNodeConfigTaintArgsDict]:
    if pool.taint is None:
        return []
    effect = _EFFECT[pool.taint.effect]
    return [{"key": pool.taint.key, "value": pool.taint.value, "effect": effect}]
