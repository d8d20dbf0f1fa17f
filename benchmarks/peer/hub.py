"""The hub and its users: ask, be refused or start, be served, leave."""

import simpy

from benchmarks.peer.cluster import NEVER, Cluster, Node, Pod, Process, Steps
from benchmarks.peer.pool import Pool
from benchmarks.peer.scheduler import Scheduler


class Hub:
    """Starts servers, so many at once."""

    def __init__(self, cluster: Cluster, scheduler: Scheduler, pool: Pool) -> None:
        """Start with nobody there."""
        self._cluster = cluster
        self._env = cluster.env
        self._rules = cluster.scene.hub
        self._scheduler = scheduler
        self._pool = pool
        self._spawning = 0
        self._failures = 0
        self._down_until = -NEVER
        self.waits: dict[int, float] = {}
        self.failed_starts = 0

    def user(self, number: int, arrival: float, leaves: float) -> Process:
        """Live one user's life; the longest wait for a server is kept in `waits`."""
        env = self._env
        image = int(self._cluster.random.integers(self._cluster.scene.images))
        yield env.timeout(arrival - env.now)
        while True:
            asked = env.now
            pod, node = yield from self._get_server(image)
            self.waits[number] = max(self.waits.get(number, 0.0), env.now - asked)
            try:
                yield env.timeout(max(leaves - env.now, 0))
            except simpy.Interrupt:
                # The node is lost: the user asks again.
                continue
            self._pool.vacate(node, pod)
            return

    def _get_server(self, image: int) -> Steps[tuple[Pod, Node]]:
        """Ask until a server runs; returns its pod and node."""
        while True:
            if self._admits():
                pod = Pod(user=self._env.active_process, placed=self._env.event())
                self._spawning += 1
                try:
                    node = yield from self._start(pod, image)
                except simpy.Interrupt:
                    continue
                finally:
                    self._spawning -= 1
                if node is not None:
                    self._failures = 0
                    return pod, node
                self._count_failure()
            yield self._env.timeout(self._retry_after())

    def _admits(self) -> bool:
        limit = self._rules.spawn_limit
        return self._env.now >= self._down_until and (limit is None or self._spawning < limit)

    def _retry_after(self) -> float:
        """Return when somebody refused asks again, in seconds from now."""
        wait = self._cluster.random.uniform(*self._rules.retry)
        return max(wait, self._down_until - self._env.now)

    def _start(self, pod: Pod, image: int) -> Steps[Node | None]:
        """Start a server; returns its node, or None if that took too long."""
        env, most = self._env, self._rules.start_timeout
        deadline = NEVER if most is None else env.now + most
        self._scheduler.schedule(pod)
        if most is None:
            yield pod.placed
        else:
            yield pod.placed | env.timeout(most)
        node = pod.node
        if node is None:
            self._scheduler.forget(pod)
            return None
        there = node.image_there(image, pod.bound_at)
        ready = max(pod.bound_at, there) + self._cluster.scene.pod_start
        yield env.timeout(max(min(ready, deadline) - env.now, 0))
        if ready > deadline:
            self._pool.vacate(node, pod)
            return None
        return node

    def _count_failure(self) -> None:
        """Count a start that took too long; too many in a row restart the hub."""
        self.failed_starts += 1
        self._failures += 1
        if self._failures >= self._rules.failure_limit:
            self._failures = 0
            self._down_until = self._env.now + self._rules.restart
