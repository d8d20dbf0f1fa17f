"""What a cloud may upgrade by itself during an event. Pure."""

from collections.abc import Sequence
from datetime import datetime

from hubs.active import EventNow
from hubs.cluster import ClusterConfig
from hubs.eks import EksConfig
from hubs.gke import GkeConfig
from hubs.maintenance import maintenance
from hubs.support import support_warnings


def upgrade_warnings(
    cluster: ClusterConfig, events: Sequence[EventNow], now: datetime
) -> tuple[str, ...]:
    """Return what to tell people of upgrades that nobody asks for, at an instant."""
    if isinstance(cluster, GkeConfig):
        return maintenance(cluster, events, now).warnings
    if isinstance(cluster, EksConfig):
        return support_warnings(cluster.kubernetes_version, events, now)
    return ()
