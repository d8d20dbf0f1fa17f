"""The names of what a stack remembers: clusters, and what holds people's data. Pure."""

from collections.abc import Iterator, Sequence

from hubs.claims import claims
from hubs.cluster import ClusterConfig
from hubs.existing import ExistingConfig
from hubs.gke import GkeConfig
from hubs.hub import HubConfig


def kept_names(stack: str, cluster: ClusterConfig, hubs: Sequence[HubConfig]) -> frozenset[str]:
    """Return the logical names of everything that is replaced only if config names it."""
    if isinstance(cluster, ExistingConfig):
        return frozenset(_on_classes(cluster, hubs))
    found = {f"{stack}-cluster", f"{stack}-homes"}
    if cluster.fast_storage is not None:
        found.add(f"{stack}-fast")
    found |= {f"{stack}-bucket-{bucket.name}" for hub in hubs for bucket in hub.buckets}
    wanting = [hub.name for hub in hubs if hub.database == "postgres"]
    found |= {f"{stack}-{hub}-database" for hub in wanting}
    if isinstance(cluster, GkeConfig):
        found |= set(_on_gke(stack, cluster))
    return frozenset(found)


def _on_gke(stack: str, cluster: GkeConfig) -> Iterator[str]:
    if cluster.database is not None:
        yield f"{stack}-database"
    for share, config in (("homes", cluster.homes), ("fast", cluster.fast_storage)):
        if config is not None and config.backed_up:
            yield f"{stack}-{share}-backups"


def _on_classes(cluster: ExistingConfig, hubs: Sequence[HubConfig]) -> Iterator[str]:
    """Yield the claims that hold homes themselves, and the namespaces that they are in."""
    if cluster.homes.storage_class is None:
        return
    for hub in hubs:
        yield hub.name
        yield from (f"{hub.name}-{claim}" for claim in claims("existing", hub))
