"""What one user or a few meet on their way to a server, to the millisecond.

A node boots for 60 s and pulls its image for 30 s; four users fit it. Seed 1 has the
autoscaler's first loop miss the pod that started it, as seven of ten do; seed 2 has it seen.
"""

from collections.abc import Callable

import pytest

from capacity.simulation import effects, engine
from capacity.simulation.layout import NEVER, World

Told = Callable[..., tuple[list[int], list[int], list[int]]]


def _restarts(told: Told, *args: object, **rules: float) -> int:
    return told(*args, **rules)[2][engine.RESTARTS]


def test_a_warm_seat_is_there_at_once(told: Told) -> None:
    waits, causes, summary = told([0, 5, NEVER], warm_nodes=1)

    assert waits == [0, 0, -1]
    assert causes == [effects.FOR_START, effects.FOR_START, effects.NOT_SERVED]
    assert summary == [0, 0, 5, 1, 0, 0, 5]


@pytest.mark.parametrize(("seed", "loop"), [(1, 10_020), (2, 20)])
def test_a_cold_seat_takes_a_loop_a_boot_and_a_pull(told: Told, seed: int, loop: int) -> None:
    waits, causes, summary = told([0], seed=seed)

    assert waits == [loop + 60_000 + 30_000]
    assert causes == [effects.FOR_NODE]
    assert summary[engine.NEW_NODES] == 1


def test_a_server_starts_after_its_image_is_there(told: Told) -> None:
    waits, causes, _ = told([0], seed=2, pod_start=5_000, pull_p50=70_000.0)

    assert waits == [20 + 60_000 + 70_000 + 5_000]
    assert causes == [effects.FOR_START]


def test_binds_take_turns_when_the_burst_is_used_up(told: Told) -> None:
    waits, causes, _ = told([0] * 4, warm_nodes=1, bind_burst=0)

    assert waits == [0, 20, 40, 60]
    assert causes == [effects.FOR_START] + [effects.FOR_BIND] * 3


def test_who_preempts_waits_for_the_eviction(told: Told) -> None:
    waits, causes, summary = told([0] * 5, warm_nodes=2, replicas=4, max_nodes=5)

    assert waits == [50] * 5
    assert causes == [effects.FOR_BIND] * 5
    assert summary[engine.EVICTIONS] == 3


def test_the_spawn_limit_turns_users_away(told: Told) -> None:
    waits, causes, _ = told([0] * 3, warm_nodes=1, spawn_limit=2, pod_start=10_000)

    assert waits[:2] == [10_000, 10_000]
    assert 40_000 <= waits[2] < 70_000
    assert causes == [effects.FOR_START, effects.FOR_START, effects.AT_HUB]


def test_a_start_that_waits_for_a_node_too_long_is_made_again(told: Told) -> None:
    waits, causes, summary = told([0], start_timeout=50_000)

    assert 80_000 <= waits[0] < 140_000
    assert causes == [effects.FOR_NODE]
    assert (summary[engine.RESTARTS], summary[engine.NEW_NODES]) == (1, 1)


def test_a_start_that_waits_for_an_image_too_long_frees_its_seat(told: Told) -> None:
    waits, _, summary = told(
        [0, 0, 0, 0, 75_000], seed=2, start_timeout=89_000, max_nodes=1, horizon=110_000
    )

    assert summary[engine.RESTARTS] == 4
    # The first four give up at 89 s; a second later their image would have been there.
    assert waits[4] == 90_020 - 75_000


def test_a_start_that_just_makes_it_is_no_failure(told: Told) -> None:
    assert told([0], seed=2, start_timeout=90_021)[0] == [90_020]
    assert _restarts(told, [0], seed=2, start_timeout=90_021) == 0
    assert _restarts(told, [0], seed=2, start_timeout=90_019) == 1


def test_a_server_that_is_ready_as_its_start_times_out_is_ready_once(
    told: Told, played: Callable[..., World]
) -> None:
    waits, _, summary = told([0], seed=2, start_timeout=90_020)
    state = played([0], seed=2, start_timeout=90_020).state

    assert (waits, summary[engine.RESTARTS], summary[engine.UNSERVED]) == ([90_020], 0, 0)
    assert (state.served, state.spawning, state.failures) == (1, 0, 0)


def test_a_start_given_up_before_it_is_bound_has_not_started(played: Callable[..., World]) -> None:
    world = played([0, 0], warm_nodes=1, bind_burst=0, bind_cost=50_000_000, start_timeout=30_000)
    person = world.people[1]

    # Granted for 50 s and given up at 30 s; bound at once when asking again.
    assert person.restarts == 1
    again = person.admitted - 30_000
    assert 30_000 <= again < 60_000
    parts = (person.at_hub, person.for_node, person.for_bind, person.for_start)
    assert parts == (0, 0, 30_000 + person.bound - person.placed, again)
    assert sum(parts) == person.waited


def test_failures_in_a_row_take_the_hub_down_for_all(told: Told) -> None:
    waits, _, summary = told(
        [0] * 6, max_nodes=2, start_timeout=30_000, failure_limit=3, hub_restart=300_000
    )

    assert waits == [330_000] * 6
    assert summary[engine.RESTARTS] == 6


def test_a_success_ends_a_row_of_failures(told: Told) -> None:
    rules = {"warm_nodes": 1, "start_timeout": 30_000, "hub_restart": 10**6, "failure_limit": 2}
    # Four find a seat; one fails at 30 s; a seat is left and taken at 35 s; one fails at 40 s.
    arrivals, leaves = [0, 0, 0, 0, 0, 10_000, 35_000], [34_000] + [NEVER] * 6

    waits, _, _ = told(arrivals, leaves=leaves, max_nodes=1, **rules)

    assert waits[6] > 0
    assert max(waits) > 10**6


def test_each_image_is_pulled_by_its_first_server(told: Told) -> None:
    waits, _, _ = told([0, 0, 0, 0], seed=2, pre_puller=0, images=2, max_nodes=1)

    assert sorted(waits) == [90_020, 90_020, 90_020, 120_020]


def test_a_seat_that_is_left_goes_to_who_waits(told: Told) -> None:
    waits, _, summary = told(
        [0] * 5, warm_nodes=1, max_nodes=1, leaves=[20_000, *[NEVER] * 4], pod_start=1_000
    )

    assert waits == [1_000, 1_000, 1_000, 1_000, 21_000]
    assert summary[engine.NEW_NODES] == 0


def test_who_wants_to_leave_before_the_server_is_there_leaves_then(told: Told) -> None:
    waits, _, summary = told([0], seed=2, leaves=[1_000])

    assert waits == [90_020]
    # The node goes ten minutes after.
    assert summary[engine.ENDED] == 690_020


def test_at_the_most_nodes_people_wait_for_a_seat_to_be_left(told: Told) -> None:
    waits, causes, summary = told(
        [0] * 5, warm_nodes=1, max_nodes=1, leaves=[300_000] * 5, pod_start=0
    )

    assert waits == [0, 0, 0, 0, 300_000]
    assert causes[4] == effects.NO_ROOM
    assert summary[engine.UNSERVED] == 0


def test_who_is_never_served_waits_until_the_end(told: Told) -> None:
    waits, causes, summary = told([0] * 4 + [1_000], warm_nodes=1, max_nodes=1, horizon=500_000)

    assert waits == [0, 0, 0, 0, 499_000]
    assert causes[4] == effects.NO_ROOM
    assert summary[engine.UNSERVED] == 1


def test_who_is_bound_too_late_is_not_served_either(told: Told) -> None:
    waits, causes, summary = told([0, 3_000], pull_p50=10.0**6, horizon=500_000)

    assert waits == [500_000, 497_000]
    assert causes == [effects.NOT_SERVED] * 2
    assert summary[engine.UNSERVED] == 2
