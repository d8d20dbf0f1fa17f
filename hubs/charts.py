"""Helm charts that are installed: which, at which exact version, and from where. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from hubs.cluster_parts import ChartName


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A Helm chart at an exact version.

    Attributes:
        name: What its repository calls it.
        version: Its exact version. Helm looks for it in a repository or a registry; of a chart
            on a path it takes what is there, and the version says what that should be.
        source: Address of a repository, `oci://` reference of the chart itself, or a path to it,
            which begins with a dot or a slash.
    """

    name: str
    version: str
    source: str

    @property
    def reference(self) -> str:
        """Return what Helm is asked to install."""
        return self.name if self.repo else self.source

    @property
    def repo(self) -> str:
        """Return the repository in which Helm looks for it; empty where it needs none."""
        return "" if self.source.startswith(("oci://", ".", "/")) else self.source


# Versions: newest seen in August 2026; grafana moved to the community's registry.
PROMETHEUS = Chart(
    name="prometheus",
    version="29.27.0",
    source="https://prometheus-community.github.io/helm-charts",
)
GRAFANA = Chart(
    name="grafana",
    version="12.11.1",
    source="oci://ghcr.io/grafana-community/helm-charts/grafana",
)
AUTOSCALER = Chart(
    name="cluster-autoscaler",
    # Its application is 1.35, the minor version of the default cluster.
    version="9.59.0",
    source="https://kubernetes.github.io/autoscaler",
)


def jupyterhub(version: str) -> Chart:
    """Return the chart of a hub, at the version that its file says."""
    return Chart(name="jupyterhub", version=version, source="https://hub.jupyter.org/helm-chart/")


def source(chart: Chart, charts: Mapping[ChartName, str]) -> Chart:
    """Return a chart as a stack file wants it: from somewhere else, or from where it is made.

    Args:
        chart: Which, and at which version; both stay as they are.
        charts: Other sources by the chart's name, as `cluster.charts` has them.
    """
    other = [where for name, where in charts.items() if name == chart.name]
    return replace(chart, source=other[0]) if other else chart
