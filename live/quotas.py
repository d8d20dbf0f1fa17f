"""Reads the quotas of a stack from its cloud."""

from collections.abc import Mapping
from datetime import datetime

from capacity.quotas.snapshot import Snapshot
from hubs.eks import EksConfig
from hubs.gke import GkeConfig
from hubs.mistakes import Mistake, MistakesError
from hubs.names import cluster_name, cost_labels
from live import aws, aws_clients, gcp
from live.asked import Asked

# Where the provider looks for a project that the stack file does not name.
_PROJECT_VARIABLES = ("GOOGLE_PROJECT", "GOOGLE_CLOUD_PROJECT")


def read_quotas(
    stack: str, cluster: GkeConfig | EksConfig, now: datetime, environment: Mapping[str, str]
) -> Snapshot:
    """Return what the cloud of a stack says of its quotas.

    Raises:
        MistakesError: no project is named.
        UnreachableError: no credentials, no rights, or no answer.
    """
    asked = Asked(
        region=cluster.region,
        cluster=cluster_name(stack),
        label=cost_labels(stack)["readyroom-stack"],
        project=_project(cluster, environment) if isinstance(cluster, GkeConfig) else "",
        now=now,
    )
    if isinstance(cluster, GkeConfig):
        return gcp.read(asked, gcp.connect())
    return aws.read(asked, aws_clients.connect(cluster.region))


def _project(cluster: GkeConfig, environment: Mapping[str, str]) -> str:
    named = (cluster.project, *(environment.get(name) for name in _PROJECT_VARIABLES))
    found = next((name for name in named if name), None)
    if found is None:
        told = f"is missing; write it, or set {_PROJECT_VARIABLES[0]}"
        raise MistakesError([Mistake("cluster.project", told)])
    return found
