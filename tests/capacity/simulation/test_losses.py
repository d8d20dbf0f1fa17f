"""Nodes that fail or are reclaimed: who sat there asks again, what was held comes back."""

from collections.abc import Callable

import pytest

from capacity.simulation import effects, engine, heap
from capacity.simulation.layout import World

Make = Callable[..., World]
Played = Callable[..., World]
Told = Callable[..., tuple[list[int], list[int], list[int]]]


def test_users_of_a_lost_node_find_other_seats(played: Played) -> None:
    world = played([0] * 3, warm_nodes=2, loss_at=100_000, loss_nodes=1)

    assert [world.people[user].node for user in range(3)] == [1, 1, 1]
    assert [world.people[user].asked for user in range(3)] == [100_000] * 3
    assert (world.state.arrived, world.state.served, world.state.spawning) == (3, 3, 0)


def test_the_longest_wait_of_who_lost_a_node_counts(told: Told) -> None:
    waits, causes, summary = told(
        [0] * 3, warm_nodes=1, max_nodes=1, loss_at=100_000, loss_nodes=1, seed=2
    )

    assert set(waits) <= {90_020, 100_020}
    assert causes == [effects.FOR_NODE] * 3
    assert summary[engine.NEW_NODES] == 1


def test_who_was_starting_on_a_lost_node_has_waited_all_along(told: Told) -> None:
    waits, _, summary = told([0], warm_nodes=2, loss_at=5_000, loss_nodes=1, pod_start=10_000)

    assert waits == [15_000]
    assert summary[engine.NODE_TIME] == 5_000 + 15_000


def test_who_left_a_lost_node_before_is_not_concerned(played: Played) -> None:
    world = played([0], warm_nodes=2, loss_at=5_000, loss_nodes=1, leaves=[4_000])

    assert (world.state.served, world.people[0].asked) == (1, 0)


def test_placeholders_of_a_lost_node_come_back(played: Played) -> None:
    world = played(warm_nodes=2, replicas=3, loss_at=5_000, loss_nodes=1)

    assert (world.state.new_nodes, world.state.held, world.state.held_pending) == (1, 3, 0)


def test_placeholders_of_a_lost_node_take_room_on_nodes_that_are_ready(played: Played) -> None:
    world = played(warm_nodes=2, replicas=2, loss_at=5_000, loss_nodes=1)

    assert (world.state.new_nodes, world.state.held, world.state.held_pending) == (0, 2, 0)
    assert [world.nodes[index].held for index in range(2)] == [0, 2]


def test_evicted_placeholders_of_a_lost_node_come_back_once(played: Played) -> None:
    world = played([4_990], warm_nodes=1, replicas=2, loss_at=5_000, loss_nodes=1)

    assert (world.state.evictions, world.state.held, world.state.held_pending) == (1, 2, 0)


def test_after_the_session_lost_placeholders_do_not(played: Played) -> None:
    world = played(warm_nodes=2, replicas=3, loss_at=5_000, loss_nodes=1, minimum_until=2_000)

    assert (world.state.new_nodes, world.state.held, world.state.held_pending) == (0, 0, 0)


def test_a_node_is_lost_before_it_is_ready_and_replaced_at_once(told: Told) -> None:
    waits, causes, summary = told([0], warm_nodes=1, lead=1_000, loss_at=5_000, loss_nodes=1)

    # The loop that the loss starts asks for another, which takes the slot of the one lost; that
    # one's own minute, which would have ended at 59 s, makes nothing Ready.
    assert waits == [5_000 + 20 + 60_000 + 30_000]
    assert causes == [effects.FOR_NODE]
    assert (summary[engine.NEW_NODES], summary[engine.MOST_NODES]) == (1, 1)
    assert summary[engine.NODE_TIME] == 6_000 + 90_000


def test_nodes_taken_before_they_are_ready_serve_nobody(told: Told) -> None:
    waits, causes, summary = told([0], reclaim_mean=2_000, horizon=1_000_000)

    assert (waits, causes) == ([1_000_000], [effects.NOT_SERVED])
    assert (summary[engine.UNSERVED], summary[engine.MOST_NODES]) == (1, 1)
    assert summary[engine.NEW_NODES] > 50


def test_warm_spot_nodes_live_from_the_first_arrival(make: Make) -> None:
    world = make(warm_nodes=200, max_nodes=200, reclaim_mean=1_000_000)
    engine.warm_up(world)

    lives = [world.nodes[index].dies for index in range(200)]
    assert min(lives) >= 0
    assert sum(lives) / 200 == pytest.approx(1_000_000, rel=0.2)
    kinds = [heap.kind_of(event) for event in world.heap[: world.state.events].tolist()]
    assert kinds.count(heap.LOST) == 200


def test_warm_spot_nodes_asked_for_live_from_then(make: Make) -> None:
    world = make(warm_nodes=200, max_nodes=200, reclaim_mean=1_000, lead=120_000)
    engine.warm_up(world)

    lives = [world.nodes[index].dies + 120_000 for index in range(200)]
    assert 0 <= min(lives) < max(lives) < 20_000
    assert sum(lives) / 200 == pytest.approx(1_000, rel=0.2)


@pytest.mark.parametrize("lead", [-1, 300_000])
def test_warm_spot_nodes_are_taken_and_replaced(played: Played, lead: int) -> None:
    world = played([0], warm_nodes=3, reclaim_mean=1_000_000, lead=lead, horizon=10**7)

    assert world.state.new_nodes >= 5
    assert (world.state.arrived, world.state.served) == (1, 1)


def test_who_loses_a_node_and_never_gets_another_is_not_served(told: Told) -> None:
    waits, causes, summary = told(
        [0] * 3, warm_nodes=1, max_nodes=1, loss_at=100_000, loss_nodes=1, boot_p50=10.0**8
    )

    # What counts is the wait since the loss until the end of the run.
    assert waits == [4 * 3_600_000 - 100_000] * 3
    assert causes == [effects.NOT_SERVED] * 3
    assert summary[engine.UNSERVED] == 3


def test_a_start_lost_with_its_node_counts_among_the_parts_of_the_wait(played: Played) -> None:
    person = played([0], warm_nodes=2, loss_at=5_000, loss_nodes=1, pod_start=10_000).people[0]

    assert person.waited == 15_000
    parts = (person.at_hub, person.for_node, person.for_bind, person.for_start)
    assert parts == (0, 0, 0, 5_000 + 10_000)


def test_a_bind_lost_with_its_node_counts_as_one(played: Played) -> None:
    world = played(
        [0] * 2, warm_nodes=2, loss_at=5_000, loss_nodes=1, bind_burst=0, bind_cost=20_000_000
    )
    person = world.people[1]

    # Granted for 20 s, and after the loss for 60 s, when the first has been bound again.
    assert (person.bound, person.waited) == (60_000, 60_000)
    parts = (person.at_hub, person.for_node, person.for_bind, person.for_start)
    assert parts == (0, 0, 5_000 + 55_000, 0)


def test_spot_nodes_are_taken_and_replaced(played: Played) -> None:
    world = played([0], reclaim_mean=1_000_000, horizon=10**7)

    assert 4 <= world.state.new_nodes <= 16
    assert world.state.most_nodes == 1
    assert (world.state.arrived, world.state.served) == (1, 1)
