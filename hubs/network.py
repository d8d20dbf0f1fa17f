"""Address ranges of the networks that this program creates. Pure."""

from ipaddress import ip_network

VPC_CIDR = "10.64.0.0/16"


def subnet_cidrs(count: int) -> list[str]:
    """Return disjoint quarters of the VPC, one per zone: 16,000 addresses for pods each.

    Raises:
        ValueError: more than four zones.
    """
    quarters = [str(subnet) for subnet in ip_network(VPC_CIDR).subnets(prefixlen_diff=2)]
    if count > len(quarters):
        msg = f"{count} zones; the VPC has room for {len(quarters)}"
        raise ValueError(msg)
    return quarters[:count]
