"""Which phase an event is in at an instant, and when it changes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from events.instants import instant
from events.phases import LONGEST_LEAD, STAGED_BEFORE, Phase, Schedule, Transition, overlap
from events.sessions import Session

DAY = datetime(2026, 12, 14, tzinfo=UTC)


def _at(hours: float) -> datetime:
    return DAY + timedelta(hours=hours)


def _schedule(*sessions: tuple[float, float], lead: float = 0.5, drain: float = 1) -> Schedule:
    return Schedule(
        sessions=tuple(Session(starts=_at(starts), ends=_at(ends)) for starts, ends in sessions),
        lead=timedelta(hours=lead),
        drain=timedelta(hours=drain),
    )


def _change(hours: float, phase: Phase, *, draining: bool = False) -> Transition:
    return Transition(at=_at(hours), phase=phase, draining=draining)


def test_an_event_is_staged_a_week_before_and_exams_have_12_hours_of_lead_at_most() -> None:
    assert timedelta(days=7) == STAGED_BEFORE
    # Source: 2i2c exam guide.
    assert timedelta(hours=12) == LONGEST_LEAD


def test_one_session_goes_through_every_phase() -> None:
    assert _schedule((9, 11)).transitions() == [
        _change(9 - 168, "staged"),
        _change(8.5, "warm"),
        _change(9, "live"),
        _change(11, "live", draining=True),
        _change(12, "over"),
    ]


def test_between_sessions_an_event_is_staged_again() -> None:
    assert _schedule((9, 11), (14, 16)).transitions() == [
        _change(9 - 168, "staged"),
        _change(8.5, "warm"),
        _change(9, "live"),
        _change(11, "live", draining=True),
        _change(12, "staged"),
        _change(13.5, "warm"),
        _change(14, "live"),
        _change(16, "live", draining=True),
        _change(17, "over"),
    ]


@pytest.mark.parametrize("second", [12, 12.5])
def test_sessions_whose_drain_meets_the_next_lead_stay_live_between(second: float) -> None:
    # The drain ends at 12:00; the next lead begins then or before.
    assert _schedule((9, 11), (second, 14)).transitions() == [
        _change(9 - 168, "staged"),
        _change(8.5, "warm"),
        _change(9, "live"),
        _change(14, "live", draining=True),
        _change(15, "over"),
    ]


def test_sessions_may_come_in_any_order_and_overlap() -> None:
    assert _schedule((10, 12), (9, 11)).transitions() == _schedule((9, 12)).transitions()
    assert _schedule((14, 16), (9, 11)).transitions() == (
        _schedule((9, 11), (14, 16)).transitions()
    )


def test_a_short_session_within_a_long_one_changes_nothing() -> None:
    assert _schedule((9, 16), (10, 11)).transitions() == _schedule((9, 16)).transitions()


def test_sessions_are_listed_in_order_and_merged() -> None:
    assert _schedule((14, 16), (10, 12), (9, 11)).sessions_merged() == [
        Session(starts=_at(9), ends=_at(12)),
        Session(starts=_at(14), ends=_at(16)),
    ]


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (9 - 168, _change(9 - 168, "staged")),
        (8.49, _change(9 - 168, "staged")),
        (8.5, _change(8.5, "warm")),
        (8.99, _change(8.5, "warm")),
        (9, _change(9, "live")),
        (10.99, _change(9, "live")),
        (11, _change(11, "live", draining=True)),
        (11.99, _change(11, "live", draining=True)),
        (12, _change(12, "over")),
        (10_000, _change(12, "over")),
    ],
)
def test_the_last_change_decides_and_its_minute_is_in_it(
    hours: float, expected: Transition
) -> None:
    assert _schedule((9, 11)).state(_at(hours)) == expected


def test_before_all_changes_an_event_is_quiet() -> None:
    early = DAY - timedelta(days=7) + timedelta(hours=9) - timedelta(microseconds=1)
    assert _schedule((9, 11)).state(early) == Transition(
        at=datetime(1, 1, 1, tzinfo=UTC), phase="quiet", draining=False
    )


@pytest.mark.parametrize(("hours", "phase"), [(8.99, "staged"), (9, "live"), (11, "over")])
def test_without_lead_and_drain_an_event_is_on_while_people_are_there(
    hours: float, phase: Phase
) -> None:
    assert _schedule((9, 11), lead=0, drain=0).state(_at(hours)).phase == phase


def test_the_state_is_the_same_in_every_zone() -> None:
    now = _at(9).astimezone(ZoneInfo("Pacific/Auckland"))
    assert _schedule((9, 11)).state(now) == _change(9, "live")


def test_a_session_written_in_its_zone_is_warm_before_it() -> None:
    where = ZoneInfo("Europe/Berlin")
    starts, ends = (instant(f"2026-12-14T{hour}:00", where) for hour in ("09", "11"))
    schedule = Schedule(
        sessions=(Session(starts=starts, ends=ends),),
        lead=timedelta(minutes=30),
        drain=timedelta(hours=1),
    )
    assert [
        (f"{one.at.astimezone(UTC):%d %H:%M}", one.phase) for one in schedule.transitions()
    ] == [
        ("07 08:00", "staged"),
        ("14 07:30", "warm"),
        ("14 08:00", "live"),
        ("14 10:00", "live"),
        ("14 11:00", "over"),
    ]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        # The first has settings on from 8:30 to 12:00.
        ((12.5, 14), None),
        ((12.25, 14), (11.75, 12)),
        ((6, 7.5), None),
        ((6, 7.75), (8.5, 8.75)),
        ((9, 11), (8.5, 12)),
        ((10, 10.25), (9.5, 11.25)),
        ((1, 20), (8.5, 12)),
    ],
)
def test_schedules_overlap_where_both_have_settings_on(
    second: tuple[float, float], expected: tuple[float, float] | None
) -> None:
    span = Session(starts=_at(expected[0]), ends=_at(expected[1])) if expected else None
    assert overlap(_schedule((9, 11)), _schedule(second)) == span
    assert overlap(_schedule(second), _schedule((9, 11))) == span


def test_the_first_overlap_of_several_is_found() -> None:
    found = overlap(_schedule((9, 10), (20, 21)), _schedule((15, 16), (20.5, 22), (30, 31)))
    assert found == Session(starts=_at(20), ends=_at(22))
