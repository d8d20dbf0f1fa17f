"""Which phase an event is in at an instant, for how many people, and when it changes. Pure.

`quiet` -> `staged` (a week before: the event's pool, at no nodes) -> `warm` (lead before
each session) -> `live` -> between sessions back to `staged` -> `over` (end plus drain).
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import groupby, pairwise
from typing import Literal, NamedTuple

from events.sessions import Session, merged

Phase = Literal["quiet", "staged", "warm", "live", "over"]
STAGED_BEFORE = timedelta(days=7)
# Source: 2i2c exam guide: Guaranteed QoS at most 12 hours before.
LONGEST_LEAD = timedelta(hours=12)
# Source: 2i2c exam guide: reverted "soon after"; an hour is what a week-end was not.
LONGEST_EXAM_DRAIN = timedelta(hours=1)
# A node goes when it was unneeded for ten minutes, so that a shorter gap saves nothing.
# Source: cluster-autoscaler FAQ, `--scale-down-unneeded-time`, 2026.
SCALE_DOWN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """From this instant on, an event is in this phase.

    Attributes:
        at: The instant, in UTC.
        phase: The phase.
        draining: Whether all who came are to leave, and nobody is about to come.
        users: People for whom seats are held; 0 unless warm or live.
    """

    at: datetime
    phase: Phase
    draining: bool = False
    users: int = 0


QUIET = Transition(at=datetime.min.replace(tzinfo=UTC), phase="quiet")


class _Step(NamedTuple):
    """What one instant of one session adds to the sums over all sessions."""

    at: datetime
    on: int = 0
    begun: int = 0
    unfinished: int = 0
    users: int = 0
    of_all: int = 0


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """When an event's settings are on.

    Attributes:
        sessions: When people are there.
        lead: How long before a session a setting must be on to have taken effect.
        drain: How long after a session its servers are culled and its pool may go.
        users: People of a session that does not say how many.
    """

    sessions: tuple[Session, ...]
    lead: timedelta
    drain: timedelta
    users: int

    @cached_property
    def windows(self) -> list[Session]:
        """The spans in which release settings are on: lead, session, drain."""
        return merged(
            [
                Session(
                    starts=self._bridged.get(
                        session.starts - self.lead, session.starts - self.lead
                    ),
                    ends=session.ends + self.drain,
                )
                for session in self.sessions
            ]
        )

    @cached_property
    def _bridged(self) -> dict[datetime, datetime]:
        """Since when seats are warm instead of when they would be, after a short gap.

        A gap that is too short for nodes to go saves nothing: the next session's seats stay
        through it, unless that would be longer before it than anything may be on.
        """
        apart = merged(
            [
                Session(starts=session.starts - self.lead, ends=session.ends + self.drain)
                for session in self.sessions
            ]
        )
        return {
            after.starts: before.ends
            for before, after in pairwise(apart)
            if after.starts - before.ends <= SCALE_DOWN
            and self.lead + (after.starts - before.ends) <= LONGEST_LEAD
        }

    @property
    def bridged(self) -> list[Session]:
        """The spans between sessions through which seats stay warm, since going saves nothing."""
        return [Session(starts=since, ends=until) for until, since in self._bridged.items()]

    @cached_property
    def gaps(self) -> list[Session]:
        """The spans between windows, in which the event costs nothing."""
        return [
            Session(starts=before.ends, ends=after.starts)
            for before, after in pairwise(self.windows)
        ]

    @cached_property
    def transitions(self) -> list[Transition]:
        """Every change of phase, in order, without stepping through time."""
        # Of a lead of a week or more, `staged` and `warm` are at one instant: the last counts.
        changes = list({change.at: change for change in self._changes()}.values())
        return [
            change
            for before, change in zip([None, *changes], changes, strict=False)
            if before is None or replace(before, at=change.at) != change
        ]

    def state(self, now: datetime) -> Transition:
        """Return the change that brought the phase in force at `now`."""
        past = bisect_right(self.transitions, now, key=lambda change: change.at)
        return self.transitions[past - 1] if past else QUIET

    def _changes(self) -> Iterator[Transition]:
        first = min(session.starts for session in self.sessions)
        yield Transition(at=min(first - STAGED_BEFORE, first - self.lead), phase="staged")
        over = self.windows[-1].ends
        steps = sorted(step for session in self.sessions for step in self._steps(session))
        sums = _Step(at=QUIET.at)
        for at, together in groupby(steps, key=lambda step: step.at):
            added = [sum(each) for each in zip(sums[1:], *(it[1:] for it in together), strict=True)]
            sums = _Step(at, *added)
            yield self._phase(sums, over)

    def _steps(self, session: Session) -> Iterator[_Step]:
        users, of_all = session.users or 0, int(session.users is None)
        warm = session.starts - self.lead
        on = {"on": 1, "users": users, "of_all": of_all}
        yield _Step(self._bridged.get(warm, warm), unfinished=1, **on)
        yield _Step(session.starts, begun=1)
        yield _Step(session.ends, unfinished=-1)
        off = {name: -value for name, value in on.items()}
        yield _Step(session.ends + self.drain, begun=-1, **off)

    def _phase(self, sums: _Step, over: datetime) -> Transition:
        if not sums.on:
            return Transition(at=sums.at, phase="over" if sums.at >= over else "staged")
        users = max(sums.users, self.users if sums.of_all else 0)
        if not sums.begun:
            return Transition(at=sums.at, phase="warm", users=users)
        return Transition(at=sums.at, phase="live", draining=not sums.unfinished, users=users)
