"""Mandatory. Placeholders fit a node and the autoscaler's template, and force their nodes.

Source: data100 2022-11 (datahub#3935): 48 GB placeholders on 200 GB nodes, meant as one
node each, shared one; no node was added, and an outage followed.
"""

from collections.abc import Iterator

from capacity.packing import Seat, nodes_forced, per_node
from capacity.quantities import kubernetes_memory, kubernetes_millis, show_cpu, show_memory
from policies.pools import PoolNodes, seating
from policies.reading import (
    Event,
    Json,
    UnreadableError,
    look,
    mapping_at,
    release_values,
    whole,
)
from policies.rule import event_rule

_PLACEHOLDER = "scheduling.userPlaceholder"


def messages(event: Event) -> Iterator[str]:
    """Yield a message if placeholders do not hold the nodes that are promised."""
    found = seating(event)
    if not found.pool.scales:
        return
    values = release_values(event)
    enabled = look(values, f"{_PLACEHOLDER}.enabled", default=True)
    replicas = whole(values, f"{_PLACEHOLDER}.replicas", 0) if enabled is True else 0
    if not replicas:
        if event.warm_nodes:
            yield (
                f"0 placeholders hold 0 nodes and {event.warm_nodes} are promised; set "
                "placeholders.replicas or pool.warmNodes."
            )
        return
    if look(values, "scheduling.podPriority.enabled", default=False) is not True:
        yield (
            f"{replicas} placeholders and 0 priorities, so no user can take their place; "
            "enable scheduling.podPriority."
        )
    yield from _forced(event, found.pool, _pod(values), replicas)


def _pod(values: Json) -> Seat:
    asked = mapping_at(values, f"{_PLACEHOLDER}.resources.requests")
    memory = kubernetes_memory(look(asked, "memory", None))
    cpu = kubernetes_millis(look(asked, "cpu", 0))
    if not memory or cpu is None:
        msg = f"{_PLACEHOLDER}.resources.requests is {dict(asked)!r}"
        raise UnreadableError(msg)
    return Seat(memory=memory, cpu=cpu)


def _forced(event: Event, pool: PoolNodes, pod: Seat, replicas: int) -> Iterator[str]:
    node = pool.node
    fits = per_node(node, pod)
    if not fits:
        yield (
            f"a placeholder asks for {show_memory(pod.memory)} and {show_cpu(pod.cpu)} CPU, and "
            f"{node.name} has {show_memory(node.memory)} and {show_cpu(node.template_cpu)} CPU in "
            "the autoscaler's eyes; lower placeholders.memory or placeholders.cpu."
        )
        return
    forced = nodes_forced(node, pod, replicas)
    if forced < event.warm_nodes:
        knob = f"raise placeholders.replicas to {(event.warm_nodes - 1) * fits + 1}"
        if replicas >= event.warm_nodes:
            share = node.memory // (replicas // event.warm_nodes + 1)
            knob += f" or placeholders.memory above {show_memory(share)}"
        nodes = "1 node" if forced == 1 else f"{forced} nodes"
        yield (
            f"{replicas} placeholders of {show_memory(pod.memory)} share {nodes} of "
            f"{node.name}, {fits} to a node, and {event.warm_nodes} nodes are promised; {knob}."
        )


placeholders = event_rule(
    "placeholders",
    "Placeholders fit a node and force the nodes that they promise.",
    messages,
)
