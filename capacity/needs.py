"""What is known of an event and what may be had: the inputs of a plan. Pure."""

from dataclasses import dataclass

from capacity.nodes import Node
from capacity.packing import Seat

# Source: 2i2c event guide: at least 3-4 and at most about 100 users on a node.
FEWEST_PER_NODE, MOST_PER_NODE = 4, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Nodes that may be had: a machine type at a price, or a fixed number of own ones.

    Attributes:
        node: What one of them has for user servers.
        micro_usd_per_hour: Price of one, in millionths of a dollar; None for own nodes.
        priced: Date and source of the price.
        count: How many there are; None where an autoscaler adds them.
    """

    node: Node
    micro_usd_per_hour: int | None = None
    priced: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Placeholders: how many pods, what each asks, how many seats each holds."""

    replicas: int
    pod: Seat
    seats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """Numbers that a stack file sets instead of having them derived."""

    warm_nodes: int | None = None
    max_nodes: int | None = None
    placeholders: Held | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What is known of an event.

    Attributes:
        users: People, each with one server.
        seat: What each server is guaranteed.
        within: Seconds in which they all come.
        every_seat_warm: Whether nobody may wait (an exam).
        waiting_permille: Greatest waiting share allowed, in thousandths.
        wait_limit: Seconds after which a user counts as waiting.
        node_ready: Seconds until a new node is Ready.
        image_pull: Seconds until the image is on it.
        fewest_per_node: Fewest users per node that are allowed.
    """

    users: int
    seat: Seat
    within: int
    every_seat_warm: bool
    waiting_permille: int
    wait_limit: int
    node_ready: int
    image_pull: int
    fewest_per_node: int = FEWEST_PER_NODE
