"""Address ranges of the networks that this program creates. Pure."""

from collections.abc import Iterator, Sequence
from ipaddress import IPv4Network

from hubs.mistakes import Mistake

VPC_CIDR = "10.64.0.0/16"
# A quarter of the VPC for each.
MOST_ZONES = 3


# What is left of the VPC past the private subnets of zones a to g is for public ones.
_ZONE_LETTERS = "abcdefg"


def private_cidr(zone: str) -> str:
    """Return the range of nodes and pods of a zone of AWS: an eighth of the VPC, /19.

    By the zone's letter, so that neither another zone nor another order moves a subnet. Pods
    take addresses of the VPC, of which a zone has 8,192.

    Raises:
        ValueError: no range is kept for such a zone; `zone_mistakes` tells of it before.
    """
    return str(_eighth(_ZONE_LETTERS.index(zone[-1])))


def public_cidr(zone: str) -> str:
    """Return the range of gateways and load balancers of a zone of AWS: a /24.

    Raises:
        ValueError: no range is kept for such a zone; `zone_mistakes` tells of it before.
    """
    small = list(_eighth(len(_ZONE_LETTERS)).subnets(new_prefix=24))
    return str(small[_ZONE_LETTERS.index(zone[-1])])


def _eighth(index: int) -> IPv4Network:
    return list(IPv4Network(VPC_CIDR).subnets(prefixlen_diff=3))[index]


def zone_mistakes(zones: Sequence[str]) -> Iterator[Mistake]:
    """Yield a mistake for every zone of AWS for which no range is kept."""
    for index, zone in enumerate(zones):
        if zone[-1] not in _ZONE_LETTERS:
            told = f"found {zone!r}; there are addresses for zones a to {_ZONE_LETTERS[-1]} only"
            yield Mistake(f"cluster.zones[{index}]", told)


# Every cluster on GKE has a network of its own, so all have the same ranges. None can change
# without a new cluster, and no address costs anything: they are large. GKE sets a /24 of the
# pods' range aside for every node of at most 110 pods: a /14 is enough for 1,024 nodes, those
# that an upgrade brings included. The nodes' range has room for more than those, since internal
# load balancers and the control plane's endpoint take addresses from it.
# Source: GKE, "IP address range planning" and "Configure maximum Pods per node", 2026.
GKE_NODES = "10.64.0.0/20"
GKE_SERVICES = "10.64.16.0/20"
GKE_PODS = "10.68.0.0/14"
PODS, SERVICES = "pods", "services"
# Ports of Cloud NAT for each node. Fewest: ten connections to one destination for each of a
# hundred users. Most: half of the 64,512 of an address, so that one node leaves some to others.
# Both are powers of two, which dynamic allocation asks for.
# Source: Cloud NAT, "IP addresses and ports", 2026.
NAT_PORTS = (1_024, 32_768)
