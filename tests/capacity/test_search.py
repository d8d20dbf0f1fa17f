"""Candidates for an event: what they hold, what they cost, how each is tried."""

from dataclasses import replace

import pytest
from needs import USER_A_MINUTE as NEED
from searched import EXAM, HUB, PRICE, nodes_for, offer

from capacity.candidates import (
    Choice,
    held_of,
    held_per_node,
    nodes_for_all,
    scene_of,
    sizes,
    slow,
    vcpus,
)
from capacity.machine_choice import fixed, offer_of
from capacity.needs import Held, Need
from capacity.packing import Seat
from capacity.quantities import GIB
from capacity.scene import Duration, Placeholders, Room, Scene
from capacity.search import Search

SEAT = Seat(memory=GIB, cpu=400)


@pytest.mark.parametrize(
    ("seats", "found"),
    [
        (1, [1]),
        (2, [1, 2]),
        (3, [1, 3]),
        (4, [1, 2, 4]),
        (7, [1, 3, 7]),
        (8, [1, 2, 4, 8]),
        (15, [1, 3, 7, 15]),
        (64, [1, 8, 16, 32, 64]),
    ],
)
def test_placeholders_hold_one_seat_or_a_part_of_a_node(seats: int, found: list[int]) -> None:
    assert sizes(NEED, nodes_for(seats)) == found


@pytest.mark.parametrize(
    ("hidden", "held"), [(0, 4), (1, 3), (400, 3), (401, 2), (1200, 1), (1201, 1), (1600, 1)]
)
def test_placeholders_fit_the_template_and_are_of_one_seat_at_least(hidden: int, held: int) -> None:
    assert held_per_node(NEED, fixed(NEED, offer(4, hidden=hidden))) == held


@pytest.mark.parametrize(
    ("warm", "seats", "replicas"), [(1, 1, 7), (1, 3, 2), (1, 7, 1), (5, 3, 10), (5, 4, 5)]
)
def test_placeholders_fill_the_warm_nodes_as_far_as_they_can(
    warm: int, seats: int, replicas: int
) -> None:
    pod = Seat(memory=seats * GIB, cpu=seats * 400)

    assert held_of(NEED, nodes_for(7), warm, seats) == Held(replicas=replicas, pod=pod, seats=seats)


@pytest.mark.parametrize(("warm", "seats"), [(0, 1), (0, 7), (3, 8)])
def test_nothing_is_held_without_room_for_it(warm: int, seats: int) -> None:
    assert held_of(NEED, nodes_for(7), warm, seats) is None


@pytest.mark.parametrize(
    ("need", "nodes"),
    [
        (NEED, 2),
        (replace(NEED, users=9), 3),
        # One to spare.
        (EXAM, 3),
        (replace(EXAM, users=9), 4),
        # Half as many again where a third of them is lost: 2 / (1 - 0.333), rounded up.
        (replace(NEED, lost_permille=333), 3),
        (replace(EXAM, lost_permille=500), 6),
        (replace(NEED, node_limit=1), 1),
        (replace(NEED, node_limit=2), 2),
        (replace(NEED, node_limit=3), 2),
        (replace(EXAM, lost_permille=500, node_limit=4), 4),
    ],
)
def test_there_may_be_nodes_for_everybody_and_an_exam_has_one_to_spare(
    need: Need, nodes: int
) -> None:
    assert nodes_for_all(need, nodes_for(4, need)) == nodes


@pytest.mark.parametrize(("percent", "p95"), [(100, 20.0), (150, 30.0), (333, 66.6)])
def test_slow_is_told_by_the_95th_percentile(percent: int, p95: float) -> None:
    assert slow(20, percent) == Duration(p50=20, p95=p95)


def test_people_meet_what_was_chosen() -> None:
    need = replace(NEED, slow_percent=150, lost_permille=300, lost_at=120)
    alternative = fixed(need, offer(4, hidden=100))
    held = held_of(need, alternative, 2, 3)
    choice = Choice(alternative=alternative, warm_nodes=2, held=held, max_nodes=3, lead=60)

    assert scene_of(need, choice, HUB) == Scene(
        seat=SEAT,
        room=Room(memory=4 * GIB, cpu=1600, pods=110, template_cpu=100),
        warm_nodes=2,
        max_nodes=3,
        lead=60,
        minimum_until=4200,
        placeholders=Placeholders(replicas=2, pod=Seat(memory=3 * GIB, cpu=1200)),
        hub=HUB,
        node_ready=Duration(p50=100, p95=150),
        image_pull=Duration(p50=20, p95=30),
        # 0.6 of two warm nodes, rounded up.
        lost_nodes=1,
        lost_at=120,
        wait_limit=30,
    )


def test_without_placeholders_nothing_is_held() -> None:
    choice = Choice(alternative=nodes_for(4), warm_nodes=0, held=None, max_nodes=2)
    nothing = Placeholders(replicas=0, pod=Seat(memory=0, cpu=0))

    assert scene_of(NEED, choice, HUB).placeholders == nothing


def test_a_quota_must_allow_the_vcpus_of_the_mostnodes_for() -> None:
    sold = fixed(NEED, offer_of("n2-highmem-4", "us-central1"))
    own = fixed(NEED, replace(offer(4), count=3))

    assert vcpus(Choice(alternative=sold, warm_nodes=1, held=None, max_nodes=7)) == 28
    assert vcpus(Choice(alternative=own, warm_nodes=3, held=None, max_nodes=3)) is None


@pytest.mark.parametrize(
    ("users", "replicas"), [(1, 64), (100, 64), (101, 63), (240, 26), (800, 8), (1_500, 8)]
)
def test_the_more_people_the_fewer_events_are_simulated(users: int, replicas: int) -> None:
    assert Search(replace(NEED, users=users), HUB).replicas == replicas


@pytest.mark.parametrize(
    ("changed", "millis"),
    [
        # 4,200 s each from the first, less 0, 60, 120 ... 420 s.
        ({}, (8 * 4200 - 28 * 60) * 1000),
        ({"show_up_permille": 0}, 0),
        ({"stay": None}, 0),
    ],
)
def test_seats_are_in_use_from_coming_to_culling(changed: dict[str, object], millis: int) -> None:
    assert Search(replace(NEED, **changed), HUB).seat_millis == millis


@pytest.mark.parametrize(
    ("seats", "price", "bound"),
    [(4, PRICE, 7_980_000), (8, PRICE, 3_990_000), (7, 1_000_003, 1_266_670), (4, None, 0)],
)
def test_a_type_costs_at_least_its_seats_while_they_are_used(
    seats: int, price: int | None, bound: int
) -> None:
    # 31,920 seat seconds; rounded down, for what is a bound from below.
    assert Search(NEED, HUB).bound(nodes_for(seats, price=price)) == bound


@pytest.mark.parametrize(
    ("warm", "lead", "micro_usd"),
    [
        # Both nodes: a lead of 900 s, 4,200 s until all are culled, 600 s until they go.
        (2, None, 2 * (900 + 4200 + 600) * 1000),
        # A lead of its own is simulated, and not paid for twice.
        (2, 900, 2 * (900 + 4200 + 600) * 1000),
        (2, 120, 2 * (120 + 4200 + 600) * 1000),
        (2, 0, 2 * (4200 + 600) * 1000),
        # The second is asked for at the second scan, for the first placeholder evicted.
        (1, 0, (2 * (4200 + 600) * 1000) - 10_020),
    ],
)
def test_a_session_costs_its_nodes_from_their_lead_until_the_last_goes(
    warm: int, lead: int | None, micro_usd: int
) -> None:
    option = Search(NEED, HUB).option(nodes_for(4), warm, 4, lead)

    assert option.micro_usd == micro_usd
    assert type(option.micro_usd) is int


def test_a_cost_that_is_no_whole_millionth_is_rounded_up() -> None:
    # 11,400 s at a millionth of a dollar an hour, a third and two thirds more than 3.
    assert Search(NEED, HUB).option(nodes_for(4, price=1), 2, 4, None).micro_usd == 4


def test_without_a_price_node_hours_decide() -> None:
    search = Search(NEED, HUB)
    option = search.option(nodes_for(4, price=None), 2, 4, 120)

    assert option.micro_usd is None
    assert option.proof.node_hours.mean == pytest.approx(9840 / 3600)
    assert option.rank == (False, option.proof.node_hours.mean, 0.0, 2.0)


def test_an_option_within_its_bound_ranks_by_cost_then_waiting_then_evictions() -> None:
    search = Search(NEED, HUB)
    within, out = search.option(nodes_for(4), 1, 4, 0), search.option(nodes_for(4), 0, 4, None)

    assert (within.within_bound, within.rank) == (True, (False, 9_589_980, 0.25, 1.0))
    assert out.rank == (True, 0.5, out.micro_usd, 0.0)
    assert within.rank < out.rank


@pytest.mark.parametrize(("permille", "kept"), [(249, False), (250, True), (251, True)])
def test_a_bound_is_kept_up_to_itself(permille: int, *, kept: bool) -> None:
    search = Search(replace(NEED, waiting_permille=permille), HUB)

    assert search.option(nodes_for(4), 1, 4, 0).within_bound == kept


def test_who_waits_for_others_to_leave_is_out_of_every_bound() -> None:
    need = replace(NEED, waiting_permille=1000, node_limit=1)

    option = Search(need, HUB).option(nodes_for(4), 1, 1, None)
    assert option.proof.waiting_permille == 500
    assert (option.proof.causes["maxNodes"], option.within_bound) == (0.5, False)


def test_types_with_as_many_seats_are_simulated_once_and_priced_each() -> None:
    search = Search(NEED, HUB)

    usual = search.option(nodes_for(4), 2, 4, None)
    dearer = search.option(nodes_for(4, price=2 * PRICE + 1), 2, 4, None)
    own = search.option(nodes_for(4, price=None), 2, 4, None)
    assert len(search.tried) == 1
    assert usual.proof is dearer.proof is own.proof
    # 11,400,000 ms at 2 + 1 / 3,600,000 millionths of a dollar, rounded up.
    assert (usual.micro_usd, dearer.micro_usd) == (11_400_000, 22_800_004)
    assert dearer.choice.alternative.offer.micro_usd_per_hour == 2 * PRICE + 1


@pytest.mark.parametrize(
    ("seats", "warm", "size", "lead"),
    [(8, 1, 4, None), (4, 2, 4, None), (4, 1, 2, None), (4, 1, 4, 0)],
)
def test_what_differs_in_seats_warm_nodes_size_or_lead_is_simulated(
    seats: int, warm: int, size: int, lead: int | None
) -> None:
    search = Search(NEED, HUB)

    search.option(nodes_for(4), 1, 4, None)
    search.option(nodes_for(seats), warm, size, lead)
    assert len(search.tried) == 2
