"""Sizes to offer on a node: N per node, halving, or of a given memory."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capacity.allocatable import Allocatable
from capacity.choices import Choice, halving, of_memory, profile, resources, share, slug
from capacity.nodes import Node, declared_node
from capacity.packing import Seat, seats_per_node
from capacity.quantities import GIB, MIB

OWN = declared_node("own", Allocatable(memory=16 * GIB, cpu=3_900, pods=60))
nodes = st.builds(
    lambda memory, cpu, pods: declared_node("own", Allocatable(memory=memory, cpu=cpu, pods=pods)),
    memory=st.integers(min_value=64 * MIB, max_value=2**40),
    cpu=st.integers(min_value=0, max_value=100_000),
    pods=st.integers(min_value=1, max_value=250),
)


@pytest.mark.parametrize(("guaranteed", "limit"), [(False, 3_900), (True, 557)])
def test_a_share_is_rounded_down_and_bursts_unless_guaranteed(guaranteed: bool, limit: int) -> None:  # noqa: FBT001 - a table's column
    # 16 GiB / 7 = 2454267026.3; 3900m / 7 = 557.1.
    assert share(OWN, 7, guaranteed=guaranteed) == Choice(
        memory=2_454_267_026, cpu=557, cpu_limit=limit, per_node=7
    )


def test_a_whole_node_and_its_last_pod_slot_can_be_shared() -> None:
    assert share(OWN, 1) == Choice(memory=16 * GIB, cpu=3_900, cpu_limit=3_900, per_node=1)
    assert share(OWN, 60) == Choice(memory=286_331_153, cpu=65, cpu_limit=3_900, per_node=60)


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: share(OWN, 0), "0 per node asked; own has 1 to 60 pod slots for users"),
        (lambda: share(OWN, 61), "61 per node asked; own has 1 to 60 pod slots for users"),
        (lambda: halving(OWN, 7), "64 per node asked; own has 1 to 60 pod slots for users"),
        (
            lambda: of_memory(OWN, 17 * GIB),
            "17.00 GiB asked; own has 16.00 GiB for users; ask for less or for a bigger type",
        ),
        (
            lambda: of_memory(replace(OWN, memory=0), GIB),
            "1.00 GiB asked; own has 0.0 MiB for users; ask for less or for a bigger type",
        ),
        (
            lambda: of_memory(replace(OWN, pods=0), GIB),
            "1.00 GiB asked; own has 16.00 GiB for users; ask for less or for a bigger type",
        ),
    ],
)
def test_what_does_not_fit_is_refused(ask: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        ask()
    assert str(caught.value) == message


def test_halving_goes_from_the_smallest_to_the_whole_node() -> None:
    assert halving(OWN, 3, guaranteed=True) == [
        Choice(memory=4 * GIB, cpu=975, cpu_limit=975, per_node=4),
        Choice(memory=8 * GIB, cpu=1_950, cpu_limit=1_950, per_node=2),
        Choice(memory=16 * GIB, cpu=3_900, cpu_limit=3_900, per_node=1),
    ]


def test_sizes_burst_to_the_whole_node_unless_asked_otherwise() -> None:
    sizes = [share(OWN, 7), *halving(OWN, 2), of_memory(OWN, 3 * GIB)]
    assert [choice.cpu_limit for choice in sizes] == [3_900, 3_900, 3_900, 3_900]


def test_no_halvings_are_no_sizes() -> None:
    assert halving(OWN, 0) == []


@pytest.mark.parametrize(("guaranteed", "limit"), [(False, 3_900), (True, 731)])
def test_a_size_of_given_memory_has_the_same_share_of_cpu(guaranteed: bool, limit: int) -> None:  # noqa: FBT001 - a table's column
    # 3900m x 3 / 16 = 731.25.
    assert of_memory(OWN, 3 * GIB, guaranteed=guaranteed) == Choice(
        memory=3 * GIB, cpu=731, cpu_limit=limit, per_node=5
    )


@settings(deadline=None)
@given(nodes, st.data())
def test_any_share_fits_its_node_exactly_as_often_as_asked(node: Node, data: st.DataObject) -> None:
    count = data.draw(st.integers(min_value=1, max_value=node.pods))
    choice = share(node, count)
    assert count * choice.memory <= node.memory < count * (choice.memory + 1)
    assert count * choice.cpu <= node.cpu < count * (choice.cpu + 1)
    found = seats_per_node(node, Seat(memory=choice.memory, cpu=choice.cpu))
    assert found.by_memory == count
    assert found.seats == choice.per_node == count


@settings(deadline=None)
@given(nodes)
def test_the_more_share_a_node_the_less_each_has(node: Node) -> None:
    choices = [share(node, count) for count in range(1, node.pods + 1)]
    for bigger, smaller in pairwise(choices):
        assert bigger.memory > smaller.memory
        assert bigger.cpu >= smaller.cpu


@settings(deadline=None)
@given(nodes, st.data())
def test_a_size_of_given_memory_fits_as_often_as_it_says(node: Node, data: st.DataObject) -> None:
    memory = data.draw(st.integers(min_value=MIB, max_value=node.memory))
    choice = of_memory(node, memory)
    assert choice.memory == memory
    assert choice.per_node == min(node.memory // memory, node.pods)
    assert choice.per_node * choice.cpu <= node.cpu


def test_a_profile_tells_what_is_guaranteed_and_where_it_runs() -> None:
    selector = {"node.kubernetes.io/instance-type": "own"}
    assert profile(share(OWN, 7), selector, default=True) == {
        "display_name": "2.28 GiB memory, 0.557 CPU",
        "description": "0.557 CPU guaranteed, up to 3.9 CPU; 7 to a node",
        "slug": "mem-2454267026-cpu-557m",
        "default": True,
        "kubespawner_override": {
            "mem_guarantee": 2_454_267_026,
            "mem_limit": 2_454_267_026,
            "cpu_guarantee": 0.557,
            "cpu_limit": 3.9,
            "node_selector": {"node.kubernetes.io/instance-type": "own"},
        },
    }


def test_a_profile_without_burst_says_nothing_of_it() -> None:
    shown = profile(share(OWN, 4, guaranteed=True), {}, default=False)
    assert shown["description"] == "0.975 CPU guaranteed; 4 to a node"
    assert shown["default"] is False


def test_a_profile_keeps_a_copy_of_its_selector() -> None:
    selector = {"pool": "a"}
    shown = profile(share(OWN, 4), selector, default=False)
    selector["pool"] = "b"
    override = shown["kubespawner_override"]
    assert isinstance(override, dict)
    assert override["node_selector"] == {"pool": "a"}


@pytest.mark.parametrize(
    ("memory", "cpu", "expected"),
    [
        (GIB, 1_000, "mem-1073741824-cpu-1000m"),
        (GIB // 2, 50, "mem-536870912-cpu-50m"),
        (3_662_286_336, 435, "mem-3662286336-cpu-435m"),
        (26 * GIB + GIB // 16, 3_381, "mem-27984396288-cpu-3381m"),
    ],
)
def test_a_slug_names_bytes_and_millicpu(memory: int, cpu: int, expected: str) -> None:
    assert slug(Choice(memory=memory, cpu=cpu, cpu_limit=cpu, per_node=1)) == expected


def test_all_four_resources_are_given() -> None:
    assert resources(GIB, 2 * GIB, 500, 2_000) == {
        "mem_guarantee": 1_073_741_824,
        "mem_limit": 2_147_483_648,
        "cpu_guarantee": 0.5,
        "cpu_limit": 2,
    }


def test_a_size_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        of_memory(OWN, 0)
    assert str(caught.value) == "found 0; write a memory above 0, such as 2Gi"
