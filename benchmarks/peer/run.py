"""One replica of a scene, run by SimPy from the first warm node to the last server."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import simpy

from benchmarks.peer.autoscaler import Autoscaler
from benchmarks.peer.cluster import Cluster
from benchmarks.peer.hub import Hub
from benchmarks.peer.pool import Pool
from benchmarks.peer.scheduler import Scheduler
from capacity.crowds import NOT_COMING
from capacity.scene import Scene

# Seconds after the last arrival or departure at which a run ends.
_PATIENCE = 4 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one replica.

    Attributes:
        waits: Milliseconds of each user from asking to a running server, until the end for
            those never served; -1 for who did not come.
        new_nodes: Nodes that the autoscaler added.
        evictions: Placeholders preempted.
        failed_starts: Starts that timed out.
        node_seconds: Seconds of all nodes that went.
    """

    waits: list[int]
    new_nodes: int
    evictions: int
    failed_starts: int
    node_seconds: float


def run(
    scene: Scene, arrivals: Sequence[int], leaves: Sequence[int], random: np.random.Generator
) -> Outcome:
    """Return what comes of a scene for arrivals and departures in milliseconds."""
    start = -scene.warm_age if scene.lead is None else -scene.lead
    env = simpy.Environment(initial_time=start)
    cluster = Cluster(
        env=env, scene=scene, random=random, marked=env.event(), minimum=scene.warm_nodes
    )
    scheduler = Scheduler(cluster)
    pool = Pool(cluster, scheduler)
    hub = Hub(cluster, scheduler, pool)
    pool.warm_up()
    env.process(Autoscaler(cluster, scheduler, pool).run())
    for number, (arrival, left) in enumerate(zip(arrivals, leaves, strict=True)):
        if arrival < NOT_COMING:
            env.process(hub.user(number, arrival / 1000, _seconds(left)))
    horizon = _horizon(scene, arrivals, leaves)
    env.run(until=horizon)
    return Outcome(
        waits=[
            _wait(hub.waits.get(number), arrival, horizon)
            for number, arrival in enumerate(arrivals)
        ],
        new_nodes=cluster.new_nodes,
        evictions=cluster.evictions,
        failed_starts=hub.failed_starts,
        node_seconds=cluster.node_seconds,
    )


def _seconds(millis: int) -> float:
    return millis / 1000 if millis < NOT_COMING else math.inf


def _wait(seconds: float | None, arrival: int, horizon: float) -> int:
    if arrival >= NOT_COMING:
        return -1
    return round(horizon * 1000) - arrival if seconds is None else round(seconds * 1000)


def _horizon(scene: Scene, arrivals: Sequence[int], leaves: Sequence[int]) -> float:
    """Return when nothing more is looked at: long after everybody came and left."""
    known = [time for time in (*arrivals, *leaves) if time < NOT_COMING]
    return max(max(known, default=0) / 1000, scene.minimum_until or 0) + _PATIENCE
