"""Sessions as people write them, in any zone and over clock changes: all that goes on goes off."""

from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from events.phases import LONGEST_EXAM_DRAIN, LONGEST_LEAD, QUIET, Schedule, Transition
from events.sessions import Session, Written, sessions_of
from tests.events.told import state, told

MINUTE = timedelta(minutes=1)
# Days around which clocks change: forward, back, at midnight, by half an hour, not at all.
NIGHTS = {
    "America/New_York": ("2026-03-07", "2026-10-31"),
    "America/Havana": ("2026-03-07", "2026-10-31"),
    "Europe/Berlin": ("2026-03-28", "2026-10-24"),
    "Africa/Cairo": ("2026-04-23", "2026-10-29"),
    "Australia/Lord_Howe": ("2026-04-04", "2026-10-03"),
    "Pacific/Apia": ("2011-12-28", "2026-06-14"),
    "Asia/Kolkata": ("2026-03-28", "2026-12-31"),
}
REPEATS = (
    None,
    "FREQ=DAILY;COUNT=3",
    "FREQ=DAILY;INTERVAL=2;COUNT=2",
    "FREQ=WEEKLY;COUNT=2",
)


@st.composite
def written(draw: st.DrawFn, first: datetime) -> Written:
    """Draw a session near a day; now and then one of whole days."""
    repeats = draw(st.sampled_from(REPEATS))
    users = draw(st.none() | st.integers(1, 60))
    starts = first + draw(st.integers(0, 3 * 1440)) * MINUTE
    if draw(st.integers(0, 5)) == 0:
        ends = starts + draw(st.integers(0, 1)) * timedelta(days=1)
        return Written(starts=f"{starts:%Y-%m-%d}", ends=f"{ends:%Y-%m-%d}", repeats=repeats)
    ends = starts + draw(st.integers(1, 900)) * MINUTE
    return Written(
        starts=f"{starts:%Y-%m-%dT%H:%M}",
        ends=f"{ends:%Y-%m-%dT%H:%M}",
        repeats=repeats,
        users=users,
    )


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Draw an exam's schedule, whose lead and drain are as long as they may be at most."""
    name = draw(st.sampled_from(sorted(NIGHTS)))
    first = datetime.fromisoformat(draw(st.sampled_from(NIGHTS[name])))
    found: list[Session] = []
    for one in draw(st.lists(written(first), min_size=1, max_size=3)):
        try:
            found += sessions_of(one, ZoneInfo(name))
        except ValueError:  # a time that is skipped or shown twice: refused, as it should be
            assume(found)
    assume(found and all(one.starts < one.ends for one in found))
    return Schedule(
        sessions=tuple(found),
        lead=draw(st.integers(1, LONGEST_LEAD // MINUTE)) * MINUTE,
        drain=draw(st.integers(1, LONGEST_EXAM_DRAIN // MINUTE)) * MINUTE,
        users=60,
    )


def _on(change: Transition) -> bool:
    return change.phase in ("warm", "live")


@settings(deadline=None)
@given(schedules())
def test_all_that_goes_on_goes_off(schedule: Schedule) -> None:
    changes = schedule.transitions

    assert (changes[0].phase, changes[0].users) == ("staged", 0)
    assert (changes[-1].phase, changes[-1].users) == ("over", 0)
    assert changes[-1].at == max(one.ends for one in schedule.sessions) + schedule.drain
    switched_on = [after for before, after in pairwise(changes) if not _on(before) and _on(after)]
    switched_off = [after for before, after in pairwise(changes) if _on(before) and not _on(after)]
    assert [(one.at, other.at) for one, other in zip(switched_on, switched_off, strict=True)] == [
        (window.starts, window.ends) for window in schedule.windows
    ]


@settings(deadline=None)
@given(schedules())
def test_guarantees_are_never_on_longer_before_or_after_than_an_exam_allows(
    schedule: Schedule,
) -> None:
    """Look at each change and the moment before: what is on is near somebody's session."""
    for change in schedule.transitions:
        for now in (change.at, change.at - timedelta(microseconds=1)):
            if _on(schedule.state(now)):
                assert any(
                    one.starts - LONGEST_LEAD <= now < one.ends + LONGEST_EXAM_DRAIN
                    for one in schedule.sessions
                )
    for window in schedule.windows:
        inside = [one for one in schedule.sessions if window.starts <= one.starts < window.ends]
        assert min(one.starts for one in inside) - window.starts <= LONGEST_LEAD
        assert window.ends - max(one.ends for one in inside) <= LONGEST_EXAM_DRAIN


@settings(deadline=None)
@given(schedules(), st.tuples(st.integers(-11_000, 25_000), st.integers(0, 15_000)))
def test_no_change_is_missed_between_any_two_instants(
    schedule: Schedule, minutes: tuple[int, int]
) -> None:
    first = min(one.starts for one in schedule.sessions)
    sooner = first + minutes[0] * MINUTE
    later = sooner + minutes[1] * MINUTE
    between = [change for change in schedule.transitions if sooner < change.at <= later]

    # Whoever applies what is between them, in order, is where one who looks only then is.
    assert [schedule.state(sooner), *between][-1] == schedule.state(later)
    for before, after in pairwise([schedule.state(sooner), *between]):
        assert schedule.state(after.at - MINUTE / 2) == before


@settings(deadline=None, max_examples=20)
@given(schedules(), st.integers(0, 4 * 1440))
def test_the_changes_are_those_that_looking_every_minute_finds(
    schedule: Schedule, after: int
) -> None:
    first = min(one.starts for one in schedule.sessions) - schedule.lead
    start = (first + (after - 1440) * MINUTE).astimezone(UTC)
    minutes = [start + count * MINUTE for count in range(2 * 1440)]
    seen = [told(schedule, now) for now in minutes]
    found = [
        (now, here)
        for (before, here), now in zip(pairwise(seen), minutes[1:], strict=True)
        if here != before
    ]

    assert [
        (change.at, (change.phase, change.draining, change.users))
        for change in schedule.transitions
        if minutes[0] < change.at <= minutes[-1]
    ] == found


@settings(deadline=None)
@given(schedules(), st.integers(-100_000, 100_000))
def test_the_state_is_found_by_bisection_as_by_looking_through_all_changes(
    schedule: Schedule, minutes: int
) -> None:
    now = schedule.sessions[0].starts + minutes * MINUTE
    past = bisect_right([change.at for change in schedule.transitions], now)

    assert schedule.state(now) == [QUIET, *schedule.transitions][past]
    assert state(schedule, now) == told(schedule, now)
