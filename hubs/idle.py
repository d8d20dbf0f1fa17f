"""What a stack costs in a month in which nobody comes, line by line. Pure.

Prices are those of us-central1 and us-east-1, but for machines, which have their region's.
Traffic, requests, logs, and what people store where storage has no size are not in it.
"""

from collections.abc import Iterator

from capacity.machines import prices
from capacity.storage.store import HOURS_PER_MONTH
from hubs.boot_disks import disk_store
from hubs.databases import wanting
from hubs.eks import EksConfig
from hubs.existing import ExistingConfig
from hubs.gke import GkeConfig
from hubs.idle_eks import eks_idle
from hubs.idle_gke import gke_idle
from hubs.idle_lines import IdleCost, stored
from hubs.monitoring import claims
from hubs.pools import Pool, pools
from hubs.stack import Stack

# A hub's own database on a file: z2jh 4.4.0 values.yaml, hub.db.pvc.storage.
_HUB_VOLUME_GIB = 1


def idle_costs(stack: Stack) -> tuple[IdleCost, ...]:
    """Return what a stack costs in 730 hours without events and users; nothing on own nodes."""
    cluster = stack.cluster
    if isinstance(cluster, ExistingConfig):
        return ()
    core = pools(cluster, stack.hubs, (), {})[0]
    rest = (
        gke_idle(cluster, len(stack.hubs))
        if isinstance(cluster, GkeConfig)
        else eks_idle(cluster, len(stack.hubs), len(wanting(stack.hubs)))
    )
    return (*_nodes(stack, cluster, core), *rest)


def _nodes(stack: Stack, cluster: GkeConfig | EksConfig, core: Pool) -> Iterator[IdleCost]:
    """Yield what is always on: the core nodes, their disks, and the volumes of what they run."""
    price = prices(cluster.provider).get((core.machine_type, cluster.region))
    told = f"{price.source} ({price.as_of})" if price else "no price known"
    each = price.micro_usd_per_hour * HOURS_PER_MONTH * core.min_nodes if price else None
    yield IdleCost(
        what="core nodes",
        micro_usd_per_month=each,
        because=f"{core.min_nodes} x {core.machine_type} in {cluster.region}, {told}",
    )
    yield stored("boot disks", disk_store(core.machine_type, core.disk.gib), core.min_nodes)
    files = sum(hub.database == "sqlite" for hub in stack.hubs)
    gib = sum(claim.gib for claim in claims(cluster)) + files * _HUB_VOLUME_GIB
    yield stored("volumes of hubs and metrics", disk_store(core.machine_type, gib))
