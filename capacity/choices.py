"""Sizes to offer on a node: halving, N per node, or a target, as z2jh profiles. Pure."""

from dataclasses import dataclass

from capacity.nodes import Node
from capacity.packing import Seat, seats_per_node
from capacity.quantities import cores, show_cpu, show_memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One size on offer.

    Attributes:
        memory: Bytes, guarantee and limit.
        cpu: Millicpu guaranteed.
        cpu_limit: Millicpu that the server may reach.
        per_node: How many of this size one node has.
    """

    memory: int
    cpu: int
    cpu_limit: int
    per_node: int


def share(node: Node, count: int, *, guaranteed: bool = False) -> Choice:
    """Return the size of which exactly `count` fit a node, each number rounded down.

    CPU may burst to the whole node, as in 2i2c's generator, unless `guaranteed`.

    Raises:
        ValueError: `count` is not within 1 and the node's pod slots.
    """
    if not 1 <= count <= node.pods:
        msg = f"{count} per node asked; {node.name} has 1 to {node.pods} pod slots for users"
        raise ValueError(msg)
    cpu = node.cpu // count
    return Choice(
        memory=node.memory // count,
        cpu=cpu,
        cpu_limit=cpu if guaranteed else node.cpu,
        per_node=count,
    )


def halving(node: Node, count: int, *, guaranteed: bool = False) -> list[Choice]:
    """Return `count` sizes, each half of the next, smallest first.

    The strategy of 2i2c's generator (generate_choices.py, "proportional memory").

    Raises:
        ValueError: so many halvings leave no pod slot for each.
    """
    return [share(node, 2**power, guaranteed=guaranteed) for power in reversed(range(count))]


def of_memory(node: Node, memory: int, *, guaranteed: bool = False) -> Choice:
    """Return the size with this memory; its CPU is the share that its memory is.

    Raises:
        ValueError: not even one fits the node.
    """
    if memory <= 0:
        msg = "found 0; write a memory above 0, such as 2Gi"
        raise ValueError(msg)
    cpu = node.cpu * memory // node.memory if node.memory else 0
    fits = seats_per_node(node, Seat(memory=memory, cpu=cpu)).seats
    if not fits:
        msg = (
            f"{show_memory(memory)} asked; {node.name} has {show_memory(node.memory)} "
            "for users; ask for less or for a bigger type"
        )
        raise ValueError(msg)
    return Choice(memory=memory, cpu=cpu, cpu_limit=cpu if guaranteed else node.cpu, per_node=fits)


def profile(choice: Choice, selector: dict[str, str], *, default: bool) -> dict[str, object]:
    """Return the choice as an entry of z2jh's `singleuser.profileList`."""
    burst = "" if choice.cpu == choice.cpu_limit else f", up to {show_cpu(choice.cpu_limit)} CPU"
    return {
        "display_name": f"{show_memory(choice.memory)} memory, {show_cpu(choice.cpu)} CPU",
        "description": f"{show_cpu(choice.cpu)} CPU guaranteed{burst}; {choice.per_node} to a node",
        "slug": slug(choice),
        "default": default,
        "kubespawner_override": resources(
            choice.memory, choice.memory, choice.cpu, choice.cpu_limit
        )
        | {"node_selector": dict(selector)},
    }


def slug(choice: Choice) -> str:
    """Return a name for the choice that differs whenever its memory or CPU does."""
    return f"mem-{choice.memory}-cpu-{choice.cpu}m"


def resources(
    guarantee: int, limit: int, cpu_guarantee: int, cpu_limit: int
) -> dict[str, int | float]:
    """Return all four KubeSpawner resources: bytes as integers, CPU as cores.

    All four, always: an override merges trait by trait, so a missing one would fall back
    to the hub's default.
    """
    return {
        "mem_guarantee": guarantee,
        "mem_limit": limit,
        "cpu_guarantee": cores(cpu_guarantee),
        "cpu_limit": cores(cpu_limit),
    }
