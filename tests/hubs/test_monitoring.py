"""The whole of the values of the charts beside a hub."""

import pytest

from hubs.cluster import Provider
from hubs.monitoring import (
    AUTOSCALER,
    GRAFANA,
    PROMETHEUS,
    autoscaler_values,
    grafana_values,
    prometheus_values,
)

CORE = {"hub.jupyter.org/node-purpose": "core"}


@pytest.mark.parametrize(
    ("provider", "core", "volume"),
    [
        ("gke", CORE, {"size": "50Gi"}),
        ("eks", CORE, {"size": "50Gi", "storageClass": "gp3"}),
        ("existing", {}, {"size": "50Gi"}),
    ],
)
def test_prometheus_is_on_core_nodes_and_looks_at_all(
    provider: Provider, core: dict[str, str], volume: dict[str, str]
) -> None:
    assert prometheus_values(provider) == {
        "server": {
            "fullnameOverride": "prometheus-server",
            "retention": "30d",
            "nodeSelector": core,
            "persistentVolume": volume,
            "resources": {
                "requests": {"cpu": "200m", "memory": "1Gi"},
                "limits": {"memory": "4Gi"},
            },
        },
        "alertmanager": {"enabled": False},
        "prometheus-pushgateway": {"enabled": False},
        "kube-state-metrics": {
            "nodeSelector": core,
            "resources": {
                "requests": {"cpu": "20m", "memory": "64Mi"},
                "limits": {"memory": "256Mi"},
            },
        },
        "prometheus-node-exporter": {
            # Just what the arithmetic of nodes takes off for it.
            "resources": {
                "requests": {"cpu": "50m", "memory": "67108864"},
                "limits": {"memory": "67108864"},
            },
            "tolerations": [{"operator": "Exists", "effect": "NoSchedule"}],
        },
    }


@pytest.mark.parametrize(("provider", "core"), [("gke", CORE), ("eks", CORE), ("existing", {})])
def test_grafana_reads_prometheus(provider: Provider, core: dict[str, str]) -> None:
    assert grafana_values(provider) == {
        "nodeSelector": core,
        "resources": {
            "requests": {"cpu": "50m", "memory": "128Mi"},
            "limits": {"memory": "512Mi"},
        },
        "datasources": {
            "datasources.yaml": {
                "apiVersion": 1,
                "datasources": [
                    {
                        "name": "Prometheus",
                        "type": "prometheus",
                        "access": "proxy",
                        "url": "http://prometheus-server",
                        "isDefault": True,
                    }
                ],
            }
        },
    }


def test_the_autoscaler_counts_placeholders_as_wanting_a_node() -> None:
    assert autoscaler_values("readyroom-icesat2", "us-west-2") == {
        "autoDiscovery": {"clusterName": "readyroom-icesat2"},
        "awsRegion": "us-west-2",
        "cloudProvider": "aws",
        "nodeSelector": CORE,
        "rbac": {"serviceAccount": {"name": "cluster-autoscaler"}},
        "fullnameOverride": "cluster-autoscaler",
        "resources": {
            "requests": {"cpu": "100m", "memory": "512Mi"},
            "limits": {"memory": "1Gi"},
        },
        "extraArgs": {"expendable-pods-priority-cutoff": -10},
    }


def test_charts_are_pinned() -> None:
    assert [
        (chart.name, chart.version, chart.repo) for chart in (PROMETHEUS, GRAFANA, AUTOSCALER)
    ] == [
        ("prometheus", "29.27.0", "https://prometheus-community.github.io/helm-charts"),
        ("oci://ghcr.io/grafana-community/helm-charts/grafana", "12.11.1", ""),
        ("cluster-autoscaler", "9.59.0", "https://kubernetes.github.io/autoscaler"),
    ]
