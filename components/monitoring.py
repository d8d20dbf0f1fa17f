"""Prometheus and Grafana in a namespace of their own, which keeps what they hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_kubernetes as k8s

from components.interface import retained
from components.monitoring_network import policies
from components.release import ReleaseArgs, release
from components.service_tokens import Tokens, access_secret, hub_tokens_secret, service_tokens
from hubs.charts import GRAFANA, PROMETHEUS, Chart
from hubs.confinement import POD_SECURITY
from hubs.deployment import Deployment
from hubs.grafana import BOARDS_ROLE, grafana_hub, grafana_values
from hubs.hub import HubConfig
from hubs.monitoring import Claim, claims, prometheus_values
from hubs.names import MONITORING, NODE_METRICS
from hubs.props import props
from hubs.values_access import Values


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringArgs:
    """Arguments of `Monitoring`.

    Attributes:
        deployment: Which hubs are watched, and what the cluster says of monitoring.
    """

    deployment: Deployment


class Monitoring(pulumi.ComponentResource):
    """A Prometheus that watches hubs, nodes and Kubernetes, and a Grafana that reads it.

    Destroying it keeps both volumes, and the namespace that their claims are in.
    """

    namespace: str
    tokens: Tokens
    admin_password: pulumi.Output[str]

    def __init__(
        self, name: str, args: MonitoringArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        """Create namespaces, claims, secrets and policies, then both releases."""
        config = args.deployment.cluster.monitoring
        super().__init__("readyroom:monitoring:Monitoring", name, props(config), opts)
        self.namespace = MONITORING
        child = pulumi.ResourceOptions(parent=self)
        keep = pulumi.ResourceOptions.merge(child, _kept(args.deployment))
        # Claims go with their namespace, so it is kept like them.
        space = _namespace(name, MONITORING, "restricted", keep)
        inside = pulumi.ResourceOptions(parent=self, depends_on=[space])
        hubs = [hub.config for hub in args.deployment.hubs]
        shown = grafana_hub(args.deployment.cluster, hubs)
        self.tokens = service_tokens(hubs, shown, child)
        access, self.admin_password = access_secret(name, self.tokens, shown, inside)
        needed = [
            # Who looks at a host itself is apart from who knows the tokens of hubs.
            _namespace(f"{name}-nodes", NODE_METRICS, "privileged", child),
            *_claims(name, args.deployment, space, child),
            hub_tokens_secret(name, self.tokens, inside),
            access,
            _boards_role(name, inside),
            *policies(name, shown, inside),
        ]
        self._releases(name, args.deployment, hubs, needed)
        self.register_outputs({"namespace": MONITORING})

    def _releases(
        self,
        name: str,
        deployment: Deployment,
        hubs: Sequence[HubConfig],
        needed: list[pulumi.Resource],
    ) -> None:
        cluster = deployment.cluster
        prometheus = prometheus_values(cluster, [hub.name for hub in hubs])
        grafana = grafana_values(cluster, grafana_hub(cluster, hubs))
        wanted: list[tuple[Chart, Values]] = [(PROMETHEUS, prometheus), (GRAFANA, grafana)]
        after = pulumi.ResourceOptions(parent=self, depends_on=needed)
        for chart, values in wanted:
            args = ReleaseArgs(
                chart=chart,
                name=chart.name,
                namespace=MONITORING,
                values=values,
                charts=cluster.charts,
            )
            release(f"{name}-{chart.name}", args, after)


def _namespace(
    logical: str, name: str, level: str, opts: pulumi.ResourceOptions
) -> k8s.core.v1.Namespace:
    """Create a namespace whose pods may do no more than a level of Pod Security Standards."""
    labels: Mapping[str, str] = {POD_SECURITY: level}
    return k8s.core.v1.Namespace(logical, metadata={"name": name, "labels": labels}, opts=opts)


def _claims(
    name: str, deployment: Deployment, space: pulumi.Resource, opts: pulumi.ResourceOptions
) -> list[pulumi.Resource]:
    """Create the claims that both releases mount: those of a chart would go with it."""
    after = pulumi.ResourceOptions(depends_on=[space])
    kept = pulumi.ResourceOptions.merge(opts, _kept(deployment))
    keep = pulumi.ResourceOptions.merge(kept, after)
    return [
        k8s.core.v1.PersistentVolumeClaim(
            f"{name}-{claim.name}",
            metadata={
                "name": claim.name,
                "namespace": MONITORING,
                "labels": deployment.labels(),
            },
            spec={
                "access_modes": ["ReadWriteOnce"],
                "resources": {"requests": {"storage": f"{claim.gib}Gi"}},
                **_class(claim),
            },
            opts=keep,
        )
        for claim in claims(deployment.cluster)
    ]


def _kept(deployment: Deployment) -> pulumi.ResourceOptions:
    """Return how metrics are kept: their disks outlive their claims, and a cluster of ours.

    A protected claim would keep a whole cluster from `destroy`, with all its nodes; one that is
    only retained leaves its disk. Where the cluster is not ours, nothing else holds the data.
    """
    own = deployment.cluster.provider != "existing"
    return pulumi.ResourceOptions(retain_on_delete=True) if own else retained()


def _class(claim: Claim) -> k8s.core.v1.PersistentVolumeClaimSpecArgsDict:
    return {} if claim.storage_class is None else {"storage_class_name": claim.storage_class}


def _boards_role(name: str, opts: pulumi.ResourceOptions) -> k8s.rbac.v1.Role:
    """Create what the chart gives to Grafana: its own role would read secrets, too."""
    return k8s.rbac.v1.Role(
        f"{name}-{BOARDS_ROLE}",
        metadata={"name": BOARDS_ROLE, "namespace": MONITORING},
        rules=[
            {"api_groups": [""], "resources": ["configmaps"], "verbs": ["get", "list", "watch"]}
        ],
        opts=opts,
    )
