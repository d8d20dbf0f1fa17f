"""A plan and its figures, as data. Pure."""

from dataclasses import dataclass

from capacity.arrivals import Outcome
from capacity.machine_choice import Alternative
from capacity.needs import Held
from capacity.nodes import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number of a plan, with its unit, the reason for it and where the rule is from."""

    name: str
    value: int | str
    unit: str
    because: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an event's pool and hub must be like.

    Attributes:
        chosen: The machine type, its seats per node, the nodes that all users need.
        alternatives: All types allowed, cheapest first.
        warm_nodes: Nodes up before people come.
        warm_seats: Seats promised to be ready then.
        max_nodes: Most nodes the pool may have.
        placeholders: What holds the warm seats; None on a fixed number of nodes.
        outcome: Who waits, by replay of even arrivals.
        spawn_limit: Spawns that the hub admits at once.
        start_timeout: Seconds after which a start has failed.
        figures: Every number with its reason.
    """

    chosen: Alternative
    alternatives: tuple[Alternative, ...]
    warm_nodes: int
    warm_seats: int
    max_nodes: int
    placeholders: Held | None
    outcome: Outcome
    spawn_limit: int
    start_timeout: int
    figures: tuple[Figure, ...]

    @property
    def node(self) -> Node:
        """Return the node chosen."""
        return self.chosen.offer.node
