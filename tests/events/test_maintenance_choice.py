"""Which spans are protected, with how few exclusions, and why others are not."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from events.maintenance_availability import GKE, Availability, Limits
from events.maintenance_choice import accepted, blocks, covers, fewer
from events.maintenance_window import Window
from events.sessions import Session

NOW = datetime(2026, 9, 1, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
DAY = 24
SMALL = Limits(
    total=3,
    no_upgrades=1,
    available=12 * HOUR,
    rolling=timedelta(days=8),
    contiguous=4 * HOUR,
)


def _from(hour: float, hours: float) -> Session:
    return Session(starts=NOW + hour * HOUR, ends=NOW + (hour + hours) * HOUR)


def _available(
    limits: Limits = GKE, hours: float = 4, days: frozenset[int] = frozenset(range(7))
) -> Availability:
    window = Window(starts=time(2), length=hours * HOUR, days=days, where=ZoneInfo("UTC"))
    return Availability(window=window, now=NOW, limits=limits)


@pytest.mark.parametrize(
    ("spans", "joined"),
    [
        ([], []),
        ([_from(0, 2)], [_from(0, 2)]),
        ([_from(2, 1), _from(0, 2)], [_from(0, 3)]),
        ([_from(0, 9), _from(1, 2)], [_from(0, 9)]),
        ([_from(0, 2), _from(5.99, 1)], [_from(0, 6.99)]),
        ([_from(0, 2), _from(6, 1)], [_from(0, 2), _from(6, 1)]),
    ],
)
def test_spans_join_across_less_than_a_useful_gap(
    spans: list[Session], joined: list[Session]
) -> None:
    assert blocks(spans, 4 * HOUR) == joined


@pytest.mark.parametrize(
    ("span", "inside"),
    [(_from(1, 2), True), (_from(2, 1), True), (_from(0, 2), False), (_from(2, 2), False)],
)
def test_a_block_covers_what_lies_in_it(span: Session, *, inside: bool) -> None:
    assert covers(_from(1, 2), span) is inside


def test_nothing_to_protect_is_accepted() -> None:
    assert accepted([], _available()) == ([], {})


def test_spans_by_day_are_all_accepted() -> None:
    spans = [_from(DAY * day + 8, 10) for day in range(100)]
    assert accepted(spans, _available()) == (spans, {})


def test_what_comes_later_gives_way() -> None:
    nights = [_from(DAY * day, 8) for day in range(8)]
    assert accepted(nights, _available(SMALL)) == (
        nights[:5],
        {
            nights[5]: "with it, the maintenance window leaves 8h in the 8 days from 2026-08-29, "
            "and GKE asks for 12h",
            nights[6]: "with it, the maintenance window leaves 8h in the 8 days from 2026-08-30, "
            "and GKE asks for 12h",
            nights[7]: "with it, the maintenance window leaves 8h in the 8 days from 2026-08-31, "
            "and GKE asks for 12h",
        },
    )


def test_only_what_takes_maintenance_gives_way() -> None:
    nights = [_from(DAY * day, 8) for day in range(6)]
    by_day = [_from(DAY * day + 10, 4) for day in range(8)]
    later = _from(DAY * 30, 8)
    spans = sorted([*nights, *by_day, later], key=lambda span: span.starts)
    kept, refused = accepted(spans, _available(SMALL))
    assert list(refused) == [nights[5]]
    assert kept == [span for span in spans if span != nights[5]]


def test_what_is_over_gives_way_to_what_is_not() -> None:
    over, ahead = _from(-DAY, DAY), _from(0, 4.5 * DAY)
    assert accepted([over, ahead], _available(SMALL)) == (
        [ahead],
        {
            over: "with it, the maintenance window leaves 8h in the 8 days from 2026-08-28, "
            "and GKE asks for 12h"
        },
    )


@pytest.mark.parametrize(
    ("available", "span", "because"),
    [
        (
            _available(hours=24),
            _from(0, 90 * DAY + 0.5),
            "lasts 90d30m, and GKE accepts exclusions of at most 90d",
        ),
        (
            _available(hours=4),
            _from(0, 90 * DAY),
            "with it, the maintenance window leaves 8h in the 92 days from 2026-08-29, "
            "and GKE asks for 48h",
        ),
        (
            # Tuesdays, Thursdays and Saturdays: just enough, without the first of September.
            _available(SMALL, days=frozenset({1, 3, 5})),
            _from(0, 8),
            "with it, the maintenance window leaves 8h in the 8 days from 2026-08-25, "
            "and GKE asks for 12h",
        ),
        (
            _available(hours=3.5, days=frozenset({6})),
            _from(0, 1),
            "the maintenance window alone leaves 0h in the 92 days from 2026-06-01, "
            "and GKE asks for 48h",
        ),
        (
            _available(hours=5.25, days=frozenset({0})),
            _from(0, 30 * DAY),
            "with it, the maintenance window leaves 47h15m in the 92 days from 2026-06-29, "
            "and GKE asks for 48h",
        ),
    ],
)
def test_a_refusal_has_both_numbers(available: Availability, span: Session, because: str) -> None:
    assert accepted([span], available) == ([], {span: because})


def test_few_spans_stay_apart() -> None:
    spans = [_from(DAY * day + 8, 2) for day in range(3)]
    assert fewer(spans, _available(SMALL)) == spans


def test_the_smallest_gaps_close_first_and_of_equal_ones_the_latest() -> None:
    spans = [_from(hour, 1) for hour in (8, 18, 33, 57, 81, 110)]
    # Gaps of 9, 14, 23, 23 and 28 hours; three must close.
    assert fewer(spans, _available(SMALL)) == [
        *spans,
        _from(9, 9),
        _from(19, 14),
        _from(58, 23),
    ]


def test_a_gap_stays_open_for_the_maintenance_that_gke_asks_for() -> None:
    long = _from(7, 4 * DAY)
    spans = [long, *(_from(7 + DAY * day, 6) for day in (5, 6, 7))]
    # Four nights are gone; one more may go, and of equal gaps that is the latest.
    assert fewer(spans, _available(SMALL)) == [*spans, _from(6 * DAY + 13, 18)]
    assert fewer(spans, _available(SMALL, hours=3.9)) == spans


def test_what_is_over_needs_no_exclusion() -> None:
    spans = [_from(hour, 1) for hour in (-40, -20, -1, 8, 30)]
    assert fewer(spans, _available(SMALL)) == spans
    assert len(fewer([*spans, _from(50, 1), _from(90, 1)], _available(SMALL))) == len(spans) + 3
