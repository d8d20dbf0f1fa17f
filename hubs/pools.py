"""Node pools of a stack at an instant, as plain data for components. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from capacity.allocatable import Allocatable, allocatable, node_memory
from capacity.machines import find
from hubs.active import EventNow
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
    cluster: ClusterConfig, hubs: Iterable[HubConfig], events: Iterable[EventNow]
) -> tuple[Pool, ...]:
    """Return every pool of a cluster, the core pool first; none where nodes exist already."""
    if isinstance(cluster, ExistingConfig):
        return ()
    found = [_core_pool(cluster)]
    for hub in hubs:
        found.append(usual_pool(cluster, hub))
        found += [option_pool(cluster, hub, option) for option in hub.options]
    found += [event_pool(cluster, event) for event in events if event.has_pool]
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
    every = tuple(sorted(asked or cluster.zones))
    return every if asked or cluster.provider == "gke" else every[:1]


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


def event_pool(cluster: OwnCluster, event: EventNow) -> Pool:
    """Return the pool that an event brings; warm nodes are its minimum on GKE."""
    plan, config = event.planned.plan, event.planned.config
    warm = plan.warm_nodes if event.is_on and cluster.provider == "gke" else 0
    nodes = NodesConfig(machine_type=plan.node.name, max_nodes=plan.max_nodes)
    disk = event_disk(config, event.planned.hub, plan.node.name, plan.chosen.seats.seats)
    return _user_pool(
        cluster,
        nodes,
        disk,
        hub=config.hub,
        event=config.name,
        min_nodes=min(warm, plan.max_nodes),
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
