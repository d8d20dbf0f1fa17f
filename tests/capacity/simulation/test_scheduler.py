"""A free node first, then preemption, at the pace of the scheduler's client."""

from collections.abc import Callable

import pytest

from capacity.simulation import heap, scheduler
from capacity.simulation.layout import NEVER, World

Make = Callable[..., World]


def _rooms(world: World) -> list[tuple[int, int, int, int, int, int]]:
    return [
        (it.cpu, it.memory, it.pods, it.seated, it.held, it.terminating)
        for it in (world.nodes[index] for index in range(world.rules.max_nodes))
    ]


def _take(world: World, index: int, seats: int) -> None:
    scheduler.take(world.nodes[index], 10 * seats, 100 * seats, seats)


def _held(world: World, index: int, count: int, since: int = 0) -> None:
    """Put placeholders of two seats on a node."""
    scheduler.take(world.nodes[index], 20 * count, 200 * count, count)
    world.nodes[index].held += count
    world.nodes[index].held_since = since
    world.state.held += count


def test_calls_are_free_until_the_burst_is_used_up(make: Make) -> None:
    world = make(bind_cost=20_000, bind_burst=60_000)

    granted = [scheduler.grant(world, 1000, 20_000) for _ in range(6)]

    # Three at once beside the first, then one every 20 ms.
    assert granted == [1000, 1000, 1000, 1000, 1020, 1040]


def test_a_client_of_fifty_calls_a_second_makes_a_hundred_at_once(make: Make) -> None:
    world = make()

    assert (world.rules.bind_cost, world.rules.bind_burst) == (20_000, 1_980_000)
    granted = [scheduler.grant(world, 1000, 20_000) for _ in range(102)]
    assert granted == [1000] * 100 + [1020, 1040]


def test_the_burst_fills_again_with_time(make: Make) -> None:
    world = make(bind_burst=20_000)

    assert [scheduler.grant(world, 0, 20_000) for _ in range(3)] == [0, 0, 20]
    assert [scheduler.grant(world, 60, 20_000) for _ in range(3)] == [60, 60, 80]


def test_a_grant_is_rounded_up_to_a_millisecond(make: Make) -> None:
    world = make(bind_burst=0)

    assert [scheduler.grant(world, 5, 1_001) for _ in range(3)] == [5, 7, 8]


@pytest.mark.parametrize(
    ("cpu", "memory", "pods", "fits"),
    [(10, 100, 1, True), (9, 100, 1, False), (10, 99, 1, False), (10, 100, 0, False)],
)
def test_a_pod_fits_in_every_dimension(
    make: Make, cpu: int, memory: int, pods: int, *, fits: bool
) -> None:
    world = make(up=1)
    machine = world.nodes[0]
    machine.cpu, machine.memory, machine.pods = cpu, memory, pods

    assert scheduler.fits(machine, 10, 100) == fits


def test_room_taken_is_given_back(make: Make) -> None:
    world = make(up=1)
    before = _rooms(world)[0]

    scheduler.take(world.nodes[0], 7, 11, 2)
    assert _rooms(world)[0] == (33, 389, 8, 0, 0, 0)
    scheduler.take(world.nodes[0], -7, -11, -2)
    assert _rooms(world)[0] == before


def test_packing_takes_the_fullest_node_with_room_and_the_first_of_equal_ones(make: Make) -> None:
    world = make(up=3)
    _take(world, 1, 2)
    _take(world, 2, 2)
    assert scheduler.free_node(world, 0, 10, 100) == 1
    assert scheduler.free_node(world, 0, 30, 300) == 0
    assert scheduler.free_node(world, 0, 50, 500) == scheduler.NONE


@pytest.mark.parametrize(
    ("first", "second", "fuller"),
    [((30, 100), (20, 300), 0), ((20, 300), (30, 100), 1), ((10, 390), (40, 100), 0)],
)
def test_the_fullest_is_by_shares_of_cpu_and_memory(
    make: Make, first: tuple[int, int], second: tuple[int, int], fuller: int
) -> None:
    world = make(up=2, max_nodes=2)
    for index, room in enumerate((first, second)):
        world.nodes[index].cpu, world.nodes[index].memory = room

    # Of 40 millicpu and 400 bytes.
    assert scheduler.free_node(world, 0, 10, 100) == fuller
    world.rules.spreads = 1
    assert scheduler.free_node(world, 0, 10, 100) == 1 - fuller


def test_spreading_takes_the_emptiest_node_and_any_of_equal_ones(make: Make) -> None:
    world = make(up=3, spreads=1)
    _take(world, 0, 1)
    found = [scheduler.free_node(world, 0, 10, 100) for _ in range(300)]

    assert sorted(set(found)) == [1, 2]
    assert 110 < found.count(1) < 190
    _take(world, 1, 2)
    assert {scheduler.free_node(world, 0, 10, 100) for _ in range(20)} == {2}


def test_every_one_of_equal_nodes_is_as_likely(make: Make) -> None:
    world = make(up=3, spreads=1)
    found = [scheduler.free_node(world, 0, 10, 100) for _ in range(900)]

    assert all(250 < found.count(index) < 350 for index in range(3))


def test_a_node_not_ready_or_about_to_be_freed_is_not_free(make: Make) -> None:
    world = make(up=2)
    world.nodes[0].is_ready = 0
    world.nodes[1].released = 50

    assert scheduler.free_node(world, 49, 10, 100) == scheduler.NONE
    assert scheduler.free_node(world, 50, 10, 100) == 1


@pytest.mark.parametrize(
    ("room", "held", "terminating", "gone"),
    [
        ((0, 0, 5), 2, 0, 1),
        ((10, 0, 5), 2, 0, 1),
        ((0, 100, 5), 2, 0, 1),
        ((10, 100, 0), 2, 0, 1),
        ((10, 100, 1), 2, 0, 0),
        ((10, 100, 1), 2, 1, 1),
        ((0, 0, 5), 2, 3, 4),
        ((0, 0, 5), 0, 3, 0),
        ((-20, 0, 5), 2, 0, 2),
        ((-40, 0, 5), 2, 0, 0),
    ],
)
def test_as_many_placeholders_go_as_are_lacking_in_the_scarcest_dimension(
    make: Make, room: tuple[int, int, int], held: int, terminating: int, gone: int
) -> None:
    world = make(up=1, held_cpu=20, held_memory=200)
    machine = world.nodes[0]
    machine.cpu, machine.memory, machine.pods = room
    machine.held, machine.terminating = held, terminating

    assert scheduler.victims(world, machine) == gone


@pytest.mark.parametrize(("cpu", "memory", "gone"), [(0, 100, 0), (10, 0, 1)])
def test_a_placeholder_without_cpu_gives_none(make: Make, cpu: int, memory: int, gone: int) -> None:
    world = make(up=1, held_cpu=0, held_memory=200)
    machine = world.nodes[0]
    machine.cpu, machine.memory, machine.held = cpu, memory, 2

    assert scheduler.victims(world, machine) == gone


def test_placeholders_smaller_than_a_seat_go_together(make: Make) -> None:
    world = make(up=1, held_cpu=3, held_memory=30)
    machine = world.nodes[0]
    machine.cpu, machine.memory, machine.held = 0, 0, 13

    assert scheduler.victims(world, machine) == 4


def test_the_node_is_preempted_that_loses_the_fewest(make: Make) -> None:
    world = make(up=3, held_cpu=5, held_memory=50)
    for index, room in enumerate((0, 5, 0)):
        machine = world.nodes[index]
        machine.cpu, machine.memory, machine.held = room, 10 * room, 8

    assert scheduler.preempted_node(world) == 1


def test_of_those_the_one_whose_placeholder_started_last(make: Make) -> None:
    world = make(up=3)
    for index, since in enumerate((1_000, 2_500, 2_999)):
        _held(world, index, 2, since)

    found = [scheduler.preempted_node(world) for _ in range(200)]

    # Starts are compared by the second.
    assert sorted(set(found)) == [1, 2]
    assert 70 < found.count(1) < 130


def test_a_node_is_not_preempted_in_vain(make: Make) -> None:
    world = make(up=3)
    _held(world, 0, 2)
    world.nodes[0].is_ready = 0
    _take(world, 1, 4)
    _take(world, 2, 4)
    world.nodes[2].terminating = 1

    assert scheduler.preempted_node(world) == scheduler.NONE


def test_an_evicted_placeholder_is_gone_after_its_eviction(make: Make) -> None:
    world = make(up=1, preempt_cost=51_429, max_nodes=1)
    _held(world, 0, 2)

    scheduler.preempt(world, 0, 1000)

    assert _rooms(world) == [(20, 200, 9, 0, 1, 1)]
    assert world.nodes[0].released == 1000 + scheduler.EVICTION
    assert (world.state.held, world.state.evictions) == (1, 1)
    event = heap.pop(world)
    assert heap.time_of(event) == 1050
    assert (heap.kind_of(event), heap.subject_of(event)) == (heap.RELEASED, 0)


def test_nothing_is_evicted_where_room_is_being_made(make: Make) -> None:
    world = make(up=1, max_nodes=1)
    _held(world, 0, 2)

    scheduler.preempt(world, 0, 1000)
    scheduler.preempt(world, 0, 1010)

    assert _rooms(world) == [(20, 200, 9, 0, 1, 1)]
    assert (world.state.evictions, world.state.events) == (1, 1)


def test_a_user_is_bound_at_once_to_a_free_node(make: Make) -> None:
    world = make([0], up=1, max_nodes=1)
    world.nodes[0].idle_since = 0

    assert scheduler.bind(world, 0, 700) == 0

    person = world.people[0]
    assert (person.node, person.placed, person.bound) == (0, 700, 700)
    assert _rooms(world) == [(30, 300, 9, 1, 0, 0)]
    assert world.nodes[0].idle_since == NEVER


def test_users_who_preempt_one_after_another_share_what_one_makes_free(make: Make) -> None:
    world = make([0, 0, 0], up=1, max_nodes=1)
    _held(world, 0, 2)

    assert [scheduler.bind(world, user, 700) for user in range(3)] == [0, 0, 0]

    # The second takes the rest of what the first made free; the third evicts again.
    assert [world.people[user].bound for user in range(3)] == [750, 750, 750]
    assert _rooms(world) == [(10, 100, 7, 3, 0, 2)]
    assert world.state.evictions == 2


@pytest.mark.parametrize("seed", range(8))
def test_users_at_once_empty_the_placeholders_of_several_nodes(make: Make, seed: int) -> None:
    world = make([0] * 8, up=2, max_nodes=2, held_cpu=40, held_memory=400, seed=seed)
    for index in range(2):
        scheduler.take(world.nodes[index], 40, 400, 1)
        world.nodes[index].held = 1

    # Four would fit the first node; but there is a tie between it and one not emptied yet.
    assert {scheduler.bind(world, user, 700) for user in range(4)} == {0, 1}
    assert world.state.evictions == 2


def test_without_room_or_placeholders_nobody_is_bound(make: Make) -> None:
    world = make([0], up=1, max_nodes=1)
    _take(world, 0, 4)

    assert scheduler.bind(world, 0, 0) == scheduler.NONE
    assert (world.people[0].node, world.people[0].bound) == (scheduler.NONE, NEVER)


def test_placeholders_are_held_as_far_as_there_is_room(make: Make) -> None:
    world = make(up=1, max_nodes=1, bind_burst=0)
    world.state.held_pending = 3
    world.nodes[0].idle_since = 0

    scheduler.hold(world, 1000)

    assert _rooms(world) == [(0, 0, 8, 0, 2, 0)]
    assert (world.state.held, world.state.held_pending) == (2, 1)
    assert (world.nodes[0].held_since, world.nodes[0].idle_since) == (1020, NEVER)
