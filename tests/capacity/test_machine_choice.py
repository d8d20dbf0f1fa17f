"""Which machine type serves an event at the least cost."""

from dataclasses import replace

import pytest

from capacity.allocatable import Allocatable
from capacity.machine_choice import (
    Alternative,
    NoMachineError,
    alternatives,
    check_fits,
    fixed,
    is_general,
    offer_of,
    offers_in,
)
from capacity.machines import Cloud, UnknownMachineError, catalogue, find
from capacity.needs import Need, Offer
from capacity.nodes import declared_node, sold_node
from capacity.packing import Seat, SeatsPerNode
from capacity.quantities import GIB

NEED = Need(
    users=90,
    seat=Seat(memory=2 * GIB, cpu=250),
    within=600,
    every_seat_warm=False,
    waiting_permille=300,
    wait_limit=60,
    node_ready=300,
    image_pull=256,
)


def _offer(name: str, memory_gib: int, price: int | None = None, *, pods: int = 110) -> Offer:
    left = Allocatable(memory=memory_gib * GIB, cpu=64_000, pods=pods)
    return Offer(node=declared_node(name, left), micro_usd_per_hour=price)


def test_an_offer_carries_the_price_of_its_region_with_date_and_source() -> None:
    assert offer_of("n2-highmem-4", "us-central1") == Offer(
        node=sold_node(find("n2-highmem-4")),
        micro_usd_per_hour=262_028,
        priced="cloudpilot-ai/karpenter-provider-gcp initial-prices.json @417f047b (2026-08-03)",
    )


def test_an_offer_without_a_price_says_so() -> None:
    assert offer_of("n2-highmem-4", "europe-north9") == Offer(
        node=sold_node(find("n2-highmem-4")),
        micro_usd_per_hour=None,
        priced="no price known in europe-north9",
    )


def test_an_unknown_machine_is_not_offered() -> None:
    with pytest.raises(UnknownMachineError) as caught:
        offer_of("m5.2xlarg", "us-west-2")
    assert str(caught.value) == (
        "machine type 'm5.2xlarg' is not in the catalogue; "
        "nearest: m5.2xlarge, m5.12xlarge, m5.xlarge"
    )


@pytest.mark.parametrize(("cloud", "region"), [("gke", "us-central1"), ("eks", "us-west-2")])
def test_a_region_offers_every_general_type_with_a_price(cloud: Cloud, region: str) -> None:
    offered = offers_in(cloud, region)
    names = {name for name, machine in catalogue(cloud).items() if is_general(machine)}
    assert {offer.node.name for offer in offered} == names
    assert all(offer == offer_of(offer.node.name, region) for offer in offered)
    assert all(offer.micro_usd_per_hour for offer in offered)


@pytest.mark.parametrize(
    ("name", "general"),
    [
        ("n2-highmem-4", True),
        ("t2d-standard-4", True),
        ("e2-medium", False),
        ("m7i-flex.xlarge", False),
        ("g2-standard-4", False),
        ("g4dn.xlarge", False),
        ("n4-standard-4", False),
    ],
)
def test_bursting_accelerated_and_hyperdisk_types_are_not_offered_unasked(
    name: str, *, general: bool
) -> None:
    assert is_general(find(name)) == general


def test_a_region_without_prices_offers_nothing() -> None:
    assert offers_in("gke", "us-west-2") == []


def test_a_seat_that_one_of_the_offers_holds_fits() -> None:
    check_fits(Seat(memory=8 * GIB, cpu=100), [_offer("small", 4), _offer("big", 8)])


def test_a_seat_that_no_offer_holds_is_refused_with_the_biggest() -> None:
    with pytest.raises(NoMachineError) as caught:
        check_fits(
            Seat(memory=9 * GIB, cpu=1_500),
            [_offer("small", 4), _offer("big", 8), _offer("medium", 6)],
        )
    assert str(caught.value) == (
        "a seat of 9.00 GiB and 1.5 CPU is larger than any node; the largest is big with "
        "8.00 GiB and 64 CPU for users"
    )


def test_of_nodes_with_the_same_memory_the_one_with_more_cpu_is_the_biggest() -> None:
    more = declared_node("more", Allocatable(memory=8 * GIB, cpu=64_001, pods=10))
    with pytest.raises(NoMachineError) as caught:
        check_fits(Seat(memory=GIB, cpu=65_000), [Offer(node=more), _offer("less", 8)])
    assert str(caught.value) == (
        "a seat of 1.00 GiB and 65 CPU is larger than any node; the largest is more with "
        "8.00 GiB and 64.001 CPU for users"
    )


def test_alternatives_are_sorted_by_price_of_all_nodes_then_nodes_then_name() -> None:
    # 90 users of 2 GiB: 23 nodes of 4, 12 of 8, 6 of 16.
    offers = [
        _offer("b-32", 32, 200),
        _offer("a-32", 32, 200),
        _offer("8", 8, 40),
        _offer("16", 16, 100),
        _offer("cheap", 16, 10),
    ]
    ranked = alternatives(NEED, offers)
    assert [(one.offer.node.name, one.nodes, one.micro_usd_per_hour) for one in ranked] == [
        ("cheap", 12, 120),
        ("8", 23, 920),
        ("a-32", 6, 1_200),
        ("b-32", 6, 1_200),
        ("16", 12, 1_200),
    ]


@pytest.mark.parametrize(
    ("fewest", "names"), [(4, ["8", "200"]), (3, ["6", "8", "200"]), (5, ["200"])]
)
def test_only_4_to_100_users_per_node_are_allowed_unless_declared(
    fewest: int, names: list[str]
) -> None:
    # Source: 2i2c event guide, 3-4 to about 100 users on a node.
    offers = [_offer(str(size), size, size) for size in (6, 8, 200, 202)]
    ranked = alternatives(replace(NEED, fewest_per_node=fewest), offers)
    assert sorted((one.offer.node.name for one in ranked), key=int) == names


def test_nodes_whose_pod_slots_run_out_first_are_left_out() -> None:
    offers = [_offer("few-slots", 40, 1, pods=19), _offer("enough", 40, 2, pods=20)]
    assert [one.offer.node.name for one in alternatives(NEED, offers)] == ["enough"]


def test_no_allowed_number_of_users_per_node_is_refused_with_what_there_is() -> None:
    with pytest.raises(NoMachineError) as caught:
        alternatives(NEED, [_offer("6", 6, 1), _offer("1", 1, 1), _offer("202", 202, 1)])
    assert str(caught.value) == (
        "no node holds 4 to 100 such seats, only 0 to 101 before pod slots run out; lower "
        "usersPerNode.min or change the seat"
    )


def test_alternatives_refuse_a_seat_that_fits_no_node() -> None:
    with pytest.raises(NoMachineError) as caught:
        alternatives(NEED, [_offer("1", 1, 1)])
    assert str(caught.value) == (
        "a seat of 2.00 GiB and 0.25 CPU is larger than any node; the largest is 1 with "
        "1.00 GiB and 64 CPU for users"
    )


def test_a_type_that_was_asked_for_is_taken_wise_or_not() -> None:
    offer = _offer("tiny", 3)
    assert fixed(NEED, offer) == Alternative(
        offer=offer,
        seats=SeatsPerNode(seats=1, by_memory=1, by_cpu=256, by_pods=110, limited_by="memory"),
        nodes=90,
    )


def test_a_type_that_was_asked_for_must_hold_a_seat() -> None:
    with pytest.raises(NoMachineError) as caught:
        fixed(NEED, _offer("tiny", 1))
    assert str(caught.value) == (
        "a seat of 2.00 GiB and 0.25 CPU is larger than any node; the largest is tiny with "
        "1.00 GiB and 64 CPU for users"
    )


def test_a_type_that_the_file_names_is_the_one_that_is_too_small() -> None:
    with pytest.raises(NoMachineError) as caught:
        check_fits(NEED.seat, [_offer("tiny", 1)], chosen=True)
    assert str(caught.value) == (
        "a seat of 2.00 GiB and 0.25 CPU is larger than a node of pool.machineType, tiny with "
        "1.00 GiB and 64 CPU for users; choose another type, or lower the seat"
    )


def test_own_nodes_cost_nothing_that_we_know_of() -> None:
    assert fixed(NEED, _offer("own", 16)).micro_usd_per_hour is None


def test_nothing_on_offer_is_refused() -> None:
    with pytest.raises(NoMachineError) as caught:
        alternatives(NEED, [])
    assert str(caught.value) == "no machine type with a price is known here"
