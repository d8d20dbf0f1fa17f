"""The settings of an event as people read them, and what each change of phase switches. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from capacity.planned import Plan
from events.durations import show
from events.phases import Transition
from hubs.active import EventNow, PlannedEvent
from hubs.cluster_parts import Provider
from hubs.schedules import EXAM_CULL_TIMEOUT

Settings = dict[str, str]
OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of phase, and the settings that it switches: name to new value."""

    transition: Transition
    switched: Settings


def settings(event: EventNow, provider: Provider) -> Settings:
    """Return every setting of an event at an instant; empty when nothing of it is on."""
    plan, config = event.planned.plan, event.planned.config
    found: Settings = {}
    if event.has_pool and provider != "existing":
        found["pool"] = f"{plan.node.name}, at most {plan.max_nodes} nodes"
    if event.has_pool and provider == "gke":
        found["upgrades"] = "never while it is on"
    if not event.is_on:
        return found
    found |= _warm(plan, provider)
    found["profile"] = f"{config.name} only"
    found["pre-puller"] = "on"
    found["spawn limit"] = str(plan.spawn_limit)
    found["start timeout"] = f"{plan.start_timeout} s"
    if config.egress_lock is not None:
        found["egress"] = f"locked, but for {', '.join(config.egress_lock.allow) or 'the hub'}"
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


def changes(event: PlannedEvent, provider: Provider) -> Iterator[Change]:
    """Yield every change of phase of an event, with what it switches on or off."""
    before: Settings = {}
    for transition in event.schedule.transitions():
        now = settings(EventNow(planned=event, state=transition), provider)
        switched = {name: value for name, value in now.items() if before.get(name) != value}
        switched |= {name: OFF for name in before if name not in now}
        yield Change(transition=transition, switched=switched)
        before = now
