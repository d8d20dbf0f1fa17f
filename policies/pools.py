"""The nodes on which an event's users will run, from the registered pool."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from capacity.allocatable import Allocatable
from capacity.beside import Pod, seats_taken
from capacity.machines import UnknownMachineError, find
from capacity.nodes import Node, declared_node, declared_sold_node, sold_node
from capacity.packing import seats_per_node
from hubs.shapes import is_list
from policies.collected import EKS_POOL, EXISTING, GKE_POOL, Resource
from policies.core_pods import core_pods
from policies.reading import Event, Json, UnreadableError, look, of_type, release_values, whole
from policies.sizes import Size, sizes


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolNodes:
    """A pool: what one of its nodes has for users, and the most it may have of them.

    Attributes:
        node: One of its nodes.
        max_nodes: The most there may be.
        scales: Whether an autoscaler adds them.
        beside: Pods on them that are no user's, and not taken off `node`.
    """

    node: Node
    max_nodes: int
    scales: bool
    beside: tuple[Pod, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seating:
    """An event's biggest size on its pool."""

    size: Size
    pool: PoolNodes

    @property
    def per_node(self) -> int:
        """Return how many such seats a node has.

        Raises:
            UnreadableError: the size guarantees no memory.
        """
        return seats_per_node(self.pool.node, self.size.seat).seats

    @property
    def taken(self) -> int:
        """Return how many seats of all nodes the pods beside users take.

        Raises:
            UnreadableError: the size guarantees no memory.
        """
        pool = self.pool
        return seats_taken(pool.node, pool.max_nodes, pool.beside, self.size.seat)


def seating(event: Event) -> Seating:
    """Return the biggest size of an event, and the pool it runs on.

    What an option that the event keeps has on nodes of its own is no seat of the event's.

    Raises:
        UnreadableError: no release, no size, no pool, or one that cannot be read.
    """
    found = sizes(release_values(event))
    own = [size for size in found if size.slug not in event.options]
    kept = [size for size in found if size.slug in event.options]
    if not own:
        msg = "every size on offer is an option's, and none the event's"
        raise UnreadableError(msg)
    pool = pool_resource(_biggest(own).selector)
    own += [size for size in kept if pool_resource(size.selector) is pool]
    return Seating(size=_biggest(own), pool=pool_nodes(pool))


def _biggest(found: Iterable[Size]) -> Size:
    return max(found, key=lambda size: (size.seat.memory, size.seat.cpu))


def pool_resource(selector: Mapping[str, str]) -> Resource:
    """Return the pool whose nodes have some labels.

    Raises:
        UnreadableError: no labels are asked for, or no pool has them.
    """
    pools = of_type(GKE_POOL, EKS_POOL, EXISTING)
    if not selector and any(resource.type != EXISTING for resource in pools):
        msg = "singleuser.nodeSelector is empty, so users run on any pool"
        raise UnreadableError(msg)
    for resource in pools:
        has = labels(resource)
        if all(has.get(key) == value for key, value in selector.items()):
            return resource
    wanted = ", ".join(f"{key}={value}" for key, value in selector.items()) or "no label"
    msg = f"no pool has nodes with {wanted}"
    raise UnreadableError(msg)


def labels(resource: Resource) -> Mapping[str, Json]:
    """Return the Kubernetes labels of the nodes of a pool.

    Raises:
        UnreadableError: they are not known yet.
    """
    where = {GKE_POOL: "nodeConfig.labels", EKS_POOL: "labels", EXISTING: "nodes.labels"}
    return look(resource.props, where[resource.type], {})


def pool_nodes(resource: Resource) -> PoolNodes:
    """Return what the nodes of a pool are.

    Raises:
        UnreadableError: their type is not known, or not one.
    """
    props = resource.props
    if resource.type == EXISTING:
        return _declared(props)
    if resource.type == EKS_POOL:
        types = look(props, "instanceTypes")
        if not is_list(types) or len(types) != 1:
            msg = f"instanceTypes is {types!r}, not exactly one type"
            raise UnreadableError(msg)
        return PoolNodes(
            node=_sold(types[0]), max_nodes=whole(props, "scalingConfig.maxSize"), scales=True
        )
    node = _sold(look(props, "nodeConfig.machineType"))
    most = whole(props, "autoscaling.totalMaxNodeCount")
    pods = whole(props, "maxPodsPerNode", find(node.name).pods)
    return PoolNodes(node=_with_pods(node, pods), max_nodes=most, scales=True)


def _with_pods(node: Node, pods: int) -> Node:
    missing = find(node.name).pods - pods
    return replace(node, pods=max(node.pods - missing, 0))


def _sold(machine_type: Json) -> Node:
    try:
        return sold_node(find(str(machine_type)))
    except UnknownMachineError as error:
        raise UnreadableError(str(error)) from None


def _declared(props: Json) -> PoolNodes:
    left, sold = look(props, "nodes.left", None), look(props, "nodes.sold", None)
    amount = left or sold
    given = Allocatable(
        memory=whole(amount, "memory"), cpu=whole(amount, "cpu"), pods=whole(amount, "pods")
    )
    node = declared_node("declared", given) if left else declared_sold_node("declared", given)
    count, beside = whole(props, "nodes.count"), () if left else core_pods()
    return PoolNodes(node=node, max_nodes=count, scales=False, beside=beside)
