"""Subnets of the network that a cluster on EKS gets."""

from ipaddress import ip_network

import pytest

from hubs.network import VPC_CIDR, subnet_cidrs


@pytest.mark.parametrize(
    ("count", "cidrs"),
    [
        (0, []),
        (2, ["10.64.0.0/18", "10.64.64.0/18"]),
        (4, ["10.64.0.0/18", "10.64.64.0/18", "10.64.128.0/18", "10.64.192.0/18"]),
    ],
)
def test_each_zone_has_a_quarter(count: int, cidrs: list[str]) -> None:
    assert subnet_cidrs(count) == cidrs


def test_quarters_fill_the_network_and_are_disjoint() -> None:
    quarters = [ip_network(cidr) for cidr in subnet_cidrs(4)]

    assert sum(quarter.num_addresses for quarter in quarters) == ip_network(VPC_CIDR).num_addresses
    assert not any(
        one.overlaps(other) for one in quarters for other in quarters if one is not other
    )
