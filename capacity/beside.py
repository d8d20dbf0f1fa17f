"""Pods that share nodes with users, or have nodes of their own: where they find room. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from capacity.allocatable import Allocatable
from capacity.nodes import Node, Requests, without_daemonsets
from capacity.packing import Seat, seats_per_node

_NOTHING = Requests(memory=0, cpu=0, pods=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pod:
    """A pod that is no user's: what people know it by, and what it asks for.

    Attributes:
        name: Of a reader's, such as `hub of course`.
        memory: Bytes.
        cpu: Millicpu.
    """

    name: str
    memory: int
    cpu: int

    @property
    def asks(self) -> Requests:
        """Return what it takes from its node, its slot included."""
        return Requests(memory=self.memory, cpu=self.cpu)


def total(pods: Iterable[Pod]) -> Requests:
    """Return what pods ask for together."""
    return sum((pod.asks for pod in pods), _NOTHING)


def too_large(node: Node, pods: Iterable[Pod]) -> Pod | None:
    """Return the largest pod that does not fit an empty node; None if all do."""
    return next((pod for pod in _largest_first(pods) if not _fits(node, pod.asks)), None)


def packed(node: Node, pods: Iterable[Pod]) -> list[Requests]:
    """Return what is taken of each node when pods go to the first that has room, largest first.

    A pod that fits no node has one of its own.
    """
    nodes: list[Requests] = []
    for pod in _largest_first(pods):
        for index, taken in enumerate(nodes):
            if _fits(node, taken + pod.asks):
                nodes[index] = taken + pod.asks
                break
        else:
            nodes.append(pod.asks)
    return nodes


def spread(count: int, pods: Iterable[Pod]) -> list[Requests]:
    """Return what is taken of each node when pods go to the emptiest of them, largest first."""
    nodes = [_NOTHING] * count
    for pod in _largest_first(pods):
        emptiest = min(range(count), key=lambda index: (nodes[index].memory, index))
        nodes[emptiest] += pod.asks
    return nodes


def seats_taken(node: Node, count: int, pods: Sequence[Pod], seat: Seat) -> int:
    """Return how many seats of so many nodes are gone where pods run beside users.

    Nobody knows on which nodes they are. Packed on the fewest they take the least memory from
    most users; spread over all, as the scheduler of a cluster does by default, each of them may
    break a seat. Whichever is worse counts.
    Source: kubernetes.io, "Scheduler Configuration", NodeResourcesFit (LeastAllocated), 2026.
    """
    per_node = seats_per_node(node, seat).seats
    ways = (packed(node, pods), spread(count, pods))
    return max(
        min(sum(per_node - _seats(node, taken, seat) for taken in way), count * per_node)
        for way in ways
    )


def _seats(node: Node, taken: Requests, seat: Seat) -> int:
    given = Allocatable(memory=node.memory, cpu=node.cpu, pods=node.pods)
    left = without_daemonsets(given, taken)
    return seats_per_node(
        replace(node, memory=left.memory, cpu=left.cpu, pods=left.pods), seat
    ).seats


def _fits(node: Node, asked: Requests) -> bool:
    return asked.memory <= node.memory and asked.cpu <= node.cpu and asked.pods <= node.pods


def _largest_first(pods: Iterable[Pod]) -> list[Pod]:
    return sorted(pods, key=lambda pod: (-pod.memory, -pod.cpu, pod.name))
