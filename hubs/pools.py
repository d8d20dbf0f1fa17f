"""Node pools of a stack at an instant, as plain data for components. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from capacity.allocatable import Allocatable, allocatable, node_memory
from capacity.machines import find
from hubs.active import EventNow, PlannedEvent
from hubs.boot_disks import NodeDisk, core_disk, event_disk, option_disk, usual_disk
from hubs.cluster import ClusterConfig
from hubs.eks import EksConfig
from hubs.existing import ExistingConfig
from hubs.gke import GkeConfig
from hubs.hub import HubConfig
from hubs.hub_pools import NodesConfig, OptionConfig, WarmPoolConfig
from hubs.names import Taint, pool_labels, pool_name, user_taint

OwnCluster = GkeConfig | EksConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """A node pool (GKE) or managed node group (EKS); its machine type never changes.

    Attributes:
        name: Physical name; ends in the machine type.
        purpose: `core`, or `user` for user servers only.
        machine_type: The cloud's name of the type.
        min_nodes: Fewest nodes; of a user pool on EKS always 0, where placeholders hold nodes.
        max_nodes: Most nodes.
        labels: Kubernetes labels of its nodes.
        taint: What keeps others off; None on core nodes.
        zones: Where its nodes may be.
        disk: What a node boots from.
        hub: Whose users it serves.
        event: The event that brought it.
        option: The hub's option that brought it.
        spot: Whether the cloud may stop its nodes at any time.
        image_streaming: Whether a server starts before its image is whole; on GKE.
        warm_pool: Instances kept prepared; on EKS.
        allocatable: What the autoscaler must believe of a node that is not there yet.
    """

    name: str
    purpose: Literal["core", "user"]
    machine_type: str
    min_nodes: int
    max_nodes: int
    labels: dict[str, str]
    taint: Taint | None
    zones: tuple[str, ...]
    disk: NodeDisk
    hub: str | None = None
    event: str | None = None
    option: str | None = None
    spot: bool = False
    image_streaming: bool = False
    warm_pool: WarmPoolConfig | None = None

    @property
    def allocatable(self) -> Allocatable:
        """Return what the autoscaler must believe of a node that is not there yet."""
        machine = find(self.machine_type)
        return allocatable(machine, node_memory(machine).capacity)

    @property
    def gpus(self) -> int:
        """Return how many GPUs a node has."""
        return find(self.machine_type).gpus


def pools(
    cluster: ClusterConfig,
    hubs: Iterable[HubConfig],
    events: Iterable[EventNow],
    on: Mapping[str, EventNow | None],
) -> tuple[Pool, ...]:
    """Return every pool of a cluster, the core pool first; none where nodes exist already.

    Args:
        cluster: Where.
        hubs: Its hubs.
        events: Every event as it is now.
        on: What is on at each hub, by its name.
    """
    if isinstance(cluster, ExistingConfig):
        return ()
    found = [_core_pool(cluster)]
    for hub in hubs:
        found.append(usual_pool(cluster, hub))
        found += [option_pool(cluster, hub, option) for option in hub.options]
    for event in events:
        if event.has_pool:
            found.append(
                event_pool(cluster, event.planned, _warm(event, on[event.planned.hub.name]))
            )
    return tuple(found)


def _core_pool(cluster: OwnCluster) -> Pool:
    core = cluster.core_pool
    name = pool_name(cluster.provider, core.machine_type, "core")
    return Pool(
        name=name,
        purpose="core",
        machine_type=core.machine_type,
        min_nodes=1,
        max_nodes=core.max_nodes,
        labels=pool_labels("core", name),
        taint=None,
        zones=_zones(cluster, ()),
        disk=core_disk(core.machine_type),
    )


def _zones(cluster: OwnCluster, asked: tuple[str, ...]) -> tuple[str, ...]:
    """Return where a pool's nodes may be.

    On EKS one zone, the first by name, unless the file says otherwise: a volume of the core
    nodes cannot follow them to another zone, and a group over several zones is rebalanced by
    AWS, which stops servers that people use.
    """
    if asked or cluster.provider == "gke":
        return tuple(sorted(asked or cluster.zones))
    return (core_zone(cluster),)


def core_zone(cluster: EksConfig) -> str:
    """Return where the core nodes of a cluster on EKS are, and the volumes of what runs there."""
    return min(cluster.zones)


def usual_pool(cluster: OwnCluster, hub: HubConfig) -> Pool:
    """Return the pool of a hub outside of events."""
    if hub.pool is None:
        raise AssertionError(hub.name)  # the loader has refused such a file
    disk = usual_disk(hub, hub.pool)
    return _user_pool(cluster, hub.pool, disk, hub=hub.name)


def option_pool(cluster: OwnCluster, hub: HubConfig, option: OptionConfig) -> Pool:
    """Return the pool of an option that has nodes of its own."""
    disk = option_disk(hub, option)
    return _user_pool(cluster, option, disk, hub=hub.name, option=option.name)


def _warm(event: EventNow, on: EventNow | None) -> int:
    """Return the nodes that are kept in an event's pool: none unless it takes new servers."""
    if on is None or on.planned.owner != event.planned.owner:
        return 0
    return on.planned.plan.warm_nodes


def event_pool(cluster: OwnCluster, event: PlannedEvent, warm: int = 0) -> Pool:
    """Return the pool that an event brings, for everybody who is ever to have a server on it.

    Args:
        cluster: Where.
        event: The event, or several as one in the pool of the one that owns it.
        warm: Nodes that are kept; on EKS placeholders hold them.
    """
    plans = [event.plan, *(crowd.plan for crowd in event.together.values())]
    most = max(plan.max_nodes for plan in plans)
    node = event.plan.node.name
    disks = [
        event_disk(crowd.config, event.hub, node, crowd.plan.chosen.seats.seats)
        for crowd in event.together.values()
    ]
    return _user_pool(
        cluster,
        NodesConfig(machine_type=node, max_nodes=most),
        max(disks, key=lambda disk: disk.gib),
        hub=event.hub.name,
        event=event.owner,
        min_nodes=min(warm, most) if cluster.provider == "gke" else 0,
    )


def _user_pool(  # noqa: PLR0913 - one owner of three
    cluster: OwnCluster,
    nodes: NodesConfig,
    disk: NodeDisk,
    *,
    hub: str,
    event: str | None = None,
    option: str | None = None,
    min_nodes: int = 0,
) -> Pool:
    owners = [owner for owner in (hub, option, event) if owner]
    name = pool_name(cluster.provider, nodes.machine_type, *owners)
    return Pool(
        name=name,
        purpose="user",
        machine_type=nodes.machine_type,
        min_nodes=min_nodes,
        max_nodes=nodes.max_nodes,
        labels=pool_labels("user", name),
        taint=user_taint(cluster.provider),
        zones=_zones(cluster, nodes.zones),
        disk=disk,
        hub=hub,
        event=event,
        option=option,
        spot=nodes.spot,
        image_streaming=nodes.image_streaming,
        warm_pool=nodes.warm_pool,
    )
