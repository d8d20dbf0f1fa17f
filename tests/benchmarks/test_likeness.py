"""Whether a difference between two models is found, and that there is none."""

import numpy as np
import pytest

from benchmarks.likeness import (
    Sample,
    compare,
    compiled_sample,
    peer_sample,
    significance,
)
from benchmarks.speed_scenes import SAME, Case

WAIT_LIMIT = 60.0


def sample(waits: list[list[int]], new_nodes: list[float], evictions: list[float]) -> Sample:
    return Sample(
        waits=np.array(waits), new_nodes=np.array(new_nodes), evictions=np.array(evictions)
    )


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in SAME])
def test_both_models_draw_from_one_distribution(case: Case) -> None:
    tests = compare(compiled_sample(case, 40, seed=1), peer_sample(case, 40, seed=2), WAIT_LIMIT)

    assert [test for test in tests if test.p < significance(5 * len(SAME))] == []


def test_statistics_are_of_those_who_came() -> None:
    one = sample([[-1, 1_000, 61_000], [2_000, 3_000, 4_000]], [1, 2], [3, 5])

    tests = compare(one, one, WAIT_LIMIT)

    assert [(test.statistic, test.compiled, test.peer) for test in tests] == [
        ("waiting share", 0.25, 0.25),
        ("p95 wait, s", pytest.approx(30.95), pytest.approx(30.95)),
        ("new nodes", 1.5, 1.5),
        ("evictions", 4, 4),
        ("all waits, s", 14.2, 14.2),
    ]
    assert [(test.distance, test.p) for test in tests] == [(0, 1)] * 5


def test_a_difference_is_found() -> None:
    random = np.random.default_rng(3)
    waits = random.integers(0, 100_000, (40, 30))
    counts = random.integers(0, 9, (2, 40)).astype(float)
    one = Sample(waits=waits, new_nodes=counts[0], evictions=counts[1])
    other = Sample(waits=waits + 50_000, new_nodes=counts[0] + 6, evictions=counts[1] + 6)

    tests = compare(one, other, WAIT_LIMIT)

    assert [test.statistic for test in tests if test.p >= significance(len(tests))] == []


def test_users_who_wait_together_are_one_observation() -> None:
    # Every user of a replica waits equally long: 2 replicas of 500 say no more than 2 numbers.
    one = sample([[10_000] * 500, [30_000] * 500], [0, 0], [0, 0])
    other = sample([[20_000] * 500, [40_000] * 500], [0, 0], [0, 0])

    *_, pooled = compare(one, other, WAIT_LIMIT)

    assert pooled.distance == 0.5
    assert pooled.p > 0.3
