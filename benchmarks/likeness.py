"""Whether the compiled model and its SimPy peer draw from one distribution. Pure."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from benchmarks.peer.run import Outcome, run
from benchmarks.speed_scenes import Case
from capacity.crowds import Crowd
from capacity.replicas import run_replicas
from capacity.scene import Scene
from capacity.simulation import engine

Floats: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
Waits: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"

# Chance of a false alarm that is accepted for all tests of a table together.
SIGNIFICANCE = 0.05
_PERMUTATIONS = 999


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What one model says of a scene, a row or a number per replica; waits in milliseconds."""

    waits: Waits
    new_nodes: Floats
    evictions: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """One comparison.

    Attributes:
        statistic: What is compared.
        compiled: Its mean in the compiled model.
        peer: Its mean in the peer.
        distance: The largest distance of the two distribution functions.
        p: How often chance alone makes the distance as large.
    """

    statistic: str
    compiled: float
    peer: float
    distance: float
    p: float


def compiled_sample(case: Case, replicas: int, seed: int) -> Sample:
    """Return what the compiled model says."""
    runs = run_replicas(case.scene, case.crowd, replicas, seed)
    summary = runs.summary.astype(np.float64)
    return Sample(
        waits=runs.waits,
        new_nodes=summary[:, engine.NEW_NODES],
        evictions=summary[:, engine.EVICTIONS],
    )


def peer_outcomes(scene: Scene, crowd: Crowd, replicas: int, seed: int) -> list[Outcome]:
    """Return what the peer says of crowds drawn anew."""
    random = np.random.default_rng(seed)
    arrivals, leaves = crowd.draw(replicas, random)
    return [
        run(scene, came.tolist(), left.tolist(), random)
        for came, left in zip(arrivals, leaves, strict=True)
    ]


def peer_sample(case: Case, replicas: int, seed: int) -> Sample:
    """Return what the peer says."""
    outcomes = peer_outcomes(case.scene, case.crowd, replicas, seed)
    return Sample(
        waits=np.array([outcome.waits for outcome in outcomes]),
        new_nodes=np.array([float(outcome.new_nodes) for outcome in outcomes]),
        evictions=np.array([float(outcome.evictions) for outcome in outcomes]),
    )


def compare(compiled: Sample, peer: Sample, wait_limit: float) -> tuple[Test, ...]:
    """Return every comparison of two samples; a user waits above so many seconds."""
    ours, theirs = _per_replica(compiled, wait_limit), _per_replica(peer, wait_limit)
    random = np.random.default_rng(0)
    return tuple(_compared(name, ours[name], theirs[name], random) for name in ours)


def significance(tests: int) -> float:
    """Return below which p one of so many tests says that the models differ (Bonferroni)."""
    return SIGNIFICANCE / tests


def _per_replica(sample: Sample, wait_limit: float) -> dict[str, Floats]:
    waits = np.where(sample.waits >= 0, sample.waits / 1000, np.nan)
    came = np.maximum((sample.waits >= 0).sum(axis=1), 1)
    return {
        "waiting share": ((sample.waits > wait_limit * 1000).sum(axis=1) / came)[:, None],
        "p95 wait, s": np.nanpercentile(waits, 95, axis=1)[:, None],
        "new nodes": sample.new_nodes[:, None],
        "evictions": sample.evictions[:, None],
        "all waits, s": sample.waits / 1000,
    }


def _compared(name: str, ours: Floats, theirs: Floats, random: np.random.Generator) -> Test:
    """Compare a row of numbers per replica; those below 0 are of nobody.

    The distance is Kolmogorov and Smirnov's. Users of one replica wait together: only
    replicas are independent. So the p value comes from giving whole replicas to one model or
    the other at random, which is exact with ties, too.
    """
    both = np.concatenate([ours, theirs])
    is_ours = np.arange(len(both)) < len(ours)
    replica = np.repeat(np.arange(len(both)), both.shape[1])
    waits = both.ravel()
    replica, waits = replica[waits >= 0], waits[waits >= 0]
    order = np.argsort(waits, kind="stable")
    replica, waits = replica[order], waits[order]
    last_of_ties = np.append(waits[1:] != waits[:-1], [True])

    def distance(chosen: "np.ndarray[Any, np.dtype[np.bool_]]") -> float:
        mine = chosen[replica]
        below = np.cumsum(mine)[last_of_ties]
        others = (np.flatnonzero(last_of_ties) + 1) - below
        return float(np.abs(below / below[-1] - others / others[-1]).max())

    found = distance(is_ours)
    as_far = sum(distance(random.permutation(is_ours)) >= found for _ in range(_PERMUTATIONS))
    return Test(
        statistic=name,
        compiled=float(ours[ours >= 0].mean()),
        peer=float(theirs[theirs >= 0].mean()),
        distance=found,
        p=(as_far + 1) / (_PERMUTATIONS + 1),
    )
