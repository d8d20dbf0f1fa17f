"""The nodes on which an event's users will run, from the registered pool."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from capacity.allocatable import Allocatable
from capacity.machines import UnknownMachineError, find
from capacity.nodes import Node, declared_node, declared_sold_node, sold_node
from capacity.packing import seats_per_node
from hubs.shapes import is_list
from policies.collected import EKS_POOL, EXISTING, GKE_POOL, Resource
from policies.reading import Event, Json, UnreadableError, look, of_type, release_values, whole
from policies.sizes import Size, sizes


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolNodes:
    """A pool: what one of its nodes has for users, and the most it may have of them."""

    node: Node
    max_nodes: int
    scales: bool


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


def seating(event: Event) -> Seating:
    """Return the biggest size on offer to an event, and the pool it runs on.

    Raises:
        UnreadableError: no release, no size, no pool, or one that cannot be read.
    """
    biggest = max(sizes(release_values(event)), key=lambda size: (size.seat.memory, size.seat.cpu))
    return Seating(size=biggest, pool=pool_nodes(pool_resource(biggest.selector)))


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
        labels = _labels(resource)
        if all(labels.get(key) == value for key, value in selector.items()):
            return resource
    wanted = ", ".join(f"{key}={value}" for key, value in selector.items()) or "no label"
    msg = f"no pool has nodes with {wanted}"
    raise UnreadableError(msg)


def _labels(resource: Resource) -> Mapping[str, Json]:
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
    return PoolNodes(node=node, max_nodes=whole(props, "nodes.count"), scales=False)
