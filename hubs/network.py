"""Address ranges of the networks that this program creates. Pure."""

from ipaddress import ip_network

VPC_CIDR = "10.64.0.0/16"
# A quarter of the VPC for each.
MOST_ZONES = 4


def subnet_cidrs(count: int) -> list[str]:
    """Return disjoint quarters of the VPC for at most four zones: 16,000 addresses each."""
    quarters = [str(subnet) for subnet in ip_network(VPC_CIDR).subnets(prefixlen_diff=2)]
    return quarters[:count]
