"""How many seats or placeholders fit a node, and how many nodes they force. Pure."""

from dataclasses import dataclass
from typing import Literal

from capacity.nodes import Node
from capacity.quantities import ceil_div, show_cpu, show_memory

Limit = Literal["memory", "CPU", "pod slots"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """What one user server is guaranteed: bytes, millicpu, and one pod slot."""

    memory: int
    cpu: int

    def times(self, count: int) -> "Seat":
        """Return what `count` of these ask together."""
        return Seat(memory=self.memory * count, cpu=self.cpu * count)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsPerNode:
    """How many seats a node has, by each of its resources.

    Attributes:
        seats: The smallest of the three.
        by_memory: Seats that memory alone would allow.
        by_cpu: Seats that CPU alone would allow; as many as pod slots for a seat without CPU.
        by_pods: Pod slots left to user servers.
        limited_by: What runs out first.
    """

    seats: int
    by_memory: int
    by_cpu: int
    by_pods: int
    limited_by: Limit


def seats_per_node(node: Node, seat: Seat) -> SeatsPerNode:
    """Return how many seats of this size one node has."""
    by_memory = node.memory // seat.memory
    by_cpu = node.cpu // seat.cpu if seat.cpu else node.pods
    limits: dict[Limit, int] = {"memory": by_memory, "CPU": by_cpu, "pod slots": node.pods}
    if not seat.cpu:
        del limits["CPU"]
    limited_by = min(limits, key=lambda name: limits[name])
    return SeatsPerNode(
        seats=limits[limited_by],
        by_memory=by_memory,
        by_cpu=by_cpu,
        by_pods=node.pods,
        limited_by=limited_by,
    )


def explain_seats(node: Node, seat: Seat, found: SeatsPerNode) -> str:
    """Return the sentence behind a number of seats per node."""
    return (
        f"{show_memory(node.memory)} / {show_memory(seat.memory)} = {found.by_memory} by "
        f"memory, {show_cpu(node.cpu)} / {show_cpu(seat.cpu)} = {found.by_cpu} by CPU, "
        f"{found.by_pods} pod slots; {found.limited_by} runs out first"
    )


def per_node(node: Node, pod: Seat) -> int:
    """Return how many placeholder pods of this size fit a node and the autoscaler's template."""
    by_cpu = node.template_cpu // pod.cpu if pod.cpu else node.pods
    return min(node.memory // pod.memory, by_cpu, node.pods)


def nodes_forced(node: Node, pod: Seat, replicas: int) -> int:
    """Return how many nodes `replicas` placeholders force when they are packed; 0 if none fits."""
    fits = per_node(node, pod)
    return ceil_div(replicas, fits) if fits else 0
