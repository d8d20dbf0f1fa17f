"""What can be decided for an event, and what people then meet. Pure."""

from dataclasses import dataclass

from capacity.machine_choice import Alternative
from capacity.machines import find
from capacity.needs import Held, Need
from capacity.packing import per_node
from capacity.proof import Proof
from capacity.quantities import ceil_div
from capacity.scene import Duration, HubRules, Placeholders, Room, Scene

# Parts of a node that a placeholder may hold.
_PARTS = (1, 2, 4, 8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What can be decided for one machine type.

    Attributes:
        alternative: The type, its seats per node, the nodes that all users need.
        warm_nodes: Nodes up before people come.
        held: Placeholders; None without any.
        max_nodes: Most nodes there may be.
        lead: Seconds before the session at which warm nodes are asked for; None if they are up.
    """

    alternative: Alternative
    warm_nodes: int
    held: Held | None
    max_nodes: int
    lead: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A choice, what it costs for one session, and who waits with it.

    Attributes:
        choice: What was decided.
        micro_usd: Nodes of one session, lead and drain included, in millionths of a dollar,
            rounded up; None without a price.
        proof: Who waits.
        within_bound: Whether the waiting keeps its bound, with confidence.
    """

    choice: Choice
    micro_usd: int | None
    proof: Proof
    within_bound: bool

    @property
    def rank(self) -> tuple[bool, float, float, float]:
        """Return what to minimise: out of bounds, cost, waiting, evictions."""
        cost = self.proof.node_hours.mean if self.micro_usd is None else self.micro_usd
        share = self.proof.share_of_95
        if not self.within_bound:
            return (True, share, cost, 0.0)
        return (False, cost, share, self.proof.evictions.mean)


def held_per_node(need: Need, alternative: Alternative) -> int:
    """Return how many seats of a node placeholders can hold, the template considered."""
    return max(1, min(alternative.seats.seats, per_node(alternative.offer.node, need.seat)))


def held_of(need: Need, alternative: Alternative, warm_nodes: int, seats: int) -> Held | None:
    """Return the placeholders of so many seats each that fill the warm nodes."""
    replicas = warm_nodes * (held_per_node(need, alternative) // seats)
    if replicas == 0:
        return None
    return Held(replicas=replicas, pod=need.seat.times(seats), seats=seats)


def sizes(need: Need, alternative: Alternative) -> list[int]:
    """Return the sizes of placeholders considered, in seats: one, and parts of a node."""
    whole = held_per_node(need, alternative)
    return sorted({1} | {whole // part for part in _PARTS if whole >= part})


def nodes_for_all(need: Need, alternative: Alternative) -> int:
    """Return the most nodes there may be: for every user; exams have one to spare."""
    nodes = alternative.nodes + (1 if need.every_seat_warm else 0)
    nodes = ceil_div(nodes * 1000, 1000 - need.lost_permille)
    return nodes if need.node_limit is None else min(nodes, need.node_limit)


def keeps(need: Need, proof: Proof) -> bool:
    """Return whether a proof keeps the bound on waiting, and nobody waits for others to leave."""
    has_room = proof.causes["maxNodes"] == proof.causes["notServed"] == 0
    return proof.waiting_permille <= need.waiting_permille and has_room


def scene_of(need: Need, choice: Choice, hub: HubRules) -> Scene:
    """Return what people meet with a choice."""
    node = choice.alternative.offer.node
    held = choice.held
    return Scene(
        seat=need.seat,
        room=Room(
            memory=node.memory,
            cpu=node.cpu,
            pods=node.pods,
            template_cpu=node.cpu - node.template_cpu,
        ),
        warm_nodes=choice.warm_nodes,
        max_nodes=choice.max_nodes,
        lead=choice.lead,
        minimum_until=need.ends,
        users_before=choice.alternative.offer.taken(need.seat),
        placeholders=Placeholders(
            replicas=held.replicas if held else 0, pod=held.pod if held else need.seat.times(0)
        ),
        hub=hub,
        node_ready=slow(need.node_ready, need.slow_percent),
        image_pull=slow(need.image_pull, need.slow_percent),
        lost_nodes=ceil_div(choice.warm_nodes * need.lost_permille, 1000),
        lost_at=need.lost_at,
        wait_limit=need.wait_limit,
    )


def vcpus(choice: Choice) -> int | None:
    """Return the vCPUs that a quota must allow for the most nodes; None for own nodes."""
    if choice.alternative.offer.count is not None:
        return None
    return find(choice.alternative.offer.node.name).vcpus * choice.max_nodes


def slow(seconds: int, percent: int) -> Duration:
    """Return a duration whose 95th percentile is so many hundredths of its median."""
    return Duration(p50=seconds, p95=seconds * percent / 100)
