"""z2jh values for who reaches what: network policies, metadata, identities, the way in. Pure."""

from hubs.active import EventNow
from hubs.buckets import USERS
from hubs.confinement import metadata_behind_iptables
from hubs.event import EgressLockConfig
from hubs.existing import ExistingConfig
from hubs.hub import HubConfig
from hubs.values_access import Values
from hubs.values_place import Place

# Where the Pod Identity agent of a node answers.
# Source: Amazon EKS user guide, "Set up the Amazon EKS Pod Identity Agent", 2026.
_POD_IDENTITY = "169.254.170.23/32"
# A cache of names on the node itself has such an address, of its administrator's choice.
# Source: kubernetes.io, "Using NodeLocal DNSCache in Kubernetes Clusters", 2026.
_LINK_LOCAL = "169.254.0.0/16"
_DNS = [{"port": 53, "protocol": "UDP"}, {"port": 53, "protocol": "TCP"}]


def core_policy() -> Values:
    """Return the network policy of hub and proxies, which are no part of any cloud's identity."""
    return {"enabled": True, "egressAllowRules": {"cloudMetadataServer": False}}


def users(hub: HubConfig, place: Place, event: EventNow | None) -> Values:
    """Return the `singleuser` values of what user servers reach: the internet, and the hub.

    Never a private address, so no other pod, and none of another user: the chart lets only
    hub and proxy in. The metadata server only where buckets are reached by it: on GKE it knows
    the pod's own account and hides the node's.
    """
    lock = event.planned.config.egress_lock if event else None
    identity = bool(hub.buckets) and lock is None
    metadata = identity and place.provider == "gke"
    found: Values = {
        "cloudMetadata": {"blockWithIptables": metadata_behind_iptables(place.provider)},
        "networkPolicy": {
            "enabled": True,
            "egressAllowRules": {
                "cloudMetadataServer": metadata,
                "dnsPortsCloudMetadataServer": True,
                "dnsPortsKubeSystemNamespace": True,
                "dnsPortsPrivateIPs": True,
                "nonPrivateIPs": lock is None,
                "privateIPs": False,
            },
            "egress": _egress(lock, agent=identity and place.provider == "eks"),
        },
    }
    if hub.buckets:
        found["serviceAccountName"] = USERS
    return found


def _egress(lock: EgressLockConfig | None, *, agent: bool) -> list[Values]:
    if lock is not None:
        return [_to(_LINK_LOCAL) | {"ports": _DNS}, *(_to(cidr) for cidr in sorted(lock.allow))]
    if agent:
        return [_to(_POD_IDENTITY) | {"ports": [{"port": 80, "protocol": "TCP"}]}]
    return []


def _to(cidr: str) -> Values:
    return {"to": [{"ipBlock": {"cidr": cidr}}]}


def service(place: Place) -> Values:
    """Return the `proxy.service` values: how the world reaches a hub without an ingress."""
    if isinstance(place.cluster, ExistingConfig):
        return {"type": place.cluster.service}
    return {"type": "LoadBalancer"}


def ingress(hub: HubConfig, place: Place) -> Values | None:
    """Return the `ingress` values of a hub with an address; None where none is wanted.

    It ends TLS with the certificate that its controller has, so the chart's own is off.
    """
    cluster = place.cluster
    if not isinstance(cluster, ExistingConfig) or cluster.ingress_class is None:
        return None
    if hub.address is None:
        return None
    return {
        "enabled": True,
        "ingressClassName": cluster.ingress_class,
        "hosts": [hub.address.host],
        "tls": [{"hosts": [hub.address.host]}],
    }
