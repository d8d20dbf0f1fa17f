"""How much maintenance exclusions leave in any rolling span."""

from datetime import UTC, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.maintenance_availability import GKE, Availability, Least, Limits
from events.maintenance_window import Window, openings
from events.sessions import Session

NOW = datetime(2026, 9, 1, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DAILY = frozenset(range(7))
SMALL = Limits(total=4, no_upgrades=2, available=12 * HOUR, rolling=8 * DAY, contiguous=4 * HOUR)


def _window(hours: int, starts: int = 2, days: frozenset[int] = DAILY) -> Window:
    return Window(starts=time(starts), length=hours * HOUR, days=days, where=ZoneInfo("UTC"))


def _from(hour: float, hours: float) -> Session:
    return Session(starts=NOW + hour * HOUR, ends=NOW + (hour + hours) * HOUR)


def _nightly(limits: Limits = GKE, hours: int = 4) -> Availability:
    return Availability(window=_window(hours), now=NOW, limits=limits)


def test_the_longest_exclusion_is_what_gke_says_of_no_upgrades() -> None:
    assert GKE.longest == timedelta(days=90)


@pytest.mark.parametrize(
    ("exclusions", "hours", "since"),
    [
        ([], 4 * 92, -92 * 24),
        # By day, where nothing is open.
        ([_from(8, 10)], 4 * 92, -92 * 24 + 8),
        # One night, from its midst: what is left of it is too short to count.
        ([_from(1.5, 2.5)], 4 * 91, -92 * 24 + 6),
        # An hour of maintenance stays before and after: no more than nothing.
        ([_from(3, 2)], 4 * 91, -92 * 24 + 6),
        ([_from(0, 10 * 24)], 4 * 82, -92 * 24 + 9 * 24 + 6),
        # The same night twice.
        ([_from(0, 6), _from(1, 6)], 4 * 91, -92 * 24 + 6),
    ],
)
def test_nights_that_exclusions_take_are_missing(
    exclusions: list[Session], hours: int, since: int
) -> None:
    around = exclusions[0] if exclusions else _from(0, 1)
    assert _nightly().least(exclusions, around) == Least(
        available=hours * HOUR, since=NOW + since * HOUR
    )


def test_a_longer_opening_counts_as_far_as_it_is_left() -> None:
    found = _nightly(hours=10).least([_from(4, 3)], _from(4, 3))
    assert found.available == (91 * 10 + 5) * HOUR


def test_an_exclusion_of_ninety_days_leaves_just_enough_of_a_window_that_never_closes() -> None:
    always = Availability(window=_window(24), now=NOW, limits=GKE)
    longest, longer = _from(0, 90 * 24), _from(0, 90 * 24 + 1)
    assert always.least([longest], longest).available == 48 * HOUR
    assert always.holds([longest], longest)
    assert always.least([longer], longer).available == 47 * HOUR
    assert not always.holds([longer], longer)


def test_without_exclusions_a_window_that_never_closes_is_all_available() -> None:
    always = Availability(window=_window(24), now=NOW, limits=GKE)
    assert always.least([], _from(0, 1)).available == 92 * DAY


def test_nothing_is_left_of_openings_that_are_too_short() -> None:
    short = Availability(window=_window(3), now=NOW, limits=GKE)
    assert short.least([], _from(0, 1)) == Least(available=timedelta(), since=NOW - 92 * DAY)


windows = st.builds(
    _window,
    hours=st.integers(1, 24),
    starts=st.integers(0, 23),
    days=st.sets(st.integers(0, 6), min_size=1).map(frozenset),
)
spans = st.builds(_from, hour=st.integers(0, 600), hours=st.integers(1, 200))


@settings(deadline=None)
@given(windows, st.lists(spans, max_size=6), spans, st.sampled_from([GKE, SMALL]))
def test_no_rolling_span_keeps_less(
    window: Window, exclusions: list[Session], around: Session, limits: Limits
) -> None:
    found = Availability(window=window, now=NOW, limits=limits).least(exclusions, around)
    kept = _every_hour(window, exclusions, limits)
    meeting = {
        start: hours
        for start, hours in kept.items()
        if around.starts - limits.rolling <= start <= around.ends
    }
    assert found.available == min(meeting.values()) * HOUR
    assert meeting[found.since] * HOUR == found.available


def _every_hour(window: Window, exclusions: list[Session], limits: Limits) -> dict[datetime, int]:
    """Return the hours that count, by the start of a rolling span; all is in whole hours."""
    first, last = -110 * 24, 130 * 24
    reach = _from(first, last - first)
    opened = {
        (one.starts - NOW) // HOUR + hour
        for one in openings(window, NOW, reach)
        for hour in range((one.ends - one.starts) // HOUR)
    }
    for one in exclusions:
        opened -= set(range((one.starts - NOW) // HOUR, (one.ends - NOW) // HOUR))
    long_enough = limits.contiguous // HOUR
    run: list[int] = []
    counted: set[int] = set()
    for hour in range(first, last):
        run = [*run, hour][-long_enough:] if hour in opened else []
        if len(run) == long_enough:
            counted |= set(run)
    sums = list(accumulate((hour in counted for hour in range(first, last)), initial=0))
    rolling = limits.rolling // HOUR
    return {
        NOW + (first + at) * HOUR: sums[at + rolling] - sums[at]
        for at in range(len(sums) - rolling)
    }
