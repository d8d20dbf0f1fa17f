"""Names of time zones, and their rules as another program reads them."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from hypothesis import assume, given
from hypothesis import strategies as st

from events.ical_zones import zone_lines, zone_named

FIRST, LAST = datetime(2026, 1, 1, 7, 30, 20, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Africa/Casablanca",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Auckland",
    "Europe/Dublin",
    "Etc/UTC",
)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("UTC", "UTC"),
        ("Eastern Standard Time", "America/New_York"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("India Standard Time", "Asia/Calcutta"),
    ],
)
def test_a_zone_has_its_name_of_the_iana_list_or_of_windows(name: str, key: str) -> None:
    assert zone_named(name).key == key


@pytest.mark.parametrize("name", ["Mars", "europe/berlin", "../etc/passwd", "Europe", "M" * 999])
def test_a_zone_of_another_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        zone_named(name)

    assert str(caught.value) == (
        f"time zone {name[:60]!r} is neither of the IANA list nor of Windows; choose one such as "
        "Europe/Berlin"
    )


def test_a_zone_is_written_out_change_by_change() -> None:
    ends = datetime(2026, 12, 1, tzinfo=UTC)
    assert zone_lines(ZoneInfo("America/New_York"), FIRST, ends) == [
        "BEGIN:VTIMEZONE",
        "TZID:America/New_York",
        "BEGIN:STANDARD",
        "DTSTART:20260101T023020",
        "TZOFFSETFROM:-0500",
        "TZOFFSETTO:-0500",
        "TZNAME:EST",
        "END:STANDARD",
        "BEGIN:DAYLIGHT",
        "DTSTART:20260308T020000",
        "TZOFFSETFROM:-0500",
        "TZOFFSETTO:-0400",
        "TZNAME:EDT",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:20261101T020000",
        "TZOFFSETFROM:-0400",
        "TZOFFSETTO:-0500",
        "TZNAME:EST",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(2026, 1, 2), datetime(2028, 12, 31)),  # noqa: DTZ001 - made aware below
)
def test_another_program_reads_the_same_clocks(name: str, naive: datetime) -> None:
    where = ZoneInfo(name)
    text = "\r\n".join(["BEGIN:VCALENDAR", *zone_lines(where, FIRST, LAST), "END:VCALENDAR", ""])
    read = tzical(StringIO(text)).get()
    offset = (naive.replace(tzinfo=UTC).astimezone(where)).utcoffset() or timedelta()
    local = naive + offset
    again = local.replace(tzinfo=where)
    # Programs differ in which they mean of a time that is shown twice.
    assume(again.replace(fold=0).utcoffset() == again.replace(fold=1).utcoffset())

    assert local.replace(tzinfo=read).utcoffset() == offset
