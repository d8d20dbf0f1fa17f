"""Whether the clouds sell the storage that a stack file asks for. Pure."""

from collections.abc import Callable, Iterator

from capacity.storage.filestore import filestore
from capacity.storage.lustre import lustre
from capacity.storage.store import NotSoldError, Store
from hubs.cluster import ClusterConfig
from hubs.cluster_parts import Capacity
from hubs.eks import EksConfig, LustreConfig
from hubs.fields import in_units
from hubs.gke import FilestoreConfig, GkeConfig
from hubs.mistakes import Mistake


def check_storage(cluster: ClusterConfig) -> Iterator[Mistake]:
    """Yield the capacities of a cluster that its cloud does not sell, with the nearest it does.

    What is sold is not rounded to: it would cost more than was asked for, or hold less.
    """
    if isinstance(cluster, GkeConfig):
        yield from _unsold("cluster.homes", cluster.homes, lambda: _filestore(cluster.homes))
        fast = cluster.fast_storage
        if fast is not None:
            yield from _unsold("cluster.fastStorage", fast, lambda: _filestore(fast))
    elif isinstance(cluster, EksConfig) and cluster.fast_storage is not None:
        files = cluster.fast_storage
        yield from _unsold("cluster.fastStorage", files, lambda: _lustre(files))


def _filestore(config: FilestoreConfig) -> Store:
    return filestore(config.tier, config.capacity_gib)


def _lustre(config: LustreConfig) -> Store:
    return lustre(f"persistent-2-{config.throughput_per_tib}", config.capacity_gib)


def _unsold(where: str, asked: Capacity, bought: Callable[[], Store]) -> Iterator[Mistake]:
    try:
        bought()
    except NotSoldError as error:
        yield Mistake(f"{where}.capacity", f"found {in_units(asked.capacity)}; {error}")
