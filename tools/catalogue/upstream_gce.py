"""Reads what public projects publish of Compute Engine: sizes, regions, prices."""

import csv
import json
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from capacity.quantities import GIB, MIB
from tools.catalogue.upstream_ec2 import Prices, UpstreamError

SIZES = "machinetypes.csv"
SOLD_IN = "machinetyperegion.csv"
PRICES = "initial-prices.json"
ACCELERATORS = "gce_price_info.go"
FILES = (SIZES, SOLD_IN, PRICES, ACCELERATORS)

_PAIR = re.compile(r'"(?P<name>nvidia-[\w-]+)":\s*(?P<usd>\d+(?:\.\d+)?),')
_TABLES = re.compile(
    r"(?P<table>\w*[gG]puPrices) = map\[string\]float64\{(?P<body>.*?)\n\t\}", re.DOTALL
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GceSize:
    """What Compute Engine sells under a name: virtual CPUs, MiB, whether CPUs are shared."""

    vcpus: int
    memory_mib: int
    shared_core: bool


def _rows(path: Path) -> list[dict[str, str]]:
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines(), delimiter=";"))
    if not rows or "MEMORY_GB" not in rows[0]:
        msg = f"{path.name}: nothing found in it; its form has changed"
        raise UpstreamError(msg)
    return rows


def sizes(folder: Path) -> dict[str, GceSize]:
    """Return what is sold, by type. The file's GB are GiB.

    Raises:
        UpstreamError: the file is not of the known form.
    """
    return {
        row["NAME"]: GceSize(
            vcpus=int(row["CPUS"]),
            memory_mib=round(Decimal(row["MEMORY_GB"]) * GIB / MIB),
            shared_core=row["SHARED_CPU"] == "True",
        )
        for row in _rows(folder / SIZES)
    }


def sold_in(folder: Path) -> set[tuple[str, str]]:
    """Return every (type, region) that is sold.

    Raises:
        UpstreamError: the file is not of the known form.
    """
    return {(row["NAME"], row["ZONE"]) for row in _rows(folder / SOLD_IN)}


def prices(folder: Path) -> tuple[Prices, Prices]:
    """Return on-demand and Spot prices in dollars per hour, each by region and type.

    Raises:
        UpstreamError: the file is not of the known form.
    """
    path = folder / PRICES
    content: Any = json.loads(path.read_text("utf-8"), parse_float=Decimal)
    if "prices" not in content:
        msg = f"{path.name}: no prices in it; its form has changed"
        raise UpstreamError(msg)
    regions = content["prices"].items()
    return (
        {region: tables.get("on_demand", {}) for region, tables in regions},
        {region: tables.get("spot", {}) for region, tables in regions},
    )


def accelerator_prices(folder: Path) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """Return on-demand and Spot prices of attached accelerators, without regions.

    Raises:
        UpstreamError: the file is not of the known form.
    """
    path = folder / ACCELERATORS
    found = {
        match["table"].lower(): {
            pair["name"]: Decimal(pair["usd"]) for pair in _PAIR.finditer(match["body"])
        }
        for match in _TABLES.finditer(path.read_text("utf-8"))
    }
    spot = [table for name, table in found.items() if name.startswith("preemptible")]
    usual = [table for name, table in found.items() if not name.startswith("preemptible")]
    if len(spot) != 1 or len(usual) != 1:
        msg = f"{path.name}: no tables of accelerator prices in it; its form has changed"
        raise UpstreamError(msg)
    return usual[0], spot[0]
