"""From when to when a hub is frozen for an event, and what the gate must know of it. Pure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from events.instants import instant, zone
from events.phases import Schedule
from hubs.active import PlannedEvent
from hubs.event import EventConfig
from hubs.freeze_config import FreezeConfig
from hubs.freeze_parts import unseen
from hubs.hub import HubConfig
from hubs.values_access import Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Freeze:
    """A half-open span of time in which the environment of a hub may not change.

    Attributes:
        event: Name of the event that it is for.
        hub: Name of the hub.
        since: First instant, in the event's time zone.
        until: The instant at which the last of the event's settings go off.
        config: What the stack file says.
    """

    event: str
    hub: str
    since: datetime
    until: datetime
    config: FreezeConfig

    def holds(self, now: datetime) -> bool:
        """Return whether the hub is frozen at an instant, lifted or not."""
        return self.since <= now < self.until

    @property
    def span(self) -> str:
        """Return the span as people read it."""
        return f"from {shown(self.since)} to {shown(self.until)}"

    @property
    def lifted(self) -> str | None:
        """Return in words who has lifted it and why; None if nobody has."""
        emergency = self.config.emergency
        if emergency is None:
            return None
        told = f"freeze of hub {self.hub} for event {self.event} {self.span} is lifted by"
        return f"{told} {emergency.by.strip()}: {emergency.reason.strip()}"


def shown(moment: datetime) -> str:
    """Return an instant with its zone, as people read it."""
    return f"{moment:%Y-%m-%d %H:%M %Z}"


def ends(event: EventConfig, schedule: Schedule) -> datetime:
    """Return when the last of an event's settings go off, in its time zone."""
    last = max(session.ends for session in schedule.sessions)
    return (last + schedule.drain).astimezone(zone(event.timezone))


def freeze_mistakes(event: EventConfig, schedule: Schedule) -> Iterator[tuple[str, str]]:
    """Yield the path within the event, and the message, of a freeze that can never hold."""
    if event.freeze is None:
        return
    until = ends(event, schedule)
    try:
        since = instant(event.freeze.since, zone(event.timezone))
    except ValueError as error:
        yield "freeze.since", str(error)
        return
    if since >= until:
        told = f"not before {shown(until)}, when the event is over"
        yield "freeze.since", f"found {event.freeze.since}, {told}; write an earlier time"


def freezes(events: Iterable[PlannedEvent]) -> list[Freeze]:
    """Return the freezes of events, the first to begin first."""
    found = [_freeze(event, event.config.freeze) for event in events if event.config.freeze]
    return sorted(found, key=lambda one: (one.since, one.event))


def _freeze(event: PlannedEvent, config: FreezeConfig) -> Freeze:
    return Freeze(
        event=event.config.name,
        hub=event.hub.name,
        since=instant(config.since, event.where).astimezone(event.where),
        until=ends(event.config, event.schedule),
        config=config,
    )


def lifted(events: Iterable[PlannedEvent], now: datetime) -> list[str]:
    """Return in words every freeze of an event that is not over which somebody has lifted."""
    return [one.lifted for one in freezes(events) if one.lifted and now < one.until]


def frozen_facts(
    hub: HubConfig,
    events: Sequence[PlannedEvent],
    now: datetime,
    usual: Callable[[], Values],
) -> Values:
    """Return what the gate must know of the freezes of a hub; nothing while it has none.

    Args:
        hub: What its file says.
        events: Every event of the stack.
        now: The instant.
        usual: Gives the values of the hub's chart while no event is on.
    """
    held = [one for one in freezes(events) if one.hub == hub.name and one.holds(now)]
    if not held:
        return {}
    facts: list[Values] = [_facts(one) for one in held]
    return {"frozen": {"unseen": unseen(hub, usual()), "freezes": facts}}


def _facts(freeze: Freeze) -> Values:
    return {
        "event": freeze.event,
        "span": freeze.span,
        "environment": dict(freeze.config.environment),
        "lifted": freeze.lifted,
    }
