"""Making the plan of an event: nodes, warm seats, placeholders, limits."""

from dataclasses import replace

import pytest

from capacity.allocatable import Allocatable
from capacity.arrivals import Outcome
from capacity.machine_choice import Alternative, fixed
from capacity.needs import Held, Need, Offer, Overrides
from capacity.nodes import declared_node
from capacity.packing import Seat
from capacity.plan import make_plan, spawn_limit, start_timeout
from capacity.planned import Plan
from capacity.quantities import GIB

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
EXAM = replace(NEED, every_seat_warm=True, waiting_permille=0)
NODE = declared_node("eight", Allocatable(memory=8 * GIB, cpu=3_200, pods=100))
NONE = Overrides()


def _ranked(need: Need, count: int | None = None) -> list[Alternative]:
    return [fixed(need, Offer(node=NODE, micro_usd_per_hour=250_000, count=count))]


def test_a_workshop_has_room_for_its_users_its_placeholders_and_a_spare_node() -> None:
    ranked = _ranked(NEED)
    plan = make_plan(NEED, ranked, NONE)
    assert plan == Plan(
        chosen=ranked[0],
        alternatives=tuple(ranked),
        warm_nodes=4,
        warm_seats=32,
        max_nodes=10,
        placeholders=Held(replicas=4, pod=Seat(memory=8 * GIB, cpu=3_200), seats=8),
        outcome=Outcome(users=40, waiting=8, evictions=4, new_nodes=4),
        spawn_limit=64,
        start_timeout=975,
        figures=plan.figures,
    )
    assert plan.node is NODE


def test_an_exam_has_every_seat_and_a_spare_node_warm_and_never_a_cold_one() -> None:
    plan = make_plan(EXAM, _ranked(EXAM), NONE)
    assert (plan.warm_nodes, plan.warm_seats, plan.max_nodes) == (6, 40, 6)
    assert plan.placeholders == Held(replicas=6, pod=Seat(memory=8 * GIB, cpu=3_200), seats=8)
    assert plan.outcome == Outcome(users=40, waiting=0, evictions=5, new_nodes=0)


def test_an_exam_with_too_few_warm_nodes_says_who_finds_no_seat() -> None:
    plan = make_plan(EXAM, _ranked(EXAM), Overrides(warm_nodes=3))
    assert plan.outcome == Outcome(users=40, waiting=16, evictions=3, new_nodes=0)


def test_no_more_warm_seats_are_promised_than_users_come() -> None:
    few = replace(EXAM, users=33)
    plan = make_plan(few, _ranked(few), NONE)
    assert (plan.warm_nodes, plan.warm_seats, plan.max_nodes) == (6, 33, 6)


def test_the_first_of_the_ranked_alternatives_is_chosen() -> None:
    bigger = declared_node("sixteen", Allocatable(memory=16 * GIB, cpu=6_400, pods=100))
    ranked = [*_ranked(NEED), fixed(NEED, Offer(node=bigger, micro_usd_per_hour=900_000))]
    plan = make_plan(NEED, ranked, NONE)
    assert plan.chosen is ranked[0]
    assert plan.alternatives == tuple(ranked)


@pytest.mark.parametrize(("warm", "seats"), [(1, 8), (4, 32), (5, 40), (6, 40)])
def test_warm_nodes_of_the_stack_file_are_kept(warm: int, seats: int) -> None:
    plan = make_plan(NEED, _ranked(NEED), Overrides(warm_nodes=warm))
    assert (plan.warm_nodes, plan.warm_seats) == (warm, seats)


def test_a_pool_has_room_for_its_warm_nodes_at_least() -> None:
    assert make_plan(EXAM, _ranked(EXAM), Overrides(warm_nodes=9)).max_nodes == 9


def test_a_pool_is_as_big_as_the_stack_file_says() -> None:
    assert make_plan(NEED, _ranked(NEED), Overrides(max_nodes=7)).max_nodes == 7


def test_placeholders_of_the_stack_file_are_deployed_and_replayed() -> None:
    # Six of two seats fill one and a half nodes: twelve users find a warm seat.
    held = Held(replicas=6, pod=Seat(memory=2 * GIB, cpu=800), seats=2)
    plan = make_plan(NEED, _ranked(NEED), Overrides(placeholders=held))
    assert plan.placeholders == held
    assert plan.outcome == Outcome(users=40, waiting=28, evictions=6, new_nodes=4)
    assert plan.max_nodes == 5 + 2 + 1


@pytest.mark.parametrize(("users", "waiting"), [(24, 0), (25, 1), (40, 16)])
def test_on_own_nodes_nothing_scales(users: int, waiting: int) -> None:
    need = replace(NEED, users=users)
    ranked = _ranked(need, count=3)
    plan = make_plan(need, ranked, NONE)
    assert plan == Plan(
        chosen=ranked[0],
        alternatives=tuple(ranked),
        warm_nodes=3,
        warm_seats=24,
        max_nodes=3,
        placeholders=None,
        outcome=Outcome(users=users, waiting=waiting, evictions=0, new_nodes=0),
        spawn_limit=64,
        start_timeout=975,
        figures=plan.figures,
    )


# 590 s + 60 s: all that come within 650 s may be in flight.
@pytest.mark.parametrize(
    ("users", "within", "limit"),
    [(40, 400, 64), (64, 400, 64), (65, 400, 65), (700, 400, 700), (1_400, 1_300, 700)],
)
def test_the_spawn_limit_admits_all_that_come_while_a_node_starts(
    users: int, within: int, limit: int
) -> None:
    # Source: UC Merced 2025-08-29: 63 pending at the chart's limit of 64, then 429s.
    assert spawn_limit(replace(NEED, users=users, within=within)) == limit


@pytest.mark.parametrize(
    ("ready", "pull", "timeout"),
    [(100, 50, 300), (150, 50, 300), (150, 51, 302), (590, 60, 975), (600, 256, 1_284)],
)
def test_the_start_timeout_outlasts_a_slow_node_and_a_slow_pull(
    ready: int, pull: int, timeout: int
) -> None:
    assert start_timeout(replace(NEED, node_ready=ready, image_pull=pull)) == timeout
