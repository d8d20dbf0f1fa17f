"""Who comes when, how long they stay and when their seats are free again."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capacity.crowds import (
    NOT_COMING,
    Bell,
    Break,
    Cohort,
    Cohorts,
    Crowd,
    Poisson,
    Recorded,
    Shape,
    Stay,
    Uniform,
    is_counter,
    last_arrival,
    of_series,
)

HOUR = 3_600_000


def _draw(crowd: Crowd, replicas: int = 1) -> tuple[Any, Any]:
    return crowd.draw(replicas, np.random.default_rng(1))


def _typical(shape: Shape, users: int) -> list[int]:
    return Crowd(users=users, shape=shape).typical().tolist()


@pytest.mark.parametrize(
    ("shape", "times"),
    [
        (Uniform(600), [0, 150_000, 300_000, 450_000]),
        (Poisson(4, 60), [0, 15_000, 30_000, 45_000]),
        (Poisson(3, 60), [0, 20_000, 40_000, 60_000]),
        (Poisson(1000, 1), [0, 250, 500, 750]),
        (Recorded((1.0, 2.5, 2.5, 7.0004)), [1_000, 2_500, 2_500, 7_000]),
        (Recorded((1.0, 2.0)), [1_000, 1_000, 2_000, 2_000]),
    ],
)
def test_four_people_come_as_evenly_as_the_shape_allows(shape: Shape, times: list[int]) -> None:
    assert _typical(shape, 4) == times


@pytest.mark.parametrize("users", [10, 100, 1_000])
def test_seven_tenths_of_a_bell_come_in_the_first_third(users: int) -> None:
    times = _typical(Bell(900), users)

    assert sum(time < 300_000 for time in times) == users * 7 // 10
    assert max(times) < 900_000


def test_a_bell_is_even_within_its_parts() -> None:
    times = _typical(Bell(900), 10)

    assert times[:7] == pytest.approx([300_000 * place / 7 for place in range(7)], abs=1)
    assert times[7:] == pytest.approx([300_000, 500_000, 700_000], abs=1)


def test_bells_drawn_have_seven_tenths_in_the_first_third_on_average() -> None:
    arrivals, _ = _draw(Crowd(users=100, shape=Bell(900)), 400)

    assert (arrivals < 300_000).mean() == pytest.approx(0.7, abs=0.01)


def test_those_recorded_come_as_recorded() -> None:
    times = (0.48, 3.03, 11.0305, 119.03)

    arrivals, leaves = _draw(Crowd(users=4, shape=Recorded(times)), 3)

    assert arrivals.tolist() == [[480, 3_030, 11_030, 119_030]] * 3
    assert (leaves == NOT_COMING).all()


def test_a_crowd_of_another_size_is_drawn_from_those_recorded() -> None:
    arrivals, _ = _draw(Crowd(users=50, shape=Recorded((1.0, 2.0, 9.0))), 40)

    assert set(arrivals.ravel().tolist()) == {1_000, 2_000, 9_000}
    assert (arrivals == 9_000).mean() == pytest.approx(1 / 3, abs=0.05)


def test_a_counter_tells_when_people_came() -> None:
    points = ((0.0, 5.0), (60.0, 7.0), (120.0, 7.0), (180.0, 7.5), (240.0, 8.5))

    assert of_series(points) == Recorded((30.0, 60.0, 240.0))


def test_a_counter_may_start_at_any_second() -> None:
    assert of_series(((1000.0, 5.0), (1060.0, 7.0), (1120.0, 8.0))) == Recorded((30.0, 60.0, 120.0))


@pytest.mark.parametrize(
    ("points", "counts"),
    [
        ([(0, 5), (60, 6)], True),
        ([(0, 5), (60, 5), (120, 6)], True),
        ([(0, 5), (60, 5.5)], False),
        ([(0, 5), (60, 4), (120, 9)], False),
        ([(0, 5), (0, 6)], False),
        ([(0, 5)], False),
    ],
)
def test_a_counter_never_falls(points: list[tuple[float, float]], *, counts: bool) -> None:
    assert is_counter(points) == counts


@pytest.mark.parametrize(
    ("shape", "seconds"),
    [
        (Uniform(90), 90),
        (Bell(90), 90),
        (Poisson(3, 60), 200),
        (Poisson(1000, 1), 1),
        (Recorded((0.2, 7.9)), 7),
        (Recorded((0.2,)), 1),
        (Cohorts((Cohort(9, Uniform(60)), Cohort(2, Poisson(1, 30), after=20))), 80),
    ],
)
def test_ten_people_have_come_after(shape: Shape, seconds: int) -> None:
    assert last_arrival(shape, 10) == seconds


def test_some_do_not_come() -> None:
    crowd = Crowd(users=100, shape=Uniform(60), show_up_permille=700, stay=Stay(seconds=60))

    arrivals, leaves = _draw(crowd, 100)

    assert (arrivals < NOT_COMING).mean() == pytest.approx(0.7, abs=0.02)
    assert ((arrivals == NOT_COMING) == (leaves == NOT_COMING)).all()
    assert (np.diff(arrivals, axis=1) >= 0).all()


def _most_within(times: list[int], span: int) -> int:
    return max(sum(start <= time < start + span for time in times) for start in times)


@given(
    shape=st.one_of(
        st.builds(Uniform, st.integers(min_value=1, max_value=600)),
        st.builds(Bell, st.integers(min_value=1, max_value=600)),
        st.lists(st.integers(min_value=0, max_value=300), min_size=1, max_size=20).map(
            lambda times: Recorded(tuple(sorted(times)))
        ),
    ),
    users=st.integers(min_value=1, max_value=40),
    seconds=st.integers(min_value=1, max_value=700),
)
@settings(deadline=None)
def test_the_peak_is_the_most_within_any_span(shape: Shape, users: int, seconds: int) -> None:
    crowd = Crowd(users=users, shape=shape)

    assert crowd.peak(seconds) == _most_within(crowd.typical().tolist(), seconds * 1000)


def test_a_span_of_nothing_has_a_peak_of_one() -> None:
    assert Crowd(users=9, shape=Uniform(60)).peak(0) == 1


def _leaves(stay: Stay) -> list[int]:
    return _draw(Crowd(users=2, shape=Recorded((0.0, 600.0)), stay=stay))[1].tolist()[0]


@pytest.mark.parametrize(
    ("stay", "leaves"),
    [
        (Stay(seconds=7200, logs_out_permille=1000), [2 * HOUR, 2 * HOUR + 600_000]),
        (Stay(seconds=7200, logs_out_permille=0), [3 * HOUR, 3 * HOUR + 600_000]),
        (Stay(seconds=7200, cull=60), [2 * HOUR + 60_000, 2 * HOUR + 660_000]),
        (Stay(seconds=7200, until_end=True, logs_out_permille=1000), [2 * HOUR] * 2),
        (Stay(seconds=300, until_end=True, logs_out_permille=1000), [300_000, 600_000]),
    ],
)
def test_a_seat_is_free_after_a_stay_and_a_cull(stay: Stay, leaves: list[int]) -> None:
    assert _leaves(stay) == leaves


def test_some_log_out_and_stays_differ() -> None:
    stay = Stay(seconds=1000, logs_out_permille=300, cull=10_000, spread_percent=20)

    arrivals, leaves = _draw(Crowd(users=100, shape=Uniform(60), stay=stay), 100)
    stays = leaves - arrivals

    assert (stays < 5_000_000).mean() == pytest.approx(0.3, abs=0.02)
    assert 800_000 <= stays.min() < 810_000
    assert 11_190_000 < stays.max() <= 11_200_000


def test_after_a_break_some_come_back_at_once() -> None:
    crowd = Crowd(
        users=100,
        shape=Uniform(60),
        stay=Stay(seconds=7200, logs_out_permille=1000),
        pause=Break(at=3600, lasts=900, permille=400),
    )

    arrivals, leaves = _draw(crowd, 50)
    back = arrivals == 4_500_000

    assert arrivals.shape == (50, 200)
    assert back.sum(axis=1).mean() == pytest.approx(40, abs=2)
    assert ((arrivals < 60_000).sum(axis=1) == 100).all()
    assert (leaves == HOUR).sum() == back.sum()
    assert (leaves[back] > 2 * HOUR - 1).all()
    assert (leaves[arrivals == NOT_COMING] == NOT_COMING).all()
    assert (np.diff(arrivals, axis=1) >= 0).all()


def test_nobody_comes_back_whose_stay_ends_in_the_break_or_who_comes_after_it() -> None:
    crowd = Crowd(
        users=2,
        shape=Recorded((0.0, 500.0)),
        stay=Stay(seconds=450, logs_out_permille=1000),
        pause=Break(at=400, lasts=100, permille=1000),
    )

    arrivals, leaves = _draw(crowd)

    assert arrivals.tolist() == [[0, 500_000, NOT_COMING, NOT_COMING]]
    assert leaves.tolist() == [[400_000, 950_000, NOT_COMING, NOT_COMING]]
