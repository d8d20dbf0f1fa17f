"""A VPC with a private and a public subnet in every zone, and their ways out."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.interface import ClusterArgs
from hubs.eks import EksConfig
from hubs.names import physical
from hubs.network import VPC_CIDR, private_cidr, public_cidr

_ANYWHERE = "0.0.0.0/0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A VPC, its subnets, and what must exist before anything in them can reach out.

    Attributes:
        vpc: The stack's own.
        private: A subnet of every zone, in the order of their names; nodes and pods are here.
        public: A subnet of every zone, for NAT gateways and load balancers alone.
        routed: What nodes need before they can reach out.
        nodes: Id of a security group that all nodes have. It has no rules of its own: others
            let it in. It is not the cluster's, so that what holds data lets nodes in and does
            not need the cluster, which would stay with it otherwise.
    """

    vpc: aws.ec2.Vpc
    private: list[aws.ec2.Subnet]
    public: list[aws.ec2.Subnet]
    routed: list[pulumi.Resource]
    nodes: pulumi.Input[str]

    @property
    def private_ids(self) -> list[pulumi.Output[str]]:
        """Return the ids of the private subnets."""
        return [subnet.id for subnet in self.private]


def network(
    name: str, config: EksConfig, args: ClusterArgs, opts: pulumi.ResourceOptions
) -> Network:
    """Create the VPC and its subnets.

    No flow logs: nothing here reads them, they would record which addresses people's servers
    talk to, and they are paid for by the GB. Who must keep them adds them to this VPC.
    """
    tags = args.deployment.labels()
    vpc = aws.ec2.Vpc(
        f"{name}-vpc",
        cidr_block=VPC_CIDR,
        enable_dns_hostnames=True,
        enable_dns_support=True,
        tags=tags | {"Name": args.name},
        opts=opts,
    )
    plan = _Plan(name=name, cluster=args.name, vpc=vpc, tags=tags, opts=opts)
    zones = sorted(config.zones)
    public = {zone: _subnet(plan, zone, public=True) for zone in zones}
    private = {zone: _subnet(plan, zone, public=False) for zone in zones}
    way, public_routed = _public_routes(plan, public)
    after = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(depends_on=[way]))
    having_gateway = zones if config.nat_gateways == "perZone" else zones[:1]
    gateways = {zone: _nat_gateway(plan, zone, public[zone], after) for zone in having_gateway}
    tables, private_routed = _private_routes(plan, private, gateways)
    endpoint = aws.ec2.VpcEndpoint(
        f"{name}-s3",
        vpc_id=vpc.id,
        service_name=f"com.amazonaws.{config.region}.s3",
        vpc_endpoint_type="Gateway",
        route_table_ids=[table.id for table in tables],
        tags=tags | {"Name": f"{args.name}-s3"},
        opts=opts,
    )
    return Network(
        vpc=vpc,
        private=list(private.values()),
        public=list(public.values()),
        routed=[*public_routed, *private_routed, endpoint],
        nodes=_groups(plan).id,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What every part of a network has in common."""

    name: str
    cluster: str
    vpc: aws.ec2.Vpc
    tags: dict[str, str]
    opts: pulumi.ResourceOptions

    def tagged(self, part: str) -> dict[str, str]:
        return self.tags | {"Name": f"{self.cluster}-{part}"}


def _groups(plan: _Plan) -> aws.ec2.SecurityGroup:
    """Create the group of the nodes, and close the one that AWS makes with a VPC."""
    aws.ec2.DefaultSecurityGroup(
        f"{plan.name}-default",
        vpc_id=plan.vpc.id,
        ingress=[],
        egress=[],
        tags=plan.tagged("default"),
        opts=plan.opts,
    )
    name = physical("security-group", plan.name, "nodes")
    return aws.ec2.SecurityGroup(
        f"{plan.name}-nodes",
        name=name,
        description="Nodes",
        vpc_id=plan.vpc.id,
        tags=plan.tags | {"Name": name},
        opts=plan.opts,
    )


def _subnet(plan: _Plan, zone: str, *, public: bool) -> aws.ec2.Subnet:
    """Create a subnet; its tag is where Kubernetes may put load balancers of a kind."""
    side = "public" if public else "private"
    role = "elb" if public else "internal-elb"
    return aws.ec2.Subnet(
        f"{plan.name}-{side}-{zone}",
        vpc_id=plan.vpc.id,
        availability_zone=zone,
        cidr_block=public_cidr(zone) if public else private_cidr(zone),
        map_public_ip_on_launch=False,
        tags=plan.tagged(f"{side}-{zone}") | {f"kubernetes.io/role/{role}": "1"},
        opts=plan.opts,
    )


def _nat_gateway(
    plan: _Plan, zone: str, subnet: aws.ec2.Subnet, after: pulumi.ResourceOptions
) -> aws.ec2.NatGateway:
    part = f"nat-{zone}"
    address = aws.ec2.Eip(
        f"{plan.name}-{part}", domain="vpc", tags=plan.tagged(part), opts=plan.opts
    )
    return aws.ec2.NatGateway(
        f"{plan.name}-{part}",
        allocation_id=address.id,
        subnet_id=subnet.id,
        connectivity_type="public",
        tags=plan.tagged(part),
        opts=after,
    )


def _public_routes(
    plan: _Plan, subnets: dict[str, aws.ec2.Subnet]
) -> tuple[aws.ec2.Route, list[pulumi.Resource]]:
    """Route the public subnets to the internet; returns the route, and all that is needed.

    The gateway is attached by a resource of its own: EC2 allows one to a VPC and gateways have no
    names, so one attached at birth, whose answer was lost, would be in the way of the next and
    could not be imported under its id.
    """
    gateway = aws.ec2.InternetGateway(
        f"{plan.name}-gateway", tags=plan.tagged("gateway"), opts=plan.opts
    )
    attached = aws.ec2.InternetGatewayAttachment(
        f"{plan.name}-gateway",
        internet_gateway_id=gateway.id,
        vpc_id=plan.vpc.id,
        opts=plan.opts,
    )
    table = _table(plan, "public")
    way = aws.ec2.Route(
        f"{plan.name}-public",
        route_table_id=table.id,
        destination_cidr_block=_ANYWHERE,
        gateway_id=gateway.id,
        opts=pulumi.ResourceOptions.merge(plan.opts, pulumi.ResourceOptions(depends_on=[attached])),
    )
    return way, [
        way,
        *(_association(plan, f"public-{zone}", subnet, table) for zone, subnet in subnets.items()),
    ]


def _private_routes(
    plan: _Plan, subnets: dict[str, aws.ec2.Subnet], gateways: dict[str, aws.ec2.NatGateway]
) -> tuple[list[aws.ec2.RouteTable], list[pulumi.Resource]]:
    """Route every private subnet to the NAT gateway of its zone, or to the only one.

    Each has a table of its own, so that a second gateway later only changes a route.
    """
    tables: list[aws.ec2.RouteTable] = []
    routed: list[pulumi.Resource] = []
    only = next(iter(gateways.values()))
    for zone, subnet in subnets.items():
        part = f"private-{zone}"
        table = _table(plan, part)
        tables.append(table)
        routed.append(
            aws.ec2.Route(
                f"{plan.name}-{part}",
                route_table_id=table.id,
                destination_cidr_block=_ANYWHERE,
                nat_gateway_id=gateways.get(zone, only).id,
                opts=plan.opts,
            )
        )
        routed.append(_association(plan, part, subnet, table))
    return tables, routed


def _table(plan: _Plan, part: str) -> aws.ec2.RouteTable:
    return aws.ec2.RouteTable(
        f"{plan.name}-{part}", vpc_id=plan.vpc.id, tags=plan.tagged(part), opts=plan.opts
    )


def _association(
    plan: _Plan, part: str, subnet: aws.ec2.Subnet, table: aws.ec2.RouteTable
) -> aws.ec2.RouteTableAssociation:
    return aws.ec2.RouteTableAssociation(
        f"{plan.name}-{part}", subnet_id=subnet.id, route_table_id=table.id, opts=plan.opts
    )
