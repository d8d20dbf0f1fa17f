"""How large a stack may grow: every pool that its file can bring about, at its most nodes. Pure."""

from collections.abc import Iterator
from datetime import datetime
from ipaddress import ip_network

from capacity.machines import find
from capacity.quotas.footprint import FileShare, Footprint, PoolSize
from capacity.quotas.need import Need, largest
from capacity.quotas.needs import needs
from hubs.active import PlannedEvent, at, phase_changes
from hubs.deployment import deployment
from hubs.eks import EksConfig
from hubs.existing import ExistingConfig
from hubs.gke import GkeConfig
from hubs.home_times import largest_size
from hubs.monitoring import claims
from hubs.network import GKE_PODS, private_cidr
from hubs.pools import Pool
from hubs.stack import Stack

# A hub's database beside its homes, in GiB: z2jh 4.4.0 values.yaml, hub.db.pvc.storage.
_HUB_VOLUME_GB = 1
# AWS keeps the first four addresses of a subnet and the last.
# Source: Amazon VPC user guide, "Subnet sizing".
_KEPT_BY_AWS = 5


def stack_needs(stack: Stack, events: tuple[PlannedEvent, ...], now: datetime) -> list[Need]:
    """Return the largest need of each quota, over all times of all events of a stack's file.

    Pools of events count together where they exist at the same time, with the core pool and
    the usual pools. `now` decides nothing unless there are no events.
    """
    return largest(needs(footprint) for footprint in footprints(stack, events, now))


def footprints(
    stack: Stack, events: tuple[PlannedEvent, ...], now: datetime
) -> Iterator[Footprint]:
    """Yield the footprint of every set of pools that exists at some time; none of own nodes."""
    cluster = stack.cluster
    if isinstance(cluster, ExistingConfig):
        return
    shares = tuple(_file_shares(cluster, events))
    for instant in _instants(events, now):
        pools = deployment(stack, events, instant).pools
        yield footprint(cluster, pools, len(stack.hubs), shares)


def _instants(events: tuple[PlannedEvent, ...], now: datetime) -> list[datetime]:
    """Return one instant for every set of events whose pools exist together."""
    found: dict[frozenset[str], datetime] = {}
    for instant in (*phase_changes(events), now):
        present = frozenset(event.config.name for event in events if at(event, instant).has_pool)
        found.setdefault(present, instant)
    return list(found.values())


def _file_shares(
    cluster: GkeConfig | EksConfig, events: tuple[PlannedEvent, ...]
) -> Iterator[FileShare]:
    """Yield what holds files on Filestore, homes as large as any event makes them."""
    if not isinstance(cluster, GkeConfig):
        return
    homes, fast = cluster.homes, cluster.fast_storage
    gib = largest_size(cluster, events) or homes.capacity_gib
    name = "homes" if gib == homes.capacity_gib else "homes while events need it"
    yield FileShare(name=name, tier=homes.tier, gib=gib)
    if fast is not None:
        yield FileShare(name="fast storage", tier=fast.tier, gib=fast.capacity_gib)


def footprint(
    cluster: GkeConfig | EksConfig,
    pools: tuple[Pool, ...],
    hub_count: int,
    file_shares: tuple[FileShare, ...],
) -> Footprint:
    """Return the footprint of a cluster with some pools and hubs, as components create it."""
    gke = isinstance(cluster, GkeConfig)
    return Footprint(
        cloud=cluster.provider,
        pools=tuple(_pool(pool) for pool in pools),
        # On EKS every group is in the first zone alone.
        zones=len(cluster.zones) if gke else 1,
        nat_gateways=_gateways(cluster),
        load_balancers=hub_count,
        volume_gb=hub_count * _HUB_VOLUME_GB + sum(claim.gib for claim in claims(cluster)),
        clusters=1,
        file_systems=0 if gke else 1,
        file_shares=file_shares,
        pod_addresses=ip_network(GKE_PODS).num_addresses if gke else _subnet_room(),
    )


def _pool(pool: Pool) -> PoolSize:
    machine = find(pool.machine_type)
    return PoolSize(
        name=pool.name,
        machine_type=machine.name,
        vcpus=machine.vcpus,
        max_nodes=pool.max_nodes,
        disk_gb=pool.disk.gib,
        disk_type=pool.disk.kind,
        spot=pool.spot,
        gpus=machine.gpus,
        gpu_type=machine.gpu_model,
        pods=pool.allocatable.pods,
    )


def _gateways(cluster: GkeConfig | EksConfig) -> int:
    per_zone = isinstance(cluster, EksConfig) and cluster.nat_gateways == "perZone"
    return len(cluster.zones) if per_zone else 1


def _subnet_room() -> int:
    return ip_network(private_cidr("a")).num_addresses - _KEPT_BY_AWS
