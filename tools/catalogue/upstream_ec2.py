"""Reads what public projects publish of EC2: sizes, addresses, bandwidth, prices."""

import gzip
import json
import re
from collections.abc import Sized
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

SIZES = "ec2_instance_types.go"
ADDRESSES = "instance-info.jsonl"
BANDWIDTH = "zz_generated.bandwidth.go"
PRICES = "zz_generated.pricing_aws.go"
DUMP = "cloud-pricing.json.gz"
FILES = (SIZES, ADDRESSES, BANDWIDTH, PRICES, DUMP)

_SIZE = re.compile(
    r'InstanceType:\s*"(?P<name>[^"]+)",\s*VCPU:\s*(?P<vcpus>\d+),\s*MemoryMb:\s*(?P<memory>\d+),'
    r"\s*GPU:\s*(?P<gpus>\d+),"
)
_BANDWIDTH = re.compile(r'"(?P<name>[\w.-]+)":\s*(?P<mbps>\d+),')
_REGION = re.compile(
    r'^\t"(?P<region>[a-z0-9-]+)": \{(?P<body>.*?)^\t\},', re.MULTILINE | re.DOTALL
)
_PRICE = re.compile(r'"(?P<name>[\w.-]+)": (?P<usd>\d+\.\d+)')

Prices = dict[str, dict[str, Decimal]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ec2Size:
    """What EC2 sells under a name: virtual CPUs, MiB, accelerators."""

    vcpus: int
    memory_mib: int
    gpus: int


class UpstreamError(ValueError):
    """A file of another project is not of the form that this tool was written for."""


def _refuse_empty(found: Sized, path: Path) -> None:
    if not found:
        msg = f"{path.name}: nothing found in it; its form has changed"
        raise UpstreamError(msg)


def sizes(folder: Path) -> dict[str, Ec2Size]:
    """Return what is sold, by type.

    Raises:
        UpstreamError: the file holds nothing of the known form.
    """
    path = folder / SIZES
    found = {
        match["name"]: Ec2Size(
            vcpus=int(match["vcpus"]), memory_mib=int(match["memory"]), gpus=int(match["gpus"])
        )
        for match in _SIZE.finditer(path.read_text("utf-8"))
    }
    _refuse_empty(found, path)
    return found


def pod_slots(folder: Path) -> dict[str, int]:
    """Return the pods that addresses of the default network card allow, by type.

    One address of each interface is its own, and two pods use the node's network.
    Source: awslabs/amazon-eks-ami nodeadm/internal/kubelet/eni_max_pods.go @81fec2e8.

    Raises:
        UpstreamError: the file is empty.
    """
    path = folder / ADDRESSES
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]
    found = {
        row["instanceType"]: row["defaultMaxENIs"] * (row["ipv4AddressesPerInterface"] - 1) + 2
        for row in rows
    }
    _refuse_empty(found, path)
    return found


def bandwidth(folder: Path) -> dict[str, int]:
    """Return the network's baseline in Mbit/s, by type, where it is published as a number.

    Raises:
        UpstreamError: the file holds nothing of the known form.
    """
    path = folder / BANDWIDTH
    text = path.read_text("utf-8")
    found = {match["name"]: int(match["mbps"]) for match in _BANDWIDTH.finditer(text)}
    _refuse_empty(found, path)
    return found


def current_prices(folder: Path) -> Prices:
    """Return today's on-demand prices in dollars per hour, by region and type.

    Raises:
        UpstreamError: the file holds nothing of the known form.
    """
    path = folder / PRICES
    found = {
        region["region"]: {
            price["name"]: Decimal(price["usd"]) for price in _PRICE.finditer(region["body"])
        }
        for region in _REGION.finditer(path.read_text("utf-8"))
    }
    _refuse_empty(found, path)
    return found


def dumped_prices(folder: Path) -> Prices:
    """Return the dump's on-demand prices, both tenancies mixed, by region and type.

    Raises:
        UpstreamError: the file holds nothing of the known form.
    """
    path = folder / DUMP
    content: Any = json.loads(gzip.decompress(path.read_bytes()), parse_float=Decimal)
    found = {
        region: {name: Decimal(row["on_demand"]) for name, row in types.items() if row["on_demand"]}
        for region, types in content["aws"]["compute"].items()
    }
    _refuse_empty(found, path)
    return found
