"""Prices of EC2 by region from two sources: today's of one region, and an older dump of all."""

from dataclasses import dataclass
from decimal import Decimal

from tools.catalogue.selection import DEDICATED_ONLY, EC2_FAMILIES, STAND_IN_REGIONS
from tools.catalogue.upstream_ec2 import Prices

HOME = "us-east-1"
# Prices of shared and dedicated tenancy of a family lie 6 to 10 % apart in every region,
# those of one tenancy within 0.4 % of each other.
_SAME_TENANCY = Decimal("1.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ec2Price:
    """Dollars per hour, and whether they were published or derived by the family's ratio."""

    usd: Decimal
    derived: bool


def family_ratio(family: str, here: dict[str, Decimal], home: dict[str, Decimal]) -> Decimal | None:
    """Return what a family costs in a region, as a multiple of its price in `HOME`.

    Types whose ratio is near the lowest have the price of shared tenancy, since rows of
    dedicated tenancy are always dearer; of those, the highest ratio. None without any type
    in both.
    """
    ratios = [
        usd / home[name]
        for name, usd in here.items()
        if name.partition(".")[0] == family and name in home and "metal" not in name
    ]
    shared = [ratio for ratio in ratios if ratio <= min(ratios) * _SAME_TENANCY]
    return max(shared, default=None)


def price(name: str, region: str, home: dict[str, Decimal], dump: Prices) -> Ec2Price | None:
    """Return the on-demand price of shared tenancy in a region; None where it is not known."""
    if name not in home:
        return None
    if region == HOME:
        return Ec2Price(usd=home[name], derived=False)
    here = dump.get(region, {})
    ratio = _ratio(name.partition(".")[0], region, here, home)
    if ratio is None:
        return None
    if name in here and here[name] <= home[name] * ratio * _SAME_TENANCY:
        return Ec2Price(usd=here[name], derived=False)
    return Ec2Price(usd=home[name] * ratio, derived=True)


def _ratio(
    family: str, region: str, here: dict[str, Decimal], home: dict[str, Decimal]
) -> Decimal | None:
    stand_in = EC2_FAMILIES[family].ratio_of
    not_sold = stand_in and region not in STAND_IN_REGIONS
    if not_sold or (family, region) in DEDICATED_ONLY:
        return None
    return family_ratio(stand_in or family, here, home)
