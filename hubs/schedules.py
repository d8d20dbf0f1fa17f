"""From an event's config to its schedule: sessions, lead, drain. Pure."""

from collections.abc import Iterator
from datetime import date, datetime

from events.instants import instant, minutes_up, zone
from events.lead import NODE_READY_SECONDS, SCHEDULE_SLACK_SECONDS, Lead, image_pull_seconds
from events.phases import Schedule
from events.sessions import Session, repeated
from hubs.cluster import ClusterConfig
from hubs.event import EventConfig, SessionConfig
from hubs.hub import HubConfig

# An exam's servers are culled quickly once it ends, so that its settings are off within
# the hour: idle for ten minutes, looked at every ten, and ten for the culls themselves.
EXAM_CULL_TIMEOUT, EXAM_CULL_EVERY = 600, 600


def session_mistakes(event: EventConfig) -> Iterator[tuple[str, str]]:
    """Yield the path within the event, and the message, of every session that cannot be."""
    for index, session in enumerate(event.sessions):
        place = f"sessions[{index}]"
        where = zone(event.timezone)
        bounds: dict[str, datetime] = {}
        for name, written in (("starts", session.starts), ("ends", session.ends)):
            try:
                bounds[name] = instant(written, where)
            except ValueError as error:
                yield f"{place}.{name}", str(error)
        if len(bounds) == 1 or not bounds:
            continue
        if bounds["ends"] <= bounds["starts"]:
            yield f"{place}.ends", f"found {session.ends}, not after starts {session.starts}"
            continue
        first = bounds["starts"].astimezone(where).date().isoformat()
        if session.until is not None and session.until < first:
            yield f"{place}.until", f"found {session.until}, before starts {session.starts}"
            continue
        try:
            _sessions(event, session)
        except ValueError as error:
            yield f"{place}.repeats", str(error)


def _sessions(event: EventConfig, session: SessionConfig) -> list[Session]:
    where = zone(event.timezone)
    first = Session(starts=instant(session.starts, where), ends=instant(session.ends, where))
    until = date.fromisoformat(session.until) if session.until else None
    return repeated(first, where, session.repeats, until)


def sessions(event: EventConfig) -> tuple[Session, ...]:
    """Return every session of an event, repeats included, in order."""
    found = [one for session in event.sessions for one in _sessions(event, session)]
    return tuple(sorted(found, key=lambda session: (session.starts, session.ends)))


def longest_session(event: EventConfig) -> int:
    """Return the seconds of an event's longest session."""
    return max(int((one.ends - one.starts).total_seconds()) for one in sessions(event))


def lead_of(cluster: ClusterConfig, event: EventConfig, hub: HubConfig) -> Lead:
    """Return how long before its sessions an event must be prepared, and why."""
    return Lead(
        node_ready=event.node_ready or cluster.node_ready or NODE_READY_SECONDS,
        image_pull=image_pull_seconds(hub.image.size),
        slack=cluster.schedule_slack or SCHEDULE_SLACK_SECONDS,
    )


def drain_seconds(event: EventConfig, hub: HubConfig) -> int:
    """Return the seconds until servers left running are culled after a session."""
    if event.drain is not None:
        return event.drain
    if event.kind == "exam":
        return EXAM_CULL_TIMEOUT + 2 * EXAM_CULL_EVERY
    return hub.cull.timeout + 2 * hub.cull.every


def schedule(cluster: ClusterConfig, event: EventConfig, hub: HubConfig) -> Schedule:
    """Return when an event's settings are on."""
    return Schedule(
        sessions=sessions(event),
        lead=lead_of(cluster, event, hub).span,
        drain=minutes_up(drain_seconds(event, hub)),
    )
