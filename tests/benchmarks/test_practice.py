"""What an event costs when the checklist is followed by hand."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from benchmarks.practice import ByHand, practice, seats_by_halving
from benchmarks.scenarios import Event
from capacity.allocatable import Allocatable
from capacity.nodes import declared_node
from capacity.packing import Seat
from capacity.quantities import GIB

Make = Callable[..., Event]

NODE = declared_node("own", Allocatable(memory=32 * GIB, cpu=4_000, pods=80))


@pytest.mark.parametrize(
    ("memory", "cpu", "seats"),
    [
        (GIB, 100, 32),
        (GIB + 1, 100, 16),
        (GIB, 126, 16),
        (4 * GIB, 500, 8),
        (17 * GIB, 100, 1),
        (40 * GIB, 100, 1),
        (GIB // 8, 1, 64),
        (4 * GIB, 0, 8),
    ],
)
def test_a_node_is_halved_as_long_as_the_parts_hold_a_seat(
    memory: int, cpu: int, seats: int
) -> None:
    assert seats_by_halving(NODE, Seat(memory=memory, cpu=cpu)) == seats


def test_a_node_is_not_halved_beyond_its_pod_slots() -> None:
    assert seats_by_halving(replace(NODE, pods=31), Seat(memory=GIB, cpu=100)) == 16


def test_one_day_is_worked_out_by_hand(make: Make) -> None:
    # An eighth of 28310651944 bytes is 3.29 GiB, less than 3.4: four seats, three nodes for
    # 10 users; 3 x 10.5 h x 262028 micro-dollars.
    assert practice(make()) == ByHand(
        machine_type="n2-highmem-4",
        seats_per_node=4,
        nodes=3,
        node_seconds=3 * 37_800,
        micro_usd=8_253_882,
    )


def test_everybody_invited_counts_however_few_come(make: Make) -> None:
    assert practice(make(showUp="0.1")) == practice(make())


@pytest.mark.parametrize(
    ("days", "by_hand", "hours"),
    [
        (1, {"nodesLeftOnBetweenDays": 2}, 3 * 10.5),
        (3, {}, 3 * 10.5 * 3),
        (3, {"nodesLeftOnBetweenDays": 2}, 3 * 10.5 * 3 + 2 * 13.5 * 2),
        # No more can be left on than there are.
        (2, {"nodesLeftOnBetweenDays": 9}, 3 * 10.5 * 2 + 3 * 13.5),
        # Twelve hours before to fifteen after, two days running: 24 h and 27 h.
        (
            2,
            {
                "hoursBeforeFirstArrival": "12",
                "hoursAfterFirstArrival": "15",
                "nodesLeftOnBetweenDays": 2,
            },
            3 * (24 + 27),
        ),
    ],
)
def test_days_and_the_nights_between_them_are_counted_once(
    make: Make, days: int, by_hand: dict[str, object], hours: float
) -> None:
    found = practice(make(by_hand, days=days))

    assert found.node_seconds == hours * 3_600
    assert found.micro_usd == hours * 262_028


def test_a_type_without_a_price_in_the_region_is_refused(make: Make) -> None:
    with pytest.raises(ValueError, match="small: n2-highmem-4 has no price known in mars-1"):
        practice(make(region="mars-1"))
