"""What is known of an event, as the planner wants it. Pure."""

from capacity.crowds import Stay
from capacity.needs import FEWEST_PER_NODE, Held, Need, Overrides
from capacity.packing import Seat
from hubs.cluster import ClusterConfig
from hubs.event import EventConfig
from hubs.hub import HubConfig
from hubs.schedules import drain_seconds, lead_of, longest_session

# Source: 2i2c event guide: at most 30 % of users may wait for a node.
DEFAULT_WAITING_PERMILLE = 300


def need_of(cluster: ClusterConfig, event: EventConfig, hub: HubConfig) -> Need:
    """Return what is known of an event as the planner wants it."""
    lead = lead_of(cluster, event, hub)
    exam = event.kind == "exam"
    length = longest_session(event)
    drain = drain_seconds(event, hub)
    share = DEFAULT_WAITING_PERMILLE if event.waiting_share is None else event.waiting_share
    fewest = event.users_per_node.min if event.users_per_node else FEWEST_PER_NODE
    return Need(
        users=event.users,
        seat=Seat(memory=event.seat.memory, cpu=event.seat.cpu),
        within=event.arrivals.seconds(event.users),
        every_seat_warm=exam,
        waiting_permille=0 if exam else share,
        wait_limit=event.wait_limit,
        node_ready=lead.node_ready,
        image_pull=lead.image_pull,
        fewest_per_node=fewest,
        arrive=event.arrivals.curve(),
        show_up_permille=1000 if event.show_up is None else event.show_up,
        stay=Stay(seconds=length, until_end=True, cull=drain),
        ends=length + drain,
        lead=int(lead.span.total_seconds()),
    )


def overrides_of(event: EventConfig) -> Overrides:
    """Return what a stack file sets of a plan instead of having it derived."""
    wanted = event.placeholders
    held = None
    if wanted is not None:
        by_cpu = wanted.cpu // event.seat.cpu
        held = Held(
            replicas=wanted.replicas,
            pod=Seat(memory=wanted.memory, cpu=wanted.cpu),
            seats=min(wanted.memory // event.seat.memory, by_cpu),
        )
    return Overrides(
        warm_nodes=event.pool.warm_nodes,
        max_nodes=event.pool.max_nodes,
        placeholders=held,
    )
