"""Lead and drain are elapsed time, whatever clocks do in between."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.instants import instant
from events.phases import Schedule
from events.sessions import Session

BERLIN = ZoneInfo("Europe/Berlin")
# The night in which Berlin skips 2:00 to 3:00, and the one in which it shows them twice.
NIGHTS = (datetime(2027, 3, 28, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC))


def _schedule(starts: str, ends: str, lead: int, drain: int) -> Schedule:
    session = Session(starts=instant(starts, BERLIN), ends=instant(ends, BERLIN))
    return Schedule(
        sessions=(session,),
        lead=timedelta(minutes=lead),
        drain=timedelta(minutes=drain),
        users=20,
    )


# Phases with the UTC day and time of each change; an hour of drain.
@pytest.mark.parametrize(
    ("starts", "ends", "lead", "expected"),
    [
        # Ten minutes after the skipped hour: warm is before live.
        (
            "2027-03-28T03:10",
            "2027-03-28T05:00",
            25,
            ["21 01:10 staged", "28 00:45 warm", "28 01:10 live", "28 03:00 live", "28 04:00 over"],
        ),
        # Twelve hours, and not thirteen by the wall.
        (
            "2026-10-25T09:00",
            "2026-10-25T11:00",
            720,
            ["18 08:00 staged", "24 20:00 warm", "25 08:00 live", "25 10:00 live", "25 11:00 over"],
        ),
        # The second 2:30 of the night, and not the first.
        (
            "2026-10-25T02:30+01:00",
            "2026-10-25T04:00",
            25,
            ["18 01:30 staged", "25 01:05 warm", "25 01:30 live", "25 03:00 live", "25 04:00 over"],
        ),
        # From the first 2:30 to the second 2:10.
        (
            "2026-10-25T02:30+02:00",
            "2026-10-25T02:10+01:00",
            25,
            ["18 00:30 staged", "25 00:05 warm", "25 00:30 live", "25 01:10 live", "25 02:10 over"],
        ),
    ],
)
def test_changes_around_a_clock_change(
    starts: str, ends: str, lead: int, expected: list[str]
) -> None:
    schedule = _schedule(starts, ends, lead, 60)
    assert [f"{one.at:%d %H:%M} {one.phase}" for one in schedule.transitions] == expected


@settings(deadline=None)
@given(
    st.sampled_from(NIGHTS),
    st.tuples(st.integers(min_value=-300, max_value=300), st.integers(1, 300)),
    st.integers(min_value=1, max_value=720),
    st.integers(min_value=1, max_value=720),
)
def test_a_window_starts_lead_before_and_ends_drain_after(
    night: datetime, span: tuple[int, int], lead: int, drain: int
) -> None:
    starts = night + timedelta(minutes=span[0])
    ends = starts + timedelta(minutes=span[1])
    first, last = (moment.astimezone(BERLIN).isoformat() for moment in (starts, ends))
    assert _schedule(first, last, lead, drain).windows == [
        Session(starts=starts - timedelta(minutes=lead), ends=ends + timedelta(minutes=drain))
    ]
