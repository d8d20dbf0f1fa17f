"""A plan and its figures, as data. Pure."""

from dataclasses import dataclass

from capacity.candidates import Option
from capacity.machine_choice import Alternative
from capacity.needs import Held
from capacity.nodes import Node
from capacity.proof import Proof
from capacity.scene import Scene


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
        options: The best plan on each machine type tried, the one chosen first.
        considered: How many machine types were allowed.
        tried: How many plans were simulated.
        curve: The same with fewer and with more warm nodes.
        warm_nodes: Nodes up before people come.
        warm_seats: Seats promised to be ready then.
        max_nodes: Most nodes the pool may have.
        placeholders: What holds the warm seats; None where nothing is held.
        micro_usd: Nodes of one session, lead and drain included; None without a price.
        scene: What people meet, as simulated.
        proof: Who waits, simulated with seeds that the search did not see.
        spawn_limit: Spawns that the hub admits at once.
        start_timeout: Seconds after which a start has failed.
        figures: Every number with its reason.
    """

    chosen: Alternative
    options: tuple[Option, ...]
    considered: int
    tried: int
    curve: tuple[Option, ...]
    warm_nodes: int
    warm_seats: int
    max_nodes: int
    placeholders: Held | None
    micro_usd: int | None
    scene: Scene
    proof: Proof
    spawn_limit: int
    start_timeout: int
    figures: tuple[Figure, ...]

    @property
    def node(self) -> Node:
        """Return the node chosen."""
        return self.chosen.offer.node
