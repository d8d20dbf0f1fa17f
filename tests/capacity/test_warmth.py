"""How many seats must be warm before people come, and how they are held."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capacity.allocatable import Allocatable
from capacity.arrivals import Arrivals, Outcome
from capacity.machine_choice import Alternative, fixed, offer_of
from capacity.needs import Held, Need, Offer
from capacity.nodes import declared_node
from capacity.packing import Seat
from capacity.placeholders import Promise, Shape, shapes
from capacity.quantities import GIB
from capacity.warmth import Warmth, arrivals_of, fewest, held_per_node, on_own_nodes, outcome

# A user every 10 s; a node that is asked for at once is Ready when the last has come.
NEED = Need(
    users=40,
    seat=Seat(memory=GIB, cpu=400),
    within=400,
    every_seat_warm=False,
    waiting_permille=300,
    wait_limit=5,
    node_ready=590,
    image_pull=60,
)


def _chosen(need: Need, per_node: int, template_cpu: int | None = None) -> Alternative:
    node = declared_node(
        "own",
        Allocatable(memory=per_node * need.seat.memory, cpu=per_node * need.seat.cpu, pods=200),
    )
    if template_cpu is not None:
        node = replace(node, template_cpu=template_cpu)
    return fixed(need, Offer(node=node))


def _best(need: Need, per_node: int, nodes: int) -> Shape:
    promise = Promise(
        held=min(nodes * per_node, need.users),
        per_node=per_node,
        seats_per_node=per_node,
        arrivals=Arrivals(users=need.users, within=need.within),
        boot=need.node_ready,
        pull=need.image_pull,
        wait_limit=need.wait_limit,
    )
    return shapes(promise)[0]


needs = st.builds(
    lambda users, within, permille, limit, ready, pull: replace(
        NEED,
        users=users,
        within=within,
        waiting_permille=permille,
        wait_limit=limit,
        node_ready=ready,
        image_pull=pull,
    ),
    users=st.integers(min_value=1, max_value=80),
    within=st.sampled_from([1, 10, 60, 300, 900, 1_800]),
    permille=st.sampled_from([0, 50, 100, 300, 500, 1_000]),
    limit=st.sampled_from([1, 5, 60]),
    ready=st.sampled_from([20, 42, 300, 600]),
    pull=st.sampled_from([1, 60, 256]),
)


def test_an_events_users_come_evenly_within_its_span() -> None:
    assert arrivals_of(NEED) == Arrivals(users=40, within=400)


@pytest.mark.parametrize(
    ("template_cpu", "held"), [(None, 8), (3_200, 8), (3_199, 7), (400, 1), (399, 1), (0, 1)]
)
def test_placeholders_hold_what_node_and_template_allow_but_one_seat_at_least(
    template_cpu: int | None, held: int
) -> None:
    assert held_per_node(NEED, _chosen(NEED, 8, template_cpu)) == held


def test_the_fewest_warm_nodes_within_the_bound_are_kept() -> None:
    # All who find none of the 8 seats of a warm node wait: 16 of 40 with three, 8 with four.
    four = Shape(seats=8, replicas=4, waiting=8, burst_lost=0, evictions=4)
    found = fewest(NEED, _chosen(NEED, 8))
    assert [_best(NEED, 8, nodes).waiting for nodes in (1, 2, 3, 4, 5)] == [32, 24, 16, 8, 0]
    assert found == Warmth(
        seats=32,
        nodes=4,
        shape=four,
        tried=(
            four,
            Shape(seats=4, replicas=8, waiting=8, burst_lost=0, evictions=8),
            Shape(seats=2, replicas=16, waiting=8, burst_lost=0, evictions=16),
            Shape(seats=1, replicas=32, waiting=8, burst_lost=0, evictions=32),
        ),
        outcome=Outcome(users=40, waiting=8, evictions=4, new_nodes=4),
    )


@pytest.mark.parametrize(
    ("permille", "nodes"),
    [(1_000, 1), (800, 1), (799, 2), (600, 2), (599, 3), (200, 4), (199, 5), (0, 5)],
)
def test_the_bound_itself_is_allowed(permille: int, nodes: int) -> None:
    need = replace(NEED, waiting_permille=permille)
    assert fewest(need, _chosen(need, 8)).nodes == nodes


def test_an_exam_has_every_seat_warm_though_fewer_would_do() -> None:
    exam = replace(NEED, every_seat_warm=True, waiting_permille=1_000, users=42)
    found = fewest(exam, _chosen(exam, 8))
    assert (found.seats, found.nodes, found.outcome.waiting) == (56, 7, 0)


def test_an_exam_has_more_nodes_where_the_template_holds_fewer_seats() -> None:
    exam = replace(NEED, every_seat_warm=True, waiting_permille=0, users=42)
    found = fewest(exam, _chosen(exam, 8, 3_199))
    assert (found.seats, found.nodes) == (49, 7)
    found = fewest(replace(exam, users=48), _chosen(exam, 8, 3_199))
    assert (found.seats, found.nodes) == (56, 8)


def test_never_more_seats_are_held_than_users_come() -> None:
    few = replace(NEED, users=3)
    found = fewest(few, _chosen(few, 8))
    assert (found.seats, found.nodes) == (3, 1)
    assert found.held(few) == Held(replicas=1, pod=Seat(memory=3 * GIB, cpu=1_200), seats=3)


def test_placeholders_ask_what_their_seats_ask_together() -> None:
    shape = Shape(seats=7, replicas=24, waiting=72, burst_lost=0, evictions=24)
    seen = Outcome(users=240, waiting=72, evictions=24, new_nodes=24)
    warmth = Warmth(seats=168, nodes=24, shape=shape, tried=(shape,), outcome=seen)
    assert warmth.held(NEED) == Held(replicas=24, pod=Seat(memory=7 * GIB, cpu=2_800), seats=7)


@settings(max_examples=50, deadline=None)
@given(needs, st.integers(min_value=1, max_value=20))
def test_warm_nodes_are_the_fewest_and_keep_the_bound(need: Need, per_node: int) -> None:
    found = fewest(need, _chosen(need, per_node))

    def holds(waiting: int) -> bool:
        return waiting * 1_000 <= need.waiting_permille * need.users

    assert holds(found.outcome.waiting)
    assert found.outcome.waiting == found.shape.waiting
    assert found.seats == min(found.nodes * per_node, need.users)
    for fewer in range(1, found.nodes):
        assert not holds(_best(need, per_node, fewer).waiting)


def test_given_placeholders_are_replayed_as_they_are() -> None:
    held = Held(replicas=2, pod=Seat(memory=8 * GIB, cpu=3_200), seats=8)
    # The two nodes that the placeholders ask for hold 16 of the 24 others, a third the rest.
    assert outcome(NEED, _chosen(NEED, 8), held) == Outcome(
        users=40, waiting=24, evictions=2, new_nodes=3
    )


def test_placeholders_too_small_for_a_seat_hold_none() -> None:
    held = Held(replicas=50, pod=Seat(memory=1, cpu=1), seats=0)
    none = Held(replicas=0, pod=Seat(memory=GIB, cpu=400), seats=1)
    chosen = _chosen(NEED, 8)
    assert outcome(NEED, chosen, held) == outcome(NEED, chosen, none)
    assert outcome(NEED, chosen, held).evictions == 0


def test_placeholders_too_big_for_a_node_hold_none() -> None:
    held = Held(replicas=2, pod=Seat(memory=9 * GIB, cpu=3_600), seats=9)
    assert outcome(NEED, _chosen(NEED, 8), held) == Outcome(
        users=40, waiting=40, evictions=0, new_nodes=5
    )


@pytest.mark.parametrize(("seats", "waiting"), [(0, 40), (39, 1), (40, 0), (41, 0)])
def test_on_own_nodes_all_who_find_no_seat_wait(seats: int, waiting: int) -> None:
    assert on_own_nodes(NEED, seats) == Outcome(users=40, waiting=waiting, evictions=0, new_nodes=0)


def test_nobody_waits_in_an_exam_though_nodes_have_odd_seats_that_nothing_holds() -> None:
    # n2-highmem-4 has room for one seat more than the autoscaler's template admits.
    need = replace(
        NEED,
        users=20,
        seat=Seat(memory=GIB // 2, cpu=415),
        within=160,
        every_seat_warm=True,
        waiting_permille=0,
        wait_limit=60,
        node_ready=20,
        image_pull=600,
    )
    chosen = fixed(need, offer_of("n2-highmem-4", "us-central1"))
    assert (chosen.seats.seats, held_per_node(need, chosen)) == (8, 7)

    found = fewest(need, chosen)
    assert (found.nodes, found.outcome.waiting) == (4, 0)


def test_a_bound_that_cannot_be_kept_ends_at_twice_the_nodes() -> None:
    need = replace(NEED, waiting_permille=0, wait_limit=-1)

    found = fewest(need, _chosen(need, 8))
    assert found.nodes == 2 * -(-need.users // 8)
    assert found.outcome.waiting == need.users
