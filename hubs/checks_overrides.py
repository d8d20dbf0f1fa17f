"""Checks of the numbers that a stack file sets for an event's pool instead of the plan. Pure."""

from collections.abc import Iterator

from capacity.packing import Seat, per_node
from hubs.cluster import ClusterConfig
from hubs.event import EventConfig
from hubs.existing import ExistingConfig
from hubs.mistakes import Mistake
from hubs.offers import offer


def own_nodes_mistakes(where: str, cluster: ClusterConfig, event: EventConfig) -> Iterator[Mistake]:
    """Yield what an event asks of the nodes of an existing cluster, which cannot change."""
    if not isinstance(cluster, ExistingConfig):
        return
    has = "an existing cluster has the nodes it has"
    asked = {
        "pool.bootDisk": event.pool.boot_disk,
        "pool.warmNodes": event.pool.warm_nodes,
        "pool.maxNodes": event.pool.max_nodes,
        "placeholders": event.placeholders,
    }
    for key, value in asked.items():
        if value is not None:
            told = "leave them out" if key == "placeholders" else f"leave {key[5:]} out"
            yield Mistake(f"{where}.{key}", f"{has}; {told}")


def placeholder_mistakes(
    where: str, cluster: ClusterConfig, event: EventConfig
) -> Iterator[Mistake]:
    """Yield a mistake for placeholders that the most nodes of a known type cannot hold."""
    held, most, wanted = event.placeholders, event.pool.max_nodes, event.pool.machine_type
    if held is None or most is None or wanted is None:
        return
    pod = Seat(memory=held.memory, cpu=held.cpu)
    room = most * per_node(offer(cluster, wanted).node, pod)
    if held.replicas > room:
        nodes = f"pool.maxNodes {most} of {wanted} hold {room}"
        told = "raise maxNodes, or lower replicas or their size"
        yield Mistake(f"{where}.placeholders", f"replicas {held.replicas}, and {nodes}; {told}")
