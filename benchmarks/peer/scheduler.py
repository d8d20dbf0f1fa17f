"""kube-scheduler: a free node first, else preemption; its client's rate; its queue."""

import math

from benchmarks.peer.cluster import Cluster, Node, Pod, Process
from capacity.packing import Seat
from capacity.scene import Scene

# Seconds until an evicted placeholder is gone.
_EVICTION = 0.05
# Calls for a user who preempts, beside the bind: about 14 such users a second at a rate of 50.
_CALLS_TO_PREEMPT = 50 / 14 - 1
_BURST_SECONDS = 2.0
# The autoscaler does not see a mark younger than this, but for a share of the users' marks.
_UNSEEN = 0.05
_SEEN_AT_ONCE = 0.3
_FIRST_BACKOFF, _LONGEST_BACKOFF, _LONGEST_AFTER = 1.0, 10.0, 5


class Client:
    """A token bucket: so many calls a second, and two seconds' worth of them at once."""

    def __init__(self, rate: int, now: float) -> None:
        """Start with a full bucket."""
        self._rate = rate
        self._full_at = now

    def reserve(self, at: float, calls: float) -> float:
        """Return when calls may be made that are wanted at some time, and pay for them."""
        allowed = max(at, self._full_at - _BURST_SECONDS + 1 / self._rate)
        self._full_at = max(at, self._full_at) + calls / self._rate
        return allowed


class Scheduler:
    """Puts pods on nodes."""

    def __init__(self, cluster: Cluster) -> None:
        """Start with nothing pending."""
        self._cluster = cluster
        self._scene: Scene = cluster.scene
        self.client = Client(cluster.scene.scheduler_rate, cluster.env.now)

    def schedule(self, pod: Pod) -> None:
        """Place a new pod, or queue it and tell the autoscaler."""
        cluster, now = self._cluster, self._cluster.env.now
        if self._place(pod):
            if pod.node is not None and pod.node.evicted:
                cluster.wake_autoscaler()
            return
        pod.tried, pod.attempts = now, 1
        at_once = cluster.random.random() < _SEEN_AT_ONCE
        pod.seen_from = now if at_once else now + _UNSEEN
        cluster.pending.append(pod)
        cluster.wake_autoscaler()

    def retry(self) -> None:
        """Try what is pending again, users first: there may be room now."""
        pending = self._cluster.pending
        if pending:
            self._put_in_order()
            placed = 0
            while placed < len(pending) and self._place(pending[placed]):
                placed += 1
            del pending[:placed]
            self.count_attempts(1)
        self._place_placeholders()

    def count_attempts(self, attempts: int) -> None:
        """Note attempts in vain to place every pending pod."""
        self._put_in_order()
        for pod in self._cluster.pending:
            pod.attempts += attempts
            pod.tried = self._cluster.env.now

    def forget(self, pod: Pod) -> None:
        """Take a pod out of the queue that was deleted."""
        self._cluster.pending.remove(pod)

    def create_placeholders(self, count: int) -> None:
        """Schedule placeholders that their StatefulSet has made."""
        cluster = self._cluster
        seen_from = cluster.env.now + _UNSEEN
        cluster.pending_placeholders.extend([seen_from] * count)
        self._place_placeholders()
        if cluster.pending_placeholders:
            cluster.wake_autoscaler()

    def _put_in_order(self) -> None:
        """Sort pending pods as the queue does: back-off over, then by the second it ends."""
        this_second = math.floor(self._cluster.env.now)

        def turn(pod: Pod) -> int:
            doublings = min(pod.attempts, _LONGEST_AFTER) - 1
            backoff = min(_FIRST_BACKOFF * 2**doublings, _LONGEST_BACKOFF)
            ends = math.floor(pod.tried + backoff)
            return ends if ends >= this_second else -1

        self._cluster.pending.sort(key=turn)

    def _place(self, pod: Pod) -> bool:
        seat, at = self._scene.seat, self._cluster.env.now
        node = self._free_node(seat)
        if node is None:
            node = self._node_to_preempt_on()
            if node is None:
                return False
            self._preempt(node)
            at = node.vacated_at
        node.take(seat)
        node.users.append(pod)
        node.idle_since = None
        pod.node = node
        pod.bound_at = self.client.reserve(at, 1)
        pod.placed.succeed()
        return True

    def _place_placeholders(self) -> None:
        cluster, pod = self._cluster, self._scene.placeholders.pod
        while cluster.pending_placeholders:
            node = self._free_node(pod)
            if node is None:
                return
            cluster.pending_placeholders.popleft()
            node.take(pod)
            node.placeholders.append(self.client.reserve(cluster.env.now, 1))
            node.idle_since = None

    def _free_node(self, pod: Seat) -> Node | None:
        """Return the emptiest or the fullest node with room that nobody else waits for."""
        nodes = [
            node
            for node in self._cluster.nodes
            if node.is_ready and not node.evicted and node.fits(pod)
        ]
        if not nodes:
            return None
        if not self._scene.spreads:
            return min(nodes, key=self._free_share)
        emptiest = max(map(self._free_share, nodes))
        return self._cluster.any_of([node for node in nodes if self._free_share(node) == emptiest])

    def _free_share(self, node: Node) -> float:
        room = self._scene.room
        return node.free_memory / room.memory + node.free_cpu / room.cpu

    def _victims(self, node: Node) -> int | None:
        """Return how many more placeholders must go for a user; None if that is no help."""
        seat, held = self._scene.seat, self._scene.placeholders.pod
        for more in range(len(node.placeholders) + 1):
            if (
                node.free_pods + more > 0
                and node.free_cpu + more * held.cpu >= seat.cpu
                and node.free_memory + more * held.memory >= seat.memory
            ):
                return more
        return None

    def _node_to_preempt_on(self) -> Node | None:
        """Return the node with the fewest victims, of those the one with the youngest."""
        best: list[Node] = []
        least = (math.inf, math.inf)
        for node in self._cluster.nodes:
            if not node.is_ready or not (node.placeholders or node.evicted):
                continue
            more = self._victims(node)
            if more is None:
                continue
            started = math.floor(node.placeholders[-1]) if node.placeholders else -math.inf
            cost = (node.evicted + more, -started)
            if cost < least:
                best, least = [node], cost
            elif cost == least:
                best.append(node)
        return self._cluster.any_of(best) if best else None

    def _preempt(self, node: Node) -> None:
        victims = self._victims(node)
        if not victims:
            return
        cluster = self._cluster
        del node.placeholders[-victims:]
        node.take(self._scene.placeholders.pod, -victims)
        node.evicted += victims
        cluster.evictions += victims
        node.vacated_at = self.client.reserve(cluster.env.now, _CALLS_TO_PREEMPT) + _EVICTION
        cluster.env.process(self._terminate(node, victims, node.vacated_at))

    def _terminate(self, node: Node, victims: int, at: float) -> Process:
        """Let evicted placeholders go; their StatefulSet makes them again."""
        cluster = self._cluster
        yield cluster.env.timeout(at - cluster.env.now)
        if node not in cluster.nodes:
            return
        node.evicted -= victims
        if cluster.holds:
            self.create_placeholders(victims)
