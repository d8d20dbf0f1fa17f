"""Which charts are installed, and from where: the pinned place, or another one."""

import pytest

from hubs.charts import AUTOSCALER, GRAFANA, PROMETHEUS, Chart, jupyterhub, source
from hubs.cluster_parts import ChartName

HUB = jupyterhub("4.4.2")
NAMED: dict[ChartName, Chart] = {
    "jupyterhub": HUB,
    "prometheus": PROMETHEUS,
    "grafana": GRAFANA,
    "cluster-autoscaler": AUTOSCALER,
}
PINNED = {
    HUB: ("jupyterhub", "4.4.2", "https://hub.jupyter.org/helm-chart/"),
    PROMETHEUS: (
        "prometheus",
        "29.27.0",
        "https://prometheus-community.github.io/helm-charts",
    ),
    GRAFANA: ("oci://ghcr.io/grafana-community/helm-charts/grafana", "12.11.1", ""),
    AUTOSCALER: ("cluster-autoscaler", "9.59.0", "https://kubernetes.github.io/autoscaler"),
}


@pytest.mark.parametrize(("chart", "expected"), PINNED.items())
def test_charts_are_pinned(chart: Chart, expected: tuple[str, str, str]) -> None:
    assert (chart.reference, chart.version, chart.repo) == expected


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize(
    ("where", "repo"),
    [
        ("https://charts.example.edu/mirror", "https://charts.example.edu/mirror"),
        ("http://charts.internal", "http://charts.internal"),
        ("oci://registry.example.edu/charts/any", ""),
        ("./charts/any", ""),
        ("../charts/any-4.4.2.tgz", ""),
        ("/srv/charts/any", ""),
    ],
)
def test_a_chart_may_come_from_a_repository_a_registry_or_a_path(
    name: ChartName, where: str, repo: str
) -> None:
    chart = NAMED[name]

    found = source(chart, {name: where})

    # In a repository it is found by its name; elsewhere the source is the chart itself.
    assert (found.reference, found.repo) == (name if repo else where, repo)
    # The gate judges the version, wherever the chart comes from.
    assert (found.name, found.version) == (chart.name, chart.version)


def test_another_charts_source_changes_nothing() -> None:
    assert source(HUB, {"grafana": "./charts/grafana"}) == HUB
    assert source(HUB, {}) == HUB
