"""An event with its plan and schedule, and what of it is on at an instant. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from capacity.crowds import Stay
from capacity.machine_choice import alternatives, fixed
from capacity.needs import FEWEST_PER_NODE, Held, Need, Overrides
from capacity.packing import Seat
from capacity.plan import make_plan
from capacity.planned import Plan
from events.lead import Lead
from events.phases import Schedule, Transition
from hubs.cluster import ClusterConfig
from hubs.event import EventConfig
from hubs.hub import HubConfig
from hubs.offers import offer, offers
from hubs.schedules import drain_seconds, lead_of, longest_session, schedule, sessions
from hubs.storage_plan import storage_plan

# Source: 2i2c event guide: at most 30 % of users may wait for a node.
DEFAULT_WAITING_PERMILLE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedEvent:
    """An event, what must exist for it, and when."""

    config: EventConfig
    hub: HubConfig
    lead: Lead
    schedule: Schedule
    need: Need
    plan: Plan

    @property
    def where(self) -> ZoneInfo:
        """Return the time zone in which the event's times are said."""
        return ZoneInfo(self.config.timezone)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventNow:
    """A planned event at an instant."""

    planned: PlannedEvent
    state: Transition

    @property
    def has_pool(self) -> bool:
        """Return whether the event's own pool is there."""
        return self.state.phase in ("staged", "warm", "live")

    @property
    def is_on(self) -> bool:
        """Return whether the hub has the event's settings."""
        return self.state.phase in ("warm", "live")


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
        sessions=len(sessions(event)),
    )


def _overrides(event: EventConfig) -> Overrides:
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


def planned(cluster: ClusterConfig, event: EventConfig, hub: HubConfig) -> PlannedEvent:
    """Return an event with its plan and schedule.

    Raises:
        NoMachineError: no node of the cluster can hold the event within its rules.
        NotSoldError: the cluster's storage has a size that is not sold.
    """
    need = need_of(cluster, event, hub)
    own = cluster.provider == "existing" or event.pool.machine_type is not None
    ranked = (
        [fixed(need, offer(cluster, event.pool.machine_type))]
        if own
        else alternatives(need, offers(cluster))
    )
    plan = make_plan(need, ranked, _overrides(event))
    storage = storage_plan(cluster, event, hub, plan.node, plan.chosen.seats.seats)
    return PlannedEvent(
        config=event,
        hub=hub,
        lead=lead_of(cluster, event, hub),
        schedule=schedule(cluster, event, hub),
        need=need,
        plan=replace(plan, figures=plan.figures + storage),
    )


def at(event: PlannedEvent, now: datetime) -> EventNow:
    """Return a planned event as it is at an instant."""
    return EventNow(planned=event, state=event.schedule.state(now))
