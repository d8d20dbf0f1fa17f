"""Events with their plans, and what of them is on at an instant. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from capacity.needs import Need
from capacity.planned import Plan
from events.lead import Lead
from events.phases import Phase, Schedule, Transition
from hubs.event import EventConfig
from hubs.hub import HubConfig

# Who is expected: names of events, and how many people each has then.
Expected = frozenset[tuple[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Those who are expected on a hub at one time, as one event, and its plan."""

    config: EventConfig
    need: Need
    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedEvent:
    """An event, what must exist for it, and when.

    Attributes:
        config: What the stack file says; of several events that are on together, as one.
        hub: Whose users come.
        lead: How long before a session its settings are on, and why.
        schedule: When they are on.
        need: The largest that its pool must meet.
        plan: For that need.
        owner: Name of the event whose pool takes new servers.
        together: The plan for everybody who is ever expected while its pool takes new servers;
            empty for an event that always shares the pool of a longer one.
    """

    config: EventConfig
    hub: HubConfig
    lead: Lead
    schedule: Schedule
    need: Need
    plan: Plan
    owner: str
    together: Mapping[Expected, Together] = field(compare=False, hash=False)

    @property
    def where(self) -> ZoneInfo:
        """Return the time zone in which the event's times are said."""
        return ZoneInfo(self.config.timezone)

    @property
    def place(self) -> tuple[datetime, str]:
        """Return where it stands among events: by its first session, then by name."""
        return self.schedule.sessions[0].starts, self.config.name


@dataclass(frozen=True, slots=True, kw_only=True)
class EventNow:
    """A planned event at an instant, or several on one hub as one."""

    planned: PlannedEvent
    state: Transition
    members: tuple["EventNow", ...] = ()

    @property
    def is_there(self) -> bool:
        """Return whether the event is being prepared or on."""
        return self.state.phase in ("staged", "warm", "live")

    @property
    def has_pool(self) -> bool:
        """Return whether the event's own pool is there."""
        return self.is_there and bool(self.planned.together)

    @property
    def is_on(self) -> bool:
        """Return whether the hub has the event's settings."""
        return self.state.phase in ("warm", "live")


def phase_changes(events: Iterable[PlannedEvent]) -> list[datetime]:
    """Return every instant at which one of some events changes its phase, in order."""
    return sorted({change.at for event in events for change in event.schedule.transitions})


def at(event: PlannedEvent, now: datetime) -> EventNow:
    """Return a planned event as it is at an instant."""
    return EventNow(planned=event, state=event.schedule.state(now))


def expected(events: Iterable[EventNow]) -> Expected:
    """Return who is expected at an instant, of the events that are on."""
    return frozenset((one.planned.config.name, one.state.users) for one in events if one.is_on)


def owner(events: Sequence[tuple[str, Schedule]]) -> str:
    """Return the event whose pool takes new servers: of those that are on, the last to end.

    So nobody's server is on a pool that goes before they do.
    """
    return max(events, key=lambda event: (event[1].windows[-1].ends, event[0]))[0]


def on_hub(hub: HubConfig, events: Iterable[EventNow]) -> EventNow | None:
    """Return what is on at a hub: an event, several as one, or None."""
    found = (one for one in events if one.is_on and one.planned.hub is hub)
    members = tuple(sorted(found, key=lambda one: one.planned.config.name))
    if not members:
        return None
    name = owner([(one.planned.config.name, one.planned.schedule) for one in members])
    [own] = [one.planned for one in members if one.planned.config.name == name]
    crowd = own.together[expected(members)]
    planned = replace(own, config=crowd.config, need=crowd.need, plan=crowd.plan)
    return EventNow(planned=planned, state=_state(members), members=members)


def _state(members: Sequence[EventNow]) -> Transition:
    """Return the phase of several events as one: an exam that is not over holds back culling."""
    decide = [one for one in members if one.planned.config.kind == "exam"] or members
    phase: Phase = "live" if any(one.state.phase == "live" for one in members) else "warm"
    return Transition(
        at=max(one.state.at for one in members),
        phase=phase,
        draining=all(one.state.draining for one in decide),
        users=sum(one.state.users for one in members),
    )
