"""What a calendar changes of the sessions of an event. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from events.instants import zone
from events.sessions import Session, sessions_of
from hubs.event import EventConfig
from hubs.schedules import as_written
from hubs.session_config import SessionConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A session that comes, goes, or stays.

    Attributes:
        event: Its event.
        kind: What becomes of it.
        session: The session.
    """

    event: EventConfig
    kind: Literal["new", "gone", "same"]
    session: Session

    @property
    def bounds(self) -> tuple[str, str]:
        """Return when it begins and ends, local to its event."""
        where = zone(self.event.timezone)
        starts, ends = (one.astimezone(where) for one in (self.session.starts, self.session.ends))
        return f"{starts:%a %Y-%m-%d %H:%M}", f"{ends:%a %Y-%m-%d %H:%M}"


def changes(
    event: EventConfig, before: Sequence[SessionConfig], after: Sequence[SessionConfig]
) -> list[Change]:
    """Return every session, repeats apart, of before and after, in order."""
    old, new = _counted(event, before), _counted(event, after)
    found = [
        *_changes(event, "gone", old - new),
        *_changes(event, "new", new - old),
        *_changes(event, "same", old & new),
    ]
    return sorted(
        found, key=lambda one: (one.session.starts, one.session.ends, one.session.cohort, one.kind)
    )


def _counted(event: EventConfig, sessions: Sequence[SessionConfig]) -> Counter[Session]:
    where = zone(event.timezone)
    return Counter(one for session in sessions for one in sessions_of(as_written(session), where))


def _changes(
    event: EventConfig, kind: Literal["new", "gone", "same"], found: Counter[Session]
) -> Iterator[Change]:
    for session in found.elements():
        yield Change(event=event, kind=kind, session=session)
