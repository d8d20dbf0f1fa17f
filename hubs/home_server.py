"""The NFS server of an existing cluster that has the homes, and who may not reach it. Pure.

It believes every client of its network, so that a user's server that reached it would read and
write the homes of all. Nodes mount it, and pods need no way there.
"""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, ip_address, ip_network

from hubs.cluster import ClusterConfig
from hubs.event import EventConfig
from hubs.existing import ExistingConfig
from hubs.mistakes import Mistake

# What the chart closes to user servers. Source: RFC 1918, section 3; zero-to-jupyterhub-k8s
# 4.4.0, templates/_helpers-netpol.tpl.
PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")


def public_server(cluster: ClusterConfig) -> str | None:
    """Return the address of a server that no private network has, so that the chart opens it.

    Nothing else is opened by IPv6, and no name is looked up here.
    """
    server = _address(cluster)
    if not isinstance(server, IPv4Address):
        return None
    return None if any(server in IPv4Network(network) for network in PRIVATE) else str(server)


def lock_mistakes(where: str, cluster: ClusterConfig, event: EventConfig) -> Iterator[Mistake]:
    """Yield what an event's lock leaves open and has the homes of all in it."""
    server, lock = _address(cluster), event.egress_lock
    if server is None or lock is None:
        return
    for index, network in enumerate(lock.allow):
        if server in ip_network(network):
            told = f"found {network}, which has the NFS server {server} of all homes in it"
            yield Mistake(f"{where}.egressLock.allow[{index}]", f"{told}; write what is beside it")


def _address(cluster: ClusterConfig) -> IPv4Address | IPv6Address | None:
    if not isinstance(cluster, ExistingConfig) or cluster.homes.server is None:
        return None
    try:
        return ip_address(cluster.homes.server)
    except ValueError:
        return None
