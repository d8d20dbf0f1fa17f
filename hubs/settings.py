"""The settings of events as people read them, and what each change of phase switches. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from capacity.planned import Plan
from events.durations import show
from hubs.active import EventNow, PlannedEvent, at, on_hub, phase_changes
from hubs.cluster import ClusterConfig
from hubs.cluster_parts import Provider
from hubs.home_times import HomeStep, home_steps, unit
from hubs.hub import HubConfig
from hubs.schedules import EXAM_CULL_TIMEOUT

Settings = dict[str, str]
OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An instant at which events of a hub change their phase.

    Attributes:
        at: The instant, in UTC.
        hub: The hub.
        where: The time zone of its first event.
        moved: The events whose phase, or number of people, changes then.
        switched: The settings that change then: name to new value.
        usual: Whether the hub is as usual from then on.
    """

    at: datetime
    hub: HubConfig
    where: ZoneInfo
    moved: tuple[EventNow, ...]
    switched: Settings
    usual: bool


def instants(events: Sequence[PlannedEvent], cluster: ClusterConfig) -> list[datetime]:
    """Return every instant at which anything of a stack's events changes, in order."""
    return sorted({*phase_changes(events), *(it.at for it in home_steps(cluster, events))})


def settings(hub: HubConfig, events: Sequence[EventNow], provider: Provider) -> Settings:
    """Return every setting of a hub's events at an instant; empty when nothing of them is on."""
    found: Settings = {}
    own = [event for event in events if event.planned.hub is hub]
    bringing = [event.planned for event in own if event.planned.together]
    for event in own:
        if event.has_pool and provider != "existing":
            name = "pool" if len(bringing) == 1 else f"pool of {event.planned.owner}"
            found[name] = _pool(event.planned)
    there = any(event.is_there for event in own)
    if provider == "gke" and there:
        found["upgrades"] = "never while it is on"
    if hub.sign_in.kind == "sharedPassword" and there:
        found["passwords"] = "new ones"
    on = on_hub(hub, own)
    return found if on is None else found | _on(on, provider)


def _pool(event: PlannedEvent) -> str:
    most = max(crowd.plan.max_nodes for crowd in event.together.values())
    return f"{event.plan.node.name}, at most {most} nodes"


def _on(event: EventNow, provider: Provider) -> Settings:
    plan, config = event.planned.plan, event.planned.config
    found = _warm(plan, provider)
    kept = ", ".join(sorted(config.options))
    found["profile"] = f"{config.name}, and {kept}" if kept else f"{config.name} only"
    found["pre-puller"] = "on"
    found["spawn limit"] = str(plan.spawn_limit)
    found["start timeout"] = f"{plan.start_timeout} s"
    if config.egress_lock is not None:
        found["egress"] = f"locked, but for {config.egress_lock.left_open}"
    if config.kind == "exam":
        seat = config.seat
        equal = seat.limits == (seat.memory, seat.cpu)
        found["QoS"] = "Guaranteed" if equal else "Burstable"
        found["culling"] = (
            f"after {show(EXAM_CULL_TIMEOUT)} idle" if event.state.draining else "suspended"
        )
    return found


def _warm(plan: Plan, provider: Provider) -> Settings:
    found: Settings = {}
    if provider == "gke":
        found["minimum nodes"] = str(plan.warm_nodes)
    if plan.placeholders is not None:
        held = plan.placeholders
        found["placeholders"] = f"{held.replicas} of {held.seats} seats"
    return found


def changes(events: Sequence[PlannedEvent], cluster: ClusterConfig) -> Iterator[Change]:
    """Yield every change, hub by hub and in order, with what it switches on or off."""
    steps = home_steps(cluster, events)
    hubs = {event.hub.name: event.hub for event in events}
    for hub in hubs.values():
        own = [event for event in events if event.hub is hub]
        moving = any(event.config.storage for event in own)
        before: Settings = {}
        for instant in sorted({*phase_changes(own), *(step.at for step in steps if moving)}):
            states = tuple(at(event, instant) for event in own)
            now = settings(hub, states, cluster.provider)
            if moving:
                now |= _homes(cluster, steps, instant)
            yield _change(hub, instant, states, (before, now))
            before = now


def _homes(cluster: ClusterConfig, steps: Sequence[HomeStep], now: datetime) -> Settings:
    past = [step for step in steps if step.at <= now]
    if not past or past[-1].usual:
        return {}
    return {"home directories": f"{past[-1].size} {unit(cluster)}"}


def _change(
    hub: HubConfig,
    instant: datetime,
    states: tuple[EventNow, ...],
    settings_of: tuple[Settings, Settings],
) -> Change:
    before, now = settings_of
    switched = {name: value for name, value in now.items() if before.get(name) != value}
    switched |= {name: OFF for name in before if name not in now}
    return Change(
        at=instant,
        hub=hub,
        where=states[0].planned.where,
        moved=tuple(state for state in states if state.state.at == instant),
        switched=switched,
        usual=bool(before) and not now,
    )
