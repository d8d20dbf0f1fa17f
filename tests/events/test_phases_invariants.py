"""What holds for the phases of any schedule."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from events.phases import STAGED_BEFORE, Phase, Schedule
from events.sessions import Session

START = datetime(2026, 10, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
spans = st.tuples(st.integers(min_value=0, max_value=6_000), st.integers(1, 600))
schedules = st.builds(
    lambda found, lead, drain: Schedule(
        sessions=tuple(
            Session(starts=START + first * MINUTE, ends=START + (first + length) * MINUTE)
            for first, length in found
        ),
        lead=lead * MINUTE,
        drain=drain * MINUTE,
    ),
    found=st.lists(spans, min_size=1, max_size=5),
    lead=st.integers(min_value=1, max_value=720),
    drain=st.integers(min_value=1, max_value=720),
)
moments = st.integers(min_value=-12_000, max_value=9_000).map(lambda count: START + count * MINUTE)


def _phase(schedule: Schedule, now: datetime) -> tuple[Phase, bool]:
    """Return phase and draining, told from the windows alone."""
    windows = schedule.windows()
    here = next((window for window in windows if window.starts <= now < window.ends), None)
    if here is None:
        if now >= windows[-1].ends:
            return "over", False
        first = min(session.starts for session in schedule.sessions)
        return ("staged" if now >= first - STAGED_BEFORE else "quiet"), False
    inside = [one for one in schedule.sessions if here.starts <= one.starts < here.ends]
    if now < min(session.starts for session in inside):
        return "warm", False
    return "live", now >= max(session.ends for session in inside)


@settings(deadline=None)
@given(schedules, moments)
def test_the_state_agrees_with_windows_and_sessions(schedule: Schedule, now: datetime) -> None:
    state = schedule.state(now)
    assert (state.phase, state.draining) == _phase(schedule, now)


@settings(deadline=None)
@given(schedules, moments)
def test_the_state_agrees_with_looking_at_every_change(schedule: Schedule, now: datetime) -> None:
    found = "quiet"
    for change in schedule.transitions():
        if change.at <= now:
            found = change.phase
    assert schedule.state(now).phase == found


@settings(deadline=None)
@given(schedules)
def test_changes_are_in_order_and_each_changes_something(schedule: Schedule) -> None:
    changes = schedule.transitions()
    assert (changes[0].phase, changes[-1].phase) == ("staged", "over")
    for before, after in pairwise(changes):
        assert before.at < after.at
        assert (before.phase, before.draining) != (after.phase, after.draining)
    assert all(change.phase == "live" for change in changes if change.draining)


@settings(deadline=None)
@given(schedules)
def test_settings_are_on_from_lead_before_to_drain_after_every_session(schedule: Schedule) -> None:
    windows = schedule.windows()
    for session in schedule.sessions:
        on, off = session.starts - schedule.lead, session.ends + schedule.drain
        assert any(window.starts <= on and off <= window.ends for window in windows)
    starts = {session.starts - schedule.lead for session in schedule.sessions}
    ends = {session.ends + schedule.drain for session in schedule.sessions}
    assert {window.starts for window in windows} <= starts
    assert {window.ends for window in windows} <= ends
    assert all(one.ends < other.starts for one, other in pairwise(windows))
