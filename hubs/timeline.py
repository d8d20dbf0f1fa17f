"""What is on from one instant to the next, over the whole life of a stack. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from hubs.active import EventNow, PlannedEvent, at, on_hub
from hubs.cluster import ClusterConfig
from hubs.settings import instants


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A span in which nothing of a stack's events changes.

    Attributes:
        starts: Its first instant, in UTC.
        ends: The first of the next stage; None for the last.
        events: Every event as it is then.
        on: What is on at each hub that has events, by its name; several events as one.
    """

    starts: datetime
    ends: datetime | None
    events: tuple[EventNow, ...]
    on: Mapping[str, EventNow | None]


def stages(events: Sequence[PlannedEvent], cluster: ClusterConfig) -> list[Stage]:
    """Return the life of a stack from the first change of its events on, in order."""
    hubs = {event.hub.name: event.hub for event in events}
    found = instants(events, cluster)
    return [
        Stage(
            starts=starts,
            ends=ends,
            events=(current := tuple(at(event, starts) for event in events)),
            on={name: on_hub(hub, current) for name, hub in hubs.items()},
        )
        for starts, ends in zip_longest(found, found[1:])
    ]
