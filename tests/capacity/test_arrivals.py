"""Users coming in, replayed against warm seats and new nodes."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capacity.arrivals import Arrivals, Outcome, Pool, rate_rule, replay

pools = st.builds(
    lambda per_node, nodes, shape, boot, pull, free, packing: Pool(
        seats_per_node=per_node,
        held=nodes * (per_node // shape) * shape if shape <= per_node else 0,
        free=free,
        shape=shape,
        boot=boot,
        pull=pull,
        packing=packing,
    ),
    per_node=st.integers(min_value=1, max_value=30),
    nodes=st.integers(min_value=0, max_value=8),
    shape=st.integers(min_value=1, max_value=30),
    boot=st.integers(min_value=0, max_value=600),
    pull=st.integers(min_value=0, max_value=600),
    free=st.integers(min_value=0, max_value=30),
    packing=st.booleans(),
)
arrivals = st.builds(
    Arrivals,
    users=st.integers(min_value=1, max_value=120),
    within=st.integers(min_value=1, max_value=1_800),
)


def test_a_wait_of_exactly_the_limit_is_none() -> None:
    pool = Pool(seats_per_node=1, held=0, shape=1, boot=0, pull=0)
    assert replay(Arrivals(users=5, within=11), pool, 10).waiting == 0
    assert replay(Arrivals(users=5, within=11), pool, 9).waiting == 5


@pytest.mark.parametrize(
    ("users", "within", "seconds", "most"),
    [
        (60, 180, 60, 20),
        (60, 180, 61, 21),
        (60, 180, 180, 60),
        (60, 180, 600, 60),
        (60, 180, 0, 1),
        (60, 180, 0.1, 1),
        (450, 10, 0.1, 5),
        (1_000, 1, 0.1, 100),
        (3, 1_800, 0.1, 1),
    ],
)
def test_the_peak_is_the_most_within_any_span(
    users: int, within: int, seconds: float, most: int
) -> None:
    assert Arrivals(users=users, within=within).peak(seconds) == most


@settings(deadline=None)
@given(arrivals, st.integers(min_value=1, max_value=2_000))
def test_the_peak_agrees_with_counting(even: Arrivals, seconds: int) -> None:
    times = [Fraction(user * even.within, even.users) for user in range(even.users)]
    assert even.peak(seconds) == sum(time < seconds for time in times)


@pytest.mark.parametrize(
    ("users", "within", "node_ready", "expected"),
    [(60, 180, 600, 60), (240, 720, 600, 200), (100, 999, 100, 11), (1, 1_800, 1, 1)],
)
def test_the_rate_rule_is_at_most_all_users_and_rounded_up(
    users: int, within: int, node_ready: int, expected: int
) -> None:
    assert rate_rule(Arrivals(users=users, within=within), node_ready) == expected


@pytest.mark.parametrize(
    ("users", "waiting", "permille"), [(3, 0, 0), (3, 1, 334), (3, 3, 1_000), (240, 72, 300)]
)
def test_a_waiting_share_is_rounded_up(users: int, waiting: int, permille: int) -> None:
    outcome = Outcome(users=users, waiting=waiting, evictions=0, new_nodes=0)
    assert outcome.waiting_permille == permille


# Four users, a second apart; a node is there 10 s (scan) + 20 s after it is asked for and
# its image 30 s later: 60 s for the first of each node, 59 s for the second.
@pytest.mark.parametrize(("limit", "waiting"), [(58, 4), (59, 2), (60, 0)])
def test_without_warm_seats_users_fill_new_nodes(limit: int, waiting: int) -> None:
    pool = Pool(seats_per_node=2, held=0, shape=1, boot=20, pull=30)
    assert replay(Arrivals(users=4, within=4), pool, limit) == Outcome(
        users=4, waiting=waiting, evictions=0, new_nodes=2
    )


def test_free_seats_are_taken_before_any_placeholder_is_preempted() -> None:
    pool = Pool(seats_per_node=8, held=4, free=4, shape=1, boot=600, pull=600)
    assert replay(Arrivals(users=4, within=4), pool, 0) == Outcome(
        users=4, waiting=0, evictions=0, new_nodes=0
    )


def test_a_preempted_placeholder_leaves_its_other_seats_to_the_next() -> None:
    pool = Pool(seats_per_node=4, held=4, shape=4, boot=600, pull=600)
    assert replay(Arrivals(users=4, within=4), pool, 0) == Outcome(
        users=4, waiting=0, evictions=1, new_nodes=1
    )


# The first user preempts at 0 s. The placeholder waits for a node that is Ready at 52 s
# with its image at 112 s, and is preempted there at 100 s.
@pytest.mark.parametrize(("limit", "waiting"), [(11, 1), (12, 0)])
def test_a_placeholder_that_moved_is_preempted_again_before_its_image_is_there(
    limit: int, waiting: int
) -> None:
    pool = Pool(seats_per_node=1, held=1, shape=1, boot=42, pull=60)
    assert replay(Arrivals(users=2, within=200), pool, limit) == Outcome(
        users=2, waiting=waiting, evictions=2, new_nodes=2
    )


def test_a_node_counts_from_the_second_in_which_it_is_ready() -> None:
    # The second user comes at 52 s, as the node does; the image is there at 112 s.
    pool = Pool(seats_per_node=1, held=1, shape=1, boot=42, pull=60)
    assert replay(Arrivals(users=2, within=104), pool, 59) == Outcome(
        users=2, waiting=1, evictions=2, new_nodes=2
    )
    assert replay(Arrivals(users=2, within=104), pool, 60).waiting == 0


# As before, with one seat of the new node free beside the placeholder that came back.
def test_a_free_seat_of_a_new_node_is_taken_though_its_image_is_not_there() -> None:
    pool = Pool(seats_per_node=2, held=1, shape=1, boot=42, pull=60)
    assert replay(Arrivals(users=2, within=200), pool, 11) == Outcome(
        users=2, waiting=1, evictions=1, new_nodes=1
    )


# At 100 s a packing scheduler fills the warm node, a spreading one the new node whose
# image is there at 112 s.
@pytest.mark.parametrize(("packing", "waiting"), [(True, 0), (False, 1)])
def test_spreading_sends_users_to_a_cold_node_while_a_warm_seat_is_free(
    packing: bool,  # noqa: FBT001 - a table's column
    waiting: int,
) -> None:
    pool = Pool(seats_per_node=3, held=2, shape=2, boot=42, pull=60, packing=packing)
    assert replay(Arrivals(users=2, within=200), pool, 11) == Outcome(
        users=2, waiting=waiting, evictions=1, new_nodes=1
    )


def test_a_scheduler_packs_unless_it_is_said_to_spread() -> None:
    assert Pool(seats_per_node=3, held=2, shape=2, boot=42, pull=60).packing


def test_a_new_node_whose_image_is_there_costs_no_wait() -> None:
    pool = Pool(seats_per_node=2, held=1, shape=1, boot=42, pull=60)
    assert replay(Arrivals(users=2, within=224), pool, 0).waiting == 0


def test_placeholders_bigger_than_a_node_never_come_back() -> None:
    # Each of five preempted seats needs two nodes of three, which stay empty of them.
    pool = Pool(seats_per_node=3, held=5, shape=5, boot=0, pull=0)
    assert replay(Arrivals(users=6, within=600), pool, 0) == Outcome(
        users=6, waiting=0, evictions=1, new_nodes=2
    )


def test_users_pass_over_new_nodes_that_are_full() -> None:
    # Every user fills a node that the next one finds full, beside a placeholder elsewhere.
    pool = Pool(seats_per_node=1, held=1, shape=1, boot=10, pull=0)
    assert replay(Arrivals(users=4, within=400), pool, 0) == Outcome(
        users=4, waiting=0, evictions=4, new_nodes=4
    )


@settings(deadline=None)
@given(arrivals, pools, st.integers(min_value=0, max_value=600))
def test_nobody_waits_twice_and_nobody_is_lost(even: Arrivals, pool: Pool, limit: int) -> None:
    outcome = replay(even, pool, limit)
    assert outcome.users == even.users
    assert 0 <= outcome.waiting <= even.users - min(even.users, pool.free)
    assert outcome.evictions <= even.users
    # A scan of 10 s, a boot and a pull are the longest wait, give or take a second.
    assert replay(even, pool, 11 + pool.boot + pool.pull).waiting == 0


@settings(deadline=None)
@given(arrivals, pools, st.integers(min_value=0, max_value=600))
def test_a_longer_limit_never_makes_more_users_wait(even: Arrivals, pool: Pool, limit: int) -> None:
    assert replay(even, pool, limit + 30).waiting <= replay(even, pool, limit).waiting


@settings(deadline=None)
@given(arrivals, pools)
def test_enough_free_seats_leave_placeholders_alone(even: Arrivals, pool: Pool) -> None:
    roomy = Pool(
        seats_per_node=pool.seats_per_node,
        held=pool.held,
        free=even.users,
        shape=pool.shape,
        boot=pool.boot,
        pull=pool.pull,
    )
    assert replay(even, roomy, 0) == Outcome(users=even.users, waiting=0, evictions=0, new_nodes=0)
