"""When the autoscaler's loop runs, what it sees and how many nodes it asks for."""

from collections.abc import Callable

import pytest

from capacity.simulation import autoscaler, waiting
from capacity.simulation.layout import NEVER, World

Make = Callable[..., World]


def _wanted(world: World, *, known: int, users: int, held: int, coming: int) -> int:
    return autoscaler.nodes_wanted(world.rules, known, users, held, coming)


@pytest.mark.parametrize(
    ("users", "coming", "wanted"),
    [(0, 0, 0), (1, 0, 1), (4, 0, 1), (5, 0, 2), (5, 1, 1), (8, 2, 0), (5, 3, 0)],
)
def test_users_fill_nodes_that_are_coming_first(
    make: Make, users: int, coming: int, wanted: int
) -> None:
    assert _wanted(make(), known=1, users=users, held=0, coming=coming) == wanted


@pytest.mark.parametrize(
    ("held", "coming", "wanted"), [(1, 0, 1), (2, 0, 1), (3, 0, 2), (3, 1, 1), (4, 2, 0)]
)
def test_placeholders_have_nodes_added(make: Make, held: int, coming: int, wanted: int) -> None:
    assert _wanted(make(), known=1, users=0, held=held, coming=coming) == wanted


@pytest.mark.parametrize(
    ("users", "held", "coming", "wanted"),
    [
        (2, 1, 0, 1),
        (2, 2, 0, 2),
        (3, 1, 0, 2),
        (4, 1, 0, 2),
        (4, 1, 1, 1),
        (4, 2, 2, 0),
        (4, 3, 2, 1),
        (6, 3, 1, 2),
        (6, 3, 2, 1),
    ],
)
def test_placeholders_take_what_users_leave(
    make: Make, users: int, held: int, coming: int, wanted: int
) -> None:
    assert _wanted(make(), known=1, users=users, held=held, coming=coming) == wanted


def test_small_placeholders_find_room_on_full_nodes(make: Make) -> None:
    world = make(node_cpu=45, node_memory=450, held_cpu=5, held_memory=50)

    # One beside four users, nine on an empty node.
    assert _wanted(world, known=1, users=8, held=2, coming=0) == 2
    assert _wanted(world, known=1, users=8, held=3, coming=0) == 3
    assert _wanted(world, known=1, users=8, held=11, coming=0) == 3
    assert _wanted(world, known=1, users=8, held=12, coming=0) == 4


@pytest.mark.parametrize(
    "rules",
    [{"template_cpu": 1}, {"template_memory": 1}, {"template_cpu": 1, "template_memory": 1}],
)
def test_an_unknown_node_has_less_room(make: Make, rules: dict[str, int]) -> None:
    world = make(held_cpu=40, held_memory=400, **rules)

    assert _wanted(world, known=1, users=4, held=0, coming=0) == 1
    assert _wanted(world, known=0, users=4, held=0, coming=0) == 2
    assert _wanted(world, known=1, users=0, held=2, coming=0) == 2
    assert _wanted(world, known=0, users=0, held=2, coming=0) == 0
    assert _wanted(world, known=0, users=3, held=2, coming=0) == 1


def test_users_that_fit_no_node_have_none_added(make: Make) -> None:
    world = make(seat_cpu=41)

    assert _wanted(world, known=1, users=9, held=0, coming=0) == 0
    assert _wanted(world, known=1, users=9, held=3, coming=0) == 2


def test_a_template_without_room_adds_nothing(make: Make) -> None:
    world = make(template_cpu=50)

    assert _wanted(world, known=0, users=9, held=9, coming=0) == 0


def test_pod_slots_limit_nodes(make: Make) -> None:
    world = make(node_pods=2, seat_cpu=0, seat_memory=0, held_cpu=0, held_memory=0)

    assert _wanted(world, known=1, users=5, held=0, coming=0) == 3
    assert _wanted(world, known=1, users=5, held=1, coming=0) == 3
    assert _wanted(world, known=1, users=5, held=2, coming=0) == 4


def test_a_mark_starts_a_loop_at_once(make: Make) -> None:
    world = make()
    autoscaler.mark(world, 1_000, 0)
    assert world.state.loop_at == 1_020

    autoscaler.mark(world, 1_010, 0)
    assert world.state.loop_at == 1_020


def test_a_loop_ends_before_the_next_begins(make: Make) -> None:
    world = make()
    world.state.loop_free = 5_000

    autoscaler.wake(world, 1_000)

    assert world.state.loop_at == 5_000


def test_a_fresh_mark_is_not_seen_until_it_is_50_ms_old(make: Make) -> None:
    world = make()
    world.state.held_pending = 3
    autoscaler.mark(world, 1_000, 0)

    # Two of the three placeholders are seen: one node holds two.
    assert autoscaler.loop(world, 1_050) == 1
    assert autoscaler.loop(world, 1_051) == 2


def test_three_of_ten_marks_of_users_are_seen_at_once(make: Make) -> None:
    world = make()
    for _ in range(60):
        autoscaler.mark(world, 1_000, 1)

    assert 33 <= world.state.fresh_last <= 51


def test_only_the_last_64_marks_are_remembered(make: Make) -> None:
    world = make(max_nodes=100, held_cpu=40, held_memory=400)
    world.state.held_pending = 80
    for _ in range(80):
        autoscaler.mark(world, 1_000, 0)

    assert (world.state.fresh_first, world.state.fresh_last) == (16, 80)
    assert autoscaler.loop(world, 1_000) == 16
    assert autoscaler.loop(world, 1_051) == 80


def test_marks_of_users_and_placeholders_hide_their_own_kind(make: Make) -> None:
    world = make([0] * 5, seed=2)
    for user in range(5):
        waiting.join(world, user, 0)
    world.state.held_pending = 1
    autoscaler.mark(world, 1_000, 0)

    # Five users on two nodes; the placeholder would find room there anyway.
    assert autoscaler.loop(world, 1_000) == 2
    world.state.held_pending = 3
    assert autoscaler.loop(world, 1_000) == 3


def test_a_loop_that_adds_runs_again_after_a_tenth_of_a_second(make: Make) -> None:
    world = make([0])
    waiting.join(world, 0, 0)

    assert autoscaler.loop(world, 2_000) == 1
    assert (world.state.loop_free, world.state.loop_at) == (2_100, 2_100)


def test_without_a_known_node_the_loop_goes_on(make: Make) -> None:
    world = make(scan=10_000)

    assert autoscaler.loop(world, 2_000) == 0
    assert (world.state.loop_free, world.state.loop_at) == (2_000, 12_000)


@pytest.mark.parametrize(("now", "known"), [(60_000, 0), (60_001, 1)])
def test_a_template_is_a_real_nodes_once_it_was_ready_for_a_minute(
    make: Make, now: int, known: int
) -> None:
    world = make(up=1)

    assert autoscaler.loop(world, now) == 0
    assert world.state.template_known == known
    assert world.state.loop_at == (NEVER if known else now + world.rules.scan)


def test_a_known_template_stays_known(make: Make) -> None:
    world = make()
    world.state.template_known = 1
    autoscaler.mark(world, 1_000, 0)

    assert autoscaler.loop(world, 1_020) == 0
    assert world.state.loop_at == 11_020
    assert autoscaler.loop(world, 11_020) == 0
    assert world.state.loop_at == NEVER


def test_nodes_on_their_way_are_counted(make: Make) -> None:
    world = make([0] * 5, up=2)
    for user in range(5):
        waiting.join(world, user, 0)
    world.nodes[0].is_ready = 0

    assert autoscaler.loop(world, 1_000) == 1


def test_at_the_most_nodes_everybody_waiting_is_short_of_room(make: Make) -> None:
    world = make([0] * 6, up=2, max_nodes=3)
    for user in range(5):
        waiting.join(world, user, 0)

    assert autoscaler.loop(world, 1_000) == 1
    assert [world.people[user].no_room for user in range(6)] == [1, 1, 1, 1, 1, 0]

    world.state.nodes = 3
    assert autoscaler.loop(world, 1_000) == 0


def test_below_the_most_nodes_nobody_is(make: Make) -> None:
    world = make([0], up=2, max_nodes=3)
    waiting.join(world, 0, 0)

    assert autoscaler.loop(world, 1_000) == 1
    assert world.people[0].no_room == 0
