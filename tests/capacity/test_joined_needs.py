"""The needs of several events as one, whatever their order."""

from dataclasses import replace
from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capacity.crowds import Bell, Cohort, Cohorts, Stay, Uniform, last_arrival
from capacity.joined_needs import at_once, largest
from capacity.needs import Need
from capacity.packing import Seat

GIB = 2**30
WORKSHOP = Need(
    users=200,
    seat=Seat(memory=2 * GIB, cpu=1000),
    within=600,
    every_seat_warm=False,
    waiting_permille=300,
    wait_limit=60,
    node_ready=600,
    image_pull=64,
    fewest_per_node=4,
    arrive=Bell(600),
    show_up_permille=900,
    stay=Stay(seconds=7200, until_end=True, cull=4800),
    ends=12_000,
    lead=1620,
)
EXAM = Need(
    users=25,
    seat=Seat(memory=4 * GIB, cpu=500),
    within=300,
    every_seat_warm=True,
    waiting_permille=0,
    wait_limit=120,
    node_ready=240,
    image_pull=256,
    fewest_per_node=2,
    stay=Stay(seconds=10_800, until_end=True, cull=1800),
    ends=12_600,
    lead=1000,
)


def test_one_need_is_itself() -> None:
    assert at_once([EXAM]) is EXAM
    assert largest([EXAM]) is EXAM
    assert largest([EXAM, replace(EXAM)]) == EXAM


@pytest.mark.parametrize("needs", list(permutations([WORKSHOP, EXAM])))
def test_the_largest_need_is_at_least_each_and_comes_as_most_people_do(
    needs: tuple[Need, ...],
) -> None:
    assert largest(needs) == Need(
        users=200,
        seat=Seat(memory=4 * GIB, cpu=1000),
        within=600,
        every_seat_warm=True,
        waiting_permille=0,
        wait_limit=60,
        node_ready=600,
        image_pull=256,
        fewest_per_node=2,
        arrive=Bell(600),
        show_up_permille=900,
        stay=Stay(seconds=10_800, until_end=True, cull=1800),
        ends=12_600,
        lead=1620,
    )


@pytest.mark.parametrize("needs", list(permutations([WORKSHOP, EXAM])))
def test_people_who_are_there_at_once_add_up_and_each_come_in_their_own_way(
    needs: tuple[Need, ...],
) -> None:
    assert at_once(needs) == replace(
        largest(needs),
        users=225,
        # The exam says nothing of how people come: evenly in its five minutes.
        arrive=Cohorts((Cohort(200, Bell(600)), Cohort(25, Uniform(300)))),
        within=600,
        # 180 of 200, and all of 25: 911.1 in a thousand, rounded up.
        show_up_permille=912,
    )


def test_those_who_stay_for_good_stay_longest() -> None:
    endless = replace(EXAM, ends=None, stay=None)

    assert largest([WORKSHOP, endless]).ends is None
    assert largest([endless, replace(endless, users=1)]).ends is None
    assert largest([WORKSHOP, endless]).stay == WORKSHOP.stay
    assert largest([endless, replace(endless, users=1)]).stay is None


def test_of_stays_as_long_the_same_one_counts_in_any_order() -> None:
    stays = [Stay(seconds=7200, cull=60), Stay(seconds=7200, cull=60, until_end=True)]
    needs = [replace(EXAM, stay=stay) for stay in stays]

    assert largest(needs) == largest(needs[::-1])


STAYS = st.none() | st.builds(
    Stay,
    seconds=st.integers(60, 120),
    until_end=st.booleans(),
    cull=st.sampled_from([60, 120]),
    logs_out_permille=st.sampled_from([0, 500]),
)
NEEDS = st.builds(
    Need,
    users=st.integers(1, 40),
    seat=st.builds(Seat, memory=st.integers(1, 3), cpu=st.integers(1, 3)),
    within=st.integers(1, 4),
    every_seat_warm=st.booleans(),
    waiting_permille=st.integers(0, 4),
    wait_limit=st.integers(1, 4),
    node_ready=st.integers(1, 4),
    image_pull=st.integers(0, 4),
    fewest_per_node=st.integers(1, 4),
    arrive=st.none() | st.builds(Uniform, st.integers(1, 4)) | st.builds(Bell, st.integers(1, 4)),
    show_up_permille=st.integers(1, 1000),
    stay=STAYS,
    ends=st.none() | st.integers(1, 4),
    lead=st.integers(0, 4),
)


@given(st.lists(NEEDS, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_needs_decides_nothing(needs: list[Need], random: Random) -> None:
    shuffled = list(needs)
    random.shuffle(shuffled)

    assert largest(shuffled) == largest(needs)
    assert at_once(shuffled) == at_once(needs)


@given(st.lists(NEEDS, min_size=1, max_size=4))
def test_a_joined_need_asks_for_at_least_as_much_as_each(needs: list[Need]) -> None:
    for found in (largest(needs), at_once(needs)):
        for need in needs:
            assert found.users >= need.users
            assert found.seat.memory >= need.seat.memory
            assert found.seat.cpu >= need.seat.cpu
            assert found.every_seat_warm >= need.every_seat_warm
            assert found.waiting_permille <= need.waiting_permille
            assert found.wait_limit <= need.wait_limit
            assert found.node_ready >= need.node_ready
            assert found.image_pull >= need.image_pull
            assert found.lead >= need.lead
            assert found.ends is None or (need.ends is not None and found.ends >= need.ends)
            assert not need.stay or (found.stay and found.stay.seconds >= need.stay.seconds)


@given(st.lists(NEEDS, min_size=1, max_size=4))
def test_people_at_once_are_all_of_them_within_the_time_of_the_slowest(needs: list[Need]) -> None:
    found = at_once(needs)
    shapes = [(need, need.arrive or Uniform(need.within)) for need in needs]

    assert found.users == sum(need.users for need in needs)
    if len(needs) > 1:
        assert found.within == max(last_arrival(shape, need.users) for need, shape in shapes)
    everybody = sum(need.users * need.show_up_permille for need in needs)
    assert (
        found.users * (found.show_up_permille - 1)
        < everybody
        <= (found.users * found.show_up_permille)
    )
