"""z2jh values for who reaches what: network policies, metadata, identities, the way in. Pure."""

from hubs.active import EventNow
from hubs.buckets import USERS
from hubs.confinement import metadata_behind_iptables
from hubs.event import EgressLockConfig
from hubs.existing import ExistingConfig
from hubs.home_server import PRIVATE, public_server
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
_METADATA = "169.254.169.254/32"
# A balancer of AWS takes addresses in every zone, and one without nodes there answers nothing.
# Source: Elastic Load Balancing, "Configure cross-zone load balancing for your Classic Load
# Balancer", 2026; Kubernetes' Cloud Provider AWS, "Service annotations", 2026.
_ALL_ZONES = "service.beta.kubernetes.io/aws-load-balancer-cross-zone-load-balancing-enabled"
# Both of the controllers that are nginx take 1 MiB at most, and a notebook is saved as a whole;
# others know neither. Sources: zero-to-jupyterhub-k8s#3274; Ingress-Nginx, "Annotations", 2026;
# NGINX Ingress Controller, "Advanced configuration with Annotations", 2026.
_ANY_SIZE: Values = {
    "nginx.ingress.kubernetes.io/proxy-body-size": "0",
    "nginx.org/client-max-body-size": "0",
}


def core_policy() -> Values:
    """Return the network policy of hub and proxies, which are no part of any cloud's identity."""
    return {"enabled": True, "egressAllowRules": {"cloudMetadataServer": False}}


def users(hub: HubConfig, place: Place, event: EventNow | None) -> Values:
    """Return the `singleuser` values of what user servers reach: the internet, and the hub.

    Never a private address, so no other pod, and none of another user: the chart lets only
    hub and proxy in. The metadata server only where buckets are reached by it: on GKE it knows
    the pod's own account and hides the node's. An NFS server with everybody's homes is closed,
    too, whatever its address.
    """
    lock = event.planned.config.egress_lock if event else None
    identity = bool(hub.buckets) and lock is None
    metadata = identity and place.provider == "gke"
    server = public_server(place.cluster)
    found: Values = {
        "cloudMetadata": {"blockWithIptables": metadata_behind_iptables(place.provider)},
        "networkPolicy": {
            "enabled": True,
            "egressAllowRules": {
                "cloudMetadataServer": metadata,
                "dnsPortsCloudMetadataServer": True,
                "dnsPortsKubeSystemNamespace": True,
                "dnsPortsPrivateIPs": True,
                "nonPrivateIPs": lock is None and server is None,
                "privateIPs": False,
            },
            "egress": _egress(lock, server, agent=identity and place.provider == "eks"),
        },
    }
    if hub.buckets:
        found["serviceAccountName"] = USERS
    return found


def _egress(lock: EgressLockConfig | None, server: str | None, *, agent: bool) -> list[Values]:
    if lock is not None:
        return [_to(_LINK_LOCAL) | {"ports": _DNS}, *(_to(cidr) for cidr in sorted(lock.allow))]
    if agent:
        return [_to(_POD_IDENTITY) | {"ports": [{"port": 80, "protocol": "TCP"}]}]
    if server is not None:
        # As the chart opens the internet, without the one address.
        closed = [*PRIVATE, _METADATA, f"{server}/32"]
        return [{"to": [{"ipBlock": {"cidr": "0.0.0.0/0", "except": closed}}]}]
    return []


def _to(cidr: str) -> Values:
    return {"to": [{"ipBlock": {"cidr": cidr}}]}


def service(place: Place) -> Values:
    """Return the `proxy.service` values: how the world reaches a hub without an ingress."""
    if isinstance(place.cluster, ExistingConfig):
        return {"type": place.cluster.service}
    if place.provider == "eks":
        return {"type": "LoadBalancer", "annotations": {_ALL_ZONES: "true"}}
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
        "annotations": dict(_ANY_SIZE),
        "ingressClassName": cluster.ingress_class,
        "hosts": [hub.address.host],
        "tls": [{"hosts": [hub.address.host]}],
    }
