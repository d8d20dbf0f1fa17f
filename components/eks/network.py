"""A VPC with one public subnet per zone."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from hubs.cluster import EksConfig
from hubs.network import VPC_CIDR, subnet_cidrs


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A VPC, its subnets, and what must exist before anything in them can reach out."""

    vpc: aws.ec2.Vpc
    subnets: list[aws.ec2.Subnet]
    routed: list[pulumi.Resource]

    @property
    def subnet_ids(self) -> list[pulumi.Output[str]]:
        """Return the subnets' ids."""
        return [subnet.id for subnet in self.subnets]


def network(name: str, config: EksConfig, opts: pulumi.ResourceOptions) -> Network:
    """Create the VPC, a subnet per zone, and their way to the internet."""
    vpc = aws.ec2.Vpc(
        f"{name}-vpc",
        cidr_block=VPC_CIDR,
        enable_dns_hostnames=True,
        tags={"Name": name},
        opts=opts,
    )
    gateway = aws.ec2.InternetGateway(f"{name}-gateway", vpc_id=vpc.id, opts=opts)
    routes = aws.ec2.RouteTable(
        f"{name}-routes",
        vpc_id=vpc.id,
        routes=[{"cidr_block": "0.0.0.0/0", "gateway_id": gateway.id}],
        opts=opts,
    )
    subnets: list[aws.ec2.Subnet] = []
    routed: list[pulumi.Resource] = []
    for zone, cidr in zip(config.zones, subnet_cidrs(len(config.zones)), strict=True):
        subnet = aws.ec2.Subnet(
            f"{name}-{zone}",
            vpc_id=vpc.id,
            availability_zone=zone,
            cidr_block=cidr,
            map_public_ip_on_launch=True,
            # Where Kubernetes may put public load balancers.
            tags={"Name": f"{name}-{zone}", "kubernetes.io/role/elb": "1"},
            opts=opts,
        )
        routed.append(
            aws.ec2.RouteTableAssociation(
                f"{name}-{zone}", subnet_id=subnet.id, route_table_id=routes.id, opts=opts
            )
        )
        subnets.append(subnet)
    return Network(vpc=vpc, subnets=subnets, routed=routed)
