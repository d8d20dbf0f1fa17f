"""z2jh values by which a hub is watched: for Prometheus, and for who sees boards by it. Pure."""

from hubs.cluster import ClusterConfig
from hubs.grafana import SCOPES, grafana_hub, served_at
from hubs.hub import HubConfig
from hubs.monitoring import (
    GRAFANA,
    GRAFANA_PODS,
    GRAFANA_PORT,
    HUB_PORT,
    PROMETHEUS,
    PROMETHEUS_PODS,
)
from hubs.names import MONITORING
from hubs.values_access import Values
from hubs.values_joined import joined

# A Secret in the hub's namespace: the token of each service that is not the chart's own.
SERVICES_SECRET = "services"  # noqa: S105 - the name of a Kubernetes Secret, not its content
_NAMESPACE = "kubernetes.io/metadata.name"
# The chart gives every service a token of its own making, which nobody outside knows.
_TOKENS = """\
import os

for _service in c.JupyterHub.services:
    _token = os.environ.get("SERVICE_TOKEN_" + _service["name"].upper())
    if _token is not None:
        _service["api_token"] = _token
"""


def hub_part(hub: HubConfig, cluster: ClusterConfig) -> Values:
    """Return the values of a hub that let Prometheus in and, at one of them, show Grafana."""
    found: Values = {
        "hub": {
            # By it Prometheus would come without a token, and be refused.
            "service": {"annotations": {"prometheus.io/scrape": "false"}},
            "services": {PROMETHEUS: {"name": PROMETHEUS}},
            "loadRoles": {PROMETHEUS: {"scopes": ["read:metrics"], "services": [PROMETHEUS]}},
            "extraConfig": {"20-services": _TOKENS},
            "extraEnv": {"SERVICE_TOKEN_PROMETHEUS": _from_secret(PROMETHEUS)},
            "networkPolicy": {"ingress": [_pods("from", PROMETHEUS_PODS, HUB_PORT)]},
        }
    }
    shown = grafana_hub(cluster, [hub])
    return found if shown is None else joined(found, _boards(shown))


def _from_secret(key: str) -> Values:
    return {"valueFrom": {"secretKeyRef": {"name": SERVICES_SECRET, "key": key}}}


def _boards(hub: HubConfig) -> Values:
    """Return the values of the hub under whose address Grafana is.

    Policies name its pods: a range of addresses does not reach them where the cluster's network
    is Cilium's, as on GKE. Source: docs.cilium.io, "Layer 3 Policies", IP/CIDR based, 2026.
    """
    to_grafana = _pods("to", GRAFANA_PODS, GRAFANA_PORT)
    return {
        "hub": {
            "services": {
                GRAFANA: {
                    "name": GRAFANA,
                    "url": f"http://{GRAFANA}.{MONITORING}",
                    "oauth_redirect_uri": f"{served_at(hub)}/login/generic_oauth",
                    "oauth_client_allowed_scopes": list(SCOPES),
                    # The hub is not another party than its own service.
                    "oauth_no_confirm": True,
                }
            },
            # What everybody has, and the boards.
            "loadRoles": {"user": {"scopes": ["self", f"access:services!service={GRAFANA}"]}},
            "extraEnv": {"SERVICE_TOKEN_GRAFANA": _from_secret(GRAFANA)},
            "networkPolicy": {
                "ingress": [_pods("from", GRAFANA_PODS, HUB_PORT)],
                # It looks whether its services are there.
                "egress": [to_grafana],
            },
        },
        "proxy": {"chp": {"networkPolicy": {"egress": [to_grafana]}}},
    }


def _pods(direction: str, labels: dict[str, str], port: int) -> Values:
    """Return a rule of a network policy for pods of monitoring."""
    peer: Values = {
        "namespaceSelector": {"matchLabels": {_NAMESPACE: MONITORING}},
        "podSelector": {"matchLabels": labels},
    }
    return {direction: [peer], "ports": [{"port": port, "protocol": "TCP"}]}
