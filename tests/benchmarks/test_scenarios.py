"""The twelve events, and what is drawn at random of them."""

from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pytest

from benchmarks.scenarios import DAY, HOUR, Event, draw, events, seconds
from capacity.packing import Seat

Make = Callable[..., Event]

NAMES = (
    "guide-workshop guide-exam big-exam icesat2 merced burst-450 scipy ramp-140 heavy-200 "
    "weekly-class half-come small-private"
)
EVENTS = [pytest.param(event, id=name) for name, event in events().items()]


def test_there_are_twelve_events_each_with_its_source() -> None:
    assert list(events()) == NAMES.split()
    assert all(event.source for event in events().values())


def test_an_event_reads_as_written() -> None:
    event = events()["half-come"]

    assert (event.users, event.come, event.users_per_node_min) == (700, 238, 4)
    assert event.arrivals.shape == "uniform"
    assert event.practice.hours_after_first_arrival == Decimal(9)


def test_a_seat_is_whole_bytes_rounded_up() -> None:
    # 3.4 x 2^30 = 3650722201.6
    assert events()["guide-workshop"].asked == Seat(memory=3_650_722_202, cpu=400)


@pytest.mark.parametrize(("hours", "whole"), [("9.5", 34_200), ("0", 0), ("0.0001", 0)])
def test_hours_are_whole_seconds(hours: str, whole: int) -> None:
    assert seconds(Decimal(hours)) == whole


@pytest.mark.parametrize("event", EVENTS)
def test_everybody_who_comes_is_drawn_once_per_day(event: Event) -> None:
    arrivals, departures = draw(event, np.random.default_rng(1))

    assert arrivals.shape == departures.shape == (event.come * event.days,)
    days, times = np.divmod(arrivals, DAY)
    assert np.bincount(days).tolist() == [event.come] * event.days
    assert times.min() >= 0
    assert times.max() < event.arrivals.within_minutes * 60


@pytest.mark.parametrize("event", EVENTS)
def test_a_seat_is_free_at_once_or_after_the_cull(event: Event) -> None:
    arrivals, departures = draw(event, np.random.default_rng(1))

    stays = (departures - arrivals - seconds(event.stay_hours)).tolist()
    at_once = int(event.come * event.logs_out + Decimal("0.5")) * event.days
    assert set(stays) == {0, HOUR}
    assert stays.count(0) == at_once


def test_of_a_bell_70_per_cent_come_in_the_first_third(make: Make) -> None:
    event = make(users=1_000, arrivals={"shape": "bell", "withinMinutes": 9})
    arrivals, _ = draw(event, np.random.default_rng(1))

    early = arrivals < 180
    assert int(early.sum()) == 700
    # Evenly within each part: means of 90 and 360 seconds, give or take 5 of their errors.
    assert abs(arrivals[early].mean() - 90) < 5 * 180 / 12**0.5 / 700**0.5
    assert abs(arrivals[~early].mean() - 360) < 5 * 360 / 12**0.5 / 300**0.5


def test_uniform_arrivals_are_even(make: Make) -> None:
    arrivals, _ = draw(make(users=6_000), np.random.default_rng(1))

    by_minute = np.bincount(arrivals // 60)
    assert by_minute.size == 10
    assert abs(by_minute - 600).max() < 5 * 600**0.5


def test_who_logs_out_has_nothing_to_do_with_when_they_came(make: Make) -> None:
    event = make(users=2_000, arrivals={"shape": "bell", "withinMinutes": 9})
    arrivals, departures = draw(event, np.random.default_rng(1))

    at_once = departures - arrivals == seconds(event.stay_hours)
    early = arrivals < 180
    assert abs(at_once[early].mean() - at_once[~early].mean()) < 0.1


def test_a_seed_draws_the_same_again_and_another_draws_otherwise(make: Make) -> None:
    first, again, other = (draw(make(), np.random.default_rng(seed)) for seed in (1, 1, 2))

    assert all(np.array_equal(one, two) for one, two in zip(first, again, strict=True))
    assert not np.array_equal(first[0], other[0])


def test_days_are_drawn_anew(make: Make) -> None:
    arrivals, _ = draw(make(days=2), np.random.default_rng(1))

    assert not np.array_equal(arrivals[:10], arrivals[10:] - DAY)
