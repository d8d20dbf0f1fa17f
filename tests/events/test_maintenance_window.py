"""A maintenance window as people write it, and as GKE keeps it."""

from datetime import UTC, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.maintenance_window import Recurring, Window, openings, recurring, zulu
from events.sessions import Session

SUMMER, WINTER = (datetime(2026, month, 1, 12, tzinfo=UTC) for month in (7, 12))
DAILY = frozenset(range(7))


def _window(starts: time, where: str, days: frozenset[int] = DAILY, hours: int = 4) -> Window:
    return Window(starts=starts, length=timedelta(hours=hours), days=days, where=ZoneInfo(where))


@pytest.mark.parametrize(
    ("window", "now", "starts", "recurrence"),
    [
        (_window(time(2), "Europe/Berlin"), SUMMER, "2024-01-01T00:00", "FREQ=DAILY"),
        (_window(time(2), "Europe/Berlin"), WINTER, "2024-01-01T01:00", "FREQ=DAILY"),
        (_window(time(1), "Europe/Berlin"), SUMMER, "2024-01-01T23:00", "FREQ=DAILY"),
        (
            _window(time(22), "America/New_York", frozenset({5, 6})),
            SUMMER,
            "2024-01-01T02:00",
            "FREQ=WEEKLY;BYDAY=MO,SU",
        ),
        (
            _window(time(22), "America/New_York", frozenset({5, 6})),
            WINTER,
            "2024-01-01T03:00",
            "FREQ=WEEKLY;BYDAY=MO,SU",
        ),
        (
            _window(time(2), "Pacific/Auckland", frozenset({0})),
            SUMMER,
            "2024-01-07T14:00",
            "FREQ=WEEKLY;BYDAY=SU",
        ),
        (
            _window(time(3, 15, 30), "Asia/Kathmandu", frozenset({1, 3})),
            SUMMER,
            "2024-01-01T21:30:30",
            "FREQ=WEEKLY;BYDAY=MO,WE",
        ),
    ],
)
def test_gke_gets_the_window_in_utc(
    window: Window, now: datetime, starts: str, recurrence: str
) -> None:
    first = datetime.fromisoformat(starts).replace(tzinfo=UTC)
    assert recurring(window, now) == Recurring(
        starts=first, ends=first + timedelta(hours=4), recurrence=recurrence
    )


def test_the_dates_of_a_recurring_window_do_not_move_with_now() -> None:
    window = _window(time(2), "Europe/Berlin")
    assert recurring(window, SUMMER) == recurring(window, SUMMER + timedelta(days=17, hours=3))


def test_openings_keep_the_offset_of_now_across_a_clock_change() -> None:
    window = _window(time(2), "Europe/Berlin", frozenset({6}))
    clocks_change = datetime(2026, 10, 25, tzinfo=UTC)
    week = timedelta(weeks=1)
    between = Session(starts=clocks_change - week, ends=clocks_change + 2 * week)
    found = [
        opening.starts
        for opening in openings(window, SUMMER, between)
        if between.starts <= opening.starts < between.ends
    ]
    assert found == [clocks_change - week, clocks_change, clocks_change + week]


def test_openings_that_touch_are_one() -> None:
    window = _window(time(6), "UTC", hours=24)
    between = Session(starts=SUMMER, ends=SUMMER + timedelta(days=40))
    [always] = openings(window, SUMMER, between)
    assert always.starts <= between.starts
    assert always.ends >= between.ends


windows = st.builds(
    lambda minutes, hours, days, where: _window(
        time(minutes // 60, minutes % 60), where, frozenset(days), hours
    ),
    minutes=st.integers(0, 1439),
    hours=st.integers(1, 30),
    days=st.sets(st.integers(0, 6), min_size=1),
    where=st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Pacific/Apia"]),
)


@settings(deadline=None)
@given(windows, st.integers(0, 700), st.integers(0, 20_000), st.integers(1, 20_000))
def test_openings_are_those_of_every_day_by_its_clock(
    window: Window, day: int, first: int, length: int
) -> None:
    now = SUMMER + timedelta(days=day)
    between = Session(
        starts=now + timedelta(minutes=first), ends=now + timedelta(minutes=first + length)
    )
    offset = now.astimezone(window.where).utcoffset()
    assert offset is not None
    fixed = timezone(offset)
    expected: set[int] = set()
    local = between.starts.astimezone(fixed).date() - timedelta(days=3)
    while local <= between.ends.astimezone(fixed).date():
        opens = datetime.combine(local, window.starts, tzinfo=fixed)
        if local.weekday() in window.days:
            expected |= set(_minutes(Session(starts=opens, ends=opens + window.length), between))
        local += timedelta(days=1)
    found: set[int] = set()
    for opening in openings(window, now, between):
        found |= set(_minutes(opening, between))
    assert found == expected


def _minutes(opening: Session, between: Session) -> range:
    """Return the minutes of an opening that lie in a span, counted from its start."""
    minute = timedelta(minutes=1)
    starts, ends = max(opening.starts, between.starts), min(opening.ends, between.ends)
    return range((starts - between.starts) // minute, (ends - between.starts) // minute)


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        ("2026-11-21T08:00:00+00:00", "2026-11-21T08:00:00Z"),
        ("2026-11-21T00:30:15+05:45", "2026-11-20T18:45:15Z"),
    ],
)
def test_instants_are_written_in_utc_to_the_second(moment: str, written: str) -> None:
    assert zulu(datetime.fromisoformat(moment)) == written
