"""Crowds and nodes for which tests search, and what they read of a choice."""

from dataclasses import replace

from needs import USER_A_MINUTE as NEED

from capacity.allocatable import Allocatable
from capacity.candidates import Option
from capacity.crowds import Uniform
from capacity.machine_choice import Alternative, fixed
from capacity.needs import Need, Offer
from capacity.nodes import declared_node
from capacity.quantities import GIB
from capacity.scene import HubRules

# A millionth of a dollar a millisecond.
PRICE = 3_600_000
HUB = HubRules(spawn_limit=64, start_timeout=300)
EXAM = replace(NEED, every_seat_warm=True, waiting_permille=0)
# Thirty at random within ten minutes; nodes start and pull as slowly as recorded.
CLASS = replace(
    NEED,
    users=30,
    within=600,
    arrive=Uniform(600),
    node_ready=300,
    image_pull=60,
    slow_percent=150,
)


def offer(seats: int, *, price: int | None = PRICE, hidden: int = 0, name: str = "") -> Offer:
    """Return nodes of so many seats, of which the template hides some millicpu."""
    left = Allocatable(memory=seats * GIB, cpu=seats * 400, pods=110)
    node = declared_node(name or f"of-{seats}", left)
    node = replace(node, template_cpu=node.template_cpu - hidden)
    return Offer(node=node, micro_usd_per_hour=price)


def nodes_for(
    seats: int, need: Need = NEED, *, price: int | None = PRICE, name: str = ""
) -> Alternative:
    """Return the same as the alternative that has them."""
    return fixed(need, offer(seats, price=price, name=name))


def numbers(option: Option) -> tuple[int, int, int | None]:
    """Return warm nodes, seats of a placeholder and lead."""
    held = option.choice.held
    return option.choice.warm_nodes, held.seats if held else 0, option.choice.lead
