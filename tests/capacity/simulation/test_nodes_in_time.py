"""Nodes over a session: warm, added, idle, switched off."""

from collections.abc import Callable

import pytest

from capacity.simulation import effects, engine
from capacity.simulation.layout import World

Make = Callable[..., World]
Played = Callable[..., World]
Told = Callable[..., tuple[list[int], list[int], list[int]]]


def test_warm_nodes_are_there_with_their_images(told: Told) -> None:
    assert told([0] * 8, warm_nodes=2, pre_puller=0)[0] == [0] * 8


def test_nodes_asked_for_in_time_are_as_good(told: Told) -> None:
    waits, _, summary = told(
        [0] * 4, warm_nodes=1, lead=120_000, minimum_until=300_000, leaves=[300_000] * 4
    )

    assert waits == [0] * 4
    assert summary[engine.NODE_TIME] == 120_000 + 300_000 + 600_000


def test_a_lead_too_short_is_felt(told: Told) -> None:
    waits, causes, summary = told([0] * 3, warm_nodes=1, lead=20_000)

    assert waits == [70_000] * 3
    assert causes == [effects.FOR_NODE] * 3
    assert summary[engine.NEW_NODES] == 0


def test_who_was_there_before_takes_seats(told: Told) -> None:
    assert told([0] * 3, warm_nodes=2, users_before=6, seed=2)[0] == [0, 0, 90_020]


@pytest.mark.parametrize(("before", "seats"), [(0, 8), (5, 3), (8, 0), (9, 0)])
def test_no_more_are_seated_before_than_fit(played: Played, before: int, seats: int) -> None:
    world = played(warm_nodes=2, users_before=before)

    assert sum(world.nodes[index].memory for index in range(2)) == 100 * seats
    assert sum(world.nodes[index].seated for index in range(2)) == 8 - seats


def test_those_before_fill_pod_slots_too(played: Played) -> None:
    world = played(warm_nodes=2, users_before=9, node_pods=3)

    assert [world.nodes[index].seated for index in range(2)] == [3, 3]


def test_placeholders_that_find_no_room_have_nodes_added(played: Played) -> None:
    world = played(warm_nodes=1, replicas=3)

    assert (world.state.new_nodes, world.state.held, world.state.held_pending) == (1, 3, 0)


def test_an_evicted_placeholder_comes_back_on_a_new_node(played: Played) -> None:
    world = played([0] * 3, warm_nodes=1, replicas=2)

    assert (world.state.evictions, world.state.new_nodes) == (2, 1)
    assert (world.state.held, world.state.held_pending) == (2, 0)


def test_a_new_node_goes_when_its_users_are_gone(told: Told) -> None:
    _, _, summary = told([0] * 5, warm_nodes=1, leaves=[200_000] * 5, seed=2)

    assert summary[engine.MOST_NODES] == 2
    # Added at 20 ms, idle from 200 s, gone ten minutes later; the minimum stays until the end.
    assert summary[engine.NODE_TIME] == (800_000 - 20) + 800_000
    assert summary[engine.ENDED] == 800_000


def test_settings_off_let_nodes_and_placeholders_go(told: Told, played: Played) -> None:
    rules = {"warm_nodes": 2, "replicas": 3, "minimum_until": 50_000}
    world = played(**rules)

    assert (world.state.held, world.state.held_pending, world.state.nodes) == (0, 0, 0)
    assert world.state.minimum == 0
    assert told(**rules)[2] == [0, 0, 2 * 650_000, 2, 0, 0, 0]


def test_settings_off_leave_users_where_they_are(told: Told) -> None:
    _, _, summary = told(
        [0], warm_nodes=2, replicas=3, minimum_until=50_000, leaves=[900_000], max_nodes=2
    )

    assert summary[engine.NODE_TIME] == 650_000 + 1_500_000


def test_settings_off_reach_nodes_that_are_still_coming(told: Told) -> None:
    _, _, summary = told(warm_nodes=1, lead=10_000, minimum_until=1_000)

    assert summary[engine.NODE_TIME] == 10_000 + 50_000 + 600_000


def test_those_seated_before_go_at_settings_off(make: Make, told: Told) -> None:
    rules = {"warm_nodes": 2, "users_before": 6, "minimum_until": 50_000}
    world = make([0], **rules)
    engine.warm_up(world)
    effects.ask(world, 0, 0)
    effects.settings_off(world, 50_000)

    rooms = [(it.cpu, it.memory, it.pods, it.seated, it.before) for it in world.nodes]
    assert rooms == [(40, 400, 10, 0, 0), (30, 300, 9, 1, 0), (0, 0, 0, 0, 0)]
    assert told(**rules)[2][engine.NODE_TIME] == 2 * 650_000
    # The one with a user goes ten minutes after that user.
    summary = told([0], **rules, leaves=[900_000])[2]
    assert summary[engine.NODE_TIME] == 650_000 + 1_500_000


def test_without_stays_a_run_ends_with_the_last_server(told: Told) -> None:
    waits, _, summary = told([0] * 5, warm_nodes=1, seed=2)

    assert waits == [0, 0, 0, 0, 90_020]
    assert summary[engine.ENDED] == 90_020
    assert summary[engine.NODE_TIME] == 90_020 + (90_020 - 20)


def test_with_stays_it_ends_with_the_last_seat_where_a_minimum_stays(told: Told) -> None:
    _, _, summary = told([0, 0], warm_nodes=1, leaves=[20_000, 30_000])

    assert (summary[engine.ENDED], summary[engine.NODE_TIME]) == (30_000, 30_000)


def test_with_stays_it_ends_with_the_last_node_where_none_does(told: Told) -> None:
    _, _, summary = told([0, 0], warm_nodes=1, leaves=[20_000, 30_000], minimum_until=25_000)

    assert (summary[engine.ENDED], summary[engine.NODE_TIME]) == (630_000, 630_000)


def test_placeholders_going_at_settings_off_do_not_come_back(played: Played) -> None:
    world = played([0], warm_nodes=1, replicas=2, minimum_until=20)

    assert (world.state.evictions, world.state.held, world.state.held_pending) == (1, 0, 0)
    assert (world.nodes[0].cpu, world.nodes[0].memory, world.nodes[0].pods) == (30, 300, 9)


def test_samples_tell_who_came_and_what_was_there(played: Played) -> None:
    world = played([0, 50_000, 100_000], warm_nodes=1, replicas=1, sample_every=40_000)

    # Arrived, served, Ready, coming, placeholders at 0, 40, 80 and 120 s.
    assert world.samples.tolist() == [
        [1, 1, 1, 0, 1],
        [1, 1, 1, 0, 1],
        [2, 2, 1, 0, 1],
        [3, 3, 1, 1, 0],
    ]
