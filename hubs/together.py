"""Events that share a hub at one time, as one event: people add up, the rest is the larger. Pure.

The order of the events decides nothing.
"""

from collections.abc import Sequence

from hubs.arrivals import ArrivalsConfig
from hubs.event import (
    EgressLockConfig,
    EventConfig,
    SeatConfig,
    StorageConfig,
    UsersPerNodeConfig,
)


def as_one(events: Sequence[EventConfig], owner: str) -> EventConfig:
    """Return events as one, each with the users that are expected then.

    Args:
        events: Those that are on together, at least one.
        owner: Name of the one whose pool takes new servers.
    """
    if len(events) == 1:
        return events[0]
    [own] = [event for event in events if event.name == owner]
    return own.model_copy(
        update={
            "name": "-and-".join(sorted(event.name for event in events)),
            "kind": "exam" if any(event.kind == "exam" for event in events) else own.kind,
            "users": sum(event.users for event in events),
            "seat": _seat(events),
            "arrivals": ArrivalsConfig.model_construct(
                within=min(event.arrivals.seconds(event.users) for event in events)
            ),
            "storage": _storage([event.storage for event in events if event.storage]),
            "options": _options(events),
            "users_per_node": _fewest(events),
            "egress_lock": _locked([event.egress_lock for event in events if event.egress_lock]),
            "engineers": tuple(sorted({name for event in events for name in event.engineers})),
        }
    )


def _seat(events: Sequence[EventConfig]) -> SeatConfig:
    """Return the larger seat; one that an exam guarantees whole stays so."""
    memory = max(event.seat.memory for event in events)
    cpu = max(event.seat.cpu for event in events)
    limit = max(event.seat.limits[0] for event in events)
    cpu_limit = max(event.seat.limits[1] for event in events)
    if any(event.kind == "exam" for event in events):
        memory, cpu = limit, cpu_limit
    return SeatConfig.model_construct(
        memory=memory,
        cpu=cpu,
        memory_limit=None if limit == memory else limit,
        cpu_limit=None if cpu_limit == cpu else cpu_limit,
    )


def _storage(told: Sequence[StorageConfig]) -> StorageConfig | None:
    if not told:
        return None
    within = [one.within for one in told if one.within]
    return StorageConfig.model_construct(
        shared_read_per_user=max(one.shared_read_per_user or 0 for one in told),
        home_write_per_user=max(one.home_write_per_user or 0 for one in told),
        scratch_per_user=max(one.scratch_per_user or 0 for one in told),
        within=min(within, default=None),
    )


def _options(events: Sequence[EventConfig]) -> tuple[str, ...]:
    """Return all that one of them keeps; beside an exam everybody has its seat."""
    if any(event.kind == "exam" for event in events):
        return ()
    return tuple(sorted({name for event in events for name in event.options}))


def _fewest(events: Sequence[EventConfig]) -> UsersPerNodeConfig | None:
    told = [event.users_per_node for event in events if event.users_per_node]
    return min(told, key=lambda one: one.min, default=None)


def _locked(told: Sequence[EgressLockConfig]) -> EgressLockConfig | None:
    """Return the lock that all of them keep: open is what every one of them leaves open."""
    if not told:
        return None
    common = set(told[0].allow).intersection(*(one.allow for one in told))
    return EgressLockConfig(allow=tuple(sorted(common)))
