"""Local times that a clock change skips or shows twice."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.instants import at_wall_clock, instant

ZONES = ("America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")


@pytest.mark.parametrize(
    ("written", "zone", "shown"),
    [
        ("2027-03-14T02:30", "America/New_York", "2027-03-14T02:30"),
        ("2027-03-14T02:00", "America/New_York", "2027-03-14T02:00"),
        ("2027-03-28 02:59:59", "Europe/Berlin", "2027-03-28T02:59"),
        # Half an hour is skipped here.
        ("2026-10-04T02:15", "Australia/Lord_Howe", "2026-10-04T02:15"),
    ],
)
def test_a_local_time_that_is_skipped_is_refused(written: str, zone: str, shown: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        instant(written, ZoneInfo(zone))
    assert str(caught.value) == (
        f"found {shown}, which a clock change in {zone} skips; write an hour later"
    )


@pytest.mark.parametrize(
    ("written", "zone", "early", "late"),
    [
        ("2026-11-01T01:30", "America/New_York", "-04:00", "-05:00"),
        ("2026-11-01T01:00", "America/New_York", "-04:00", "-05:00"),
        ("2026-10-25T02:59", "Europe/Berlin", "+02:00", "+01:00"),
        ("2027-04-04T01:45", "Australia/Lord_Howe", "+11:00", "+10:30"),
    ],
)
def test_a_local_time_that_is_shown_twice_is_refused_with_both_offsets(
    written: str, zone: str, early: str, late: str
) -> None:
    where = ZoneInfo(zone)
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        instant(written, where)
    assert str(caught.value) == (
        f"found {written}, which a clock change in {zone} shows twice; add the offset, "
        f"{written}{early} or {written}{late}"
    )
    first, second = (instant(written + offset, where) for offset in (early, late))
    assert first == datetime.fromisoformat(written + early)
    assert second == datetime.fromisoformat(written + late)
    shown = [f"{moment.astimezone(where):%Y-%m-%dT%H:%M}" for moment in (first, second)]
    assert shown == [written, written]
    assert first < second


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2026-11-01T01:30-04:00", datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        ("2026-11-01T01:30-05:00", datetime(2026, 11, 1, 6, 30, tzinfo=UTC)),
        # An offset also means an instant where a local time would be skipped.
        ("2027-03-14T02:30-05:00", datetime(2027, 3, 14, 7, 30, tzinfo=UTC)),
    ],
)
def test_an_offset_resolves_what_a_clock_change_hides(written: str, utc: datetime) -> None:
    assert instant(written, ZoneInfo("America/New_York")).astimezone(UTC) == utc


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2027-03-14T01:59", datetime(2027, 3, 14, 6, 59, tzinfo=UTC)),
        ("2027-03-14T03:00", datetime(2027, 3, 14, 7, 0, tzinfo=UTC)),
        ("2026-11-01T00:59", datetime(2026, 11, 1, 4, 59, tzinfo=UTC)),
        ("2026-11-01T02:00", datetime(2026, 11, 1, 7, 0, tzinfo=UTC)),
    ],
)
def test_the_minutes_beside_a_clock_change_are_plain(written: str, utc: datetime) -> None:
    assert instant(written, ZoneInfo("America/New_York")).astimezone(UTC) == utc


def _instants_shown_as(local: datetime, where: ZoneInfo) -> set[datetime]:
    """Return every instant at which the zone's clocks show a local time, by trying offsets."""
    near = (local.replace(tzinfo=UTC) + timedelta(days=days) for days in (-1, 0, 1))
    offsets = [moment.astimezone(where).utcoffset() or timedelta() for moment in near]
    tried = {local.replace(tzinfo=UTC) - offset for offset in offsets}
    return {moment for moment in tried if moment.astimezone(where).replace(tzinfo=None) == local}


@settings(deadline=None)
@given(
    st.datetimes(
        min_value=datetime(2026, 1, 1),  # noqa: DTZ001 - a local time has no zone yet
        max_value=datetime(2027, 12, 31),  # noqa: DTZ001 - a local time has no zone yet
    ),
    st.sampled_from(ZONES),
)
def test_a_local_time_is_read_exactly_when_clocks_show_it_once(local: datetime, name: str) -> None:
    where, found = ZoneInfo(name), set[datetime]()
    try:
        found.add(at_wall_clock(local, where))
    except ValueError:
        assert len(_instants_shown_as(local, where)) != 1
    else:
        assert found == _instants_shown_as(local, where)
