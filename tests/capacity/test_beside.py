"""Where pods that are no user's find room, and which seats they take."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capacity.allocatable import Allocatable
from capacity.beside import Pod, packed, seats_taken, spread, too_large, total
from capacity.nodes import Node, Requests, declared_node
from capacity.packing import Seat, seats_per_node
from capacity.quantities import GIB

SEAT = Seat(memory=2 * GIB, cpu=500)


def node_of(memory: int, cpu: int = 4_000, pods: int = 110) -> Node:
    """Return a node with so many GiB."""
    return declared_node("own", Allocatable(memory=memory * GIB, cpu=cpu, pods=pods))


def pods_of(*sizes: int, cpu: int = 0) -> list[Pod]:
    """Return pods of so many GiB each, in this order."""
    return [Pod(name=str(at), memory=size * GIB, cpu=cpu) for at, size in enumerate(sizes)]


def taken(*nodes: tuple[int, int], cpu: int = 0) -> list[Requests]:
    """Return what is taken of nodes, by GiB and pods."""
    return [Requests(memory=gib * GIB, cpu=cpu * pods, pods=pods) for gib, pods in nodes]


def test_pods_ask_for_the_sum_of_their_requests_and_a_slot_each() -> None:
    assert total([]) == Requests(memory=0, cpu=0, pods=0)
    assert total(pods_of(1, 2, cpu=50)) == Requests(memory=3 * GIB, cpu=100, pods=2)


def test_pods_are_packed_on_the_first_node_with_room_the_largest_first() -> None:
    assert packed(node_of(8), pods_of(3, 1, 5, 4, 2)) == taken((8, 2), (7, 3))
    assert packed(node_of(8), []) == []


@pytest.mark.parametrize(
    ("node", "nodes"),
    [
        (node_of(8, cpu=300), taken((3, 3), cpu=100)),
        (node_of(8, cpu=299), taken((2, 2), (1, 1), cpu=100)),
        (node_of(8, pods=2), taken((2, 2), (1, 1), cpu=100)),
        # Too small for any of them: one for each.
        (node_of(8, cpu=99), taken((1, 1), (1, 1), (1, 1), cpu=100)),
    ],
)
def test_pods_need_memory_cpu_and_a_slot(node: Node, nodes: Sequence[Requests]) -> None:
    assert packed(node, pods_of(1, 1, 1, cpu=100)) == nodes


def test_pods_are_spread_to_the_emptiest_node_the_largest_first() -> None:
    assert spread(3, pods_of(1, 1, 4, 2)) == taken((4, 1), (2, 1), (2, 2))
    assert spread(2, []) == taken((0, 0), (0, 0))


@pytest.mark.parametrize(
    ("node", "name"),
    [
        (node_of(5), None),
        (node_of(4), "1"),
        (node_of(2), "1"),
        (node_of(5, cpu=9), "1"),
        (node_of(5, cpu=10), None),
        (node_of(5, pods=0), "1"),
    ],
)
def test_the_largest_pod_that_fits_no_node_is_told(node: Node, name: str | None) -> None:
    found = too_large(node, pods_of(3, 5, 4, cpu=10))

    assert (found and found.name) == name


@pytest.mark.parametrize(
    ("memory", "count", "sizes", "seats"),
    [
        (8, 4, [], 0),
        # Packed on one node, two seats; spread over four, one of each.
        (8, 4, [1, 1, 1, 1], 4),
        (8, 2, [1, 1, 1, 1], 2),
        # Room for no further seat is free anyway: spread they take none, packed they do.
        (9, 4, [1, 1, 1, 1], 2),
        (9, 1, [1], 0),
        # Never more than there are.
        (8, 2, [8, 8, 8], 8),
        (1, 3, [1], 0),
    ],
)
def test_seats_are_gone_where_other_pods_are(
    memory: int, count: int, sizes: list[int], seats: int
) -> None:
    assert seats_taken(node_of(memory), count, pods_of(*sizes), SEAT) == seats


def test_cpu_and_slots_of_other_pods_take_seats_too() -> None:
    by_cpu = node_of(80, cpu=4_000)
    assert seats_taken(by_cpu, 2, pods_of(1, cpu=501), SEAT) == 2
    by_slots = node_of(80, pods=5)
    assert seats_taken(by_slots, 2, pods_of(1, 1, 1), SEAT) == 3


sizes = st.lists(st.integers(min_value=1, max_value=6), max_size=9)


@given(memory=st.integers(min_value=6, max_value=40), count=st.integers(1, 9), sizes=sizes)
def test_users_and_other_pods_never_ask_for_more_than_there_is(
    memory: int, count: int, sizes: list[int]
) -> None:
    node, pods = node_of(memory), pods_of(*sizes)
    every = seats_per_node(node, SEAT).seats * count

    gone = seats_taken(node, count, pods, SEAT)

    assert 0 <= gone <= every
    if len(packed(node, pods)) <= count:
        assert (every - gone) * SEAT.memory + total(pods).memory <= count * node.memory


@given(memory=st.integers(min_value=6, max_value=40), sizes=sizes, data=st.data())
def test_the_order_of_pods_changes_nothing(
    memory: int, sizes: list[int], data: st.DataObject
) -> None:
    node, pods = node_of(memory), pods_of(*sizes)
    other = data.draw(st.permutations(pods))

    assert packed(node, other) == packed(node, pods)
    assert spread(3, other) == spread(3, pods)
