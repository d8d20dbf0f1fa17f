"""Home directories, and faster storage beside them, on Filestore."""

from collections.abc import Sequence
from typing import Literal

import pulumi
import pulumi_gcp as gcp

from components.gke.backups import nightly_backups
from components.gke.place import Place
from components.interface import NfsVolume
from hubs.gke import FilestoreConfig
from hubs.network import GKE_NODES

# Source: Filestore, "Prevent instance deletion", 2026: not for the basic tiers.
_CAN_BE_PROTECTED = ("ZONAL", "REGIONAL")


def _address(networks: Sequence[gcp.filestore.outputs.InstanceNetwork]) -> str:
    addresses = networks[0].ip_addresses or []
    return addresses[0]


def filestore(
    place: Place,
    which: Literal["homes", "fast"],
    config: FilestoreConfig,
    after: Sequence[pulumi.Resource],
    gib: int | None = None,
) -> NfsVolume:
    """Create an instance of Filestore with its backups; lost with it would be everyone's work.

    A regional one is in all zones of the region, any other in the first zone by the alphabet.
    Its capacity grows in place, and on the zonal and regional tiers shrinks as well; another
    tier or zone would be another instance. Google's keys encrypt it at rest.

    Google gives it a range of the network that nothing has at that moment.

    Args:
        place: Where it belongs.
        which: What it is for.
        config: What the stack file says.
        after: What holds ranges of addresses that it must not be given.
        gib: Its capacity while events need more; claims keep the usual one, which cannot shrink.
    """
    # By itself the provider would update an instance of a new name, which is not there.
    own = pulumi.ResourceOptions(replace_on_changes=["name"], depends_on=list(after))
    instance = gcp.filestore.Instance(
        f"{place.name}-{which}",
        name=place.physical("filestore", which),
        location=_location(place, config),
        tier=config.tier,
        protocol="NFS_V3",
        file_shares=_share(which, gib or config.capacity_gib),
        networks=[
            {
                "network": place.network.name,
                "modes": ["MODE_IPV4"],
                "connect_mode": "DIRECT_PEERING",
            }
        ],
        # Pulumi never deletes it anyway; so nobody else does by mistake, either.
        deletion_protection_enabled=config.tier in _CAN_BE_PROTECTED,
        labels=place.args.deployment.labels(),
        opts=pulumi.ResourceOptions.merge(place.kept(place.opts), own),
    )
    if config.backed_up:
        nightly_backups(place, which, config, instance)
    address = instance.networks.apply(_address)
    return NfsVolume(gib=config.capacity_gib, server=address, path=f"/{which}")


def _location(place: Place, config: FilestoreConfig) -> str:
    return place.config.region if config.tier == "REGIONAL" else min(place.config.zones)


def _share(which: str, gib: int) -> gcp.filestore.InstanceFileSharesArgsDict:
    """Return a share for nodes alone, as root: the kubelet makes the users' directories."""
    return {
        "name": which,
        "capacity_gb": gib,
        "nfs_export_options": [
            {
                "ip_ranges": [GKE_NODES],
                "access_mode": "READ_WRITE",
                "squash_mode": "NO_ROOT_SQUASH",
            }
        ],
    }
