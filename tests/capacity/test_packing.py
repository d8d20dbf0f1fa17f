"""How many seats or placeholders fit a node, and how many nodes they force."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capacity.allocatable import Allocatable
from capacity.nodes import Node, declared_node
from capacity.packing import (
    Limit,
    Seat,
    SeatsPerNode,
    explain_seats,
    nodes_forced,
    per_node,
    seats_per_node,
)
from capacity.quantities import GIB

OWN = declared_node("own", Allocatable(memory=16 * GIB, cpu=4_000, pods=10))
nodes = st.builds(
    lambda memory, cpu, pods: declared_node("own", Allocatable(memory=memory, cpu=cpu, pods=pods)),
    memory=st.integers(min_value=0, max_value=2**40),
    cpu=st.integers(min_value=0, max_value=100_000),
    pods=st.integers(min_value=0, max_value=250),
)
seats = st.builds(
    Seat,
    memory=st.integers(min_value=1, max_value=2**36),
    cpu=st.integers(min_value=0, max_value=8_000),
)


def test_several_seats_ask_as_much_as_all_of_them() -> None:
    assert Seat(memory=3, cpu=50).times(7) == Seat(memory=21, cpu=350)


@pytest.mark.parametrize(
    ("memory", "cpu", "by_memory", "by_cpu", "limited_by"),
    [
        (4 * GIB, 500, 4, 8, "memory"),
        (2 * GIB, 1_000, 8, 4, "CPU"),
        (GIB, 250, 16, 16, "pod slots"),
        # What runs out first when all run out at once is memory, then CPU.
        (16 * GIB // 10, 400, 10, 10, "memory"),
        (GIB, 400, 16, 10, "CPU"),
        (17 * GIB, 100, 0, 40, "memory"),
        (GIB, 4_001, 16, 0, "CPU"),
        # A seat without CPU is limited by the others.
        (4 * GIB, 0, 4, 10, "memory"),
        (GIB, 0, 16, 10, "pod slots"),
    ],
)
def test_what_runs_out_first_decides(
    memory: int, cpu: int, by_memory: int, by_cpu: int, limited_by: Limit
) -> None:
    assert seats_per_node(OWN, Seat(memory=memory, cpu=cpu)) == SeatsPerNode(
        seats=min(by_memory, by_cpu, 10),
        by_memory=by_memory,
        by_cpu=by_cpu,
        by_pods=10,
        limited_by=limited_by,
    )


def test_seats_are_explained_by_each_resource() -> None:
    seat = Seat(memory=3 * GIB, cpu=600)
    assert explain_seats(OWN, seat, seats_per_node(OWN, seat)) == (
        "16.00 GiB / 3.00 GiB = 5 by memory, 4 / 0.6 = 6 by CPU, 10 pod slots; "
        "memory runs out first"
    )


@settings(deadline=None)
@given(nodes, seats)
def test_the_seats_fit_and_one_more_does_not(node: Node, seat: Seat) -> None:
    found = seats_per_node(node, seat)

    def fits(count: int) -> bool:
        asked = seat.times(count)
        return asked.memory <= node.memory and asked.cpu <= node.cpu and count <= node.pods

    assert fits(found.seats)
    assert not fits(found.seats + 1)
    assert found.seats == min(found.by_memory, found.by_cpu, found.by_pods)


@pytest.mark.parametrize(
    ("pod", "template_cpu", "fit"),
    [
        (Seat(memory=4 * GIB, cpu=500), 4_000, 4),
        (Seat(memory=GIB, cpu=500), 4_000, 8),
        # The autoscaler's template has less CPU than the node.
        (Seat(memory=GIB, cpu=500), 3_900, 7),
        (Seat(memory=GIB, cpu=0), 0, 10),
        (Seat(memory=GIB, cpu=100), 3_900, 10),
        (Seat(memory=17 * GIB, cpu=100), 3_900, 0),
    ],
)
def test_a_placeholder_must_fit_node_and_template(pod: Seat, template_cpu: int, fit: int) -> None:
    assert per_node(replace(OWN, template_cpu=template_cpu), pod) == fit


@pytest.mark.parametrize(("replicas", "forced"), [(0, 0), (1, 1), (4, 1), (5, 2), (8, 2), (9, 3)])
def test_placeholders_force_the_nodes_they_fill(replicas: int, forced: int) -> None:
    assert nodes_forced(OWN, Seat(memory=4 * GIB, cpu=100), replicas) == forced


def test_placeholders_bigger_than_a_node_force_none() -> None:
    assert nodes_forced(OWN, Seat(memory=17 * GIB, cpu=100), 5) == 0


@settings(deadline=None)
@given(nodes, seats, st.integers(min_value=0, max_value=1_000))
def test_forced_nodes_hold_all_placeholders_and_one_fewer_does_not(
    node: Node, pod: Seat, replicas: int
) -> None:
    fits, forced = per_node(node, pod), nodes_forced(node, pod, replicas)
    if fits:
        assert (forced - 1) * fits < replicas <= forced * fits
    else:
        assert forced == 0
