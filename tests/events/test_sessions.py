"""Sessions of an event, repeated in wall-clock time, and merged."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.instants import instant
from events.sessions import Session, Written, merged, most_at_once, sessions_of

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
START = datetime(2026, 10, 1, tzinfo=UTC)
SKIPPED = (
    "found 2027-03-14T02:30, which a clock change in America/New_York skips; write an hour later"
)
TWICE = (
    "found 2026-11-01T01:15, which a clock change in America/New_York shows twice; "
    "add the offset, 2026-11-01T01:15-04:00 or 2026-11-01T01:15-05:00"
)


def _session(starts: str, ends: str, where: ZoneInfo = NEW_YORK) -> Session:
    return Session(starts=instant(starts, where), ends=instant(ends, where))


def _minutes(first: int, last: int) -> Session:
    return Session(starts=START + timedelta(minutes=first), ends=START + timedelta(minutes=last))


some = st.lists(
    st.tuples(st.integers(min_value=0, max_value=300), st.integers(min_value=1, max_value=60)).map(
        lambda span: _minutes(span[0], span[0] + span[1])
    ),
    max_size=8,
)


def _repeated(
    starts: str,
    ends: str,
    where: ZoneInfo = NEW_YORK,
    **parts: Any,  # noqa: ANN401 - whatever a session may say
) -> list[Session]:
    return sessions_of(Written(starts=starts, ends=ends, **parts), where)


def test_a_session_without_repeats_is_one() -> None:
    assert _repeated("2026-10-30T09:00", "2026-10-30T11:00") == [
        _session("2026-10-30T09:00", "2026-10-30T11:00")
    ]


def test_users_and_cohort_are_those_of_every_repeat() -> None:
    found = _repeated(
        "2026-10-30T09:00",
        "2026-10-30T11:00",
        repeats="FREQ=WEEKLY;COUNT=2",
        users=25,
        cohort="extra time",
    )

    assert found == [
        replace(_session(f"{day}T09:00", f"{day}T11:00"), users=25, cohort="extra time")
        for day in ("2026-10-30", "2026-11-06")
    ]


def test_days_on_which_none_begins_are_left_out() -> None:
    found = _repeated(
        "2026-12-14T22:00",
        "2026-12-15T01:00",
        repeats="daily",
        until=date(2026, 12, 17),
        exceptions=frozenset({date(2026, 12, 14), date(2026, 12, 16)}),
    )

    assert found == [
        _session("2026-12-15T22:00", "2026-12-16T01:00"),
        _session("2026-12-17T22:00", "2026-12-18T01:00"),
    ]


def test_a_daily_session_keeps_its_hours_across_a_clock_change() -> None:
    found = _repeated(
        "2026-10-31T09:00", "2026-10-31T11:30", repeats="daily", until=date(2026, 11, 2)
    )
    assert found == [
        _session("2026-10-31T09:00", "2026-10-31T11:30"),
        _session("2026-11-01T09:00", "2026-11-01T11:30"),
        _session("2026-11-02T09:00", "2026-11-02T11:30"),
    ]
    assert [session.starts for session in found] == [
        datetime(2026, 10, 31, 13, tzinfo=UTC),
        datetime(2026, 11, 1, 14, tzinfo=UTC),
        datetime(2026, 11, 2, 14, tzinfo=UTC),
    ]


def test_a_weekly_session_keeps_its_hours_across_a_clock_change() -> None:
    found = _repeated(
        "2027-03-22T14:00", "2027-03-22T16:00", BERLIN, repeats="weekly", until=date(2027, 4, 5)
    )
    assert [(session.starts, session.ends) for session in found] == [
        (datetime(2027, 3, 22, 13, tzinfo=UTC), datetime(2027, 3, 22, 15, tzinfo=UTC)),
        (datetime(2027, 3, 29, 12, tzinfo=UTC), datetime(2027, 3, 29, 14, tzinfo=UTC)),
        (datetime(2027, 4, 5, 12, tzinfo=UTC), datetime(2027, 4, 5, 14, tzinfo=UTC)),
    ]


def test_a_session_over_midnight_repeats_by_the_day_it_starts() -> None:
    found = _repeated(
        "2026-12-14T22:00", "2026-12-15T01:00", repeats="daily", until=date(2026, 12, 15)
    )
    assert found == [
        _session("2026-12-14T22:00", "2026-12-15T01:00"),
        _session("2026-12-15T22:00", "2026-12-16T01:00"),
    ]


def test_a_session_that_was_resolved_by_an_offset_repeats_by_the_clock() -> None:
    found = _repeated(
        "2026-11-01T01:30-05:00", "2026-11-01T04:00", repeats="daily", until=date(2026, 11, 2)
    )
    assert found == [
        _session("2026-11-01T01:30-05:00", "2026-11-01T04:00"),
        _session("2026-11-02T01:30", "2026-11-02T04:00"),
    ]


def test_a_session_written_in_another_zone_repeats_by_the_clocks_of_its_event() -> None:
    # Nine in the evening in UTC is the next day in Berlin, where the rule is read.
    found = _repeated(
        "2026-10-24T23:00Z", "2026-10-25T00:30Z", BERLIN, repeats="FREQ=WEEKLY;BYDAY=SU;COUNT=2"
    )
    assert found == [
        Session(
            starts=datetime(2026, 10, 24, 23, tzinfo=UTC),
            ends=datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        ),
        _session("2026-11-01T01:00", "2026-11-01T02:30", BERLIN),
    ]


@pytest.mark.parametrize(
    ("starts", "ends", "until", "message"),
    [
        ("2027-03-13T02:30", "2027-03-13T05:00", date(2027, 3, 14), SKIPPED),
        ("2026-10-31T00:15", "2026-10-31T01:15", date(2026, 11, 1), TWICE),
        # Fifty minutes by two clocks, and twenty backwards by one.
        (
            "2026-11-01T01:30-04:00",
            "2026-11-01T01:20-05:00",
            date(2026, 11, 2),
            "found a repeat on 2026-11-02 that ends as it begins, or before; except it",
        ),
        (
            "2026-12-14T09:00",
            "2026-12-14T09:00",
            date(2026, 12, 15),
            "found a repeat on 2026-12-14 that ends as it begins, or before; except it",
        ),
    ],
)
def test_a_repeat_that_cannot_be_is_refused(
    starts: str, ends: str, until: date, message: str
) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        _repeated(starts, ends, repeats="daily", until=until)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("sessions", "most", "since"),
    [
        ([], 0, None),
        ([(0, 10, None)], 0, None),
        ([(0, 10, 25)], 25, 0),
        # Those who leave make room for those who come.
        ([(0, 10, 25), (10, 20, 25)], 25, 0),
        ([(0, 10, 25), (9, 20, 25)], 50, 9),
        ([(0, 10, 25), (9, 20, None)], 25, 0),
        ([(0, 60, 10), (10, 20, 20), (30, 50, 20), (40, 45, 1)], 31, 40),
    ],
)
def test_most_people_at_once_are_counted_where_they_are_said(
    sessions: list[tuple[int, int, int | None]], most: int, since: int | None
) -> None:
    found = [replace(_minutes(first, last), users=users) for first, last, users in sessions]
    at = None if since is None else START + timedelta(minutes=since)

    assert most_at_once(found) == (most, at)


@pytest.mark.parametrize(
    ("sessions", "expected"),
    [
        ([], []),
        ([(0, 10)], [(0, 10)]),
        ([(20, 30), (0, 10)], [(0, 10), (20, 30)]),
        ([(0, 10), (10, 20)], [(0, 20)]),
        ([(0, 10), (11, 20)], [(0, 10), (11, 20)]),
        ([(0, 60), (10, 20)], [(0, 60)]),
        ([(0, 30), (20, 40), (35, 50)], [(0, 50)]),
    ],
)
def test_overlapping_and_touching_sessions_become_one(
    sessions: list[tuple[int, int]], expected: list[tuple[int, int]]
) -> None:
    assert merged([_minutes(*span) for span in sessions]) == [_minutes(*span) for span in expected]


@settings(deadline=None)
@given(some)
def test_merged_sessions_are_sorted_apart_and_cover_the_same_minutes(
    sessions: list[Session],
) -> None:
    found = merged(sessions)
    assert all(one.ends < other.starts for one, other in pairwise(found))

    def covered(spans: list[Session]) -> set[int]:
        minutes = (
            range(
                (span.starts - START) // timedelta(minutes=1),
                (span.ends - START) // timedelta(minutes=1),
            )
            for span in spans
        )
        return {minute for span in minutes for minute in span}

    assert covered(found) == covered(sessions)
