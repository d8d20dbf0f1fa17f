"""What an event asks of the storage of its cluster, and what of it the gate must know. Pure."""

from capacity.storage.declared import declared, enough
from capacity.storage.efs import efs, faster
from capacity.storage.filestore import bigger, filestore
from capacity.storage.need import StorageNeed
from capacity.storage.store import Store
from hubs.cluster import ClusterConfig
from hubs.eks import EksConfig
from hubs.event import EventConfig
from hubs.gke import GkeConfig
from hubs.hub import HubConfig
from hubs.values_access import Values


def storage_need(event: EventConfig, users_per_node: int) -> StorageNeed | None:
    """Return what an event's users move; None where the stack file does not say."""
    config = event.storage
    if config is None:
        return None
    arrive = event.arrivals.seconds(event.users)
    return StorageNeed(
        users=event.users,
        arrive=arrive,
        within=config.within or arrive,
        users_per_node=users_per_node,
        shared_read=config.shared_read_per_user or 0,
        home_write=config.home_write_per_user or 0,
        scratch=config.scratch_per_user or 0,
    )


def storage_facts(event: EventConfig, hub: HubConfig) -> Values:
    """Return what the gate must know of an event's data; empty where nothing is said."""
    need = storage_need(event, 1)
    if need is None:
        return {}
    return {
        "storage": {
            "arrive": need.arrive,
            "within": need.within,
            "sharedRead": need.shared_read,
            "homeWrite": need.home_write,
            "scratch": need.scratch,
            "image": hub.image.size,
        }
    }


def home_store(cluster: ClusterConfig, stored: int) -> Store | None:
    """Return what holds the homes of a cluster; None where nobody says what it can do.

    Raises:
        NotSoldError: its capacity is not one that is sold.
    """
    if isinstance(cluster, GkeConfig):
        return filestore(cluster.homes.tier, cluster.homes.capacity_gib)
    if isinstance(cluster, EksConfig):
        return efs(cluster.homes.throughput_mode, cluster.homes.throughput or 0, stored)
    throughput = cluster.homes.throughput
    return None if throughput is None else declared(throughput)


def better_stores(cluster: ClusterConfig, need: StorageNeed) -> tuple[Store, ...]:
    """Return the smallest settings of a cluster's homes that meet a need, if any do."""
    demand = need.demand()
    if isinstance(cluster, GkeConfig):
        return bigger(demand, cluster.homes.tier, cluster.homes.capacity_gib)
    if isinstance(cluster, EksConfig):
        homes = cluster.homes
        return faster(demand, homes.throughput_mode, homes.throughput or 1, need.stored)
    return enough(demand)
