"""What people meet who come to a hub: nodes, placeholders, scheduler, autoscaler, hub. Pure.

Times are seconds here; the inner loop counts milliseconds.
"""

import math
from dataclasses import dataclass

from capacity.packing import Seat
from capacity.simulation.layout import NEVER, Rules, blank

# The 95th percentile of a normal distribution, in standard deviations.
_P95 = 1.6448536269514722
_MILLIS = 1000
_MICROS = 1000 * _MILLIS


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """A duration that varies: its median and 95th percentile, in seconds (log-normal)."""

    p50: float
    p95: float

    @property
    def sigma(self) -> float:
        """Return the standard deviation of the logarithm."""
        return math.log(self.p95 / self.p50) / _P95 if self.p50 and self.p95 > self.p50 else 0.0

    def quantile(self, deviations: float) -> float:
        """Return the seconds that many standard deviations above the median."""
        return self.p50 * math.exp(self.sigma * deviations)


def always(seconds: float) -> Duration:
    """Return a duration that does not vary."""
    return Duration(p50=seconds, p95=seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What one node has for user servers, and what of it the autoscaler's template hides.

    Attributes:
        memory: Bytes.
        cpu: Millicpu.
        pods: Pod slots.
        template_memory: Bytes that the template has less.
        template_cpu: Millicpu that the template has less.
    """

    memory: int
    cpu: int
    pods: int = 110
    template_memory: int = 0
    template_cpu: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Placeholders:
    """Pods that hold room until somebody comes."""

    replicas: int
    pod: Seat


NO_PLACEHOLDERS = Placeholders(replicas=0, pod=Seat(memory=0, cpu=0))


@dataclass(frozen=True, slots=True, kw_only=True)
class HubRules:
    """How the hub starts servers. Sources: JupyterHub 5.5 and z2jh 4.4 defaults.

    Attributes:
        spawn_limit: Spawns in flight at once; None for no limit.
        start_timeout: Seconds after which a start has failed; None for never.
        failure_limit: Failed starts in a row that end the hub's process.
        restart: Seconds until it is back.
        retry: Least and most seconds after which somebody refused asks again.
    """

    spawn_limit: int | None = None
    start_timeout: int | None = None
    failure_limit: int = 5
    restart: int = 60
    retry: tuple[int, int] = (30, 60)


CHART_HUB = HubRules()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A cluster and a hub before people come.

    Attributes:
        seat: What each server is guaranteed.
        room: What a node has for servers.
        warm_nodes: Nodes kept up, whose images are there.
        max_nodes: Most nodes there may be.
        warm_age: Seconds for which warm nodes have been Ready, without a lead.
        lead: Seconds before the session at which warm nodes are asked for; None if they are up.
        minimum_until: Second at which minimum and placeholders go; None for never.
        users_before: People seated before the first arrival.
        placeholders: What holds room on warm nodes.
        spreads: Whether the scheduler spreads (LeastAllocated) or packs (MostAllocated).
        hub: How servers are started.
        scan: Seconds between the autoscaler's loops.
        scheduler_rate: Binds per second that the scheduler's client allows; twice as many at once.
        node_ready: From scale-up to Ready.
        image_pull: Until an image is on a node.
        images: Different images that people choose from; a node pulls one after the other.
        pre_puller: Whether pulls start when a node is Ready and not with its first server.
        pod_start: Seconds from image and bind to a running server.
        scale_down: Seconds after which a node without servers goes.
        reclaim_hours: Mean hours after which a spot node is taken; None on demand.
        lost_nodes: Warm nodes that are lost at `lost_at` (a zone, a wave of spot reclaims).
        lost_at: Second at which they are.
        wait_limit: Seconds after which a user counts as waiting.
    """

    seat: Seat
    room: Room
    warm_nodes: int
    max_nodes: int
    warm_age: float = 3600.0
    lead: int | None = None
    minimum_until: int | None = None
    users_before: int = 0
    placeholders: Placeholders = NO_PLACEHOLDERS
    spreads: bool = False
    hub: HubRules = CHART_HUB
    scan: float = 10.0
    scheduler_rate: int = 50
    node_ready: Duration
    image_pull: Duration
    images: int = 1
    pre_puller: bool = True
    pod_start: float = 0.0
    scale_down: int = 600
    reclaim_hours: float | None = None
    lost_nodes: int = 0
    lost_at: int = 0
    wait_limit: float = 60.0

    def __post_init__(self) -> None:
        """Refuse more warm nodes than there may be nodes.

        Raises:
            ValueError: with both numbers.
        """
        if self.warm_nodes > self.max_nodes:
            msg = f"{self.warm_nodes} warm nodes, and at most {self.max_nodes} nodes"
            raise ValueError(msg)


# Calls of the scheduler's client for a user who preempts, beside the bind: about 14 users a
# second at a rate of 50. Source: kube-scheduler 1.36.3, measured.
_CALLS_TO_PREEMPT = 50 / 14 - 1


def _millis(seconds: float | None, otherwise: int = NEVER) -> int:
    return otherwise if seconds is None else round(seconds * _MILLIS)


def rules_of(scene: Scene, horizon: int, sample_every: int) -> Rules:
    """Return a scene as the inner loop's record; `horizon` ends it, in milliseconds."""
    held, hub = scene.placeholders, scene.hub
    bind_cost = _MICROS // scene.scheduler_rate
    values: dict[str, float] = {
        "users_before": scene.users_before,
        "seat_cpu": scene.seat.cpu,
        "seat_memory": scene.seat.memory,
        "node_cpu": scene.room.cpu,
        "node_memory": scene.room.memory,
        "node_pods": scene.room.pods,
        "template_cpu": scene.room.template_cpu,
        "template_memory": scene.room.template_memory,
        "held_cpu": held.pod.cpu,
        "held_memory": held.pod.memory,
        "replicas": held.replicas,
        "warm_nodes": scene.warm_nodes,
        "warm_age": _millis(scene.warm_age),
        "lead": _millis(scene.lead, -1),
        "minimum_until": _millis(scene.minimum_until),
        "max_nodes": scene.max_nodes,
        "spreads": int(scene.spreads),
        "spawn_limit": NEVER if hub.spawn_limit is None else hub.spawn_limit,
        "start_timeout": _millis(hub.start_timeout),
        "failure_limit": hub.failure_limit,
        "hub_restart": _millis(hub.restart),
        "retry_least": _millis(hub.retry[0]),
        "retry_most": _millis(hub.retry[1]),
        "scan": _millis(scene.scan),
        "bind_cost": bind_cost,
        "bind_burst": 2 * _MICROS - bind_cost,
        "preempt_cost": round(bind_cost * _CALLS_TO_PREEMPT),
        "boot_p50": scene.node_ready.p50 * _MILLIS,
        "boot_sigma": scene.node_ready.sigma,
        "pull_p50": scene.image_pull.p50 * _MILLIS,
        "pull_sigma": scene.image_pull.sigma,
        "images": scene.images,
        "pre_puller": int(scene.pre_puller),
        "pod_start": _millis(scene.pod_start),
        "scale_down": _millis(scene.scale_down),
        "reclaim_mean": 0 if scene.reclaim_hours is None else _millis(scene.reclaim_hours * 3600),
        "loss_at": _millis(scene.lost_at) if scene.lost_nodes else NEVER,
        "loss_nodes": scene.lost_nodes,
        "horizon": horizon,
        "sample_every": sample_every,
    }
    rules = blank(Rules, 1)[0]
    for name, value in values.items():
        setattr(rules, name, value)
    return rules
