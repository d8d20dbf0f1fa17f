"""Who reaches what runs in the namespace of monitoring: nobody who is not named here."""

from collections.abc import Sequence

import pulumi
import pulumi_kubernetes as k8s

from hubs.hub import HubConfig
from hubs.monitoring import (
    GRAFANA,
    GRAFANA_PODS,
    GRAFANA_PORT,
    HUB_PODS,
    PROMETHEUS,
    PROMETHEUS_PODS,
    PROMETHEUS_PORT,
    PROXY_PODS,
    STATE_METRICS_PODS,
    STATE_METRICS_PORT,
)
from hubs.names import MONITORING

_Peer = k8s.networking.v1.NetworkPolicyPeerArgsDict
_Spec = k8s.networking.v1.NetworkPolicySpecArgsDict


def policies(
    name: str, shown: HubConfig | None, opts: pulumi.ResourceOptions
) -> list[pulumi.Resource]:
    """Create the network policies; a forwarded port is not their business.

    Args:
        name: Prefix of logical names.
        shown: The hub under whose address Grafana is, if any.
        opts: Of every resource.
    """
    wanted: dict[str, _Spec] = {
        "closed": {"pod_selector": {}, "policy_types": ["Ingress"]},
        PROMETHEUS: _let_in(PROMETHEUS_PODS, PROMETHEUS_PORT, [_pods(GRAFANA_PODS)]),
        "state-metrics": _let_in(STATE_METRICS_PODS, STATE_METRICS_PORT, [_pods(PROMETHEUS_PODS)]),
    }
    if shown is not None:
        # The proxy brings people, and the hub looks whether its service is there.
        peers = [_pods(labels, shown.name) for labels in (PROXY_PODS, HUB_PODS)]
        wanted[GRAFANA] = _let_in(GRAFANA_PODS, GRAFANA_PORT, peers)
    return [
        k8s.networking.v1.NetworkPolicy(
            f"{name}-{which}",
            metadata={"name": which, "namespace": MONITORING},
            spec=spec,
            opts=opts,
        )
        for which, spec in wanted.items()
    ]


def _let_in(pods: dict[str, str], port: int, peers: Sequence[_Peer]) -> _Spec:
    return {
        "pod_selector": {"match_labels": pods},
        "policy_types": ["Ingress"],
        "ingress": [{"from_": peers, "ports": [{"port": port, "protocol": "TCP"}]}],
    }


def _pods(labels: dict[str, str], namespace: str | None = None) -> _Peer:
    """Return pods of a namespace, by default of the policy's own."""
    found: _Peer = {"pod_selector": {"match_labels": labels}}
    if namespace is not None:
        where = {"kubernetes.io/metadata.name": namespace}
        found["namespace_selector"] = {"match_labels": where}
    return found
