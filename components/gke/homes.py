"""Home directories on Filestore."""

from collections.abc import Sequence

import pulumi
import pulumi_gcp as gcp

from components.interface import HomeShare, retained
from hubs.cluster import GkeConfig

_SHARE = "homes"


def _address(networks: Sequence[gcp.filestore.outputs.InstanceNetwork]) -> str:
    addresses = networks[0].ip_addresses or []
    return addresses[0]


def filestore(
    name: str,
    cluster_name: str,
    config: GkeConfig,
    network: gcp.compute.Network,
    opts: pulumi.ResourceOptions,
) -> HomeShare:
    """Create the instance that holds every home; lost with it would be everyone's work."""
    instance = gcp.filestore.Instance(
        f"{name}-homes",
        name=f"{cluster_name}-homes",
        location=config.region if config.homes.tier == "REGIONAL" else config.zones[0],
        tier=config.homes.tier,
        file_shares={"name": _SHARE, "capacity_gb": config.homes.capacity_gib},
        networks=[{"network": network.name, "modes": ["MODE_IPV4"]}],
        opts=pulumi.ResourceOptions.merge(opts, retained()),
    )
    address = instance.networks.apply(_address)
    return HomeShare(gib=config.homes.capacity_gib, server=address, path=f"/{_SHARE}")
