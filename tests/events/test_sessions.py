"""Sessions of an event, repeated in wall-clock time, and merged."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.instants import instant
from events.sessions import Repeat, Session, merged, repeated

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


@pytest.mark.parametrize(
    ("repeat", "until"), [(None, None), (None, date(2027, 1, 1)), ("daily", None)]
)
def test_a_session_without_repeats_is_one(repeat: Repeat | None, until: date | None) -> None:
    first = _session("2026-10-30T09:00", "2026-10-30T11:00")
    assert repeated(first, NEW_YORK, repeat, until) == [first]


@pytest.mark.parametrize(
    ("until", "count"),
    [(date(2026, 10, 29), 1), (date(2026, 10, 30), 1), (date(2026, 10, 31), 2)],
)
def test_the_last_day_is_included(until: date, count: int) -> None:
    first = _session("2026-10-30T09:00", "2026-10-30T11:00")
    assert len(repeated(first, NEW_YORK, "daily", until)) == count


def test_a_daily_session_keeps_its_hours_across_a_clock_change() -> None:
    first = _session("2026-10-31T09:00", "2026-10-31T11:30")
    found = repeated(first, NEW_YORK, "daily", date(2026, 11, 2))
    assert found == [
        first,
        _session("2026-11-01T09:00", "2026-11-01T11:30"),
        _session("2026-11-02T09:00", "2026-11-02T11:30"),
    ]
    assert [session.starts.astimezone(UTC) for session in found] == [
        datetime(2026, 10, 31, 13, tzinfo=UTC),
        datetime(2026, 11, 1, 14, tzinfo=UTC),
        datetime(2026, 11, 2, 14, tzinfo=UTC),
    ]


def test_a_weekly_session_keeps_its_hours_across_a_clock_change() -> None:
    first = _session("2027-03-22T14:00", "2027-03-22T16:00", BERLIN)
    found = repeated(first, BERLIN, "weekly", date(2027, 4, 5))
    assert [
        (session.starts.astimezone(UTC), session.ends.astimezone(UTC)) for session in found
    ] == [
        (datetime(2027, 3, 22, 13, tzinfo=UTC), datetime(2027, 3, 22, 15, tzinfo=UTC)),
        (datetime(2027, 3, 29, 12, tzinfo=UTC), datetime(2027, 3, 29, 14, tzinfo=UTC)),
        (datetime(2027, 4, 5, 12, tzinfo=UTC), datetime(2027, 4, 5, 14, tzinfo=UTC)),
    ]


def test_a_session_over_midnight_repeats_by_the_day_it_starts() -> None:
    first = _session("2026-12-14T22:00", "2026-12-15T01:00")
    assert repeated(first, NEW_YORK, "daily", date(2026, 12, 15)) == [
        first,
        _session("2026-12-15T22:00", "2026-12-16T01:00"),
    ]


def test_a_session_that_was_resolved_by_an_offset_repeats_by_the_clock() -> None:
    first = _session("2026-11-01T01:30-05:00", "2026-11-01T04:00")
    assert repeated(first, NEW_YORK, "daily", date(2026, 11, 2)) == [
        first,
        _session("2026-11-02T01:30", "2026-11-02T04:00"),
    ]


@pytest.mark.parametrize(
    ("starts", "ends", "until", "message"),
    [
        (
            "2027-03-13T02:30",
            "2027-03-13T05:00",
            date(2027, 3, 14),
            SKIPPED,
        ),
        (
            "2026-10-31T00:15",
            "2026-10-31T01:15",
            date(2026, 11, 1),
            TWICE,
        ),
    ],
)
def test_a_repeat_on_a_time_that_clocks_skip_or_repeat_is_refused(
    starts: str, ends: str, until: date, message: str
) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        repeated(_session(starts, ends), NEW_YORK, "daily", until)
    assert str(caught.value) == message


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
