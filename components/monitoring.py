"""Prometheus and Grafana in a namespace of their own."""

from dataclasses import dataclass

import pulumi
import pulumi_kubernetes as k8s

from components.release import ReleaseArgs, release
from hubs.cluster import Provider
from hubs.monitoring import GRAFANA, PROMETHEUS, grafana_values, prometheus_values
from hubs.names import MONITORING


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringArgs:
    """Arguments of `Monitoring`: where it runs decides selectors and storage."""

    provider: Provider


class Monitoring(pulumi.ComponentResource):
    """A Prometheus that keeps 30 days, and a Grafana that reads it.

    Destroying it loses the recorded metrics.
    """

    namespace: str

    def __init__(
        self, name: str, args: MonitoringArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        """Create the namespace and both releases."""
        super().__init__("readyroom:monitoring:Monitoring", name, {"provider": args.provider}, opts)
        self.namespace = MONITORING
        space = k8s.core.v1.Namespace(
            name, metadata={"name": MONITORING}, opts=pulumi.ResourceOptions(parent=self)
        )
        inside = pulumi.ResourceOptions(parent=self, depends_on=[space])
        prometheus = ReleaseArgs(
            chart=PROMETHEUS,
            name="prometheus",
            namespace=MONITORING,
            values=prometheus_values(args.provider),
        )
        grafana = ReleaseArgs(
            chart=GRAFANA,
            name="grafana",
            namespace=MONITORING,
            values=grafana_values(args.provider),
        )
        release(f"{name}-prometheus", prometheus, inside)
        release(f"{name}-grafana", grafana, inside)
        self.register_outputs({"namespace": MONITORING})
