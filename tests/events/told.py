"""Phases told again, from each session by itself and without any order: what tests compare to."""

from datetime import datetime

from events.phases import LONGEST_LEAD, SCALE_DOWN, STAGED_BEFORE, Phase, Schedule
from events.sessions import Session

State = tuple[Phase, bool, int]


def since(schedule: Schedule, session: Session) -> datetime:
    """Return when a session's seats are warm: lead before it, or since its gap if that is short."""
    warm = session.starts - schedule.lead
    if any(
        one.starts - schedule.lead <= warm <= one.ends + schedule.drain
        for one in schedule.sessions
        if one.starts < session.starts
    ):
        return warm
    ends = [one.ends + schedule.drain for one in schedule.sessions]
    earlier = max((end for end in ends if end < warm), default=None)
    if earlier is None or warm - earlier > SCALE_DOWN:
        return warm
    return earlier if session.starts - earlier <= LONGEST_LEAD else warm


def told(schedule: Schedule, now: datetime) -> State:
    """Return phase, draining and users at an instant, from each session by itself."""
    expected = [
        one for one in schedule.sessions if since(schedule, one) <= now < one.ends + schedule.drain
    ]
    if not expected:
        if now >= max(one.ends for one in schedule.sessions) + schedule.drain:
            return "over", False, 0
        first = min(one.starts for one in schedule.sessions)
        return ("staged" if now >= first - STAGED_BEFORE else "quiet"), False, 0
    everybody = schedule.users if any(one.users is None for one in expected) else 0
    users = max(sum(one.users or 0 for one in expected), everybody)
    if all(now < one.starts for one in expected):
        return "warm", False, users
    return "live", all(now >= one.ends for one in expected), users


def state(schedule: Schedule, now: datetime) -> State:
    """Return what a schedule says of an instant."""
    found = schedule.state(now)
    return found.phase, found.draining, found.users
