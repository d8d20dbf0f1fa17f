"""The scenes in which speed and likeness of the two models are measured. Pure."""

from dataclasses import dataclass, replace

from capacity.crowds import Crowd, Stay, Uniform
from capacity.packing import Seat
from capacity.scene import Duration, HubRules, Placeholders, Room, Scene

_SEAT = Seat(memory=3 * 2**30, cpu=400)
_SEATS_PER_NODE = 39
# What no seat uses, and what the autoscaler's template hides.
_SPARE = Seat(memory=2**30, cpu=150)
_HIDDEN_CPU = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A scene and who comes to it."""

    name: str
    scene: Scene
    crowd: Crowd


def _room(seats: int) -> Room:
    return Room(
        memory=seats * _SEAT.memory + _SPARE.memory,
        cpu=seats * _SEAT.cpu + _SPARE.cpu,
        template_cpu=_HIDDEN_CPU,
    )


def _placeholders(replicas: int, seats: int) -> Placeholders:
    return Placeholders(
        replicas=replicas, pod=Seat(memory=seats * _SEAT.memory, cpu=seats * _SEAT.cpu)
    )


# 858 of 1,000 seats are warm, 160 of them under placeholders; a node is four minutes away.
SPEED = Case(
    name="1,000 users in 10 minutes",
    scene=Scene(
        seat=_SEAT,
        room=_room(_SEATS_PER_NODE),
        warm_nodes=22,
        max_nodes=40,
        placeholders=_placeholders(40, 4),
        hub=HubRules(spawn_limit=64, start_timeout=300),
        node_ready=Duration(p50=240, p95=360),
        image_pull=Duration(p50=90, p95=150),
        pod_start=20.0,
    ),
    crowd=Crowd(users=1000, shape=Uniform(600)),
)

_FEW = Scene(
    seat=_SEAT,
    room=_room(16),
    warm_nodes=8,
    max_nodes=24,
    node_ready=Duration(p50=240, p95=360),
    image_pull=Duration(p50=90, p95=150),
    pod_start=10.0,
)
# Fewer come than expected and some leave early, so that every count differs between replicas.
_CLASS = Crowd(
    users=200,
    shape=Uniform(300),
    show_up_permille=850,
    stay=Stay(seconds=900, spread_percent=90, logs_out_permille=500, cull=300),
)
_COLD = replace(_FEW, warm_nodes=6, images=3, pre_puller=False)

SAME = (
    Case(
        name="calm",
        scene=replace(_FEW, warm_nodes=13, placeholders=_placeholders(16, 4)),
        crowd=_CLASS,
    ),
    Case(name="too few warm nodes", scene=_FEW, crowd=_CLASS),
    Case(
        name="spawn limit 64, 429s",
        scene=replace(_FEW, hub=HubRules(spawn_limit=64, start_timeout=300)),
        crowd=replace(_CLASS, users=300),
    ),
    Case(
        name="one-seat placeholders, cold images",
        scene=replace(_COLD, placeholders=_placeholders(48, 1)),
        crowd=_CLASS,
    ),
    Case(
        name="node-sized placeholders, cold images",
        scene=replace(_COLD, placeholders=_placeholders(3, 16)),
        crowd=_CLASS,
    ),
)
