"""A VPC with one public subnet per zone."""

from collections.abc import Callable
from typing import Any

import pytest

Inputs = Callable[[str, str, str], dict[str, Any]]


def test_the_vpc_resolves_names_so_that_efs_can_be_mounted(inputs: Inputs) -> None:
    assert inputs("icesat2", "quiet", "aws:ec2/vpc:Vpc icesat2-vpc") == {
        "cidrBlock": "10.64.0.0/16",
        "enableDnsHostnames": True,
        "tags": {"Name": "icesat2"},
    }


@pytest.mark.parametrize(
    ("zone", "cidr"), [("us-west-2a", "10.64.0.0/18"), ("us-west-2b", "10.64.64.0/18")]
)
def test_every_zone_has_a_subnet_for_nodes_and_load_balancers(
    zone: str, cidr: str, inputs: Inputs
) -> None:
    assert inputs("icesat2", "quiet", f"aws:ec2/subnet:Subnet icesat2-{zone}") == {
        "vpcId": "[unknown]",
        "availabilityZone": zone,
        "cidrBlock": cidr,
        "mapPublicIpOnLaunch": True,
        "tags": {"Name": f"icesat2-{zone}", "kubernetes.io/role/elb": "1"},
    }


def test_every_subnet_is_routed_to_the_internet(inputs: Inputs) -> None:
    routes = inputs("icesat2", "quiet", "aws:ec2/routeTable:RouteTable icesat2-routes")
    kind = "aws:ec2/routeTableAssociation:RouteTableAssociation"

    assert routes == {
        "vpcId": "[unknown]",
        "routes": [{"cidrBlock": "0.0.0.0/0", "gatewayId": "[unknown]"}],
    }
    for zone in ("us-west-2a", "us-west-2b"):
        found = inputs("icesat2", "quiet", f"{kind} icesat2-{zone}")
        assert found == {"subnetId": "[unknown]", "routeTableId": "[unknown]"}
