"""A VPC with a private and a public subnet in every zone, and their ways out."""

from collections.abc import Callable
from typing import Any

import pytest

from preview.monitor import RecordingMonitor

Built = Callable[..., RecordingMonitor]
CloudTells = Callable[[dict[str, dict[str, Any]]], None]
Made = Callable[[RecordingMonitor], dict[str, dict[str, Any]]]
Needed = Callable[[RecordingMonitor, str], set[str]]
Told = Callable[[RecordingMonitor], dict[str, Any]]

LINES = """
from components.eks.network import network
found = network("dev", config, args_of(config, HUBS), opts)
tell(
    private=pulumi.Output.all(*found.private_ids).apply(" ".join),
    public=pulumi.Output.all(*(it.id for it in found.public)).apply(" ".join),
    routed=pulumi.Output.all(*(it.id for it in found.routed)).apply(sorted).apply(" ".join),
    nodes=found.nodes,
)
"""
TAGS = {"readyroom-stack": "dev"}
IN_VPC = {"vpcId": "dev-vpc-id"}
A, B = "eu-north-1a", "eu-north-1b"
SIDES = ("private", "public")


def _tagged(part: str) -> dict[str, Any]:
    return {"tags": TAGS | {"Name": f"readyroom-dev-{part}"}}


def _subnet(zone: str, side: str, cidr: str, role: str) -> dict[str, Any]:
    tags = TAGS | {"Name": f"readyroom-dev-{side}-{zone}", f"kubernetes.io/role/{role}": "1"}
    return {
        f"aws:ec2/subnet:Subnet dev-{side}-{zone}": IN_VPC
        | {
            "availabilityZone": zone,
            "cidrBlock": cidr,
            "mapPublicIpOnLaunch": False,
            "tags": tags,
        }
    }


def _table(part: str, **target: str) -> dict[str, Any]:
    route = {"routeTableId": f"dev-{part}-id", "destinationCidrBlock": "0.0.0.0/0"} | target
    return {
        f"aws:ec2/routeTable:RouteTable dev-{part}": IN_VPC | _tagged(part),
        f"aws:ec2/route:Route dev-{part}": route,
    }


def _association(subnet: str, table: str) -> dict[str, Any]:
    kind = "aws:ec2/routeTableAssociation:RouteTableAssociation"
    told = {"subnetId": f"dev-{subnet}-id", "routeTableId": f"dev-{table}-id"}
    return {f"{kind} dev-{subnet}": told}


def _nat(zone: str) -> dict[str, Any]:
    return {
        f"aws:ec2/eip:Eip dev-nat-{zone}": {"domain": "vpc"} | _tagged(f"nat-{zone}"),
        f"aws:ec2/natGateway:NatGateway dev-nat-{zone}": {
            "allocationId": f"dev-nat-{zone}-id",
            "subnetId": f"dev-public-{zone}-id",
            "connectivityType": "public",
        }
        | _tagged(f"nat-{zone}"),
    }


EVERY = (
    {
        "aws:ec2/vpc:Vpc dev-vpc": {
            "cidrBlock": "10.64.0.0/16",
            "enableDnsHostnames": True,
            "enableDnsSupport": True,
            "tags": TAGS | {"Name": "readyroom-dev"},
        },
        # Without a rule: nothing uses it, and what is in it by mistake reaches nobody.
        "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup dev-default": IN_VPC
        | {"ingress": [], "egress": []}
        | _tagged("default"),
        "aws:ec2/securityGroup:SecurityGroup dev-nodes": IN_VPC
        | {"name": "readyroom-dev-nodes", "description": "Nodes"}
        | _tagged("nodes"),
        "aws:ec2/internetGateway:InternetGateway dev-gateway": _tagged("gateway"),
        "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment dev-gateway": IN_VPC
        | {"internetGatewayId": "dev-gateway-id"},
        "aws:ec2/vpcEndpoint:VpcEndpoint dev-s3": IN_VPC
        | {
            "serviceName": "com.amazonaws.eu-north-1.s3",
            "vpcEndpointType": "Gateway",
            "routeTableIds": [f"dev-private-{A}-id", f"dev-private-{B}-id"],
        }
        | _tagged("s3"),
    }
    | _subnet(A, "private", "10.64.0.0/19", "internal-elb")
    | _subnet(B, "private", "10.64.32.0/19", "internal-elb")
    | _subnet(A, "public", "10.64.224.0/24", "elb")
    | _subnet(B, "public", "10.64.225.0/24", "elb")
    | _table("public", gatewayId="dev-gateway-id")
    | _association(f"public-{A}", "public")
    | _association(f"public-{B}", "public")
    | _association(f"private-{A}", f"private-{A}")
    | _association(f"private-{B}", f"private-{B}")
)


@pytest.mark.parametrize(("chosen", "gateways"), [("one", {A: A, B: A}), ("perZone", {A: A, B: B})])
@pytest.mark.parametrize("zones", [[A, B], [B, A]])
def test_a_vpc_has_exactly_these_parts_whatever_the_order_of_its_zones(
    chosen: str,
    gateways: dict[str, str],
    zones: list[str],
    built: Built,
    made: Made,
    cloud_tells: CloudTells,
) -> None:
    cloud_tells({})

    found = made(built("eks", LINES, natGateways=chosen, zones=zones))

    expected = dict(EVERY)
    for zone in sorted(set(gateways.values())):
        expected |= _nat(zone)
    for zone, through in gateways.items():
        expected |= _table(f"private-{zone}", natGatewayId=f"dev-nat-{through}-id")
    assert found == expected


def test_others_get_subnets_in_the_order_of_zones_and_the_group_of_the_nodes(
    built: Built, told: Told, cloud_tells: CloudTells
) -> None:
    cloud_tells({})

    routed = ["dev-public", *(f"dev-{side}-{zone}" for zone in (A, B) for side in SIDES), "dev-s3"]
    # The private subnets' routes and their associations are named alike.
    routed += [f"dev-private-{A}", f"dev-private-{B}"]
    assert told(built("eks", LINES)) == {
        "private": f"dev-private-{A}-id dev-private-{B}-id",
        "public": f"dev-public-{A}-id dev-public-{B}-id",
        "nodes": "dev-nodes-id",
        "routed": " ".join(sorted(f"{name}-id" for name in routed)),
    }


def test_a_gateway_of_a_subnet_waits_for_the_subnets_way_out(built: Built, needed: Needed) -> None:
    assert needed(built("eks", LINES), f"aws:ec2/natGateway:NatGateway dev-nat-{A}") == {
        f"aws:ec2/eip:Eip dev-nat-{A}",
        f"aws:ec2/subnet:Subnet dev-public-{A}",
        "aws:ec2/route:Route dev-public",
    }


def test_the_way_out_waits_until_the_gateway_is_attached(built: Built, needed: Needed) -> None:
    assert needed(built("eks", LINES), "aws:ec2/route:Route dev-public") == {
        "aws:ec2/internetGateway:InternetGateway dev-gateway",
        "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment dev-gateway",
        "aws:ec2/routeTable:RouteTable dev-public",
    }
