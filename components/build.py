"""A whole stack: one of three clusters, its monitoring, its hubs."""

from collections.abc import Mapping

import pulumi

from components.hub import JupyterHub, JupyterHubArgs
from components.interface import ClusterArgs, ClusterComponent
from components.monitoring import Monitoring, MonitoringArgs
from components.recovery import name_imports
from hubs.deployment import Deployment
from hubs.eks import EksConfig
from hubs.existing import ExistingConfig
from hubs.gke import GkeConfig
from hubs.names import cluster_name


def build(
    deployment: Deployment, secrets: Mapping[str, pulumi.Output[str]]
) -> tuple[Monitoring, list[JupyterHub]]:
    """Create everything that must exist; return the monitoring and the hubs."""
    stack = deployment.stack.name
    name_imports(stack)
    args = ClusterArgs(deployment=deployment, name=cluster_name(stack), secrets=secrets)
    cluster = _cluster(stack, args)
    inside = pulumi.ResourceOptions(provider=cluster.kubernetes, depends_on=cluster.ready)
    monitoring = Monitoring("monitoring", MonitoringArgs(deployment=deployment), inside)
    hubs = [
        JupyterHub(
            hub.config.name,
            JupyterHubArgs(
                hub=hub,
                parts=cluster.hubs[hub.config.name],
                secrets=secrets,
                tokens=monitoring.tokens[hub.config.name],
                replace=deployment.stack.replace,
            ),
            inside,
        )
        for hub in deployment.hubs
    ]
    return monitoring, hubs


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
    from components.gke.quotas import quota_check  # noqa: PLC0415 - only for its cloud

    # Budgets and quotas take no credentials of a person without a project that pays for the call.
    # Source: Google Cloud, "Troubleshoot your ADC setup", user credentials, 2026;
    # terraform-provider-google #18337 of Cloud Quotas, #24500.
    paying = config.project if config.budget or config.quota_check.live else None
    provider = gcp.Provider(
        f"{name}-gcp",
        project=config.project,
        region=config.region,
        default_labels=args.deployment.labels(),
        billing_project=paying,
        user_project_override=True if paying else None,
    )
    quota_check(name, config, args.deployment, provider)
    return GkeCluster(name, config, args, pulumi.ResourceOptions(provider=provider))


def _eks(name: str, config: EksConfig, args: ClusterArgs) -> ClusterComponent:
    import pulumi_aws as aws  # noqa: PLC0415 - only for its cloud

    from components.eks.cluster import EksCluster  # noqa: PLC0415 - only for its cloud
    from components.eks.quotas import quota_check  # noqa: PLC0415 - only for its cloud

    provider = aws.Provider(
        f"{name}-aws",
        region=config.region,
        default_tags={"tags": args.deployment.labels()},
    )
    quota_check(name, config, args.deployment, provider)
    return EksCluster(name, config, args, pulumi.ResourceOptions(provider=provider))
