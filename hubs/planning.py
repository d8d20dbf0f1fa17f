"""Planning the events of a hub: each alone, and those that are on together as one. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from capacity.beside import Pod
from capacity.joined_needs import at_once, largest
from capacity.machine_choice import Alternative, alternatives, fixed
from capacity.needs import Need
from capacity.plan import make_plan
from events.phases import Schedule
from hubs.active import Expected, PlannedEvent, Together, owner
from hubs.cluster import ClusterConfig
from hubs.event import EventConfig
from hubs.event_needs import need_of, overrides_of
from hubs.hub import HubConfig
from hubs.offers import offer, offers
from hubs.options import outlasting
from hubs.schedules import lead_of, schedule
from hubs.storage_plan import storage_plan
from hubs.together import as_one


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """Those expected at one time, as one event, and what they need."""

    expected: Expected
    config: EventConfig
    need: Need


def planned(
    cluster: ClusterConfig,
    hub: HubConfig,
    event: EventConfig,
    crowds: Sequence[Crowd],
    beside: tuple[Pod, ...] = (),
) -> PlannedEvent:
    """Return an event with plans for everybody who is ever there while its pool takes servers.

    Args:
        cluster: Where.
        hub: Whose event it is.
        event: The event.
        crowds: Those of `crowds` that are the event's; none if another's pool takes its servers.
        beside: Pods that share the nodes of users.

    Raises:
        NoMachineError: no node of the cluster can hold the event within its rules.
        NotSoldError: the cluster's storage has a size that is not sold.
    """
    need = largest([crowd.need for crowd in crowds] or [need_of(cluster, event, hub)])
    whole = max((crowd.config for crowd in crowds), key=lambda it: it.users, default=event)
    plan = make_plan(need, _choice(cluster, event, need, beside), overrides_of(event))
    storage = storage_plan(cluster, whole, hub, plan.node, plan.chosen.seats.seats)
    plan = replace(plan, figures=plan.figures + storage)
    together: dict[Expected, Together] = {}
    for crowd in crowds:
        own = plan
        if crowd.need != need:
            only = [fixed(crowd.need, plan.chosen.offer)]
            own = make_plan(crowd.need, only, overrides_of(event))
        own = outlasting(own, cluster, hub, crowd.config)
        together[crowd.expected] = Together(config=crowd.config, need=crowd.need, plan=own)
    return PlannedEvent(
        config=event,
        hub=hub,
        lead=lead_of(cluster, event, hub),
        schedule=schedule(cluster, event, hub),
        need=need,
        plan=outlasting(plan, cluster, hub, event),
        owner=event.name,
        together=together,
    )


def _choice(
    cluster: ClusterConfig, event: EventConfig, need: Need, beside: tuple[Pod, ...]
) -> list[Alternative]:
    wanted = event.pool.machine_type
    if cluster.provider == "existing" or wanted is not None:
        return [fixed(need, replace(offer(cluster, wanted), beside=beside))]
    return alternatives(need, offers(cluster))


def crowds(
    cluster: ClusterConfig, hub: HubConfig, events: Sequence[EventConfig]
) -> dict[str, list[Crowd]]:
    """Return who is ever expected on a hub together, by the event whose pool takes their servers.

    Args:
        cluster: Where.
        hub: The hub.
        events: All events of the hub.
    """
    schedules = {event.name: schedule(cluster, event, hub) for event in events}
    configs = {event.name: event for event in events}
    found: dict[str, list[Crowd]] = {}
    for expected in _expected(schedules):
        names = [name for name, _ in expected]
        whose = owner([(name, schedules[name]) for name in names])
        parts = [configs[name].model_copy(update={"users": users}) for name, users in expected]
        crowd = Crowd(
            expected=frozenset(expected),
            config=as_one(parts, whose),
            need=at_once([need_of(cluster, part, hub) for part in parts]),
        )
        found.setdefault(whose, []).append(crowd)
    return found


def _expected(schedules: Mapping[str, Schedule]) -> list[tuple[tuple[str, int], ...]]:
    """Return every set of events that are ever on together, with their users then, sorted."""
    instants = {change.at for one in schedules.values() for change in one.transitions}
    found = set[tuple[tuple[str, int], ...]]()
    for instant in instants:
        states = {name: one.state(instant) for name, one in schedules.items()}
        found.add(tuple(sorted((name, it.users) for name, it in states.items() if it.users)))
    return sorted(found - {()})
