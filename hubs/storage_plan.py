"""The figures of an event's storage: what holds the homes, and the disk of its nodes. Pure."""

from capacity.nodes import Node
from capacity.planned import Figure
from capacity.storage.boot import boot_disk
from capacity.storage.figures import storage_figures
from capacity.storage.judgement import judge
from capacity.storage.store import Store
from hubs.boot_disks import disk_store, event_disk
from hubs.cluster import ClusterConfig
from hubs.event import EventConfig
from hubs.hub import HubConfig
from hubs.storage import better_stores, home_store, storage_need


def storage_plan(
    cluster: ClusterConfig, event: EventConfig, hub: HubConfig, node: Node, users_per_node: int
) -> tuple[Figure, ...]:
    """Return the figures of an event's storage; none where the files say too little of it.

    Raises:
        NotSoldError: the capacity of the homes is not one that is sold.
    """
    need = storage_need(event, users_per_node)
    store = None if need is None else home_store(cluster, need.stored)
    if need is None or store is None:
        return ()
    better: tuple[Store, ...] = ()
    if not judge(need.demand(), store).passes:
        better = better_stores(cluster, need)
    boot = None
    if cluster.provider != "existing":
        gib = event_disk(event, hub, node.name, users_per_node).gib
        disk = disk_store(node.name, gib)
        boot = boot_disk(need, hub.image.size, cluster.provider, disk, gib)
    return storage_figures(need, store, better, boot)
