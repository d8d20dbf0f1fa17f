"""The least that an event can cost."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.clairvoyant import (
    Bound,
    bound,
    cheapest_per_seat,
    clairvoyant,
    node_seconds,
)
from benchmarks.scenarios import Event, Seconds, events
from capacity.machine_choice import NoMachineError, offers_in
from capacity.packing import seats_per_node

Make = Callable[..., Event]


def _times(*times: int) -> Seconds:
    return np.array(times, dtype=np.int64)


@pytest.mark.parametrize(
    ("arrivals", "departures", "per_node", "spent"),
    [
        # One seat for 10 s.
        (_times(5), _times(15), 4, 10),
        # Two seats on one node: from 0 to 20.
        (_times(0, 10), _times(10, 20), 2, 20),
        # One seat handed over at 10 needs no second node.
        (_times(0, 10), _times(10, 20), 1, 20),
        # 1, 2, 3, 2, 1 seats for 10 s each, two per node: 1 + 1 + 2 + 1 + 1 nodes.
        (_times(0, 10, 20), _times(30, 40, 50), 2, 60),
        # Nobody between two days.
        (_times(0, 100), _times(10, 110), 4, 20),
        # Three at the same second, one per node.
        (_times(0, 0, 0), _times(7, 7, 8), 1, 22),
    ],
)
def test_there_are_as_many_nodes_as_the_seats_in_use_need(
    arrivals: Seconds, departures: Seconds, per_node: int, spent: int
) -> None:
    assert node_seconds(arrivals, departures, per_node) == spent


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 200), st.integers(1, 100)), min_size=1, max_size=30),
    st.integers(1, 8),
)
def test_nodes_are_counted_as_second_by_second(stays: list[tuple[int, int]], per_node: int) -> None:
    arrivals = _times(*(start for start, _ in stays))
    departures = _times(*(start + length for start, length in stays))
    counted = sum(
        -(-sum(start <= now < start + length for start, length in stays) // per_node)
        for now in range(301)
    )
    assert node_seconds(arrivals, departures, per_node) == counted


def test_a_bound_is_worked_out_by_hand(make: Make) -> None:
    # 33 seats of 3.4 GiB on an e2-highmem-16 at 0.723197 dollars: all 10 on one node, from
    # 0 to 1810 s: 1810 x 723197 / 3600 = 363607.38, rounded up.
    event = make()
    arrivals, departures = _times(*range(10)), _times(*range(1_801, 1_811))
    assert bound(event, arrivals, departures) == Bound(
        machine_type="e2-highmem-16", seats_per_node=33, node_seconds=1_810, micro_usd=363_608
    )


@pytest.mark.parametrize("name", ["guide-workshop", "icesat2", "small-private", "weekly-class"])
def test_no_type_that_the_rule_allows_is_cheaper_per_seat(name: str) -> None:
    event = events()[name]
    chosen = cheapest_per_seat(event)

    assert chosen.offer.micro_usd_per_hour
    for offer in offers_in(event.cloud, event.region):
        found = seats_per_node(offer.node, event.asked)
        allowed = event.users_per_node_min <= found.seats <= 100
        if allowed and found.limited_by != "pod slots":
            assert offer.micro_usd_per_hour
            assert (
                chosen.offer.micro_usd_per_hour * found.seats
                <= offer.micro_usd_per_hour * chosen.seats.seats
            )


def test_an_exam_and_a_workshop_of_the_same_size_have_the_same_bound(make: Make) -> None:
    assert clairvoyant(make(waitBound="0.0"), 1) == clairvoyant(make(), 1)


def test_a_seat_that_no_node_holds_has_no_bound(make: Make) -> None:
    with pytest.raises(NoMachineError, match=r"a seat of 9000\.00 GiB and 0\.4 CPU is larger"):
        clairvoyant(make(seat={"memoryGi": "9000", "cpu": "0.4"}), 1)
