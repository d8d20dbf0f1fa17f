"""Lists what carries a stack's tags, from its cloud."""

from collections.abc import Mapping

from hubs.eks import EksConfig
from hubs.gke import GkeConfig
from hubs.mistakes import Mistake, MistakesError
from hubs.names import cluster_name, cost_labels
from hubs.orphans import STACK_TAG, Thing
from live import aws_clients, aws_tagged, gcp_assets
from live.orphans_asked import Carrying


def list_things(
    stack: str, cluster: GkeConfig | EksConfig, place: Mapping[str, str]
) -> list[Thing]:
    """Return what the cloud of a stack lists as the stack's.

    Args:
        stack: The stack's name.
        cluster: What its file says of the cluster.
        place: `project` of the provider that the program uses, on Google Cloud.

    Raises:
        MistakesError: no project is named.
        UnreachableError: no credentials, no rights, or no answer.
    """
    label = cost_labels(stack)[STACK_TAG]
    if isinstance(cluster, EksConfig):
        carrying = Carrying(region=cluster.region, label=label, prefixes=_prefixes(stack))
        worldwide = aws_clients.connect(aws_tagged.GLOBAL_REGION)
        return aws_tagged.read(carrying, aws_clients.connect(cluster.region), worldwide)
    if not place.get("project"):
        told = "is missing; write it, or set GOOGLE_PROJECT"
        raise MistakesError([Mistake("cluster.project", told)])
    carrying = Carrying(region=cluster.region, label=label, project=place["project"])
    return gcp_assets.read(carrying, gcp_assets.connect())


def _prefixes(stack: str) -> tuple[str, ...]:
    """Return how role names begin: ours, and those of the component that makes the cluster."""
    ours = cluster_name(stack).partition("-")[0]
    return (f"{ours}-", f"{stack}-cluster-")
