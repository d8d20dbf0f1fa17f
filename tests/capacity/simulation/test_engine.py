"""The order of what happens, why somebody waited, and one world used for many runs."""

import hashlib
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from capacity.crowds import Bell, Crowd, Stay, Uniform
from capacity.packing import Seat
from capacity.replicas import Runs, run_replicas
from capacity.scene import Duration, HubRules, Placeholders, Room, Scene
from capacity.simulation import effects, engine, heap
from capacity.simulation.layout import NEVER, World

Make = Callable[..., World]
SEAT = Seat(memory=100, cpu=10)
SCENE = Scene(
    seat=SEAT,
    room=Room(memory=400, cpu=40, pods=10, template_cpu=1),
    warm_nodes=2,
    max_nodes=6,
    warm_age=20,
    placeholders=Placeholders(replicas=3, pod=SEAT.times(2)),
    node_ready=Duration(p50=120, p95=180),
    image_pull=Duration(p50=30, p95=50),
)
BUSY = replace(
    SCENE,
    lead=300,
    minimum_until=900,
    users_before=2,
    spreads=True,
    hub=HubRules(spawn_limit=4, start_timeout=150, failure_limit=2),
    images=3,
    pre_puller=False,
    pod_start=2.5,
    reclaim_hours=0.25,
    lost_nodes=1,
    lost_at=200,
)


def _digest(runs: Runs) -> str:
    text = hashlib.sha256()
    for table in (runs.arrivals, runs.waits, runs.causes, runs.summary):
        text.update(np.ascontiguousarray(table, np.int64).tobytes())
    text.update(np.rint(runs.samples * len(runs.waits)).astype(np.int64).tobytes())
    return text.hexdigest()[:16]


@pytest.mark.parametrize(
    ("scene", "crowd", "digest"),
    [
        (SCENE, Crowd(users=15, shape=Uniform(300)), "844d0a30480129fc"),
        (
            BUSY,
            Crowd(users=12, shape=Bell(300), stay=Stay(seconds=600, logs_out_permille=500)),
            "c0d36974afd5b874",
        ),
    ],
)
def test_compiled_and_interpreted_runs_are_the_same_to_the_bit(
    scene: Scene, crowd: Crowd, digest: str
) -> None:
    assert _digest(run_replicas(scene, crowd, 12, 7, sampled=True)) == digest


@pytest.mark.parametrize(
    ("parts", "no_room", "why"),
    [
        ((0, 0, 0, 0), 0, effects.FOR_START),
        ((1, 1, 1, 1), 1, effects.FOR_START),
        ((1, 1, 1, 0), 0, effects.FOR_NODE),
        ((1, 1, 1, 0), 1, effects.NO_ROOM),
        ((1, 0, 1, 0), 1, effects.AT_HUB),
        ((0, 0, 1, 0), 1, effects.FOR_BIND),
        ((5, 6, 7, 8), 0, effects.FOR_START),
        ((5, 6, 9, 8), 0, effects.FOR_BIND),
        ((9, 6, 7, 8), 0, effects.AT_HUB),
    ],
)
def test_the_longest_part_of_a_wait_is_its_cause(
    make: Make, parts: tuple[int, int, int, int], no_room: int, why: int
) -> None:
    world = make([0])
    person = world.people[0]
    person.at_hub, person.for_node, person.for_bind, person.for_start = parts
    person.no_room, person.waited = no_room, sum(parts)

    assert effects.why(world, 0) == why


def test_an_event_of_no_kind_changes_nothing(make: Make) -> None:
    world = make([0], up=1)
    heap.push(world, 5, heap.SETTINGS_OFF + 1, 0)

    engine.happen(world, heap.pop(world))

    assert (world.state.events, world.state.arrived, world.nodes[0].cpu) == (0, 0, 40)


def test_who_left_with_a_lost_server_does_not_leave_the_next_one_twice(make: Make) -> None:
    world = make([0], up=1, warm_nodes=0)
    heap.push(world, 5, heap.LEFT, 0)

    engine.happen(world, heap.pop(world))

    assert world.nodes[0].seated == 0


def test_who_is_starting_again_does_not_leave_yet(make: Make) -> None:
    world = make([0], up=1)
    world.people[0].node, world.people[0].ready = 0, 9
    heap.push(world, 5, heap.LEFT, 0)

    engine.happen(world, heap.pop(world))

    assert world.people[0].node == 0


def test_a_world_used_again_is_as_good_as_a_new_one(make: Make) -> None:
    rows = np.sort(np.random.default_rng(3).integers(0, 300_000, (4, 12)), axis=1)
    leaves = rows + 200_000
    rules = {"warm_nodes": 1, "replicas": 2, "loss_at": 100_000, "loss_nodes": 1, "images": 2}
    blank = [np.zeros((4, width), np.int64) for width in (7, 12, 12)]
    again, fresh = blank, [table.copy() for table in blank]

    world = make([NEVER] * 12, seed=9, **rules)
    random = np.random.default_rng(4)
    engine.run_all(world._replace(random=random), rows, leaves, *again)
    random = np.random.default_rng(4)
    for row in range(4):
        one = make([NEVER] * 12, seed=9, **rules)._replace(random=random)
        part = [table[row : row + 1] for table in fresh]
        engine.run_all(one, rows[row : row + 1], leaves[row : row + 1], *part)

    assert [table.tolist() for table in again] == [table.tolist() for table in fresh]
    assert again[0][:, engine.NEW_NODES].min() > 0
