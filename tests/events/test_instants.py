"""Dates and times as they are written, in a named time zone."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.instants import (
    calendar_date,
    instant,
    is_local,
    minute,
    minutes_up,
    normal,
    zone,
)

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
QUOTE_IT = 'write a quoted local time, such as "2026-12-14T09:00"'


def test_a_zone_is_found_by_its_iana_name() -> None:
    assert zone("Europe/Berlin") is ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Europe/Belin", "nearest: Europe/Berlin, Europe/Helsinki, Europe/Dublin"),
        ("Xx", "such as Europe/Berlin"),
        ("", "such as Europe/Berlin"),
    ],
)
def test_an_unknown_zone_is_refused_with_the_nearest(name: str, hint: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        zone(name)
    assert str(caught.value) == f"found {name!r}; write the IANA name of a time zone, {hint}"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("EST", "nearest: America/New_York"),
        ("MST", "nearest: America/Denver"),
        ("HST", "nearest: Pacific/Honolulu"),
        ("CST6CDT", "nearest: America/Chicago"),
        ("GMT", "nearest: Europe/London"),
        ("Japan", "nearest: Asia/Tokyo"),
        ("Etc/Zulu", "nearest: UTC"),
        ("Etc/GMT+5", "such as Europe/Berlin"),
    ],
)
def test_a_zone_that_names_no_place_is_refused_with_one(name: str, hint: str) -> None:
    told = f"found {name!r}, which names no place; write the IANA name of a time zone, {hint}"
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        zone(name)
    assert str(caught.value) == told


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("PST", "nearest: America/Los_Angeles"),
        ("cdt", "nearest: America/Chicago"),
        ("utc", "nearest: UTC"),
        ("UTC+1", "such as Europe/Berlin"),
    ],
)
def test_what_people_call_a_zone_is_refused_with_its_place(name: str, hint: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        zone(name)
    assert str(caught.value) == f"found {name!r}; write the IANA name of a time zone, {hint}"


def test_a_zone_names_a_place_or_is_utc() -> None:
    taken = {name for name in available_timezones() if is_taken(name)}

    assert {name for name in taken if "/" not in name or name.startswith("Etc/")} == {
        "UTC",
        "Etc/UTC",
    }
    assert taken > {"Europe/Berlin", "US/Eastern", "America/Argentina/Ushuaia"}


def is_taken(name: str) -> bool:
    """Return whether a name is taken for a time zone."""
    try:
        return zone(name).key == name
    except ValueError:
        return False


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-12-14T09:00", "2026-12-14T09:00"),
        (" 2026-12-14 ", "2026-12-14"),
        ("2026-12-14T09:00+01:00", "2026-12-14T09:00+01:00"),
        # As the Pulumi CLI rewrites an unquoted date or time.
        ("2026-11-21 09:00:00 +0100 +0100", "2026-11-21T09:00:00+0100"),
        ("2026-11-21 09:00:00 +0100 CET", "2026-11-21T09:00:00+0100"),
        ("2026-11-21 00:00:00 -0500 -0500", "2026-11-21T00:00:00-0500"),
        ("2026-11-21 00:00:00 +0000 UTC", "2026-11-21"),
        ("2026-11-21 09:00:00 +0000 +0000", "2026-11-21T09:00:00+0000"),
        ("whatever", "whatever"),
    ],
)
def test_every_form_of_a_time_becomes_iso_text(written: str, expected: str) -> None:
    assert normal(written) == expected


@pytest.mark.parametrize("written", [20261214, 1.5, None, True, date(2026, 12, 14)])
def test_what_is_not_text_is_no_time(written: object) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        normal(written)
    assert str(caught.value) == f"found {written!r}; {QUOTE_IT}"


@pytest.mark.parametrize("read", [normal, is_local, calendar_date])
def test_an_unquoted_time_that_lost_its_zone_is_refused(read: Callable[[object], object]) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        read("2026-11-21 09:00:00 +0000 UTC")
    assert str(caught.value) == (
        f"found '2026-11-21 09:00:00 +0000 UTC', an unquoted time that lost its zone; {QUOTE_IT}"
    )


@pytest.mark.parametrize("written", ["2026-11-21", "2026-11-21 00:00:00 +0000 UTC"])
def test_a_date_is_read_however_it_came(written: str) -> None:
    assert calendar_date(written) == date(2026, 11, 21)


@pytest.mark.parametrize(
    "written",
    ["2026-11-31", "2026-11-21T09:00", "tomorrow", "", "1989-12-31", "2201-01-01", "0001-01-01"],
)
def test_what_is_not_a_date_is_refused(written: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        calendar_date(written)
    assert str(caught.value) == f'found {written!r}; write a quoted date, such as "2026-12-14"'


@pytest.mark.parametrize(
    ("written", "local"),
    [
        ("2026-12-14T09:00", True),
        ("2026-12-14 09:00", True),
        ("2026-12-14T09:00:30", True),
        ("2026-12-14T09:00Z", False),
        ("2026-12-14T09:00:00+01:00", False),
        ("2026-12-14 09:00-0500", False),
        ("2026-11-21 09:00:00 +0100 +0100", False),
    ],
)
def test_a_time_without_an_offset_is_local(written: str, local: bool) -> None:  # noqa: FBT001 - a table's column
    assert is_local(written) is local


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2026-12-14", "2026-12-14"),
        ("09:00", "09:00"),
        ("2026-12-14T9:00", "2026-12-14T9:00"),
        ("2026-12-14T09:00+1", "2026-12-14T09:00+1"),
        (" soon ", "soon"),
        ("", ""),
        # A date that was written unquoted where a time belongs.
        ("2026-11-21 00:00:00 +0000 UTC", "2026-11-21"),
    ],
)
def test_what_is_not_a_time_is_refused(written: str, shown: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        is_local(written)
    assert str(caught.value) == f"found {shown!r}; {QUOTE_IT}"


@pytest.mark.parametrize(
    "written",
    [
        *("2026-13-01T00:00", "2026-02-29T09:00", "2026-12-14T25:00", "2026-12-14T09:00+24:00"),
        *("1989-12-31T23:59", "2201-01-01T00:00"),
        # Arithmetic with time zones would overflow.
        *("0001-01-01T00:00", "0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00"),
    ],
)
def test_a_time_that_no_calendar_of_ours_has_is_refused(written: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        instant(written, BERLIN)
    assert str(caught.value) == f"found {written!r}; {QUOTE_IT}"


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2026-12-14T09:00", datetime(2026, 12, 14, 8, tzinfo=UTC)),
        ("2026-06-14 09:00:30", datetime(2026, 6, 14, 7, 0, 30, tzinfo=UTC)),
        ("2026-12-14T09:00Z", datetime(2026, 12, 14, 9, tzinfo=UTC)),
        ("2026-12-14T09:00-0500", datetime(2026, 12, 14, 14, tzinfo=UTC)),
        ("2026-11-21 09:00:00 +0100 +0100", datetime(2026, 11, 21, 8, tzinfo=UTC)),
        ("2026-11-21 09:00:00 -0500 EST", datetime(2026, 11, 21, 14, tzinfo=UTC)),
        ("2026-11-21 00:00:00 +0100 +0100", datetime(2026, 11, 20, 23, tzinfo=UTC)),
        ("1990-01-01T00:00", datetime(1989, 12, 31, 23, tzinfo=UTC)),
        ("2200-12-31T23:59Z", datetime(2200, 12, 31, 23, 59, tzinfo=UTC)),
    ],
)
def test_an_instant_is_read_in_its_zone_unless_it_has_an_offset(
    written: str, utc: datetime
) -> None:
    found = instant(written, BERLIN)
    assert (found, found.tzinfo) == (utc, UTC)


def test_an_instant_is_rounded_down_to_the_minute() -> None:
    moment = datetime(2026, 12, 14, 9, 59, 59, 999_999, tzinfo=BERLIN)
    assert minute(moment) == datetime(2026, 12, 14, 9, 59, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(0, 0), (1, 1), (60, 1), (61, 2), (1_756, 30), (1_800, 30)]
)
def test_seconds_become_whole_minutes_rounded_up(seconds: int, minutes: int) -> None:
    assert minutes_up(seconds) == timedelta(minutes=minutes)


@settings(deadline=None)
@given(
    st.datetimes(
        min_value=datetime(2000, 1, 1),  # noqa: DTZ001 - hypothesis wants naive bounds
        max_value=datetime(2037, 12, 31),  # noqa: DTZ001 - hypothesis wants naive bounds
        timezones=st.sampled_from([UTC, BERLIN, NEW_YORK, timezone(timedelta(hours=5.5))]),
    )
)
def test_an_instant_with_an_offset_round_trips(moment: datetime) -> None:
    whole = moment.replace(microsecond=0)
    assert instant(whole.isoformat(), BERLIN).astimezone(UTC) == whole.astimezone(UTC)
