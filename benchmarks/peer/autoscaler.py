"""Cluster Autoscaler: its loop, and how many nodes what is pending needs."""

from benchmarks.peer.cluster import Cluster, Process
from benchmarks.peer.pool import Pool
from benchmarks.peer.scheduler import Scheduler
from capacity.packing import Seat
from capacity.scene import Room

# Seconds from a mark to the loop that it starts, and that a loop takes that adds nodes.
_REACTION = 0.02
_SCALE_UP = 0.1


class _Bin:
    """What is still free of one node, as the template has it."""

    def __init__(self, room: Room, *, like_template: bool) -> None:
        """Start empty."""
        hidden_memory = room.template_memory if like_template else 0
        hidden_cpu = room.template_cpu if like_template else 0
        self._memory = room.memory - hidden_memory
        self._cpu = room.cpu - hidden_cpu
        self._pods = room.pods

    def add(self, pod: Seat) -> bool:
        """Put a pod in if it fits; returns whether it did."""
        if self._pods < 1 or self._cpu < pod.cpu or self._memory < pod.memory:
            return False
        self._memory -= pod.memory
        self._cpu -= pod.cpu
        self._pods -= 1
        return True


class Autoscaler:
    """Adds nodes for pods that are pending."""

    def __init__(self, cluster: Cluster, scheduler: Scheduler, pool: Pool) -> None:
        """Watch a cluster; `run` is the process."""
        self._cluster = cluster
        self._scheduler = scheduler
        self._pool = pool

    def run(self) -> Process:
        """Run the loop: soon after a mark, else every scan while anything is pending."""
        cluster, env, scan = self._cluster, self._cluster.env, self._cluster.scene.scan
        while True:
            if cluster.pending or cluster.pending_placeholders:
                yield cluster.marked | env.timeout(scan)
            else:
                yield cluster.marked
            if cluster.marked.triggered:
                yield env.timeout(_REACTION)
            cluster.marked = env.event()
            while self._scale_up():
                yield env.timeout(_SCALE_UP)

    def _scale_up(self) -> bool:
        """Add the nodes that are missing; returns whether any was."""
        cluster = self._cluster
        adding = min(self.nodes_missing(), cluster.scene.max_nodes - len(cluster.nodes))
        for _ in range(adding):
            self._pool.add()
        cluster.new_nodes += adding
        if adding:
            self._scheduler.count_attempts(adding)
        return adding > 0

    def nodes_missing(self) -> int:
        """Return how many nodes pods need that do not fit those on their way, first fit."""
        cluster, scene, now = self._cluster, self._cluster.scene, self._cluster.env.now
        users = sum(pod.seen_from <= now for pod in cluster.pending)
        held = sum(seen_from <= now for seen_from in cluster.pending_placeholders)
        coming = sum(not node.is_ready for node in cluster.nodes)
        bins = [self._new_bin() for _ in range(coming)]
        for pod, count in ((scene.seat, users), (scene.placeholders.pod, held)):
            first = 0
            for _ in range(count):
                while first < len(bins) and not bins[first].add(pod):
                    first += 1
                if first < len(bins):
                    continue
                added = self._new_bin()
                if not added.add(pod):
                    break
                bins.append(added)
        return len(bins) - coming

    def _new_bin(self) -> _Bin:
        like_template = not self._cluster.template_is_real
        return _Bin(self._cluster.scene.room, like_template=like_template)
