"""The zones of each region that the catalogue knows."""

import csv
import re
from pathlib import Path

import pytest

from capacity.machines import Cloud, regions
from capacity.zones import TABLE, zones

CLOUDS: tuple[Cloud, ...] = ("gke", "eks")
TEXT = (Path(__file__).parents[2] / TABLE).read_text("utf-8")
ROWS = list(csv.DictReader(TEXT.splitlines()))


@pytest.mark.parametrize(
    ("cloud", "region", "letters"),
    [
        ("gke", "us-central1", "abcf"),
        ("gke", "us-east1", "bcd"),
        ("gke", "europe-west1", "bcd"),
        ("gke", "us-west2", "abc"),
        ("eks", "us-east-1", "abcdef"),
        ("eks", "us-west-2", "abcd"),
        ("eks", "ca-central-1", "abd"),
        # Zone b is there for accounts that had it before; others have three of the four.
        ("eks", "ap-northeast-1", "abcd"),
    ],
)
def test_a_region_has_the_zones_that_its_cloud_sells(
    cloud: Cloud, region: str, letters: str
) -> None:
    dash = "-" if cloud == "gke" else ""

    assert zones(cloud, region) == tuple(f"{region}{dash}{letter}" for letter in letters)


@pytest.mark.parametrize(
    ("cloud", "region"), [("gke", "us-east-1"), ("eks", "us-central1"), ("eks", "us-west-1")]
)
def test_another_region_has_none(cloud: Cloud, region: str) -> None:
    assert zones(cloud, region) == ()


@pytest.mark.parametrize("cloud", CLOUDS)
def test_every_region_with_prices_has_at_least_three_zones(cloud: Cloud) -> None:
    assert [row["region"] for row in ROWS if row["cloud"] == cloud] == regions(cloud)
    assert min(len(zones(cloud, region)) for region in regions(cloud)) == 3


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["region"])
def test_a_row_has_zones_of_its_region_a_date_and_a_source(row: dict[str, str]) -> None:
    found = row["zones"].split()

    assert found == sorted(set(found))
    assert all(re.fullmatch(rf"{row['region']}-?[a-z]", zone) for zone in found)
    assert re.fullmatch(r"202\d-[01]\d-[0-3]\d", row["as_of"])
    assert "@" in row["source"]
