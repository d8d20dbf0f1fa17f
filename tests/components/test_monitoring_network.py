"""Who reaches what runs in the namespace of monitoring."""

from collections.abc import Callable
from typing import Any

import pytest

from preview.monitor import RecordingMonitor
from tests.components.watched_monitoring import SHOWN, made, watched

Raw = dict[str, Any]
Ran = Callable[[str], RecordingMonitor]

POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy"
PROMETHEUS = {"app.kubernetes.io/name": "prometheus", "app.kubernetes.io/component": "server"}
GRAFANA = {"app.kubernetes.io/name": "grafana"}
STATE_METRICS = {"app.kubernetes.io/name": "kube-state-metrics"}
CLOSED: Raw = {
    "closed": {"podSelector": {}, "policyTypes": ["Ingress"]},
    "prometheus": {
        "podSelector": {"matchLabels": PROMETHEUS},
        "policyTypes": ["Ingress"],
        "ingress": [
            {
                "from": [{"podSelector": {"matchLabels": GRAFANA}}],
                "ports": [{"port": 9090, "protocol": "TCP"}],
            }
        ],
    },
    "state-metrics": {
        "podSelector": {"matchLabels": STATE_METRICS},
        "policyTypes": ["Ingress"],
        "ingress": [
            {
                "from": [{"podSelector": {"matchLabels": PROMETHEUS}}],
                "ports": [{"port": 8080, "protocol": "TCP"}],
            }
        ],
    },
}
OF_LAB = {"matchLabels": {"kubernetes.io/metadata.name": "lab"}}
BOARDS: Raw = {
    "podSelector": {"matchLabels": GRAFANA},
    "policyTypes": ["Ingress"],
    "ingress": [
        {
            "from": [
                {
                    "namespaceSelector": OF_LAB,
                    "podSelector": {"matchLabels": {"app": "jupyterhub", "component": component}},
                }
                for component in ("proxy", "hub")
            ],
            "ports": [{"port": 3000, "protocol": "TCP"}],
        }
    ],
}


@pytest.mark.parametrize(
    ("monitoring", "expected"), [({}, CLOSED), (SHOWN, CLOSED | {"grafana": BOARDS})]
)
def test_nobody_reaches_monitoring_who_need_not(ran: Ran, monitoring: Raw, expected: Raw) -> None:
    found = made(ran(watched(["lab", "course"], **monitoring)))

    policies = {key: it for key, it in found.items() if key.startswith(POLICY)}
    assert {it["metadata"]["name"]: it["spec"] for it in policies.values()} == expected
    assert policies.keys() == {f"{POLICY} monitoring-{name}" for name in expected}
    assert {it["metadata"]["namespace"] for it in policies.values()} == {"monitoring"}
