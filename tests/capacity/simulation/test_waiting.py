"""The queue of pods that found no room, and the order in which they are tried again."""

from collections.abc import Callable

import pytest

from capacity.simulation import scheduler, waiting
from capacity.simulation.layout import World

Make = Callable[..., World]


def _queue(world: World) -> list[int]:
    return [int(user) for user in world.queue[: world.state.pending]]


@pytest.mark.parametrize(
    ("attempts", "tried", "ends"),
    [
        (1, 0, 1_000),
        (1, 999, 1_000),
        (1, 1_000, 2_000),
        (2, 0, 2_000),
        (3, 500, 4_000),
        (4, 0, 8_000),
        (5, 0, 10_000),
        (50, 2_001, 12_000),
    ],
)
def test_a_back_off_doubles_up_to_ten_seconds_and_ends_with_a_second(
    make: Make, attempts: int, tried: int, ends: int
) -> None:
    person = make([0]).people[0]
    person.attempts, person.tried = attempts, tried

    assert waiting.back_off_ends(person) == ends


def test_pods_join_behind_each_other(make: Make) -> None:
    world = make([0, 0])
    waiting.join(world, 1, 300)
    waiting.join(world, 0, 400)

    assert _queue(world) == [1, 0]
    assert [(world.people[user].attempts, world.people[user].tried) for user in (1, 0)] == [
        (1, 300),
        (1, 400),
    ]


@pytest.mark.parametrize(("user", "left"), [(0, [1, 2]), (1, [0, 2]), (2, [0, 1])])
def test_a_pod_leaves_from_anywhere(make: Make, user: int, left: list[int]) -> None:
    world = make([0, 0, 0])
    for each in range(3):
        waiting.join(world, each, 0)

    waiting.leave(world, user)

    assert _queue(world) == left


def _five_pods(make: Make) -> World:
    """Return pods whose back-offs end at 16, 12, 13, 8 and 12 s."""
    world = make([0] * 5)
    for user, (attempts, tried) in enumerate(
        [(4, 8_200), (1, 11_900), (3, 9_000), (2, 6_000), (2, 10_500)]
    ):
        waiting.join(world, user, tried)
        world.people[user].attempts = attempts
    return world


def test_pods_past_their_back_off_come_first_then_by_the_second_it_ends_in(make: Make) -> None:
    world = _five_pods(make)

    waiting.try_again(world, 12_500, 1)

    assert _queue(world) == [3, 1, 4, 2, 0]
    assert [world.people[user].attempts for user in range(5)] == [5, 2, 4, 3, 3]
    assert {world.people[user].tried for user in range(5)} == {12_500}


def test_pods_past_their_back_off_keep_their_order(make: Make) -> None:
    world = _five_pods(make)

    waiting.try_again(world, 30_000, 2)

    assert _queue(world) == [0, 1, 2, 3, 4]
    assert [world.people[user].attempts for user in range(5)] == [6, 3, 5, 4, 4]


def test_who_waited_longest_may_be_served_last(make: Make) -> None:
    world = _five_pods(make)
    world.nodes[0].is_ready = 1
    scheduler.take(world.nodes[0], -20, -200, -2)

    assert waiting.bind_waiting(world, 12_500) == 2

    assert [int(user) for user in world.keys[:2]] == [3, 1]
    assert _queue(world) == [4, 2, 0]
    assert [world.people[user].attempts for user in range(5)] == [5, 1, 4, 2, 3]
    assert [world.people[user].node for user in range(5)] == [-1, 0, -1, 0, -1]


def test_users_are_bound_before_placeholders(make: Make) -> None:
    world = make([0], up=1, max_nodes=1)
    waiting.join(world, 0, 0)
    world.state.held_pending = 2

    assert waiting.bind_waiting(world, 1_000) == 1
    assert (world.nodes[0].seated, world.nodes[0].held, world.state.held_pending) == (1, 1, 1)
    assert waiting.bind_waiting(world, 1_000) == 0
