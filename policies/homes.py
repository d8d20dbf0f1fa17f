"""What holds the homes of an event's users, and the boot disk of its nodes, as registered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar, get_args

from capacity.machines import Cloud
from capacity.storage.boot import eks_boot_disk, gke_boot_disk
from capacity.storage.declared import declared, enough
from capacity.storage.disks import Hyperdisk, SizedDisk
from capacity.storage.efs import Mode, efs, faster
from capacity.storage.filestore import TIERS, bigger, filestore
from capacity.storage.need import Demand
from capacity.storage.store import Store
from hubs.shapes import is_list
from policies.collected import EFS, EKS_POOL, EXISTING, FILESTORE, GKE_POOL, Resource
from policies.reading import Json, UnreadableError, look, of_type, whole

W = TypeVar("W", bound=str)

# What a cloud gives a node whose disk nobody sets.
# Source: GKE and EKS documentation, boot disk size of node pools and node groups, 2026.
_GKE_DEFAULT_GB, _EKS_DEFAULT_GIB = 100, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Homes:
    """A home storage as it will be deployed.

    Attributes:
        store: What it can do.
        better: The smallest settings that meet a demand, if any do.
    """

    store: Store
    better: Callable[[Demand], tuple[Store, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeDisk:
    """The boot disk of a pool's nodes: what it can do, and its size in GiB."""

    disk: Store
    gib: int
    cloud: Cloud


def homes(stored: int) -> Homes:
    """Return what holds the homes, with so many bytes stored in it at least.

    Raises:
        UnreadableError: none is registered, or more than one, or one that cannot be read.
        NotSoldError: it has a capacity that is not sold.
    """
    found = of_type(FILESTORE, EFS, EXISTING)
    if len(found) != 1:
        msg = f"{len(found)} resources hold homes, not exactly one"
        raise UnreadableError(msg)
    read = {FILESTORE: _filestore, EFS: _efs, EXISTING: _declared}[found[0].type]
    return read(found[0].props, stored)


def _filestore(props: Json, stored: int) -> Homes:
    del stored
    tier = _word(look(props, "tier"), "tier", TIERS)
    shares = look(props, "fileShares")
    share = shares[0] if is_list(shares) and len(shares) == 1 else shares
    gib = whole(share, "capacityGb")
    return Homes(store=filestore(tier, gib), better=lambda demand: bigger(demand, tier, gib))


def _efs(props: Json, stored: int) -> Homes:
    modes: tuple[Mode, ...] = get_args(Mode)
    # What AWS makes of a file system whose mode nobody sets.
    mode = _word(look(props, "throughputMode", "bursting"), "throughputMode", modes)
    rate = whole(props, "provisionedThroughputInMibps") if mode == "provisioned" else 1
    return Homes(
        store=efs(mode, rate, stored),
        better=lambda demand: faster(demand, mode, rate, stored),
    )


def _declared(props: Json, stored: int) -> Homes:
    del stored
    if look(props, "homes.throughput", None) is None:
        msg = "nobody says what the storage class can do: cluster.homes.throughput is missing"
        raise UnreadableError(msg)
    return Homes(store=declared(whole(props, "homes.throughput")), better=enough)


def node_disk(pool: Resource) -> NodeDisk | None:
    """Return the boot disk of a pool's nodes; None of nodes that exist already.

    Raises:
        UnreadableError: its type or size cannot be read.
    """
    if pool.type == EKS_POOL:
        gib = whole(pool.props, "diskSize", _EKS_DEFAULT_GIB)
        return NodeDisk(disk=eks_boot_disk(gib), gib=gib, cloud="eks")
    if pool.type == GKE_POOL:
        types: tuple[SizedDisk | Hyperdisk, ...] = (*get_args(SizedDisk), *get_args(Hyperdisk))
        path = "nodeConfig.diskType"
        kind = _word(look(pool.props, path, "pd-balanced"), path, types)
        gib = whole(pool.props, "nodeConfig.diskSizeGb", _GKE_DEFAULT_GB)
        return NodeDisk(disk=gke_boot_disk(kind, gib), gib=gib, cloud="gke")
    return None


def _word(found: Json, path: str, allowed: Sequence[W]) -> W:
    for word in allowed:
        if word == found:
            return word
    msg = f"{path} is {found!r}, not one of {', '.join(allowed)}"
    raise UnreadableError(msg)
