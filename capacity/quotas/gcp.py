"""What a deployment needs of the quotas of a Google Cloud project. Pure."""

from collections.abc import Callable, Iterator

from capacity.quotas.footprint import FileShare, Footprint, PoolSize
from capacity.quotas.need import POD_ADDRESSES, Need, UnknownFamilyError, need
from capacity.storage.filestore import Tier, band

# Families whose vCPUs a region counts together, and those that have a metric of their own.
# Source: Quota.Metric of google-cloud-compute 1.48.0; E2 counts as CPUS.
_SHARED = frozenset({"e2", "f1", "g1", "n1", "t2a", "t2d"})
_OWN = frozenset({"a2", "c2", "c2d", "c3", "m1", "m2", "m3", "n2", "n2d"})
# Bound by their GPUs alone, as far as is known.
_BY_GPU = frozenset({"a3", "a4", "g2", "g4"})
_SSD, _STANDARD = "SSD_TOTAL_GB", "DISKS_TOTAL_GB"
# Source: 2i2c event documents and GKE's default boot disk: pd-balanced counts as SSD.
_DISKS = {
    "pd-balanced": _SSD,
    "pd-ssd": _SSD,
    "pd-standard": _STANDARD,
    "hyperdisk-balanced": "HDB_TOTAL_GB",
}
# By capacity band: each is counted in GiB of a region, by service tier.
# Source: Filestore, "Create instances", total capacity quota, 2026; of which tier counts where
# the rows of quotas.csv.
_FILESTORE = {
    "filestore-basic-hdd": "StandardStorageGbPerRegion",
    "filestore-basic-ssd": "PremiumStorageGbPerRegion",
    "filestore-zonal": "EnterpriseStorageGibPerRegion",
    "filestore-regional": "EnterpriseStorageGibPerRegion",
    "filestore-zonal-large": "HighScaleSSDStorageGibPerRegion",
    "filestore-regional-large": "HighScaleSSDStorageGibPerRegion",
}
FILESTORE_QUOTAS = frozenset(_FILESTORE.values())
ALL_CPUS, ALL_GPUS, BY_FAMILY = "CPUS_ALL_REGIONS", "GPUS_ALL_REGIONS", "CPUS_PER_VM_FAMILY"


def vcpu_metric(machine_type: str, *, spot: bool) -> str | None:
    """Return the metric that counts a type's vCPUs in a region; None if only its GPUs count.

    Families that are newer than the metrics count by family, such as
    `CPUS_PER_VM_FAMILY/N4`.
    """
    family = machine_type.partition("-")[0]
    if spot:
        return "PREEMPTIBLE_CPUS"
    if family in _SHARED:
        return "CPUS"
    if family in _BY_GPU:
        return None
    return f"{family.upper()}_CPUS" if family in _OWN else f"{BY_FAMILY}/{family.upper()}"


def gpu_metric(gpu_type: str) -> str:
    """Return the metric that counts an accelerator in a region.

    Both `nvidia-tesla-t4` and `NVIDIA T4` are NVIDIA_T4_GPUS.
    """
    words = gpu_type.lower().replace(" ", "-")
    model = words.removeprefix("nvidia-").removeprefix("tesla-")
    return f"NVIDIA_{model.upper().replace('-', '_')}_GPUS"


def disk_metric(disk_type: str) -> str:
    """Return the metric that counts a disk's GB in a region.

    Raises:
        UnknownFamilyError: another kind of disk.
    """
    if disk_type not in _DISKS:
        msg = f"no quota is known for disks of type {disk_type}"
        raise UnknownFamilyError(msg)
    return _DISKS[disk_type]


def filestore_metric(tier: Tier, gib: int) -> str:
    """Return the quota that counts the GiB of an instance of Filestore in a region."""
    return _FILESTORE[band(tier, gib)]


def gcp_needs(footprint: Footprint) -> Iterator[Need]:
    """Yield what a deployment needs of each metric, nodes first; nothing that it needs none of.

    Raises:
        UnknownFamilyError: a disk or GPU that no quota is known for.
    """
    pools = [pool for pool in footprint.pools if pool.max_nodes]
    yield from _summed(
        pools, lambda pool: vcpu_metric(pool.machine_type, spot=pool.spot), lambda p: p.vcpus
    )
    yield from _summed(pools, lambda _: ALL_CPUS, lambda pool: pool.vcpus)
    gpus = [pool for pool in pools if pool.gpus]
    yield from _summed(gpus, lambda pool: gpu_metric(pool.gpu_type), lambda pool: pool.gpus)
    yield from _summed(gpus, lambda _: ALL_GPUS, lambda pool: pool.gpus)
    yield from _disks(footprint, pools)
    yield from _nodes(footprint, pools)
    yield from _shares(footprint.file_shares)
    balancers = footprint.load_balancers
    wanted = (
        ("FORWARDING_RULES", balancers, "one for the proxy of each hub"),
        ("STATIC_ADDRESSES", footprint.nat_gateways, "one for each NAT gateway"),
        ("SUBNETWORKS", footprint.clusters, "the cluster's network"),
    )
    for metric, value, because in wanted:
        if value:
            yield need("gke", metric, value, because, grows=False)


def _summed(
    pools: list[PoolSize], key: Callable[[PoolSize], str | None], each: Callable[[PoolSize], int]
) -> Iterator[Need]:
    for metric in dict.fromkeys(key(pool) for pool in pools):
        if metric is not None:
            counted = [pool for pool in pools if key(pool) == metric]
            total = sum(pool.max_nodes * each(pool) for pool in counted)
            parts = [f"{pool.name} {pool.max_nodes} x {each(pool)}" for pool in counted]
            yield need("gke", metric, total, " + ".join(parts))


def _disks(footprint: Footprint, pools: list[PoolSize]) -> Iterator[Need]:
    boot = list(_summed(pools, lambda pool: disk_metric(pool.disk_type), lambda p: p.disk_gb))
    for one in boot:
        extra = footprint.volume_gb if one.key == _SSD else 0
        because = f"boot disks: {one.because} GB"
        if extra:
            because += f" + {extra} GB of hubs and monitoring"
        yield need("gke", one.key, one.value + extra, because)


def _shares(shares: tuple[FileShare, ...]) -> Iterator[Need]:
    metrics = {share: filestore_metric(share.tier, share.gib) for share in shares}
    for metric in dict.fromkeys(metrics.values()):
        counted = [share for share in shares if metrics[share] == metric]
        told = " + ".join(f"{share.name} {share.gib}" for share in counted)
        total = sum(share.gib for share in counted)
        yield need("gke", metric, total, f"Filestore: {told} GiB", grows=False)


def _nodes(footprint: Footprint, pools: list[PoolSize]) -> Iterator[Need]:
    yield from _summed(pools, lambda _: "INSTANCES", lambda _: 1)
    if pools:
        groups = len(pools) * footprint.zones
        told = f"{len(pools)} pools x {footprint.zones} zones"
        yield need("gke", "INSTANCE_GROUPS", groups, told, grows=False)
    public = footprint.nodes if footprint.public_nodes else 0
    addresses = public + footprint.load_balancers + footprint.nat_gateways
    if addresses:
        told = f"{footprint.load_balancers} load balancers + {footprint.nat_gateways} NAT gateways"
        if public:
            told = f"{public} public nodes + {told}"
        yield need("gke", "IN_USE_ADDRESSES", addresses, told)
    if pools and footprint.pod_addresses is not None:
        yield _pod_range(pools, footprint.pod_addresses)


def node_range(pods: int) -> int:
    """Return the addresses that GKE sets aside for a node: the power of two from twice its pods.

    Source: GKE, "Configure maximum Pods per node"; a /24 at the default of 110 pods.
    """
    return 1 << (2 * pods - 1).bit_length()


def _pod_range(pools: list[PoolSize], room: int) -> Need:
    parts = [f"{pool.max_nodes} x {node_range(pool.pods)}" for pool in pools]
    return Need(
        cloud="gke",
        key=POD_ADDRESSES,
        name="Addresses in the pod range",
        unit="addresses",
        value=sum(pool.max_nodes * node_range(pool.pods) for pool in pools),
        because=f"{' + '.join(parts)}: a range of its own for every node",
        source="GKE, Configure maximum Pods per node; pod CIDR of the cluster",
        room=room,
    )
