"""What the peer's processes share: pods, nodes, what is pending. Times are seconds."""

import math
from collections import deque
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

import numpy as np
import simpy

from capacity.packing import Seat
from capacity.scene import Duration, Room, Scene

NEVER = math.inf

# What SimPy runs: a generator that yields the events that it waits for.
Returned = TypeVar("Returned")
Steps: TypeAlias = Generator[simpy.Event, Any, Returned]
Process: TypeAlias = Steps[None]


@dataclass(eq=False, slots=True)
class Node:
    """One node: what is free of it and what is on it.

    Attributes:
        free_memory: Bytes.
        free_cpu: Millicpu.
        free_pods: Pod slots.
        pull: Seconds that one image takes.
        is_ready: Whether the scheduler may use it.
        users: Pods of users, bound or about to be; pods seated beforehand have no process.
        placeholders: When each placeholder on it started, the youngest last.
        evicted: Placeholders that are evicted and not gone yet.
        vacated_at: When the last of those is gone.
        images: When each image is there.
        pulls_until: When the last pull that is asked for ends.
        idle_since: When the last pod went; None while there is one.
    """

    free_memory: int
    free_cpu: int
    free_pods: int
    pull: float
    charged_from: float
    is_ready: bool = False
    users: "list[Pod]" = field(default_factory=list["Pod"])
    placeholders: list[float] = field(default_factory=list[float])
    evicted: int = 0
    vacated_at: float = -NEVER
    images: dict[int, float] = field(default_factory=dict[int, float])
    pulls_until: float = -NEVER
    idle_since: float | None = None

    def fits(self, pod: Seat) -> bool:
        """Return whether a pod finds room."""
        return self.free_pods > 0 and self.free_cpu >= pod.cpu and self.free_memory >= pod.memory

    def take(self, pod: Seat, count: int = 1) -> None:
        """Take room for so many pods, or give it back when negative."""
        self.free_memory -= count * pod.memory
        self.free_cpu -= count * pod.cpu
        self.free_pods -= count

    @property
    def is_empty(self) -> bool:
        """Return whether no pod is on it, nor one that is still going."""
        return not (self.users or self.placeholders or self.evicted)

    def image_there(self, image: int, asked: float) -> float:
        """Return when an image is there that is asked for at some time."""
        if image not in self.images:
            self.pulls_until = max(asked, self.pulls_until) + self.pull
            self.images[image] = self.pulls_until
        return self.images[image]


@dataclass(eq=False, slots=True)
class Pod:
    """A user's pod.

    Attributes:
        user: The process that is interrupted when the node is lost; None for one that was there
            before anybody is counted.
        placed: Succeeds when a node is found.
        node: The node that is found.
        bound_at: When it is bound there.
        tried: When the scheduler last tried in vain.
        attempts: How often it did.
        seen_from: When the autoscaler sees that it is unschedulable.
    """

    user: simpy.Process | None
    placed: simpy.Event
    node: Node | None = None
    bound_at: float = NEVER
    tried: float = 0.0
    attempts: int = 0
    seen_from: float = 0.0


@dataclass(eq=False, slots=True)
class Cluster:
    """Nodes, what is pending, and what is counted.

    Attributes:
        pending: Users' pods that found no room, in the order tried.
        pending_placeholders: When the autoscaler sees each placeholder without room.
        marked: Succeeds when the scheduler marks a pod; a new event per loop of the autoscaler.
        minimum: Nodes that are kept.
        template_is_real: Whether the autoscaler takes its template from a real node.
    """

    env: simpy.Environment
    scene: Scene
    random: np.random.Generator
    marked: simpy.Event
    minimum: int
    nodes: list[Node] = field(default_factory=list[Node])
    pending: list[Pod] = field(default_factory=list[Pod])
    pending_placeholders: deque[float] = field(default_factory=deque[float])
    template_is_real: bool = False
    new_nodes: int = 0
    evictions: int = 0
    node_seconds: float = 0.0

    @property
    def holds(self) -> bool:
        """Return whether placeholders and the minimum are still on."""
        ends = self.scene.minimum_until
        return ends is None or self.env.now < ends

    def draw(self, duration: Duration) -> float:
        """Return a duration drawn at random."""
        return duration.quantile(self.random.standard_normal()) if duration.sigma else duration.p50

    def any_of(self, nodes: list[Node]) -> Node:
        """Return one of some nodes, at random if there are several."""
        return nodes[self.random.integers(len(nodes))] if len(nodes) > 1 else nodes[0]

    def new_node(self, room: Room) -> Node:
        """Return a node that has just been asked for."""
        now = self.env.now
        node = Node(
            free_memory=room.memory,
            free_cpu=room.cpu,
            free_pods=room.pods,
            pull=self.draw(self.scene.image_pull),
            charged_from=max(now, 0.0) if self.scene.lead is None else now,
        )
        self.nodes.append(node)
        return node

    def wake_autoscaler(self) -> None:
        """Have the autoscaler's loop run soon."""
        if not self.marked.triggered:
            self.marked.succeed()
