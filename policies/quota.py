"""Mandatory. Pools at their most nodes and Filestore fit the quotas read; advisory if none were.

Source: 2i2c#1128, a hackweek at a quota of 64 vCPU; pangeo-data/pangeo#437, quotas reached
in front of 200 people; a new Google Cloud project, whose 500 GB of SSD end at five nodes.
"""

from collections.abc import Iterator

from pulumi_policy import EnforcementLevel

from capacity.machines import UnknownMachineError, find
from capacity.quotas.footprint import Footprint, PoolSize
from capacity.quotas.gcp import FILESTORE_QUOTAS
from capacity.quotas.judge import enough_for
from capacity.quotas.need import Need, UnknownFamilyError
from capacity.quotas.needs import needs
from capacity.quotas.snapshot import UNLIMITED
from hubs.shapes import is_list, is_mapping
from policies.collected import EKS_POOL, FILESTORE, GKE_POOL, HUB, QUOTA_CHECK, Resource
from policies.homes import file_share
from policies.node_disks import eks_disk_gib, gke_disk_gb
from policies.reading import Event, Json, UnreadableError, list_at, look, mapping_at, of_type, whole
from policies.rule import event_rule

# Types of boot disks where nobody sets one. Source: GKE and EKS documentation, 2026.
_GKE_DISK, _EKS_DISK = "pd-balanced", "gp3"
# What is short of a quota, and which settings want less of it.
_OF_NODES = ("all pools at their most nodes", "pool.maxNodes")
_OF_FILES = (
    "homes and fast storage",
    "the capacity of cluster.homes or cluster.fastStorage, or what users move (events.storage)",
)


def messages(event: Event) -> Iterator[str]:
    """Yield a message for every quota that is short of what registered pools may need."""
    pools = of_type(GKE_POOL, EKS_POOL)
    limits = _limits(event)
    if not pools or limits is None:
        return
    for need in _needs(pools):
        if need.key in limits:
            yield from _short(need, limits[need.key])


def unread(event: Event) -> Iterator[str]:
    """Yield a message if nobody has read the quotas that registered pools need."""
    pools = of_type(GKE_POOL, EKS_POOL)
    limits = _limits(event)
    if not pools:
        return
    most = sum(_most_nodes(pool) for pool in pools)
    told = f"so nobody knows whether {most} nodes may be had"
    command = f"readyroom quota {event.hub_urn.split('::')[0].rpartition(':')[2]}"
    if limits is None:
        yield f"quotas were not read, {told}; run {command} --live --save."
        return
    missing = [need for need in _needs(pools) if need.key not in limits]
    nodes = [need.key for need in missing if need.key not in FILESTORE_QUOTAS]
    if nodes:
        yield f"no limit was read for {', '.join(nodes)}, {told}; see {command}."
    for need in missing:
        if need.key in FILESTORE_QUOTAS:
            yield (
                f"no limit was read for {need.key}, so nobody knows whether {need.value} "
                f"{need.unit} may be had ({need.because}); see {command}."
            )


def _limits(event: Event) -> Json:
    """Return the limits that were read, of the snapshot or, if newer, by the preview itself."""
    recorded, live = _recorded(event), _live()
    if recorded is None:
        return live or None
    return dict(recorded) | live


def _live() -> dict[str, Json]:
    """Return the limits that the program itself read; those without an answer are left out."""
    return {
        key: read
        for check in of_type(QUOTA_CHECK)
        for key, read in mapping_at(check.props, "quotas").items()
        if look(read, "limit", None) is not None
    }


def _recorded(event: Event) -> Json:
    hub = next(resource for resource in of_type(HUB) if resource.urn == event.hub_urn)
    found = look(hub.props, "quotas", None)
    if found is not None and not is_mapping(found):
        msg = f"quotas is {found!r}, not a mapping"
        raise UnreadableError(msg)
    return found


def _short(need: Need, read: Json) -> Iterator[str]:
    limit, others = whole(read, "limit"), whole(read, "others")
    if limit == UNLIMITED or limit >= others + need.value:
        return
    what, knob = _OF_FILES if need.key in FILESTORE_QUOTAS else _OF_NODES
    yield (
        f"{what} need {need.value} {need.unit} of {need.name} ({need.because}) beside {others} "
        f"of others, and the quota is {limit}; ask for {enough_for(need, others)} or lower {knob}."
    )


def _needs(pools: list[Resource]) -> list[Need]:
    gke = [pool for pool in pools if pool.type == GKE_POOL]
    try:
        if gke:
            return needs(_on_gke(gke))
        return needs(Footprint(cloud="eks", pools=tuple(_eks(pool) for pool in pools)))
    except (UnknownMachineError, UnknownFamilyError) as error:
        raise UnreadableError(str(error)) from None


def _on_gke(pools: list[Resource]) -> Footprint:
    zones = max(len(look(pool.props, "nodeLocations", [""])) for pool in pools)
    return Footprint(
        cloud="gke",
        pools=tuple(_gke(pool) for pool in pools),
        zones=zones,
        file_shares=tuple(file_share(it.props) for it in of_type(FILESTORE)),
    )


def _name(resource: Resource) -> str:
    return resource.urn.rsplit("::", 1)[1]


def _most_nodes(resource: Resource) -> int:
    bound = (
        "autoscaling.totalMaxNodeCount" if resource.type == GKE_POOL else "scalingConfig.maxSize"
    )
    return whole(resource.props, bound)


def _gke(resource: Resource) -> PoolSize:
    machine = find(str(look(resource.props, "nodeConfig.machineType")))
    attached = list_at(resource.props, "nodeConfig.guestAccelerators")
    return PoolSize(
        name=_name(resource),
        machine_type=machine.name,
        vcpus=machine.vcpus,
        max_nodes=_most_nodes(resource),
        spot=look(resource.props, "nodeConfig.spot", default=False) is True,
        disk_gb=gke_disk_gb(resource),
        disk_type=str(look(resource.props, "nodeConfig.diskType", _GKE_DISK)),
        gpus=machine.gpus or sum(whole(one, "count") for one in attached),
        gpu_type=machine.gpu_model or (str(look(attached[0], "type")) if attached else ""),
    )


def _eks(resource: Resource) -> PoolSize:
    types = look(resource.props, "instanceTypes")
    if not is_list(types) or len(types) != 1:
        msg = f"instanceTypes is {types!r}, not exactly one type"
        raise UnreadableError(msg)
    machine = find(str(types[0]))
    return PoolSize(
        name=_name(resource),
        machine_type=machine.name,
        vcpus=machine.vcpus,
        max_nodes=_most_nodes(resource),
        spot=look(resource.props, "capacityType", "ON_DEMAND") == "SPOT",
        disk_gb=eks_disk_gib(resource),
        disk_type=_EKS_DISK,
    )


quota = event_rule(
    "quota",
    "All pools at their most nodes, and Filestore, fit the quotas that were read.",
    messages,
)
quotas_read = event_rule(
    "quotas-read",
    "Quotas are read before an event.",
    unread,
    level=EnforcementLevel.ADVISORY,
)
