"""Several cohorts in one crowd: each with exactly its size, its own way and its own time."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capacity.crowds import Bell, Cohort, Cohorts, Crowd, Recorded, Shape, Uniform


def _draw(crowd: Crowd, replicas: int = 1) -> tuple[Any, Any]:
    return crowd.draw(replicas, np.random.default_rng(1))


def _typical(shape: Shape, users: int) -> list[int]:
    return Crowd(users=users, shape=shape).typical().tolist()


def test_a_cohort_comes_later_and_in_its_own_way() -> None:
    shape = Cohorts((Cohort(2, Uniform(100)), Cohort(4, Bell(300), after=600)))

    first = [0, 50_000, 600_000]
    # Quarters of a bell: 0.25 and 0.5 of seven tenths in the first third, 0.05 of the rest.
    late = [600_000 + 100_000 * 0.25 / 0.7, 600_000 + 100_000 * 0.5 / 0.7, 700_000 + 200_000 / 6]
    assert _typical(shape, 6) == pytest.approx(first + late, abs=1)


@given(sizes=st.lists(st.integers(min_value=1, max_value=60), min_size=1, max_size=5))
def test_every_cohort_has_its_size(sizes: list[int]) -> None:
    shape = Cohorts(
        tuple(Cohort(size, Uniform(10), after=100 * place) for place, size in enumerate(sizes))
    )

    times = np.array(_typical(shape, sum(sizes)))

    assert np.bincount(times // 100_000, minlength=len(sizes)).tolist() == sizes


@given(
    sizes=st.lists(st.integers(min_value=1, max_value=60), min_size=1, max_size=5),
    seed=st.integers(min_value=0, max_value=99),
)
def test_every_cohort_drawn_has_its_size(sizes: list[int], seed: int) -> None:
    shape = Cohorts(
        tuple(Cohort(size, Bell(10), after=100 * place) for place, size in enumerate(sizes))
    )
    crowd = Crowd(users=sum(sizes), shape=shape)

    arrivals, _ = crowd.draw(3, np.random.default_rng(seed))

    counts = [np.bincount(row // 100_000, minlength=len(sizes)).tolist() for row in arrivals]
    assert counts == [sizes] * 3


@pytest.mark.parametrize(
    ("users", "sizes"),
    [(6, [2, 4]), (3, [1, 2]), (12, [4, 8]), (7, [2, 5]), (4, [1, 3]), (1, [0, 1]), (0, [0, 0])],
)
def test_cohorts_of_another_crowd_keep_their_proportions(users: int, sizes: list[int]) -> None:
    shape = Cohorts((Cohort(2, Uniform(10)), Cohort(4, Uniform(10), after=100)))

    assert shape.sizes(users) == sizes
    if users:
        assert (_draw(Crowd(users=users, shape=shape))[0] < 100_000).sum() == sizes[0]


@given(
    sizes=st.lists(st.integers(min_value=1, max_value=60), min_size=1, max_size=5),
    users=st.integers(min_value=0, max_value=500),
)
def test_cohorts_add_up_and_none_is_off_by_one_person(sizes: list[int], users: int) -> None:
    found = Cohorts(tuple(Cohort(size, Uniform(1)) for size in sizes)).sizes(users)

    assert sum(found) == users
    total = sum(sizes)
    assert all(
        abs(many * total - users * size) < total for many, size in zip(found, sizes, strict=True)
    )


RECORDED_LATE = Cohorts((Cohort(2, Uniform(100)), Cohort(3, Recorded((101.0, 102.5, 109.0)), 200)))


def test_a_cohort_that_was_recorded_comes_as_recorded() -> None:
    late = [301_000, 302_500, 309_000]
    arrivals, _ = _draw(Crowd(users=5, shape=RECORDED_LATE), 20)

    assert _typical(RECORDED_LATE, 5) == [0, 50_000, *late]
    assert arrivals[:, 2:].tolist() == [late] * 20
    assert arrivals[:, :2].max() < 100_000
    assert len(np.unique(arrivals[:, :2])) == 40


def test_a_recorded_cohort_of_another_size_meets_each_time_as_often() -> None:
    arrivals, _ = _draw(Crowd(users=10, shape=RECORDED_LATE), 20)

    late = [301_000] * 2 + [302_500] * 2 + [309_000] * 2
    assert arrivals[:, 4:].tolist() == [late] * 20
    assert _typical(RECORDED_LATE, 10)[4:] == late


def test_a_recorded_cohort_of_which_nobody_is_left_comes_not() -> None:
    shape = Cohorts((Cohort(1, Recorded((5.0,))), Cohort(3, Uniform(10), after=100)))

    assert _typical(shape, 2) == [100_000, 105_000]


def test_cohorts_of_cohorts_have_their_sizes_and_times() -> None:
    shape = Cohorts((Cohort(1, Uniform(10)), Cohort(10, RECORDED_LATE, after=1000)))

    assert _typical(shape, 11) == [
        0,
        *(1_000_000, 1_025_000, 1_050_000, 1_075_000),
        *(1_301_000, 1_301_000, 1_302_500, 1_302_500, 1_309_000, 1_309_000),
    ]
