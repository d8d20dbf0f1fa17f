"""A whole stack: one of three clusters, its monitoring, its hubs."""

from collections.abc import Mapping

import pulumi

from components.hub import JupyterHub, JupyterHubArgs
from components.interface import ClusterArgs, ClusterComponent
from components.monitoring import Monitoring, MonitoringArgs
from hubs.cluster import EksConfig, ExistingConfig, GkeConfig
from hubs.deployment import Deployment
from hubs.names import cluster_name, cost_labels


def build(deployment: Deployment, secrets: Mapping[str, pulumi.Output[str]]) -> list[JupyterHub]:
    """Create everything that must exist, and return the hubs."""
    stack = deployment.stack.name
    args = ClusterArgs(deployment=deployment, name=cluster_name(stack), secrets=secrets)
    cluster = _cluster(stack, args)
    inside = pulumi.ResourceOptions(provider=cluster.kubernetes, depends_on=cluster.ready)
    Monitoring("monitoring", MonitoringArgs(provider=deployment.cluster.provider), inside)
    return [
        JupyterHub(
            hub.config.name,
            JupyterHubArgs(hub=hub, homes=cluster.homes, secrets=secrets),
            inside,
        )
        for hub in deployment.hubs
    ]


def _cluster(name: str, args: ClusterArgs) -> ClusterComponent:
    """Create the cluster; a cloud's SDK is imported only where its cloud is meant."""
    match args.deployment.cluster:
        case GkeConfig() as config:
            return _gke(name, config, args)
        case EksConfig() as config:
            return _eks(name, config, args)
        case ExistingConfig() as config:
            from components.existing.cluster import ExistingCluster  # noqa: PLC0415 - only for its cloud

            return ExistingCluster(name, config, args)


def _gke(name: str, config: GkeConfig, args: ClusterArgs) -> ClusterComponent:
    import pulumi_gcp as gcp  # noqa: PLC0415 - only for its cloud

    from components.gke.cluster import GkeCluster  # noqa: PLC0415 - only for its cloud

    provider = gcp.Provider(
        f"{name}-gcp",
        project=config.project,
        region=config.region,
        default_labels=cost_labels(name),
    )
    return GkeCluster(name, config, args, pulumi.ResourceOptions(provider=provider))


def _eks(name: str, config: EksConfig, args: ClusterArgs) -> ClusterComponent:
    import pulumi_aws as aws  # noqa: PLC0415 - only for its cloud

    from components.eks.cluster import EksCluster  # noqa: PLC0415 - only for its cloud

    provider = aws.Provider(
        f"{name}-aws",
        region=config.region,
        default_tags={"tags": cost_labels(name)},
    )
    return EksCluster(name, config, args, pulumi.ResourceOptions(provider=provider))
