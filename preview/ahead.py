"""The instants at which events to come are judged, beside the one that is asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from hubs.active import PlannedEvent, at, expected
from preview.pack import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """Events at an instant to come.

    Attributes:
        names: The events.
        now: The instant.
        word: What to ask for to see it: an event's name where that means the same.
    """

    names: tuple[str, ...]
    now: datetime
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What the gate says of events at an instant to come."""

    ahead: Ahead
    verdict: Verdict


def to_judge(events: Sequence[PlannedEvent], now: datetime) -> list[Ahead]:
    """Return when each event that is not over is to be judged, in order.

    That is when its people come first, from an instant on, and when most are expected on its hub
    while they are there. What is on at that instant itself is judged anyway.
    """
    found: dict[datetime, list[PlannedEvent]] = {}
    for event in sorted(events, key=lambda event: event.place):
        for instant in sorted(_instants(event, events, now) - {now}):
            found.setdefault(instant, []).append(event)
    return [_ahead(instant, found[instant]) for instant in sorted(found)]


def _ahead(instant: datetime, events: Sequence[PlannedEvent]) -> Ahead:
    firsts = [one.config.name for one in events if one.schedule.sessions[0].starts == instant]
    local = instant.astimezone(events[0].where)
    names = tuple(event.config.name for event in events)
    word = firsts[0] if firsts else local.isoformat(timespec="minutes")
    return Ahead(names=names, now=local, word=word)


def _instants(event: PlannedEvent, events: Sequence[PlannedEvent], now: datetime) -> set[datetime]:
    live = list(_live(event, events, now))
    if not live:
        return set()
    _, most = max(live, key=lambda one: one[0])
    return {live[0][1], most}


def _live(
    event: PlannedEvent, events: Sequence[PlannedEvent], now: datetime
) -> Iterator[tuple[tuple[int, int], datetime]]:
    """Yield when an event is live from now on, and how many people and events its hub then has.

    Of instants with as many people, that with most events serves them all.
    """
    hub = [one for one in events if one.hub is event.hub]
    changes = {change.at for one in hub for change in one.schedule.transitions}
    for instant in sorted({now, *(change for change in changes if change > now)}):
        if event.schedule.state(instant).phase == "live":
            current = [at(one, instant) for one in hub]
            people = sum(users for _, users in expected(current))
            yield (people, sum(one.state.phase == "live" for one in current)), instant
