"""What holds for the phases of any schedule, told again from the sessions alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from events.phases import LONGEST_LEAD, SCALE_DOWN, Schedule
from events.sessions import Session
from tests.events.told import since, state, told

START = datetime(2026, 10, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
EVERYBODY = 100
spans = st.tuples(st.integers(0, 6_000), st.integers(1, 600), st.none() | st.integers(1, 80))
schedules = st.builds(
    lambda found, lead, drain: Schedule(
        sessions=tuple(
            Session(
                starts=START + first * MINUTE,
                ends=START + (first + length) * MINUTE,
                users=users,
            )
            for first, length, users in found
        ),
        lead=lead * MINUTE,
        drain=drain * MINUTE,
        users=EVERYBODY,
    ),
    found=st.lists(spans, min_size=1, max_size=5),
    lead=st.integers(1, 720),
    drain=st.integers(1, 720),
)
moments = st.integers(-12_000, 9_000).map(lambda count: START + count * MINUTE)


@settings(deadline=None)
@given(schedules, moments)
def test_the_state_is_what_each_session_says_by_itself(schedule: Schedule, now: datetime) -> None:
    assert state(schedule, now) == told(schedule, now)


@settings(deadline=None)
@given(schedules)
def test_the_state_changes_at_the_instant_of_a_change_and_not_a_moment_before(
    schedule: Schedule,
) -> None:
    for change in schedule.transitions:
        assert state(schedule, change.at) == told(schedule, change.at)
        before = change.at - timedelta(microseconds=1)
        assert state(schedule, before) == told(schedule, before)


@settings(deadline=None)
@given(schedules)
def test_changes_are_in_order_and_each_changes_something(schedule: Schedule) -> None:
    changes = schedule.transitions
    assert (changes[0].phase, changes[-1].phase) == ("staged", "over")
    for before, after in pairwise(changes):
        assert before.at < after.at
        assert (before.phase, before.draining, before.users) != (
            after.phase,
            after.draining,
            after.users,
        )
    assert all(change.phase == "live" for change in changes if change.draining)


@settings(deadline=None)
@given(schedules)
def test_somebody_is_expected_if_and_only_if_settings_are_on(schedule: Schedule) -> None:
    for change in schedule.transitions:
        within = any(one.starts <= change.at < one.ends for one in schedule.windows)
        assert (change.phase in ("warm", "live")) is within
        assert (change.users > 0) is within


@settings(deadline=None)
@given(schedules)
def test_settings_are_on_from_lead_before_to_drain_after_every_session(schedule: Schedule) -> None:
    windows = schedule.windows
    for session in schedule.sessions:
        on, off = session.starts - schedule.lead, session.ends + schedule.drain
        assert any(window.starts <= on and off <= window.ends for window in windows)
    assert {window.starts for window in windows} <= {
        since(schedule, session) for session in schedule.sessions
    }
    assert {window.ends for window in windows} <= {
        session.ends + schedule.drain for session in schedule.sessions
    }
    assert all(one.ends < other.starts for one, other in pairwise(windows))


@settings(deadline=None)
@given(schedules)
def test_gaps_and_windows_fill_the_time_from_the_first_to_the_last(schedule: Schedule) -> None:
    spans = sorted([*schedule.windows, *schedule.gaps], key=lambda one: one.starts)

    assert all(one.ends == other.starts for one, other in pairwise(spans))
    assert all(gap.ends > gap.starts for gap in schedule.gaps)
    # What is left of a gap that is too short for nodes to go is bridged, but for long leads.
    limit = LONGEST_LEAD - schedule.lead
    assert all(gap.ends - gap.starts > min(SCALE_DOWN, limit) for gap in schedule.gaps)


@settings(deadline=None)
@given(schedules)
def test_the_order_of_sessions_decides_nothing(schedule: Schedule) -> None:
    backwards = replace(schedule, sessions=schedule.sessions[::-1])

    assert backwards.transitions == schedule.transitions
    assert backwards.windows == schedule.windows
    assert backwards.gaps == schedule.gaps
