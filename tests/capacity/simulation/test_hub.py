"""Who may spawn, who comes again when, and what failed starts do."""

from collections.abc import Callable

import pytest

from capacity.simulation import heap, hub
from capacity.simulation.layout import World

Make = Callable[..., World]


@pytest.mark.parametrize(
    ("spawning", "down_until", "admits"),
    [(0, 0, True), (1, 1_000, True), (2, 0, False), (0, 1_001, False)],
)
def test_the_hub_starts_so_many_at_once_while_it_is_up(
    make: Make, spawning: int, down_until: int, *, admits: bool
) -> None:
    world = make(spawn_limit=2)
    world.state.spawning, world.state.hub_down_until = spawning, down_until

    assert bool(hub.admits(world, 1_000)) == admits


def _asks_again(world: World) -> tuple[int, int, int]:
    event = heap.pop(world)
    return heap.time_of(event), heap.kind_of(event), heap.subject_of(event)


def test_who_is_refused_asks_again_within_half_a_minute_to_a_minute(make: Make) -> None:
    world = make([0] * 100)
    for user in range(100):
        hub.come_again(world, user, 1_000)
    found = [_asks_again(world) for _ in range(100)]

    times = [time for time, _, _ in found]
    assert 31_000 <= min(times) < 33_000
    assert 59_000 < max(times) < 61_000
    assert {kind for _, kind, _ in found} == {heap.ASKED}
    assert sorted(user for _, _, user in found) == list(range(100))


def test_nobody_asks_before_the_hub_is_back(make: Make) -> None:
    world = make([0])
    world.state.hub_down_until = 90_000

    hub.come_again(world, 0, 1_000)

    assert _asks_again(world) == (90_000, heap.ASKED, 0)


def test_failures_in_a_row_restart_the_hub(make: Make) -> None:
    world = make([0], failure_limit=3, hub_restart=60_000)
    for _ in range(2):
        hub.failed(world, 0, 500)
    assert world.state.failures == 2
    assert hub.admits(world, 500)

    hub.failed(world, 0, 700)

    assert (world.state.failures, world.state.hub_down_until) == (0, 60_700)
    assert world.people[0].restarts == 3
