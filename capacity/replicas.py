"""Running a scene many times over with crowds drawn anew, on every core. Pure but for threads.

Replicas are run in portions that depend only on how many replicas there are, each portion
with a generator of its own from one seed: the answer does not depend on the number of cores.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from capacity.crowds import NOT_COMING, Crowd, Times
from capacity.scene import Scene, rules_of
from capacity.simulation import engine
from capacity.simulation.autoscaler import FRESH
from capacity.simulation.layout import Machine, Person, Random, Rules, State, World, blank

# A call costs a millisecond: few portions for few replicas.
_FEW, _PORTIONS_OF_FEW, _PORTIONS = 64, 2, 8
_SAMPLES = 5
_SUMMARY = 7
# Milliseconds after the last arrival at which a run ends, with nobody ever leaving.
_PATIENCE = 4 * 3600 * 1000
SAMPLES = 200
# Of samples: so many times the way in, and so many milliseconds more.
_WAYS_IN, _AFTER = 5, 900 * 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """What came of every replica.

    Attributes:
        arrivals: Milliseconds, a row per replica, in order; `NOT_COMING` for who did not.
        waits: Milliseconds from asking to a running server; -1 for who did not come.
        causes: The longest part of each wait, as the engine numbers it.
        summary: Counts per replica, in the engine's columns.
        samples: Means over replicas of the engine's columns at regular times.
        sample_every: Milliseconds between samples.
    """

    arrivals: Times
    waits: Times
    causes: Times
    summary: Times
    samples: "np.ndarray[Any, np.dtype[np.float64]]"
    sample_every: int

    @property
    def came(self) -> "np.ndarray[Any, np.dtype[np.bool_]]":
        """Return who came."""
        return self.waits >= 0


def _world(scene: Scene, rules: Rules, people: int, random: Random) -> World:
    nodes = scene.max_nodes
    room = 8 * people + 64 * nodes + 4 * scene.placeholders.replicas + 1024
    return World(
        rules=rules,
        state=blank(State, 1)[0],
        people=blank(Person, people),
        nodes=blank(Machine, nodes),
        images=np.zeros((nodes, scene.images), np.int64),
        queue=np.zeros(people + 1, np.int64),
        keys=np.zeros(people + 1, np.int64),
        fresh=np.zeros(FRESH, np.int64),
        heap=np.zeros(room, np.int64),
        samples=np.zeros((SAMPLES if rules.sample_every else 0, _SAMPLES), np.int64),
        random=random,
    )


def _horizon(arrivals: Times, leaves: Times, scene: Scene) -> int:
    """Return when nothing more is looked at: when all have left and their nodes are gone."""
    last = int(arrivals[arrivals < NOT_COMING].max(initial=0))
    gone = leaves[leaves < NOT_COMING]
    ends = int(gone.max()) if gone.size else last
    return max(last, ends, (scene.minimum_until or 0) * 1000) + _PATIENCE


def _sampled_span(arrivals: Times, leaves: Times) -> int:
    """Return the milliseconds worth looking at: the way in several times over, or all stays."""
    gone = leaves[leaves < NOT_COMING]
    if gone.size:
        return int(gone.max()) + _AFTER
    return _WAYS_IN * int(arrivals[arrivals < NOT_COMING].max(initial=0)) + _AFTER


def run_replicas(
    scene: Scene, crowd: Crowd, replicas: int, seed: int, *, sampled: bool = False
) -> Runs:
    """Return what comes of a scene when so many crowds come, each once."""
    seeds = np.random.SeedSequence(seed).spawn(_PORTIONS + 1)
    arrivals, leaves = crowd.draw(replicas, np.random.default_rng(seeds[-1]))
    return run_drawn(scene, arrivals, leaves, seeds, sampled=sampled)


def run_drawn(
    scene: Scene,
    arrivals: Times,
    leaves: Times,
    seeds: list[np.random.SeedSequence],
    *,
    sampled: bool = False,
) -> Runs:
    """Return what comes of a scene for arrivals and departures that are given."""
    replicas, people = arrivals.shape
    horizon = _horizon(arrivals, leaves, scene)
    every = _sampled_span(arrivals, leaves) // SAMPLES if sampled else 0
    rules = rules_of(scene, horizon, every)
    summary = np.zeros((replicas, _SUMMARY), np.int64)
    waits, causes = np.zeros_like(arrivals), np.zeros_like(arrivals)

    size = -(-replicas // (_PORTIONS_OF_FEW if replicas <= _FEW else _PORTIONS))

    def run(portion: int) -> Times:
        rows = slice(portion * size, (portion + 1) * size)
        random = np.random.default_rng(seeds[portion])
        world = _world(scene, rules, people, random)
        engine.run_all(
            world, arrivals[rows], leaves[rows], summary[rows], waits[rows], causes[rows]
        )
        return np.asarray(world.samples)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        samples = sum(pool.map(run, range(-(-replicas // size))))
    return Runs(
        arrivals=arrivals,
        waits=waits,
        causes=causes,
        summary=summary,
        samples=np.asarray(samples) / replicas,
        sample_every=every,
    )
