"""What replicas say: percentiles, shares, causes and intervals, against plain numpy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capacity.proof import CAUSES, Interval, Numbers, _percentiles, _surely_95, interval, judge
from capacity.replicas import Runs
from capacity.simulation import effects


def _runs(waits: list[list[int]], causes: list[list[int]] | None = None) -> Runs:
    table = np.array(waits, np.int64)
    return Runs(
        arrivals=np.zeros_like(table),
        waits=table,
        causes=np.zeros_like(table) if causes is None else np.array(causes, np.int64),
        summary=np.array([[row + 1, 2, 3_600_000, 4, 5, 6, 7] for row in range(len(waits))]),
        samples=np.zeros((0, 5)),
        sample_every=0,
    )


def test_an_interval_is_the_normal_one_of_a_mean() -> None:
    values = np.array([1.0, 2.0, 3.0, 6.0])
    half = 1.959963984540054 * float(np.std(values, ddof=1)) / 2

    assert interval(values) == Interval(3.0, 3.0 - half, 3.0 + half)


def test_one_replica_says_nothing_of_the_others() -> None:
    assert interval(np.array([4.0])) == Interval(4.0, 4.0, 4.0)


rows = st.lists(
    st.lists(st.integers(min_value=-1, max_value=10**7), min_size=6, max_size=6),
    min_size=1,
    max_size=5,
)


@given(waits=rows, percent=st.sampled_from([0, 50, 95, 100]))
def test_percentiles_are_of_those_who_came(waits: list[list[int]], percent: int) -> None:
    found: Numbers = _percentiles(_runs(waits), percent)

    for row, value in zip(waits, found, strict=True):
        came = [wait for wait in row if wait >= 0] or [0]
        assert value == pytest.approx(np.percentile(came, percent) / 1000, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("count", "place"), [(1, 0), (20, 19), (58, 57), (60, 59), (100, 98), (200, 195), (1000, 961)]
)
def test_the_share_of_95_of_100_events_is_an_order_statistic(count: int, place: int) -> None:
    shares = np.random.default_rng(1).permutation(count) / count

    assert _surely_95(shares) == place / count


def test_a_proof_counts_who_waited_and_why() -> None:
    runs = _runs(
        [[0, 60_000, 60_001, -1], [90_000, 70_000, 0, 0], [0, 0, -1, -1]],
        [[4, 4, effects.AT_HUB, 5], [effects.NO_ROOM, effects.NO_ROOM, 4, 4], [4, 4, 5, 5]],
    )

    proof = judge(runs, 60, 9)

    assert (proof.replicas, proof.seed) == (3, 9)
    assert proof.came == interval(np.array([3.0, 4.0, 2.0]))
    assert proof.waiting_share == interval(np.array([1 / 3, 1 / 2, 0]))
    assert (proof.share_of_95, proof.waiting_permille) == (0.5, 500)
    assert proof.wait_p50 == interval(np.array([60.0, 35.0, 0.0]))
    assert proof.wait_max == interval(np.array([60.001, 90.0, 0.0]))
    assert proof.evictions == interval(np.array([1.0, 2.0, 3.0]))
    assert proof.new_nodes == Interval(2.0, 2.0, 2.0)
    assert proof.node_hours == Interval(1.0, 1.0, 1.0)
    assert proof.most_nodes == Interval(4.0, 4.0, 4.0)
    assert proof.restarts == Interval(5.0, 5.0, 5.0)
    assert proof.unserved == Interval(6.0, 6.0, 6.0)
    assert proof.causes == dict.fromkeys(CAUSES, 0.0) | {"spawnLimit": 1 / 9, "maxNodes": 2 / 9}


def test_nobody_coming_is_nobody_waiting() -> None:
    proof = judge(_runs([[-1, -1]]), 60, 1)

    assert proof.waiting_share == proof.wait_max == Interval(0.0, 0.0, 0.0)
    assert set(proof.causes.values()) == {0.0}


@pytest.mark.parametrize(("waits", "permille"), [([0, 0, 70_000], 334), ([70_000] * 2, 1000)])
def test_a_share_in_thousandths_is_rounded_up(waits: list[int], permille: int) -> None:
    assert judge(_runs([waits]), 60, 1).waiting_permille == permille
