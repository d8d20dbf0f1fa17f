"""Where a hub's users run, as its chart values need it. Pure."""

from dataclasses import dataclass

from capacity.nodes import Node
from hubs.cluster import ClusterConfig
from hubs.cluster_parts import Provider


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a hub's users run: the cluster, the node of their pool, its selector."""

    cluster: ClusterConfig
    node: Node
    selector: dict[str, str]

    @property
    def provider(self) -> Provider:
        """Return who has the cluster."""
        return self.cluster.provider

    @property
    def own_pools(self) -> bool:
        """Return whether nodes carry our labels and taints."""
        return self.provider != "existing"
