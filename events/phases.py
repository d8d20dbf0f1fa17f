"""Which phase an event is in at an instant, and when it changes. Pure.

`quiet` -> `staged` (a week before: the event's pool, at no nodes) -> `warm` (lead before
each session) -> `live` -> between sessions back to `staged` -> `over` (end plus drain).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from events.sessions import Session, merged

Phase = Literal["quiet", "staged", "warm", "live", "over"]
STAGED_BEFORE = timedelta(days=7)
# Source: 2i2c exam guide: Guaranteed QoS at most 12 hours before.
LONGEST_LEAD = timedelta(hours=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """From this instant on, an event is in this phase."""

    at: datetime
    phase: Phase
    draining: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When an event's settings are on.

    Attributes:
        sessions: When people are there.
        lead: How long before a session a setting must be on to have taken effect.
        drain: How long after a session its servers are culled and its pool may go.
    """

    sessions: tuple[Session, ...]
    lead: timedelta
    drain: timedelta

    def windows(self) -> list[Session]:
        """Return the spans in which release settings are on: lead, session, drain."""
        return merged(
            [
                Session(starts=session.starts - self.lead, ends=session.ends + self.drain)
                for session in self.sessions
            ]
        )

    def transitions(self) -> list[Transition]:
        """Return every change of phase, in order, without stepping through time."""
        changes = self._changes()
        return [
            change
            for before, change in zip([None, *changes], changes, strict=False)
            if before is None or (before.phase, before.draining) != (change.phase, change.draining)
        ]

    def _changes(self) -> list[Transition]:
        changes = [Transition(at=self.sessions_merged()[0].starts - STAGED_BEFORE, phase="staged")]
        windows = self.windows()
        for window in windows:
            changes.append(Transition(at=window.starts, phase="warm"))
            changes += self._within(window)
            last = window is windows[-1]
            changes.append(Transition(at=window.ends, phase="over" if last else "staged"))
        return changes

    def sessions_merged(self) -> list[Session]:
        """Return the sessions in order, overlapping ones as one."""
        return merged(list(self.sessions))

    def _within(self, window: Session) -> Iterator[Transition]:
        inside = [
            session
            for session in self.sessions_merged()
            if window.starts <= session.starts < window.ends
        ]
        for session in inside:
            yield Transition(at=session.starts, phase="live")
            if session.ends + self.drain == window.ends:
                yield Transition(at=session.ends, phase="live", draining=True)

    def state(self, now: datetime) -> Transition:
        """Return the change that brought the phase in force at `now`."""
        quiet = Transition(at=datetime.min.replace(tzinfo=UTC), phase="quiet")
        past = [change for change in self.transitions() if change.at <= now]
        return past[-1] if past else quiet


def overlap(first: Schedule, second: Schedule) -> Session | None:
    """Return the first span in which both have release settings on, if there is one."""
    for one in first.windows():
        for other in second.windows():
            if one.starts < other.ends and other.starts < one.ends:
                return Session(starts=max(one.starts, other.starts), ends=min(one.ends, other.ends))
    return None
