"""The figures of an event's storage: what holds the homes, and the disk of its nodes. Pure."""

from capacity.planned import Figure
from capacity.storage.boot import BootDisk, boot_disk, eks_boot_disk, gke_boot_disk
from capacity.storage.figures import storage_figures
from capacity.storage.judgement import judge
from capacity.storage.need import StorageNeed
from capacity.storage.store import Store
from hubs.cluster import BOOT_DISK_GB, ClusterConfig, Provider
from hubs.event import EventConfig
from hubs.hub import HubConfig
from hubs.storage import better_stores, home_store, storage_need


def storage_plan(
    cluster: ClusterConfig, event: EventConfig, hub: HubConfig, users_per_node: int
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
    return storage_figures(need, store, better, _boot(cluster.provider, hub, need))


def _boot(provider: Provider, hub: HubConfig, need: StorageNeed) -> BootDisk | None:
    if provider == "existing":
        return None
    disk = (
        gke_boot_disk("pd-balanced", BOOT_DISK_GB)
        if provider == "gke"
        else eks_boot_disk(BOOT_DISK_GB)
    )
    return boot_disk(need, hub.image.size, provider, disk, BOOT_DISK_GB)
