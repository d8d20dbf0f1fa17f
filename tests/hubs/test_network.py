"""Address ranges of the networks that clusters get."""

from collections.abc import Callable
from ipaddress import IPv4Network, ip_network

import pytest

from capacity.quotas.gcp import node_range
from hubs.mistakes import Mistake
from hubs.network import (
    GKE_NODES,
    GKE_PODS,
    GKE_SERVICES,
    NAT_PORTS,
    PODS,
    SERVICES,
    VPC_CIDR,
    private_cidr,
    public_cidr,
    zone_mistakes,
)


def test_on_gke_nodes_services_and_pods_have_private_ranges_of_their_own() -> None:
    ranges = [ip_network(cidr) for cidr in (GKE_NODES, GKE_SERVICES, GKE_PODS)]

    assert all(one.is_private for one in ranges)
    assert not any(one.overlaps(other) for one in ranges for other in ranges if one is not other)
    assert PODS != SERVICES


def test_on_gke_addresses_of_pods_run_out_first_at_1024_nodes() -> None:
    pods, nodes = (ip_network(cidr).num_addresses for cidr in (GKE_PODS, GKE_NODES))

    assert pods // node_range(110) == 1_024
    # Four of them are Google's.
    assert nodes - 4 == 4_092
    assert ip_network(GKE_SERVICES).num_addresses == 4_096


def test_nat_gives_each_node_ports_in_powers_of_two_and_never_all_of_an_address() -> None:
    fewest, most = NAT_PORTS

    assert [fewest.bit_count(), most.bit_count()] == [1, 1]
    assert (fewest, 2 * most) == (10 * 100 + 24, 64_512 + 1_024)


LETTERS = "abcdefg"


@pytest.mark.parametrize(
    ("zone", "private", "public"),
    [
        ("eu-north-1a", "10.64.0.0/19", "10.64.224.0/24"),
        ("us-west-2c", "10.64.64.0/19", "10.64.226.0/24"),
        ("us-east-1g", "10.64.192.0/19", "10.64.230.0/24"),
    ],
)
def test_on_eks_a_zone_has_ranges_by_its_letter(zone: str, private: str, public: str) -> None:
    # Not by its place in a list: another zone, or another order, moves no subnet.
    assert (private_cidr(zone), public_cidr(zone)) == (private, public)


def test_on_eks_no_two_ranges_overlap_and_all_are_in_the_vpc() -> None:
    zones = [f"us-east-1{letter}" for letter in LETTERS]
    ranges = [
        IPv4Network(cidr_of(zone)) for cidr_of in (private_cidr, public_cidr) for zone in zones
    ]

    assert all(one.subnet_of(IPv4Network(VPC_CIDR)) for one in ranges)
    assert not any(one.overlaps(other) for one in ranges for other in ranges if one is not other)
    assert {one.num_addresses for one in ranges} == {8_192, 256}


@pytest.mark.parametrize("cidr_of", [private_cidr, public_cidr])
def test_on_eks_a_zone_past_the_last_has_no_range(cidr_of: Callable[[str], str]) -> None:
    with pytest.raises(ValueError, match="substring not found"):
        cidr_of("us-east-1h")


def test_on_eks_a_zone_without_a_range_is_a_mistake() -> None:
    told = "found 'us-east-1h'; there are addresses for zones a to g only"

    zones = [f"us-east-1{letter}" for letter in LETTERS]
    assert list(zone_mistakes(zones)) == []
    assert list(zone_mistakes([*zones, "us-east-1h"])) == [Mistake("cluster.zones[7]", told)]
