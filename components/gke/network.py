"""The network of a GKE cluster, and its way out."""

from dataclasses import dataclass

import pulumi
import pulumi_gcp as gcp

from components.interface import ClusterArgs
from hubs.gke import GkeConfig
from hubs.names import physical
from hubs.network import GKE_NODES, GKE_PODS, GKE_SERVICES, NAT_PORTS, PODS, SERVICES


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A network, the one subnetwork of it, and what nodes reach the internet through."""

    network: gcp.compute.Network
    subnetwork: gcp.compute.Subnetwork
    nat: gcp.compute.RouterNat


def network(
    name: str, config: GkeConfig, args: ClusterArgs, opts: pulumi.ResourceOptions
) -> Network:
    """Create a network with ranges for nodes, pods and services; nothing in it is public.

    Google's own services are reached without an address of the internet.

    It stays when its stack goes: what holds people's data stays, too, and reaches it by a
    peering, under which Google deletes no network. Nothing of that is in the subnetwork, which
    can go once its nodes are gone.
    """
    stack = args.deployment.stack.name
    net = gcp.compute.Network(
        f"{name}-network",
        name=physical("compute", stack, "network"),
        auto_create_subnetworks=False,
        routing_mode="REGIONAL",
        opts=pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(retain_on_delete=True)),
    )
    subnetwork = gcp.compute.Subnetwork(
        f"{name}-subnetwork",
        name=physical("compute", stack, "nodes"),
        region=config.region,
        network=net.id,
        ip_cidr_range=GKE_NODES,
        secondary_ip_ranges=[
            {"range_name": PODS, "ip_cidr_range": GKE_PODS},
            {"range_name": SERVICES, "ip_cidr_range": GKE_SERVICES},
        ],
        private_ip_google_access=True,
        opts=opts,
    )
    nat = _way_out(name, stack, config.region, net, opts)
    return Network(network=net, subnetwork=subnetwork, nat=nat)


def _way_out(
    name: str, stack: str, region: str, net: gcp.compute.Network, opts: pulumi.ResourceOptions
) -> gcp.compute.RouterNat:
    """Create a NAT that takes more addresses and ports as its nodes need them."""
    router = gcp.compute.Router(
        f"{name}-router",
        name=physical("compute", stack, "router"),
        region=region,
        network=net.id,
        opts=opts,
    )
    fewest, most = NAT_PORTS
    return gcp.compute.RouterNat(
        f"{name}-nat",
        name=physical("compute", stack, "nat"),
        region=region,
        router=router.name,
        nat_ip_allocate_option="AUTO_ONLY",
        source_subnetwork_ip_ranges_to_nat="ALL_SUBNETWORKS_ALL_IP_RANGES",
        enable_dynamic_port_allocation=True,
        min_ports_per_vm=fewest,
        max_ports_per_vm=most,
        # One line for each connection that found no port; none for those that did.
        log_config={"enable": True, "filter": "ERRORS_ONLY"},
        opts=opts,
    )
