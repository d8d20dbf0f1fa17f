"""Monitoring: both releases, what stays when they go, and what boards are read by."""

from collections.abc import Callable
from typing import Any

import pytest
from pulumi.runtime.proto.resource_pb2 import RegisterResourceRequest
from pydantic import TypeAdapter

from hubs.cluster import ClusterConfig
from hubs.grafana import grafana_hub, grafana_values
from hubs.hub import HubConfig
from hubs.monitoring import prometheus_values
from preview.monitor import RecordingMonitor
from tests.components.watched_monitoring import CLOUD, HUB, SHOWN, made, sent, watched

Raw = dict[str, Any]
Inputs = Callable[[str, str, str], Raw]
Ran = Callable[[str], RecordingMonitor]
Requests = Callable[[str, str], dict[str, RegisterResourceRequest]]

CLUSTER: TypeAdapter[ClusterConfig] = TypeAdapter(ClusterConfig)
RELEASE = "kubernetes:helm.sh/v3:Release"
CLAIM = "PersistentVolumeClaim monitoring"
PASSWORD = "random:index/randomPassword:RandomPassword"  # noqa: S105 - a type


def values_of(*hubs: str, **monitoring: object) -> tuple[Raw, Raw]:
    """Return the values that both charts should have."""
    cluster = CLUSTER.validate_python(CLOUD | {"monitoring": monitoring})
    configs = [HubConfig.model_validate(HUB | {"name": name}) for name in hubs]
    grafana = grafana_values(cluster, grafana_hub(cluster, configs))
    return prometheus_values(cluster, hubs), grafana


@pytest.mark.parametrize("monitoring", [{}, SHOWN])
def test_both_charts_are_pinned_and_come_from_where_they_are_made(
    ran: Ran, monitoring: Raw
) -> None:
    found = made(ran(watched(**monitoring)))
    prometheus, grafana = values_of("lab", **monitoring)
    both: Raw = {
        "namespace": "monitoring",
        "maxHistory": 10,
        "skipAwait": False,
        "timeout": 900,
        "compat": "true",
    }

    assert found[f"{RELEASE} monitoring-prometheus"] == both | {
        "name": "prometheus",
        "chart": "prometheus",
        "version": "29.27.0",
        "repositoryOpts": {"repo": "https://prometheus-community.github.io/helm-charts"},
        "values": prometheus,
    }
    assert found[f"{RELEASE} monitoring-grafana"] == both | {
        "name": "grafana",
        "chart": "oci://ghcr.io/grafana-community/helm-charts/grafana",
        "version": "12.11.1",
        "values": grafana,
    }
    assert len([key for key in found if key.startswith(RELEASE)]) == 2


def test_charts_come_from_elsewhere_where_a_cluster_says_so(ran: Ran) -> None:
    charts = {"grafana": "oci://registry.example.org/charts/grafana"}
    found = made(ran(watched(["lab"], charts)))

    assert found[f"{RELEASE} monitoring-grafana"]["chart"] == charts["grafana"]
    assert found[f"{RELEASE} monitoring-prometheus"]["chart"] == "prometheus"


def test_the_component_says_what_the_stack_file_says(ran: Ran) -> None:
    found = made(ran(watched(retention="60d", storage="100Gi", **SHOWN)))

    assert found["readyroom:monitoring:Monitoring monitoring"] == {
        "retention": 60 * 86_400,
        "storage": 100 * 2**30,
        "grafana": SHOWN["grafana"],
    }


@pytest.mark.parametrize(("stack", "protected"), [("workshop", False), ("campus", True)])
def test_metrics_and_their_namespace_stay_and_bar_the_end_of_no_cluster_of_ours(
    stack: str,
    protected: bool,  # noqa: FBT001 - a row of a table
    requests: Requests,
) -> None:
    kept = {
        key: (it.protect, it.retainOnDelete)
        for key, it in requests(stack, "quiet").items()
        if it.retainOnDelete and it.name.startswith("monitoring")
    }

    names = ("Namespace monitoring", f"{CLAIM}-prometheus", f"{CLAIM}-grafana")
    assert kept == {f"kubernetes:core/v1:{name}": (protected, True) for name in names}


def test_metrics_and_boards_are_on_claims_of_ours(ran: Ran) -> None:
    found = made(ran(watched(storage="100Gi")))

    for name, size in (("prometheus", "100Gi"), ("grafana", "10Gi")):
        assert found[f"kubernetes:core/v1:{CLAIM}-{name}"] == {
            "apiVersion": "v1",
            "kind": "PersistentVolumeClaim",
            "metadata": {
                "name": name,
                "namespace": "monitoring",
                "labels": {"readyroom-stack": "dev", "readyroom-cost-centre": "teaching"},
            },
            "spec": {
                "accessModes": ["ReadWriteOnce"],
                "storageClassName": "standard-rwo",
                "resources": {"requests": {"storage": size}},
            },
        }


def test_an_existing_cluster_has_a_default_class_for_such_volumes(inputs: Inputs) -> None:
    claim = "kubernetes:core/v1:PersistentVolumeClaim monitoring-prometheus"

    assert inputs("campus", "quiet", claim)["spec"] == {
        "accessModes": ["ReadWriteOnce"],
        "resources": {"requests": {"storage": "50Gi"}},
    }


def test_only_what_looks_at_hosts_may_look_at_hosts(ran: Ran) -> None:
    found = made(ran(watched()))
    level = "pod-security.kubernetes.io/enforce"

    start = "kubernetes:core/v1:Namespace "
    assert {key: it["metadata"] for key, it in found.items() if key.startswith(start)} == {
        f"{start}monitoring": {"name": "monitoring", "labels": {level: "restricted"}},
        f"{start}monitoring-nodes": {"name": "node-metrics", "labels": {level: "privileged"}},
    }


def test_boards_are_read_by_a_role_that_reads_no_secret(ran: Ran) -> None:
    found = made(ran(watched()))[
        "kubernetes:rbac.authorization.k8s.io/v1:Role monitoring-grafana-boards"
    ]

    assert found == {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "Role",
        "metadata": {"name": "grafana-boards", "namespace": "monitoring"},
        "rules": [
            {"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get", "list", "watch"]}
        ],
    }


def test_releases_come_after_all_that_they_need(ran: Ran) -> None:
    requests = sent(ran(watched(**SHOWN)))
    others = {
        f"{key.split(' ')[0]} {it.name}"
        for key, it in requests.items()
        if it.parent.endswith("Monitoring::monitoring")
        and it.type not in (RELEASE, PASSWORD)
        and key != "kubernetes:core/v1:Namespace monitoring"
    }

    assert len(others) == 10
    for name in ("prometheus", "grafana"):
        awaited = requests[f"{RELEASE} monitoring-{name}"].dependencies
        assert {urn.rsplit("$", 1)[-1].replace("::", " ") for urn in awaited} == others


def test_one_hub_more_changes_nothing_of_another(ran: Ran) -> None:
    few, many = (made(ran(watched(hubs, **SHOWN))) for hubs in (["lab"], ["course", "lab"]))

    changed = {key for key, it in few.items() if many[key] != it}
    assert changed == {
        f"{RELEASE} monitoring-prometheus",
        "kubernetes:core/v1:ConfigMap told",
    }
    assert many.keys() - few.keys() == {
        f"{PASSWORD} course-prometheus-token",
        "kubernetes:core/v1:Secret course-services",
    }
