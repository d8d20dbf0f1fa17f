"""Whether the compiled model and its SimPy peer draw from one distribution. Pure."""

import importlib
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from benchmarks.peer.run import Outcome, run
from benchmarks.speed_scenes import Case
from capacity.crowds import Crowd
from capacity.replicas import run_replicas
from capacity.scene import Scene
from capacity.simulation import engine

# SciPy has no types of its own.
_stats: Any = importlib.import_module("scipy.stats")

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
    return (
        *(_ks(name, ours[name], theirs[name]) for name in ours),
        _pooled(compiled.waits, peer.waits, np.random.default_rng(0)),
    )


def significance(tests: int) -> float:
    """Return below which p one of so many tests says that the models differ (Bonferroni)."""
    return SIGNIFICANCE / tests


def _per_replica(sample: Sample, wait_limit: float) -> dict[str, Floats]:
    waits = np.where(sample.waits >= 0, sample.waits / 1000, np.nan)
    came = np.maximum((sample.waits >= 0).sum(axis=1), 1)
    return {
        "waiting share": (sample.waits > wait_limit * 1000).sum(axis=1) / came,
        "p95 wait, s": np.nanpercentile(waits, 95, axis=1),
        "new nodes": sample.new_nodes,
        "evictions": sample.evictions,
    }


def _ks(name: str, ours: Floats, theirs: Floats) -> Test:
    found: Any = _stats.ks_2samp(ours, theirs, method="asymp")
    return Test(
        statistic=name,
        compiled=float(ours.mean()),
        peer=float(theirs.mean()),
        distance=float(found.statistic),
        p=float(found.pvalue),
    )


def _pooled(ours: Waits, theirs: Waits, random: np.random.Generator) -> Test:
    """Compare the waits of all users.

    Users of one replica wait together: only replicas are independent. So the p value comes
    from giving whole replicas to one model or the other at random.
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
        statistic="all waits, s",
        compiled=float(ours[ours >= 0].mean()) / 1000,
        peer=float(theirs[theirs >= 0].mean()) / 1000,
        distance=found,
        p=(as_far + 1) / (_PERMUTATIONS + 1),
    )
