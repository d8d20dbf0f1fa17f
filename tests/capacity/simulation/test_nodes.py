"""Nodes come, pull images, stand idle and go."""

from collections.abc import Callable

import numpy as np
import pytest

from capacity.simulation import heap, nodes
from capacity.simulation.layout import NEVER, World
from capacity.simulation.nodes import _free_slot
from capacity.simulation.scheduler import NONE

Make = Callable[..., World]
Event = tuple[int, int, int]


def _events(world: World) -> list[Event]:
    found: list[Event] = []
    while world.state.events:
        event = heap.pop(world)
        found.append((heap.time_of(event), heap.kind_of(event), heap.subject_of(event)))
    return found


def test_a_duration_without_spread_is_its_median() -> None:
    assert nodes.lognormal(np.random.default_rng(1), 1234.9, 0.0) == 1234


def test_a_duration_has_its_median_and_spread() -> None:
    random = np.random.default_rng(1)
    drawn = np.array([nodes.lognormal(random, 60_000.0, 0.25) for _ in range(2000)])

    assert np.median(drawn) == pytest.approx(60_000, rel=0.02)
    assert np.log(drawn).std() == pytest.approx(0.25, rel=0.05)
    assert drawn.min() > 0


def test_a_node_comes_empty_after_its_boot(make: Make) -> None:
    world = make(max_nodes=2)

    assert [nodes.add(world, 1_000), nodes.add(world, 2_000)] == [0, 1]

    machine = world.nodes[0]
    assert (machine.cpu, machine.memory, machine.pods) == (40, 400, 10)
    assert (machine.seated, machine.held, machine.terminating) == (0, 0, 0)
    assert (machine.created, machine.ready, machine.is_ready) == (1_000, 61_000, 0)
    assert (machine.pull, machine.idle_since, machine.dies) == (30_000, NEVER, NEVER)
    assert world.images.tolist() == [[NEVER], [NEVER]]
    assert (world.state.nodes, world.state.most_nodes) == (2, 2)
    assert _events(world) == [(61_000, heap.NODE_READY, 0), (62_000, heap.NODE_READY, 1)]


def test_a_node_takes_the_slot_of_one_that_went(make: Make) -> None:
    world = make(up=3)
    nodes.remove(world, 1, 5_000)
    world.nodes[1].cpu = 0

    assert nodes.add(world, 6_000) == 1
    assert (world.nodes[1].cpu, world.state.nodes, world.state.most_nodes) == (40, 3, 3)


def test_a_slot_is_free_until_all_are_used(make: Make) -> None:
    world = make(max_nodes=2, up=1)
    assert _free_slot(world) == 1

    nodes.add(world, 0)
    assert _free_slot(world) == NONE


def test_a_spot_node_is_taken_after_its_life(make: Make) -> None:
    world = make(max_nodes=400, reclaim_mean=3_600_000)
    for _ in range(400):
        nodes.add(world, 1_000)

    found = [event for event in _events(world) if event[1] == heap.LOST]

    assert len(found) == 400
    assert all(world.nodes[index].dies == time for time, _, index in found)
    assert np.mean([time - 1_000 for time, _, _ in found]) == pytest.approx(3_600_000, rel=0.1)


def test_a_pre_puller_pulls_one_image_after_the_other(make: Make) -> None:
    world = make(images=3, pre_puller=1, max_nodes=1)
    nodes.add(world, 0)

    nodes.becomes_ready(world, 0, 60_000)

    assert world.images.tolist() == [[90_000, 120_000, 150_000]]
    assert [nodes.image_there(world, 0, image, 100_000) for image in range(3)] == [
        90_000,
        120_000,
        150_000,
    ]


def test_without_one_the_first_server_of_each_image_pulls(make: Make) -> None:
    world = make(images=2, pre_puller=0, max_nodes=1)
    nodes.add(world, 0)

    nodes.becomes_ready(world, 0, 60_000)

    assert world.images.tolist() == [[NEVER, NEVER]]
    assert nodes.image_there(world, 0, 1, 70_000) == 100_000
    assert nodes.image_there(world, 0, 1, 75_000) == 100_000
    assert nodes.image_there(world, 0, 0, 80_000) == 130_000
    assert world.images.tolist() == [[130_000, 100_000]]


def test_a_pull_starts_no_earlier_than_its_server_is_bound(make: Make) -> None:
    world = make(images=2, pre_puller=0, max_nodes=1)
    nodes.add(world, 0)
    nodes.becomes_ready(world, 0, 60_000)

    assert nodes.image_there(world, 0, 0, 60_000) == 90_000
    assert nodes.image_there(world, 0, 1, 200_000) == 230_000


@pytest.mark.parametrize("busy", ["seated", "held", "terminating"])
def test_a_node_with_anything_on_it_is_not_idle(make: Make, busy: str) -> None:
    world = make(up=1)
    setattr(world.nodes[0], busy, 1)

    nodes.watch_idle(world, 0, 1_000)

    assert (world.nodes[0].idle_since, world.state.events) == (NEVER, 0)


def test_an_empty_node_goes_after_the_scale_down_delay(make: Make) -> None:
    world = make(up=2, scale_down=600_000)
    nodes.watch_idle(world, 0, 1_000)
    assert world.nodes[0].idle_since == 1_000
    assert _events(world) == [(601_000, heap.IDLE, 0)]

    nodes.idle(world, 0, 600_999)
    assert world.state.nodes == 2
    nodes.idle(world, 0, 601_000)

    assert (world.state.nodes, world.state.node_time) == (1, 601_000)
    assert (world.nodes[0].ready, world.nodes[0].is_ready) == (NEVER, 0)


def test_a_node_that_was_used_meanwhile_stays(make: Make) -> None:
    world = make(up=2)
    world.nodes[0].idle_since = NEVER

    nodes.idle(world, 0, 10_000_000)

    assert world.state.nodes == 2


def test_a_node_that_is_gone_does_not_go_again(make: Make) -> None:
    world = make(up=2)
    nodes.watch_idle(world, 0, 0)
    nodes.remove(world, 0, 100)

    nodes.idle(world, 0, 600_000)

    assert (world.state.nodes, world.state.node_time) == (1, 100)


def test_the_minimum_is_kept(make: Make) -> None:
    world = make(up=2)
    world.state.minimum = 1
    for index in range(2):
        nodes.watch_idle(world, index, 0)
    for index in range(2):
        nodes.idle(world, index, 600_000)

    assert [world.nodes[index].is_ready for index in range(2)] == [0, 1]


@pytest.mark.parametrize(
    ("lead", "created", "charged"),
    [(-1, -5_000, 0), (-1, 5_000, 5_000), (60_000, -60_000, -60_000), (60_000, 5_000, 5_000)],
)
def test_a_warm_node_is_charged_from_its_lead_or_the_first_arrival(
    make: Make, lead: int, created: int, charged: int
) -> None:
    world = make(up=1, lead=lead)
    world.nodes[0].created = created

    assert nodes.charged_from(world, 0) == charged
    nodes.remove(world, 0, 10_000)
    assert world.state.node_time == 10_000 - charged
