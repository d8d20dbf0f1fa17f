"""Which phase an event is in at an instant, and when it changes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from events.instants import instant
from events.phases import (
    LONGEST_EXAM_DRAIN,
    LONGEST_LEAD,
    QUIET,
    SCALE_DOWN,
    STAGED_BEFORE,
    Phase,
    Schedule,
    Transition,
)
from events.sessions import Session

DAY = datetime(2026, 12, 14, tzinfo=UTC)
HOUR = timedelta(hours=1)
# First and last hour, and users if it says how many.
Said = tuple[float, float] | tuple[float, float, int]


def _at(hours: float) -> datetime:
    return DAY + timedelta(minutes=round(60 * hours))


def _schedule(*sessions: Said, lead: float = 0.5, drain: float = 1) -> Schedule:
    return Schedule(
        sessions=tuple(
            Session(starts=_at(starts), ends=_at(ends), users=users[0] if users else None)
            for starts, ends, *users in sessions
        ),
        lead=timedelta(hours=lead),
        drain=timedelta(hours=drain),
        users=100,
    )


def _change(
    hours: float, phase: Phase, *, draining: bool = False, users: int | None = None
) -> Transition:
    held = 100 if phase in ("warm", "live") else 0
    return Transition(
        at=_at(hours), phase=phase, draining=draining, users=held if users is None else users
    )


def _changes(schedule: Schedule) -> list[str]:
    """Return the changes after the first, as hour, phase and users."""
    return [
        f"{(one.at - DAY) / HOUR:g} {one.phase}{' draining' if one.draining else ''} {one.users}"
        for one in schedule.transitions[1:]
    ]


def test_an_event_is_staged_a_week_before_and_an_exam_is_on_half_a_day_before_at_most() -> None:
    assert timedelta(days=7) == STAGED_BEFORE
    # Source: 2i2c exam guide.
    assert timedelta(hours=12) == LONGEST_LEAD
    assert timedelta(hours=1) == LONGEST_EXAM_DRAIN
    # Source: cluster-autoscaler FAQ, `--scale-down-unneeded-time`, 2026.
    assert timedelta(minutes=10) == SCALE_DOWN


def test_one_session_goes_through_every_phase() -> None:
    assert _schedule((9, 11)).transitions == [
        _change(9 - 168, "staged"),
        _change(8.5, "warm"),
        _change(9, "live"),
        _change(11, "live", draining=True),
        _change(12, "over"),
    ]


def test_between_sessions_an_event_is_staged_again() -> None:
    assert _schedule((9, 11), (14, 16)).transitions == [
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


def test_while_one_session_drains_and_nobody_else_is_expected_all_are_to_leave() -> None:
    # The drain of the first ends at 12:00, where the lead of the second begins.
    assert _schedule((9, 11), (12.5, 14)).transitions == [
        _change(9 - 168, "staged"),
        _change(8.5, "warm"),
        _change(9, "live"),
        _change(11, "live", draining=True),
        _change(12, "warm"),
        _change(12.5, "live"),
        _change(14, "live", draining=True),
        _change(15, "over"),
    ]


def test_whoever_is_expected_holds_back_the_draining() -> None:
    assert _schedule((9, 11), (12, 14)).transitions == [
        _change(9 - 168, "staged"),
        _change(8.5, "warm"),
        _change(9, "live"),
        _change(11, "live", draining=True),
        _change(11.5, "live"),
        _change(14, "live", draining=True),
        _change(15, "over"),
    ]


def test_a_session_that_begins_when_another_ends_goes_on_without_a_change() -> None:
    assert _schedule((9, 11), (11, 14)).transitions == _schedule((9, 14)).transitions


def test_seats_stay_through_a_gap_too_short_for_nodes_to_go() -> None:
    # The drain ends at 12:00, and the lead would begin ten minutes later.
    schedule = _schedule((9, 11), (12 + 40 / 60, 14))

    assert schedule.windows == [Session(starts=_at(8.5), ends=_at(15))]
    assert schedule.gaps == []
    assert schedule.bridged == [Session(starts=_at(12), ends=_at(12 + 10 / 60))]
    assert _changes(schedule) == [
        "8.5 warm 100",
        "9 live 100",
        "11 live draining 100",
        "12 warm 100",
        "12.6667 live 100",
        "14 live draining 100",
        "15 over 0",
    ]


def test_nodes_go_in_a_gap_of_eleven_minutes() -> None:
    schedule = _schedule((9, 11), (12 + 41 / 60, 14))
    gap = Session(starts=_at(12), ends=_at(12 + 11 / 60))

    assert schedule.windows == [
        Session(starts=_at(8.5), ends=gap.starts),
        Session(starts=gap.ends, ends=_at(15)),
    ]
    assert (schedule.gaps, schedule.bridged) == ([gap], [])
    assert schedule.state(gap.starts) == _change(12, "staged")
    assert schedule.state(gap.ends) == _change(12 + 11 / 60, "warm")


@pytest.mark.parametrize(("lead", "gaps"), [(11.85, []), (11.9, [(12, 12 + 8 / 60)])])
def test_no_gap_is_bridged_if_seats_would_be_warm_for_more_than_half_a_day(
    lead: float, gaps: list[tuple[float, float]]
) -> None:
    # Eight minutes are between the drain of the first and the lead of the second.
    schedule = _schedule((9, 11), (12 + 8 / 60 + lead, 30), lead=lead)

    assert schedule.gaps == [Session(starts=_at(one), ends=_at(other)) for one, other in gaps]


def test_gaps_are_where_an_event_costs_nothing_between_its_sessions() -> None:
    assert _schedule((9, 11)).gaps == []
    assert _schedule((33, 35), (9, 11), (10, 12), (57, 59)).gaps == [
        Session(starts=_at(13), ends=_at(32.5)),
        Session(starts=_at(36), ends=_at(56.5)),
    ]


def test_seats_are_held_for_those_who_are_expected_and_those_who_have_not_left() -> None:
    assert _changes(_schedule((16, 17, 25), (19, 21, 200))) == [
        "15.5 warm 25",
        "16 live 25",
        "17 live draining 25",
        "18 staged 0",
        "18.5 warm 200",
        "19 live 200",
        "21 live draining 200",
        "22 over 0",
    ]
    assert _changes(_schedule((16, 18, 25), (19, 21, 200))) == [
        "15.5 warm 25",
        "16 live 25",
        "18 live draining 25",
        "18.5 live 225",
        "19 live 200",
        "21 live draining 200",
        "22 over 0",
    ]


def test_people_of_sessions_at_once_add_up_and_all_are_never_fewer_than_all() -> None:
    # 100 are all of the event.
    assert _changes(_schedule((9, 12, 30), (10, 11, 20), lead=0, drain=0)) == [
        "9 live 30",
        "10 live 50",
        "11 live 30",
        "12 over 0",
    ]
    assert _changes(_schedule((9, 12), (10, 11, 20), lead=0, drain=0)) == [
        "9 live 100",
        "12 over 0",
    ]
    assert _changes(_schedule((9, 12, 20), (10, 11), lead=0, drain=0)) == [
        "9 live 20",
        "10 live 100",
        "11 live 20",
        "12 over 0",
    ]


def test_those_with_extra_time_keep_an_exam_from_draining() -> None:
    assert _changes(_schedule((9, 12, 90), (9, 13.5, 10))) == [
        "8.5 warm 100",
        "9 live 100",
        "13 live 10",
        "13.5 live draining 10",
        "14.5 over 0",
    ]


def test_a_lead_of_a_week_or_more_leaves_no_time_to_be_staged() -> None:
    schedule = _schedule((9, 11), lead=168)

    assert schedule.transitions[0] == _change(9 - 168, "warm")
    assert len(schedule.transitions) == 4
    assert schedule.state(_at(9 - 168.01)) == QUIET


def test_sessions_may_come_in_any_order_and_overlap() -> None:
    assert _schedule((10, 12), (9, 11)).transitions == _schedule((9, 12)).transitions
    assert _schedule((14, 16), (9, 11)).transitions == (_schedule((9, 11), (14, 16)).transitions)


def test_a_short_session_within_a_long_one_changes_nothing() -> None:
    assert _schedule((9, 16), (10, 11)).transitions == _schedule((9, 16)).transitions


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
        at=datetime(1, 1, 1, tzinfo=UTC), phase="quiet", draining=False, users=0
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
        users=20,
    )
    assert [(f"{one.at.astimezone(UTC):%d %H:%M}", one.phase) for one in schedule.transitions] == [
        ("07 08:00", "staged"),
        ("14 07:30", "warm"),
        ("14 08:00", "live"),
        ("14 10:00", "live"),
        ("14 11:00", "over"),
    ]
