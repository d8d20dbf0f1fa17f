"""The whole of the values of Prometheus and of the autoscaler, and the claims beside them."""

from collections.abc import Sequence
from itertools import permutations

import pytest
from contexts import CONFINED, LOCKED_DOWN
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from capacity.quantities import GIB
from hubs.cluster import ClusterConfig
from hubs.monitoring import Claim, autoscaler_values, claims, prometheus_values

Raw = dict[str, object]

CLUSTER: TypeAdapter[ClusterConfig] = TypeAdapter(ClusterConfig)
CORE = {"hub.jupyter.org/node-purpose": "core"}
EXISTING: Raw = {
    "provider": "existing",
    "nodes": {"count": 1, "left": {"memory": "16Gi", "cpu": 4}},
    "homes": {"storageClass": "nfs-client", "capacity": "200Gi"},
}


@pytest.fixture
def cluster(request: pytest.FixtureRequest) -> ClusterConfig:
    """The small cluster of a provider, which says nothing of monitoring."""
    return CLUSTER.validate_python(request.getfixturevalue(request.param))


@pytest.mark.parametrize(
    ("cluster", "core"), [("gke", CORE), ("eks", CORE), ("existing", {})], indirect=["cluster"]
)
def test_prometheus_is_on_core_nodes_and_looks_at_all(
    cluster: ClusterConfig, core: dict[str, str]
) -> None:
    assert prometheus_values(cluster, ["lab", "course"]) == {
        "server": {
            "fullnameOverride": "prometheus-server",
            "clusterRoleNameOverride": "readyroom-prometheus",
            "retention": "30d",
            # Four fifths of 50 GiB.
            "retentionSize": "42949672960B",
            "nodeSelector": core,
            "persistentVolume": {"existingClaim": "prometheus"},
            "resources": {
                "requests": {"cpu": "200m", "memory": "1Gi"},
                "limits": {"memory": "4Gi"},
            },
            "startupProbe": {"enabled": True, "periodSeconds": 10, "failureThreshold": 60},
            "enableServiceLinks": False,
            "securityContext": {"fsGroupChangePolicy": "OnRootMismatch"} | CONFINED,
            "containerSecurityContext": LOCKED_DOWN,
            "extraSecretMounts": [
                {
                    "name": "hub-tokens",
                    "mountPath": "/etc/hub-tokens",
                    "secretName": "hub-tokens",
                    "readOnly": True,
                }
            ],
        },
        "configmapReload": {
            "prometheus": {
                "resources": {
                    "requests": {"cpu": "10m", "memory": "32Mi"},
                    "limits": {"memory": "64Mi"},
                },
                "containerSecurityContext": LOCKED_DOWN,
            }
        },
        "scrapeConfigs": {
            "kubernetes-api-servers": {"enabled": False},
            "kubernetes-services": {"enabled": False},
            "prometheus-pushgateway": {"enabled": False},
            "hub-course": {
                "metrics_path": "/hub/metrics",
                "authorization": {"credentials_file": "/etc/hub-tokens/course"},
                "static_configs": [
                    {"targets": ["hub.course:8081"], "labels": {"namespace": "course"}}
                ],
            },
            "hub-lab": {
                "metrics_path": "/hub/metrics",
                "authorization": {"credentials_file": "/etc/hub-tokens/lab"},
                "static_configs": [{"targets": ["hub.lab:8081"], "labels": {"namespace": "lab"}}],
            },
        },
        "serverFiles": {"alerting_rules.yml": {"groups": []}},
        "alertmanager": {"enabled": False},
        "prometheus-pushgateway": {"enabled": False},
        "kube-state-metrics": {
            "fullnameOverride": "readyroom-kube-state-metrics",
            "nodeSelector": core,
            "resources": {
                "requests": {"cpu": "20m", "memory": "64Mi"},
                "limits": {"memory": "256Mi"},
            },
            "collectorsExclude": [
                "certificatesigningrequests",
                "configmaps",
                "leases",
                "mutatingwebhookconfigurations",
                "secrets",
                "validatingwebhookconfigurations",
            ],
            "metricLabelsAllowlist": [
                "pods=[app,component,app.kubernetes.io/component,"
                "hub.jupyter.org/servername,hub.jupyter.org/username]",
                "nodes=[*]",
                "services=[app,component]",
            ],
            "metricAnnotationsAllowList": ["pods=[hub.jupyter.org/username]"],
        },
        "prometheus-node-exporter": {
            "namespaceOverride": "node-metrics",
            # Just what the arithmetic of nodes takes off for it.
            "resources": {
                "requests": {"cpu": "50m", "memory": "67108864"},
                "limits": {"memory": "67108864"},
            },
            "hostPID": False,
            # Another Prometheus may have the port on nodes of others.
            "hostNetwork": bool(core),
            "securityContext": CONFINED,
            "containerSecurityContext": LOCKED_DOWN,
            "tolerations": [{"operator": "Exists", "effect": "NoSchedule"}],
        },
    }


@pytest.mark.parametrize("cluster", ["gke"], indirect=True)
@pytest.mark.parametrize("order", list(permutations(["lab", "course", "exam"])))
def test_the_order_of_hubs_changes_nothing(cluster: ClusterConfig, order: Sequence[str]) -> None:
    sorted_first = prometheus_values(cluster, ["course", "exam", "lab"])

    assert str(prometheus_values(cluster, order)) == str(sorted_first)


@pytest.mark.parametrize("cluster", ["gke"], indirect=True)
def test_one_hub_more_changes_its_own_job_alone(cluster: ClusterConfig) -> None:
    few, many = (prometheus_values(cluster, hubs) for hubs in (["lab"], ["lab", "course"]))
    before, after = few.pop("scrapeConfigs"), many.pop("scrapeConfigs")

    assert few == many
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert {key: it for key, it in after.items() if key != "hub-course"} == before


@pytest.mark.parametrize(
    ("cluster", "storage_class"),
    [("gke", "standard-rwo"), ("eks", "gp3"), ("existing", None)],
    indirect=["cluster"],
)
def test_metrics_and_boards_have_claims_of_their_own(
    cluster: ClusterConfig, storage_class: str | None
) -> None:
    assert claims(cluster) == (
        Claim(name="prometheus", gib=50, storage_class=storage_class),
        Claim(name="grafana", gib=10, storage_class=storage_class),
    )


def test_an_existing_cluster_may_name_the_class_of_such_volumes(existing: Raw) -> None:
    cluster = CLUSTER.validate_python(existing | {"storageClass": "block"})

    assert [claim.storage_class for claim in claims(cluster)] == ["block", "block"]


@given(
    storage=st.integers(min_value=GIB, max_value=2**50),
    days=st.integers(min_value=1, max_value=9999),
)
def test_metrics_never_fill_their_volume(storage: int, days: int) -> None:
    monitoring = {"storage": storage, "retention": f"{days}d"}
    cluster = CLUSTER.validate_python(EXISTING | {"monitoring": monitoring})
    server = prometheus_values(cluster, [])["server"]
    assert isinstance(server, dict)
    size = claims(cluster)[0].gib * GIB

    assert server["retention"] == f"{days}d"
    assert storage <= size < storage + GIB
    kept = int(str(server["retentionSize"]).removesuffix("B"))
    assert size * 80 // 100 == kept < size


def test_the_autoscaler_counts_placeholders_as_wanting_a_node_and_is_asked_for_metrics() -> None:
    assert autoscaler_values("readyroom-icesat2", "us-west-2") == {
        "autoDiscovery": {"clusterName": "readyroom-icesat2"},
        "awsRegion": "us-west-2",
        "cloudProvider": "aws",
        "nodeSelector": CORE,
        "podAnnotations": {"prometheus.io/scrape": "true", "prometheus.io/port": "8085"},
        "rbac": {"serviceAccount": {"name": "cluster-autoscaler"}},
        "fullnameOverride": "cluster-autoscaler",
        "resources": {
            "requests": {"cpu": "100m", "memory": "512Mi"},
            "limits": {"memory": "1Gi"},
        },
        "securityContext": {"runAsUser": 65534, "runAsGroup": 65534} | CONFINED,
        "containerSecurityContext": LOCKED_DOWN,
        "extraArgs": {"expendable-pods-priority-cutoff": -10},
    }
