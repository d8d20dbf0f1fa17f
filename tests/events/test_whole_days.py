"""Sessions of whole days, also where clocks skip midnight or show it twice."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.instants import first_of_day, is_day, zone
from events.sessions import Session, Written, first_begins, first_ends, sessions_of

ZONES = (
    "Africa/Cairo",
    "America/Asuncion",
    "America/Havana",
    "America/New_York",
    "America/Santiago",
    "America/St_Johns",
    "Asia/Beirut",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "UTC",
)


def _days(where: str, starts: str, ends: str, repeats: str | None = None) -> list[Session]:
    return sessions_of(Written(starts=starts, ends=ends, repeats=repeats), ZoneInfo(where))


def _local(sessions: list[Session], where: str) -> list[str]:
    return [
        " to ".join(
            f"{it.astimezone(ZoneInfo(where)):%m-%dT%H:%M%z}" for it in (one.starts, one.ends)
        )
        for one in sessions
    ]


@pytest.mark.parametrize(("written", "whole"), [("2026-12-14", True), ("2026-12-14T09:00", False)])
def test_a_day_has_no_time(written: str, *, whole: bool) -> None:
    assert is_day(written) is whole


def test_whole_days_last_to_the_end_of_the_last() -> None:
    assert _days("Europe/Berlin", "2026-12-14", "2026-12-18") == [
        Session(
            starts=datetime(2026, 12, 13, 23, tzinfo=UTC),
            ends=datetime(2026, 12, 18, 23, tzinfo=UTC),
        )
    ]
    written = Written(starts="2026-12-14", ends="2026-12-14")
    assert first_begins(written, ZoneInfo("UTC")) == datetime(2026, 12, 14, tzinfo=UTC)
    assert first_ends(written, ZoneInfo("UTC")) == datetime(2026, 12, 15, tzinfo=UTC)


def test_whole_days_repeat_by_the_calendar_and_not_by_the_hour() -> None:
    found = _days("Europe/Berlin", "2026-10-24", "2026-10-24", "FREQ=DAILY;COUNT=3")

    assert _local(found, "Europe/Berlin") == [
        "10-24T00:00+0200 to 10-25T00:00+0200",
        "10-25T00:00+0200 to 10-26T00:00+0100",
        "10-26T00:00+0100 to 10-27T00:00+0100",
    ]
    assert [one.ends - one.starts for one in found] == [timedelta(hours=it) for it in (24, 25, 24)]


def test_whole_days_over_a_weekend_repeat_whole() -> None:
    found = _days("Asia/Tokyo", "2026-12-12", "2026-12-13", "FREQ=WEEKLY;COUNT=2")

    assert _local(found, "Asia/Tokyo") == [
        "12-12T00:00+0900 to 12-14T00:00+0900",
        "12-19T00:00+0900 to 12-21T00:00+0900",
    ]


# Clocks go from midnight to one on these days, so that they begin at one.
@pytest.mark.parametrize(
    ("where", "day", "expected"),
    [
        ("America/Havana", "2026-03-08", "03-08T01:00-0400 to 03-09T00:00-0400"),
        ("Asia/Beirut", "2026-03-29", "03-29T01:00+0300 to 03-30T00:00+0300"),
        ("Africa/Cairo", "2026-04-24", "04-24T01:00+0300 to 04-25T00:00+0300"),
        ("America/Santiago", "2026-09-06", "09-06T01:00-0300 to 09-07T00:00-0300"),
        # And here from one to midnight, which is shown twice: the day has 25 hours.
        ("America/Havana", "2026-11-01", "11-01T00:00-0400 to 11-02T00:00-0500"),
        # From midnight to eleven of the day before, which has 25.
        ("Asia/Beirut", "2026-10-24", "10-24T00:00+0300 to 10-25T00:00+0200"),
        ("Africa/Cairo", "2026-10-29", "10-29T00:00+0300 to 10-30T00:00+0200"),
    ],
)
def test_a_day_begins_at_its_first_instant(where: str, day: str, expected: str) -> None:
    assert _local(_days(where, day, day), where) == [expected]


@pytest.mark.parametrize(
    ("where", "starts"),
    [
        ("America/Havana", "2026-03-07"),
        ("Asia/Beirut", "2026-03-28"),
        ("Africa/Cairo", "2026-04-23"),
    ],
)
def test_days_meet_where_midnight_is_skipped(where: str, starts: str) -> None:
    found = _days(where, starts, starts, "FREQ=DAILY;COUNT=3")

    assert [one.ends - one.starts for one in found] == [timedelta(hours=it) for it in (24, 23, 24)]
    assert all(before.ends == after.starts for before, after in pairwise(found))


def test_a_day_that_a_zone_skips_is_none() -> None:
    # Samoa had no 30 December 2011.
    assert _local(_days("Pacific/Apia", "2011-12-29", "2011-12-29"), "Pacific/Apia") == [
        "12-29T00:00-1000 to 12-31T00:00+1400"
    ]
    [around] = _days("Pacific/Apia", "2011-12-29", "2011-12-31")
    assert around.ends - around.starts == timedelta(days=2)
    [skipped] = _days("Pacific/Apia", "2011-12-30", "2011-12-30")
    assert skipped.starts == skipped.ends == datetime(2011, 12, 30, 10, tzinfo=UTC)


def test_a_repeat_on_a_day_that_a_zone_skips_is_refused_unless_it_is_an_exception() -> None:
    written = Written(starts="2011-12-29", ends="2011-12-29", repeats="FREQ=DAILY;COUNT=3")
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        sessions_of(written, ZoneInfo("Pacific/Apia"))
    assert str(caught.value) == (
        "found a repeat on 2011-12-30 that ends as it begins, or before; except it"
    )

    kept = Written(
        starts="2011-12-29",
        ends="2011-12-29",
        repeats="FREQ=DAILY;COUNT=3",
        exceptions=frozenset({date(2011, 12, 30)}),
    )
    assert _local(sessions_of(kept, ZoneInfo("Pacific/Apia")), "Pacific/Apia") == [
        "12-29T00:00-1000 to 12-31T00:00+1400",
        "12-31T00:00+1400 to 01-01T00:00+1400",
    ]


@settings(deadline=None)
@given(st.sampled_from(ZONES), st.dates(date(1990, 1, 1), date(2037, 12, 31)))
def test_the_instant_before_a_day_is_of_an_earlier_one(name: str, day: date) -> None:
    where = zone(name)
    first = first_of_day(day, where)

    assert (first - timedelta(microseconds=1)).astimezone(where).date() < day
    assert first.astimezone(where).date() >= day


@settings(deadline=None)
@given(
    st.sampled_from([name for name in ZONES if name != "Pacific/Apia"]),
    st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    st.integers(1, 40),
)
def test_daily_whole_days_meet_and_are_one_long_session(name: str, day: date, count: int) -> None:
    last = day + timedelta(days=count - 1)
    found = _days(name, day.isoformat(), day.isoformat(), f"FREQ=DAILY;COUNT={count}")
    [whole] = _days(name, day.isoformat(), last.isoformat())

    assert len(found) == count
    assert all(before.ends == after.starts for before, after in pairwise(found))
    assert (found[0].starts, found[-1].ends) == (whole.starts, whole.ends)
