"""Prometheus and Grafana in a namespace of their own, pinned, on each provider."""

from collections.abc import Callable
from typing import Any

import pytest

from hubs.cluster import Provider
from hubs.monitoring import grafana_values, prometheus_values

Inputs = Callable[[str, str, str], dict[str, Any]]

PROVIDERS: list[tuple[str, Provider]] = [
    ("campus", "existing"),
    ("icesat2", "eks"),
    ("workshop", "gke"),
]
on_each = pytest.mark.parametrize(("stack", "provider"), PROVIDERS)
RELEASE = "kubernetes:helm.sh/v3:Release monitoring"


@on_each
def test_prometheus_is_pinned_and_comes_from_its_own_repository(
    stack: str, provider: Provider, inputs: Inputs
) -> None:
    assert inputs(stack, "quiet", f"{RELEASE}-prometheus") == {
        "name": "prometheus",
        "namespace": "monitoring",
        "chart": "prometheus",
        "version": "29.27.0",
        "repositoryOpts": {"repo": "https://prometheus-community.github.io/helm-charts"},
        "values": prometheus_values(provider),
        "maxHistory": 10,
        "skipAwait": False,
        "timeout": 900,
        "compat": "true",
    }


@on_each
def test_grafana_is_pinned_and_comes_from_an_oci_registry_without_a_repository(
    stack: str, provider: Provider, inputs: Inputs
) -> None:
    assert inputs(stack, "quiet", f"{RELEASE}-grafana") == {
        "name": "grafana",
        "namespace": "monitoring",
        "chart": "oci://ghcr.io/grafana-community/helm-charts/grafana",
        "version": "12.11.1",
        "values": grafana_values(provider),
        "maxHistory": 10,
        "skipAwait": False,
        "timeout": 900,
        "compat": "true",
    }


@on_each
def test_the_component_says_where_it_runs(stack: str, provider: Provider, inputs: Inputs) -> None:
    found = inputs(stack, "quiet", "readyroom:monitoring:Monitoring monitoring")

    assert found == {"provider": provider}
    assert inputs(stack, "quiet", "kubernetes:core/v1:Namespace monitoring") == {
        "apiVersion": "v1",
        "kind": "Namespace",
        "metadata": {"name": "monitoring"},
    }
