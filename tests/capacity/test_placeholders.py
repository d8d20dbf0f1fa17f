"""Which shape of placeholder holds seats ready best."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capacity.arrivals import Arrivals, Outcome
from capacity.placeholders import Promise, Shape, explain, replay_shape, shape_of, shapes

EVEN = Promise(
    held=10,
    per_node=7,
    seats_per_node=8,
    arrivals=Arrivals(users=20, within=200),
    boot=42,
    pull=60,
    wait_limit=5,
)
# 100 users in a second: ten come within the tenth of a second that one preemption takes.
BURST = replace(EVEN, held=32, per_node=8, seats_per_node=8, arrivals=Arrivals(users=100, within=1))
promises = st.builds(
    lambda held, per_node, beside, users, within, packing: Promise(
        held=held,
        per_node=per_node,
        seats_per_node=per_node + beside,
        arrivals=Arrivals(users=users, within=within),
        boot=60,
        pull=60,
        wait_limit=5,
        packing=packing,
    ),
    held=st.integers(min_value=1, max_value=80),
    per_node=st.integers(min_value=1, max_value=64),
    beside=st.integers(min_value=0, max_value=3),
    users=st.integers(min_value=1, max_value=80),
    within=st.integers(min_value=1, max_value=600),
    packing=st.booleans(),
)


def test_a_scheduler_packs_unless_it_is_said_to_spread() -> None:
    assert EVEN.packing


@pytest.mark.parametrize(
    ("held", "per_node", "sizes"),
    [
        (64, 64, [1, 8, 16, 32, 64]),
        (32, 64, [1, 8, 16, 32]),
        (5, 64, [1, 5]),
        (20, 13, [1, 3, 6, 13]),
        (14, 7, [1, 3, 7]),
        (3, 2, [1, 2]),
        (3, 1, [1]),
        (1, 40, [1]),
    ],
)
def test_one_seat_and_an_eighth_to_all_of_a_node_are_tried(
    held: int, per_node: int, sizes: list[int]
) -> None:
    tried = shapes(replace(EVEN, held=held, per_node=per_node, seats_per_node=per_node))
    assert sorted(shape.seats for shape in tried) == sizes


@pytest.mark.parametrize(
    ("seats", "replicas"),
    [
        # One full node of seven and three seats more.
        (1, 10),
        # Two of three seats leave one seat of the full node unheld.
        (3, 3),
        (7, 2),
    ],
)
def test_replicas_hold_whole_nodes_and_the_rest_rounded_up(seats: int, replicas: int) -> None:
    assert shape_of(EVEN, seats).replicas == replicas


def test_the_shape_with_which_fewest_wait_comes_first() -> None:
    assert shapes(EVEN) == [
        Shape(seats=7, replicas=2, waiting=2, burst_lost=0, evictions=3),
        Shape(seats=3, replicas=3, waiting=4, burst_lost=0, evictions=5),
        Shape(seats=1, replicas=10, waiting=4, burst_lost=0, evictions=15),
    ]


def test_a_burst_decides_between_shapes_that_make_as_many_wait() -> None:
    assert shapes(BURST) == [
        Shape(seats=1, replicas=32, waiting=68, burst_lost=0, evictions=32),
        # Ten users empty ten placeholders where five, three or two would seat them.
        Shape(seats=2, replicas=16, waiting=68, burst_lost=10, evictions=16),
        Shape(seats=4, replicas=8, waiting=68, burst_lost=28, evictions=8),
        Shape(seats=8, replicas=4, waiting=68, burst_lost=64, evictions=4),
    ]


def test_waiting_counts_before_a_burst_and_a_burst_before_evictions() -> None:
    shape = Shape(seats=4, replicas=8, waiting=3, burst_lost=2, evictions=1)
    assert shape.cost == (3, 2, 1)


def test_a_full_node_that_placeholders_do_not_fill_has_free_seats() -> None:
    # Of eight seats, two placeholders of three hold six: two are free, and 3 + 2 + 4 = 9
    # users are seated before the second placeholder of the full node is needed.
    promise = replace(EVEN, held=7, arrivals=Arrivals(users=9, within=9), wait_limit=0)
    assert replay_shape(promise, 3) == Outcome(users=9, waiting=1, evictions=2, new_nodes=1)
    assert replay_shape(replace(promise, seats_per_node=9), 3).waiting == 0


def test_a_choice_is_explained_by_what_the_others_do() -> None:
    tried = shapes(BURST)
    assert explain(tried[0], tried) == (
        "32 of 1 seats: 68 wait, 32 evicted ("
        "16 of 2: 68 wait, 16 evicted, 10 seats lost to a burst; "
        "8 of 4: 68 wait, 8 evicted, 28 seats lost to a burst; "
        "4 of 8: 68 wait, 4 evicted, 64 seats lost to a burst)"
    )


def test_a_choice_without_others_needs_no_comparison() -> None:
    # Each of the last ten preempts 12 s before the image is on the placeholder's new node.
    tried = shapes(replace(EVEN, per_node=1, seats_per_node=1))
    assert explain(tried[0], tried) == "10 of 1 seats: 10 wait, 20 evicted"


@settings(max_examples=50, deadline=None)
@given(promises)
def test_every_shape_holds_what_is_promised_and_the_best_is_first(promise: Promise) -> None:
    tried = shapes(promise)
    on_full_nodes = promise.held // promise.per_node * promise.per_node
    for shape in tried:
        slack = promise.held // promise.per_node * (promise.per_node % shape.seats)
        assert shape == shape_of(promise, shape.seats)
        assert shape.replicas * shape.seats + slack >= promise.held
        assert (shape.replicas - 1) * shape.seats + slack < promise.held
        assert slack <= on_full_nodes
        assert shape.waiting == replay_shape(promise, shape.seats).waiting
    assert tried[0].cost == min(shape.cost for shape in tried)
    assert len({shape.seats for shape in tried}) == len(tried)
