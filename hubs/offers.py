"""The nodes that a cluster can offer to an event or a usual pool. Pure."""

from capacity.allocatable import Allocatable
from capacity.machine_choice import offer_of, offers_in
from capacity.machines import catalogue
from capacity.needs import Offer
from capacity.nodes import Node, declared_node, declared_sold_node
from hubs.cluster import ClusterConfig
from hubs.existing import DeclaredNodes, ExistingConfig
from hubs.mistakes import nearest


def declared(nodes: DeclaredNodes) -> Node:
    """Return one of the declared nodes of an existing cluster."""
    if nodes.left is not None:
        left = nodes.left
        return declared_node(
            "declared", Allocatable(memory=left.memory, cpu=left.cpu, pods=left.pods)
        )
    sold = nodes.sold
    if sold is None:
        raise AssertionError(nodes)  # the model allows exactly one of both
    return declared_sold_node(
        "declared", Allocatable(memory=sold.memory, cpu=sold.cpu, pods=sold.pods)
    )


def offers(cluster: ClusterConfig) -> list[Offer]:
    """Return every kind of node that the cluster can have."""
    if isinstance(cluster, ExistingConfig):
        return [Offer(node=declared(cluster.nodes), count=cluster.nodes.count)]
    return offers_in(cluster.provider, cluster.region)


def offer(cluster: ClusterConfig, machine_type: str | None) -> Offer:
    """Return the nodes of one machine type, or the declared ones of an existing cluster."""
    if isinstance(cluster, ExistingConfig) or machine_type is None:
        return offers(cluster)[0]
    return offer_of(machine_type, cluster.region)


def unknown_type(cluster: ClusterConfig, machine_type: str) -> str | None:
    """Return why a machine type cannot be had in the cluster, None if it can."""
    if isinstance(cluster, ExistingConfig):
        return "an existing cluster has the nodes it has; leave machineType out"
    known = list(catalogue(cluster.provider))
    if machine_type in known:
        return None
    sold = ", ".join(known[:3])
    near = nearest(machine_type, known).rpartition("; ")[2]
    hint = near if near.startswith("nearest") else f"such as {sold}"
    return f"found {machine_type!r}, not in the {cluster.provider} catalogue; {hint}"
