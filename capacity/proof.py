"""Who waits how long, and why: what many replicas say, with 95 % confidence. Pure."""

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from capacity.crowds import Crowd
from capacity.replicas import Runs, run_replicas
from capacity.scene import Scene
from capacity.simulation import effects, engine

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
Cause = Literal["spawnLimit", "nodeBoot", "maxNodes", "scheduler", "imagePull", "notServed"]

CAUSES: dict[Cause, int] = {
    "spawnLimit": effects.AT_HUB,
    "nodeBoot": effects.FOR_NODE,
    "maxNodes": effects.NO_ROOM,
    "scheduler": effects.FOR_BIND,
    "imagePull": effects.FOR_START,
    "notServed": effects.NOT_SERVED,
}
# Standard deviations on either side of a mean that hold 95 % of a normal distribution.
_TWO_SIDED = 1.959963984540054
_HOUR_MILLIS = 3_600 * 1_000
_MOST = 0.95
# Standard deviations that 95 % of a normal distribution stay below.
_ONE_SIDED = 1.6448536269514722


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over replicas and the interval that holds the true one with 95 % confidence."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a simulation says of a scene; waits in seconds.

    Attributes:
        replicas: How many events were simulated.
        seed: What chance started from.
        came: People who came.
        waiting_share: Share of those who waited longer than the limit.
        share_of_95: The waiting share that 95 of 100 events do not exceed, with 95 % confidence.
        wait_p50: Median wait of an event.
        wait_p95: 95th percentile of the waits of an event.
        wait_max: Longest wait of an event.
        new_nodes: Nodes that the autoscaler added.
        most_nodes: Most nodes at once.
        evictions: Placeholders preempted.
        node_hours: Hours of nodes, from when they were asked for until they went.
        restarts: Starts that timed out.
        unserved: People who never got a server.
        causes: Share of people who waited longer than the limit, by what held them up most.
    """

    replicas: int
    seed: int
    came: Interval
    waiting_share: Interval
    share_of_95: float
    wait_p50: Interval
    wait_p95: Interval
    wait_max: Interval
    new_nodes: Interval
    most_nodes: Interval
    evictions: Interval
    node_hours: Interval
    restarts: Interval
    unserved: Interval
    causes: dict[Cause, float]

    @property
    def waiting_permille(self) -> int:
        """Return the waiting share that 95 of 100 events keep, in thousandths, rounded up."""
        return int(np.ceil(self.share_of_95 * 1000 - 1e-9))


def interval(values: Numbers) -> Interval:
    """Return the mean of one number per replica with its interval."""
    mean = float(values.mean())
    if len(values) == 1:
        return Interval(mean, mean, mean)
    half = _TWO_SIDED * float(values.std(ddof=1)) / len(values) ** 0.5
    return Interval(mean, mean - half, mean + half)


def _percentiles(runs: Runs, percent: int) -> Numbers:
    """Return a percentile of the waits of each replica, in seconds."""
    ordered = np.sort(runs.waits, axis=1)
    people = ordered.shape[1]
    came = np.maximum(runs.came.sum(axis=1), 1)
    place = (people - came) + (came - 1) * percent / 100
    low = np.floor(place).astype(np.int64)
    high = np.minimum(low + 1, people - 1)
    rows = np.arange(len(ordered))
    below, above = ordered[rows, low], ordered[rows, high]
    return np.maximum(below + (above - below) * (place - low), 0) / 1000


def _surely_95(shares: Numbers) -> float:
    """Return the share that 95 of 100 events keep: an order statistic with 95 % confidence.

    So many of the replicas as the upper end of a binomial count allows lie below it.
    """
    count = len(shares)
    below = count * _MOST + _ONE_SIDED * (count * _MOST * (1 - _MOST)) ** 0.5
    return float(np.sort(shares)[min(int(np.ceil(below)), count) - 1])


def _shares_waiting(runs: Runs, limit_millis: int) -> Numbers:
    came = np.maximum(runs.came.sum(axis=1), 1)
    return np.asarray((runs.waits > limit_millis).sum(axis=1) / came)


def judge(runs: Runs, wait_limit: float, seed: int) -> Proof:
    """Return what replicas say of waits longer than a limit in seconds."""
    limit = round(wait_limit * 1000)
    shares = _shares_waiting(runs, limit)
    late = runs.causes[runs.waits > limit]
    came = max(int(runs.came.sum()), 1)
    counts = np.bincount(late, minlength=len(CAUSES))
    summary = runs.summary.astype(np.float64)
    return Proof(
        replicas=len(runs.waits),
        seed=seed,
        came=interval(runs.came.sum(axis=1).astype(np.float64)),
        waiting_share=interval(shares),
        share_of_95=_surely_95(shares),
        wait_p50=interval(_percentiles(runs, 50)),
        wait_p95=interval(_percentiles(runs, 95)),
        wait_max=interval(_percentiles(runs, 100)),
        new_nodes=interval(summary[:, engine.NEW_NODES]),
        most_nodes=interval(summary[:, engine.MOST_NODES]),
        evictions=interval(summary[:, engine.EVICTIONS]),
        node_hours=interval(summary[:, engine.NODE_TIME] / _HOUR_MILLIS),
        restarts=interval(summary[:, engine.RESTARTS]),
        unserved=interval(summary[:, engine.UNSERVED]),
        causes={name: float(counts[number] / came) for name, number in CAUSES.items()},
    )


def prove(scene: Scene, crowd: Crowd, replicas: int, seed: int) -> Proof:
    """Return who waits in a scene when so many crowds come, each once."""
    return judge(run_replicas(scene, crowd, replicas, seed), scene.wait_limit, seed)
