"""What is known of an event and what may be had: the inputs of a plan. Pure."""

from dataclasses import dataclass

from capacity.beside import Pod, seats_taken
from capacity.crowds import Crowd, Shape, Stay, Uniform
from capacity.nodes import Node
from capacity.packing import Seat

# Source: 2i2c event guide: at least 3-4 and at most about 100 users on a node.
FEWEST_PER_NODE, MOST_PER_NODE = 4, 100
# The 95th percentile of node start is half as much again as the median in the recorded
# events of 2i2c and datahub (240/360 s, 300/450 s, 480/720 s).
SLOW_PERCENT = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Nodes that may be had: a machine type at a price, or a fixed number of own ones.

    Attributes:
        node: What one of them has for user servers.
        micro_usd_per_hour: Price of one, in millionths of a dollar; None for own nodes.
        priced: Date and source of the price.
        count: How many there are; None where an autoscaler adds them.
        beside: Pods on own nodes that are no user's, and not taken off `node` yet.
    """

    node: Node
    micro_usd_per_hour: int | None = None
    priced: str = ""
    count: int | None = None
    beside: tuple[Pod, ...] = ()

    def taken(self, seat: Seat) -> int:
        """Return how many seats of own nodes the pods beside users take; else none."""
        if self.count is None:
            return 0
        return seats_taken(self.node, self.count, self.beside, seat)


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
        arrive: How arrivals lie in time; evenly within the window if not given.
        show_up_permille: How many come, in thousandths.
        stay: How long people stay; None where only the way in matters.
        ends: Second at which minimum and placeholders go; None for never.
        lead: Seconds for which warm nodes are up before the session, to be paid for.
        leads: Leads to choose from instead; none if warm nodes are simply up.
        slow_percent: 95th percentile of node start and pull over their median, in hundredths.
        lost_permille: Of the warm nodes, how many are lost at `lost_at`, in thousandths.
        lost_at: Second of the session at which they are.
        node_limit: Nodes that a quota allows; None where nothing is known of it.
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
    arrive: Shape | None = None
    show_up_permille: int = 1000
    stay: Stay | None = None
    ends: int | None = None
    lead: int = 0
    leads: tuple[int, ...] = ()
    slow_percent: int = SLOW_PERCENT
    lost_permille: int = 0
    lost_at: int = 0
    node_limit: int | None = None

    @property
    def crowd(self) -> Crowd:
        """Return everybody of one session."""
        return Crowd(
            users=self.users,
            shape=self.arrive or Uniform(self.within),
            show_up_permille=self.show_up_permille,
            stay=self.stay,
        )
