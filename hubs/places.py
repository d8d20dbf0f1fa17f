"""Where a hub's users run at an instant: on the usual pool, or on that of an event. Pure."""

from hubs.active import EventNow
from hubs.cluster import ClusterConfig
from hubs.existing import ExistingConfig
from hubs.hub import HubConfig
from hubs.offers import declared, offer
from hubs.pools import event_pool, usual_pool
from hubs.values_place import Place


def place_of(cluster: ClusterConfig, hub: HubConfig, event: EventNow | None) -> Place:
    """Return where a hub's users run.

    Args:
        cluster: Where the hub is.
        hub: The hub.
        event: What is on at the hub; None for its usual place.
    """
    if isinstance(cluster, ExistingConfig):
        node, selector = declared(cluster.nodes), dict(cluster.nodes.labels)
        return Place(cluster=cluster, node=node, selector=selector)
    pool = usual_pool(cluster, hub) if event is None else event_pool(cluster, event.planned)
    return Place(cluster=cluster, node=offer(cluster, pool.machine_type).node, selector=pool.labels)
