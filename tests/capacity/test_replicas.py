"""Many runs: the same from one seed, on however many cores; more warm nodes, less waiting."""

import os
from dataclasses import replace

import numpy as np
import pytest

from capacity.crowds import Crowd, Poisson, Recorded, Stay, Uniform
from capacity.packing import Seat
from capacity.proof import prove
from capacity.replicas import Runs, run_replicas
from capacity.scene import Duration, Placeholders, Room, Scene
from capacity.simulation import engine

SEAT = Seat(memory=100, cpu=10)
SCENE = Scene(
    seat=SEAT,
    room=Room(memory=1000, cpu=100),
    warm_nodes=2,
    max_nodes=12,
    placeholders=Placeholders(replicas=4, pod=SEAT.times(5)),
    node_ready=Duration(p50=240, p95=360),
    image_pull=Duration(p50=60, p95=90),
    spreads=True,
)
CROWD = Crowd(users=60, shape=Uniform(600), show_up_permille=900)


def _same(one: Runs, other: Runs) -> bool:
    return all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("arrivals", "waits", "causes", "summary", "samples")
    )


def test_a_seed_tells_everything() -> None:
    runs = run_replicas(SCENE, CROWD, 70, 3, sampled=True)

    assert _same(runs, run_replicas(SCENE, CROWD, 70, 3, sampled=True))
    assert not _same(runs, run_replicas(SCENE, CROWD, 70, 4, sampled=True))


@pytest.mark.parametrize("cores", [1, 2, 7])
def test_it_does_not_matter_how_many_cores_there_are(
    monkeypatch: pytest.MonkeyPatch, cores: int
) -> None:
    runs = run_replicas(SCENE, CROWD, 150, 3, sampled=True)
    monkeypatch.setattr(os, "cpu_count", lambda: cores)

    assert _same(runs, run_replicas(SCENE, CROWD, 150, 3, sampled=True))


def test_samples_are_taken_only_when_asked_for() -> None:
    without = run_replicas(SCENE, CROWD, 5, 3)
    sampled = run_replicas(SCENE, CROWD, 5, 3, sampled=True)

    assert (without.samples.shape, without.sample_every) == ((0, 5), 0)
    assert sampled.samples.shape == (200, 5)
    assert np.array_equal(without.waits, sampled.waits)
    assert sampled.samples[-1, engine.ARRIVED] == sampled.came.sum() / 5
    assert sampled.samples[-1, engine.SERVED] == sampled.came.sum() / 5


def test_samples_span_the_way_in_five_times_over() -> None:
    runs = run_replicas(SCENE, replace(CROWD, shape=Recorded((7.0, 400.0))), 5, 3, sampled=True)

    assert runs.sample_every == (5 * 400_000 + 900_000) // 200


def test_samples_span_all_stays() -> None:
    stay = Stay(seconds=3600, until_end=True, logs_out_permille=1000)

    runs = run_replicas(SCENE, replace(CROWD, stay=stay), 5, 3, sampled=True)

    assert runs.sample_every == (3_600_000 + 900_000) // 200


def test_nodes_go_after_everybody_left() -> None:
    stay = Stay(seconds=3600, logs_out_permille=1000)
    runs = run_replicas(
        replace(SCENE, minimum_until=3600), replace(CROWD, stay=stay), 20, 3, sampled=True
    )

    assert runs.samples[-1, engine.READY_NODES] == 0
    assert (runs.summary[:, engine.ENDED] <= runs.arrivals[runs.came].max() + 4_200_000).all()


@pytest.mark.parametrize(("replicas", "least"), [(0, 0), (4, 2)])
@pytest.mark.parametrize("spreads", [False, True])
def test_more_warm_nodes_never_mean_more_waiting(
    replicas: int, least: int, *, spreads: bool
) -> None:
    """On average over crowds, and where warm nodes hold all placeholders.

    Placeholders that do not fit have nodes added before anybody comes; these are then as warm.
    """
    held = replace(SCENE.placeholders, replicas=replicas)
    scenes = [
        replace(SCENE, warm_nodes=warm, placeholders=held, spreads=spreads)
        for warm in range(least, 8)
    ]
    crowd = Crowd(users=60, shape=Poisson(6, 60))

    waits = [run_replicas(scene, crowd, 100, 3).waits.mean() for scene in scenes]
    shares = [prove(scene, crowd, 100, 3).waiting_share.mean for scene in scenes]

    assert waits == sorted(waits, reverse=True)
    assert shares == sorted(shares, reverse=True)
    assert waits[-1] < 50
