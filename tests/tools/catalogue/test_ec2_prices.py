"""Prices of shared tenancy, out of a dump that mixes both."""

from decimal import Decimal

import pytest

from tools.catalogue.ec2_prices import Ec2Price, family_ratio, price

HOME = {
    "g4dn.xlarge": Decimal("0.526"),
    "m5.large": Decimal("0.096"),
    "m5.xlarge": Decimal("0.192"),
    "m5.metal": Decimal("4.608"),
    "r5.large": Decimal("0.126"),
}


def test_the_ratio_is_that_of_the_cheaper_of_two_clusters() -> None:
    here = {"m5.large": Decimal("0.107"), "m5.xlarge": Decimal("0.227")}
    assert family_ratio("m5", here, HOME) == Decimal("0.107") / Decimal("0.096")


def test_within_a_tenancy_the_ratio_is_the_highest() -> None:
    here = {"m5.large": Decimal("0.107"), "m5.xlarge": Decimal("0.2141")}
    assert family_ratio("m5", here, HOME) == Decimal("0.2141") / Decimal("0.192")


@pytest.mark.parametrize(
    "here",
    [
        {},
        {"r5.large": Decimal(1)},
        {"m5.metal": Decimal(1)},
        {"m5.9xlarge": Decimal(1)},
        {"m5": Decimal(1)},
    ],
)
def test_a_family_that_the_dump_lacks_has_no_ratio(here: dict[str, Decimal]) -> None:
    assert family_ratio("m5", here, HOME) is None


@pytest.mark.parametrize(
    ("name", "region", "found"),
    [
        ("m5.large", "us-east-1", Ec2Price(usd=Decimal("0.096"), derived=False)),
        ("m5.large", "eu-west-1", Ec2Price(usd=Decimal("0.120"), derived=False)),
        ("m5.xlarge", "eu-west-1", Ec2Price(usd=Decimal("0.240"), derived=True)),
        # A type that is not sold today, a region or family that the dump lacks.
        ("m5.9xlarge", "eu-west-1", None),
        ("m5.large", "eu-north-1", None),
        ("r5.large", "eu-west-1", None),
        # Only dedicated tenancy is in the dump.
        ("g4dn.xlarge", "eu-west-1", None),
    ],
)
def test_a_price_is_published_derived_or_not_known(
    name: str, region: str, found: Ec2Price | None
) -> None:
    dump = {
        "eu-west-1": {
            "g4dn.xlarge": Decimal("0.625"),
            "m5.large": Decimal("0.120"),
            "m5.xlarge": Decimal("0.256"),
        }
    }
    assert price(name, region, HOME, dump) == found
