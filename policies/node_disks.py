"""The boot disks of nodes, from registered pools and launch templates."""

from dataclasses import dataclass
from typing import get_args

from capacity.machines import Cloud
from capacity.storage.boot import eks_boot_disk, gke_boot_disk
from capacity.storage.disks import Hyperdisk, SizedDisk
from capacity.storage.store import Store
from policies.collected import EKS_POOL, GKE_POOL, LAUNCH_TEMPLATE, Resource
from policies.homes import word
from policies.reading import UnreadableError, list_at, look, of_type, whole

# What a cloud gives a node whose disk nobody sets.
# Source: GKE and EKS documentation, boot disk size of node pools and node groups, 2026.
_GKE_DEFAULT_GB, _EKS_DEFAULT_GIB = 100, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeDisk:
    """The boot disk of a pool's nodes: what it can do, and its size in GiB."""

    disk: Store
    gib: int
    cloud: Cloud


def node_disk(pool: Resource) -> NodeDisk | None:
    """Return the boot disk of a pool's nodes; None of nodes that exist already.

    Raises:
        UnreadableError: its type or size cannot be read.
    """
    if pool.type == EKS_POOL:
        gib = eks_disk_gib(pool)
        return NodeDisk(disk=eks_boot_disk(gib), gib=gib, cloud="eks")
    if pool.type == GKE_POOL:
        types: tuple[SizedDisk | Hyperdisk, ...] = (*get_args(SizedDisk), *get_args(Hyperdisk))
        path = "nodeConfig.diskType"
        kind = word(look(pool.props, path, "pd-balanced"), path, types)
        gib = gke_disk_gb(pool)
        return NodeDisk(disk=gke_boot_disk(kind, gib), gib=gib, cloud="gke")
    return None


def eks_disk_gib(group: Resource) -> int:
    """Return the size of the disk of a node group: that of the launch template it names.

    Raises:
        UnreadableError: the template has no disk, or one that cannot be read.
    """
    if look(group.props, "diskSize", None) is not None:
        return whole(group.props, "diskSize")
    name = look(group.props, "launchTemplate.name", None)
    for template in of_type(LAUNCH_TEMPLATE):
        if name is not None and look(template.props, "name", None) == name:
            disks = list_at(template.props, "blockDeviceMappings")
            if not disks:
                msg = f"launch template {name} has no blockDeviceMappings"
                raise UnreadableError(msg)
            return whole(disks[0], "ebs.volumeSize")
    return _EKS_DEFAULT_GIB


def gke_disk_gb(pool: Resource) -> int:
    """Return the size of the disk of a node pool."""
    return whole(pool.props, "nodeConfig.diskSizeGb", _GKE_DEFAULT_GB)
