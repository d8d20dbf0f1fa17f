"""From an event's config to its schedule: sessions, lead, drain. Pure."""

from collections.abc import Iterator
from datetime import date, datetime

from events.instants import minutes_up, zone
from events.lead import NODE_READY_SECONDS, SCHEDULE_SLACK_SECONDS, Lead, image_pull_seconds
from events.phases import Schedule
from events.repeats import MOST_SESSIONS
from events.sessions import (
    Session,
    Written,
    first_begins,
    first_ends,
    most_at_once,
    sessions_of,
)
from hubs.cluster import ClusterConfig
from hubs.event import EventConfig
from hubs.existing import ExistingConfig
from hubs.hub import HubConfig
from hubs.session_config import SessionConfig

# An exam's servers are culled quickly once it ends, so that its settings are off within
# the hour: idle for ten minutes, looked at every ten, and ten for the culls themselves.
EXAM_CULL_TIMEOUT, EXAM_CULL_EVERY = 600, 600


def session_mistakes(event: EventConfig) -> Iterator[tuple[str, str]]:
    """Yield the path within the event, and the message, of every session that cannot be."""
    found: list[Session] = []
    wrong = False
    for index, session in enumerate(event.sessions):
        mistakes = [(f"sessions[{index}].{key}", told) for key, told in _mistakes(event, session)]
        yield from mistakes
        wrong = wrong or bool(mistakes)
        found += [] if mistakes else sessions_of(as_written(session), zone(event.timezone))
    if not wrong:
        yield from _crowds(event, found)


def _mistakes(event: EventConfig, session: SessionConfig) -> Iterator[tuple[str, str]]:
    where, written = zone(event.timezone), as_written(session)
    bounds: dict[str, datetime] = {}
    for name, bound in (("starts", first_begins), ("ends", first_ends)):
        try:
            bounds[name] = bound(written, where)
        except ValueError as error:
            yield name, str(error)
    if len(bounds) < len(("starts", "ends")):
        return
    if bounds["ends"] <= bounds["starts"]:
        yield "ends", f"found {session.ends}, not after starts {session.starts}"
        return
    first = bounds["starts"].astimezone(where).date().isoformat()
    if session.until is not None and session.until < first:
        yield "until", f"found {session.until}, before starts {session.starts}"
        return
    try:
        sessions_of(written, where)
    except ValueError as error:
        yield "repeats", str(error)


def _crowds(event: EventConfig, found: list[Session]) -> Iterator[tuple[str, str]]:
    if len(found) > MOST_SESSIONS:
        told = f"found {len(found)} with their repeats; write at most {MOST_SESSIONS}"
        yield "sessions", f"{told}, and the rest as another event"
    most, since = most_at_once(found)
    if since is not None and most > event.users:
        at = f"{since.astimezone(zone(event.timezone)):%Y-%m-%d %H:%M}"
        yield "users", f"found {event.users}, and {most} are in sessions at once from {at}"


def as_written(session: SessionConfig) -> Written:
    """Return a session without its file's form."""
    return Written(
        starts=session.starts,
        ends=session.ends,
        repeats=session.repeats,
        until=date.fromisoformat(session.until) if session.until else None,
        exceptions=frozenset(date.fromisoformat(day) for day in session.exceptions),
        users=session.users,
        cohort=session.cohort or "",
    )


def sessions(event: EventConfig) -> tuple[Session, ...]:
    """Return every session of an event, repeats included, in order."""
    where = zone(event.timezone)
    found = [one for session in event.sessions for one in sessions_of(as_written(session), where)]
    return tuple(sorted(found, key=lambda session: (session.starts, session.ends)))


def longest_session(event: EventConfig) -> int:
    """Return the seconds of an event's longest session."""
    return max(int((one.ends - one.starts).total_seconds()) for one in sessions(event))


def node_ready(cluster: ClusterConfig) -> int:
    """Return the seconds until a new node is Ready; none where nodes are there all the time."""
    usual = 0 if isinstance(cluster, ExistingConfig) else NODE_READY_SECONDS
    return cluster.node_ready or usual


def lead_of(cluster: ClusterConfig, event: EventConfig, hub: HubConfig) -> Lead:
    """Return how long before its sessions an event must be prepared, and why."""
    return Lead(
        node_ready=event.node_ready or node_ready(cluster),
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
        users=event.users,
    )
