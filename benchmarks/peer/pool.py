"""A pool of nodes: they boot, pull images, stand idle, go or are lost."""

from benchmarks.peer.cluster import Cluster, Node, Pod, Process
from benchmarks.peer.scheduler import Scheduler

# Seconds Ready after which the autoscaler takes its template from a node.
_TEMPLATE_FROM_REAL_NODE = 60.0


class Pool:
    """Adds nodes and takes them away."""

    def __init__(self, cluster: Cluster, scheduler: Scheduler) -> None:
        """Start without nodes."""
        self._cluster = cluster
        self._scene = cluster.scene
        self._scheduler = scheduler

    def warm_up(self) -> None:
        """Bring the warm nodes up or ask for them, with who is there and placeholders."""
        scene, env = self._scene, self._cluster.env
        there = scene.users_before
        for number in range(scene.warm_nodes):
            node = self._cluster.new_node(scene.room)
            if scene.lead is None:
                self._becomes_ready(node)
                node.images = dict.fromkeys(range(scene.images), env.now)
                node.pulls_until = env.now
            else:
                env.process(self._boot(node))
            while there and node.fits(scene.seat):
                node.take(scene.seat)
                node.users.append(Pod(user=None, placed=env.event()))
                there -= 1
            self._may_be_reclaimed(node)
            if number < scene.lost_nodes:
                env.process(self._lose(node, scene.lost_at - env.now))
        self._scheduler.create_placeholders(scene.placeholders.replicas)
        for node in self._cluster.nodes:
            node.placeholders = [env.now] * len(node.placeholders)
        if scene.minimum_until is not None:
            env.process(self._settings_off(scene.minimum_until - env.now))

    def add(self) -> None:
        """Ask for a node."""
        node = self._cluster.new_node(self._scene.room)
        self._cluster.env.process(self._boot(node))
        self._may_be_reclaimed(node)

    def vacate(self, node: Node, user: Pod) -> None:
        """Take a user's pod off a node."""
        node.users.remove(user)
        node.take(self._scene.seat, -1)
        self._scheduler.retry()
        self._watch_idle(node)

    def _boot(self, node: Node) -> Process:
        yield self._cluster.env.timeout(self._cluster.draw(self._scene.node_ready))
        if node not in self._cluster.nodes:
            return
        self._becomes_ready(node)
        self._scheduler.retry()
        # The condition and the taint each have pending pods tried.
        self._scheduler.count_attempts(1)
        self._watch_idle(node)

    def _becomes_ready(self, node: Node) -> None:
        node.is_ready = True
        if self._scene.pre_puller:
            for image in range(self._scene.images):
                node.image_there(image, self._cluster.env.now)
        self._cluster.env.process(self._teach_template(node))

    def _teach_template(self, node: Node) -> Process:
        yield self._cluster.env.timeout(_TEMPLATE_FROM_REAL_NODE)
        if node in self._cluster.nodes:
            self._cluster.template_is_real = True

    def _watch_idle(self, node: Node) -> None:
        if node.is_empty:
            node.idle_since = self._cluster.env.now
            self._cluster.env.process(self._scale_down(node, node.idle_since))

    def _scale_down(self, node: Node, idle_since: float) -> Process:
        cluster = self._cluster
        yield cluster.env.timeout(self._scene.scale_down)
        if node.idle_since == idle_since and len(cluster.nodes) > cluster.minimum:
            self._remove(node)

    def _remove(self, node: Node) -> None:
        self._cluster.nodes.remove(node)
        self._cluster.node_seconds += self._cluster.env.now - node.charged_from
        node.idle_since = None

    def _may_be_reclaimed(self, node: Node) -> None:
        hours = self._scene.reclaim_hours
        if hours is not None:
            life = self._cluster.random.exponential(hours * 3600)
            until_charged = node.charged_from - self._cluster.env.now
            self._cluster.env.process(self._lose(node, until_charged + life))

    def _lose(self, node: Node, after: float) -> Process:
        """Lose a node, maybe while it boots: who sat there asks again, placeholders return."""
        yield self._cluster.env.timeout(after)
        if node not in self._cluster.nodes:
            return
        self._remove(node)
        for pod in node.users:
            if pod.user is not None:
                pod.user.interrupt()
        if self._cluster.holds:
            self._scheduler.create_placeholders(len(node.placeholders) + node.evicted)
        if self._cluster.pending:
            self._cluster.wake_autoscaler()

    def _settings_off(self, after: float) -> Process:
        """End the session: no minimum, no placeholders, and who was there before goes."""
        yield self._cluster.env.timeout(after)
        self._cluster.minimum = 0
        self._cluster.pending_placeholders.clear()
        for node in self._cluster.nodes:
            node.take(self._scene.placeholders.pod, -len(node.placeholders))
            node.placeholders.clear()
            counted = [pod for pod in node.users if pod.user is not None]
            node.take(self._scene.seat, len(counted) - len(node.users))
            node.users = counted
            if node.is_ready:
                self._watch_idle(node)
