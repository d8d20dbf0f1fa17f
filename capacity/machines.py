"""The machine catalogue: what is sold, measured and charged, each row with source and date.

Pure but for reading the tables beside this module, which are part of the program.
"""

import csv
import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

Cloud = Literal["gke", "eks"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """Memory of a machine as a kubelet reported it: the lowest seen, in bytes."""

    memory: int
    as_of: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """A machine type as it is sold.

    Attributes:
        name: The cloud's name of the type, such as `n2-highmem-4`.
        cloud: Whose rules for reserved memory apply.
        vcpus: Virtual CPUs.
        memory_mib: Sold memory in MiB.
        pods: Pods a kubelet admits by default.
        shared_core: Whether its CPUs burst, so that no seat can be promised on it.
        gpus: Accelerators that are part of the type; 0 where they are attached, if at all.
        gpu_model: What they are, such as `NVIDIA L4`; empty without any.
        network_mbps: Baseline of its network in Mbit/s; None where no number is published.
        hyperdisk_only: Whether it boots from no persistent disk, only from a Hyperdisk.
        as_of: Date of the source.
        source: Where the row comes from.
        measured: What nodes of the type reported, if any did.
    """

    name: str
    cloud: Cloud
    vcpus: int
    memory_mib: int
    pods: int
    shared_core: bool
    gpus: int = 0
    gpu_model: str = ""
    network_mbps: int | None = None
    hyperdisk_only: bool = False
    as_of: str
    source: str
    measured: Measurement | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What an hour of a machine costs on demand, in millionths of a US dollar.

    Attributes:
        micro_usd_per_hour: On demand, shared tenancy, no discount.
        as_of: Date of the source.
        source: Where the row comes from.
        spot_micro_usd_per_hour: As a Spot VM on that day; None where not known.
    """

    micro_usd_per_hour: int
    as_of: str
    source: str
    spot_micro_usd_per_hour: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accelerator:
    """A GPU that is attached to machines of a family, at a price without regions.

    Attributes:
        name: The cloud's name of it, such as `nvidia-tesla-t4`.
        model: What it is, as `Machine.gpu_model` writes it.
        memory_gib: Its own memory in GiB.
        attached_to: The family of machines that take it.
        price: Of one, on top of the machine's.
    """

    name: str
    model: str
    memory_gib: int
    attached_to: str
    price: Price


class UnknownMachineError(ValueError):
    """No such type in the catalogue; the message names the nearest."""

    def __init__(self, name: str, known: list[str]) -> None:
        """Keep the name asked for and the nearest that are known."""
        near = difflib.get_close_matches(name, known, n=3)
        hint = f"nearest: {', '.join(near)}" if near else f"{len(known)} types are known"
        super().__init__(f"machine type {name!r} is not in the catalogue; {hint}")


def _rows(table: str) -> Iterator[dict[str, str]]:
    text = resources.files("capacity").joinpath("data", table).read_text("utf-8")
    yield from csv.DictReader(text.splitlines())


def _number(written: str) -> int | None:
    return int(written) if written else None


def _price(row: dict[str, str]) -> Price:
    return Price(
        micro_usd_per_hour=int(row["micro_usd_per_hour"]),
        as_of=row["as_of"],
        source=row["source"],
        spot_micro_usd_per_hour=_number(row["spot_micro_usd_per_hour"]),
    )


@cache
def catalogue(cloud: Cloud) -> dict[str, Machine]:
    """Return every known machine of a cloud, by name."""
    measured = {
        row["machine_type"]: Measurement(
            memory=int(row["memory_capacity"]), as_of=row["as_of"], source=row["source"]
        )
        for row in _rows("measured.csv")
        if row["cloud"] == cloud
    }
    return {
        row["machine_type"]: Machine(
            name=row["machine_type"],
            cloud=cloud,
            vcpus=int(row["vcpus"]),
            memory_mib=int(row["memory_mib"]),
            pods=int(row["pods"]),
            shared_core=row["shared_core"] == "true",
            gpus=int(row["gpus"]),
            gpu_model=row["gpu_model"],
            network_mbps=_number(row["network_mbps"]),
            hyperdisk_only=row["hyperdisk_only"] == "true",
            as_of=row["as_of"],
            source=row["source"],
            measured=measured.get(row["machine_type"]),
        )
        for row in _rows(f"machines-{cloud}.csv")
    }


@cache
def prices(cloud: Cloud) -> dict[tuple[str, str], Price]:
    """Return the prices of a cloud by (machine type, region)."""
    return {
        (row["machine_type"], row["region"]): _price(row) for row in _rows(f"prices-{cloud}.csv")
    }


@cache
def accelerators() -> dict[str, Accelerator]:
    """Return the accelerators that GKE attaches to machines, by name."""
    return {
        row["accelerator"]: Accelerator(
            name=row["accelerator"],
            model=row["model"],
            memory_gib=int(row["memory_gib"]),
            attached_to=row["attached_to"],
            price=_price(row),
        )
        for row in _rows("accelerators-gke.csv")
    }


def regions(cloud: Cloud) -> list[str]:
    """Return the regions for which prices are known, sorted."""
    return sorted({region for _, region in prices(cloud)})


def find(name: str) -> Machine:
    """Return the machine of this name, whichever cloud sells it.

    Raises:
        UnknownMachineError: no table has it.
    """
    tables = [catalogue("gke"), catalogue("eks")]
    for table in tables:
        if name in table:
            return table[name]
    raise UnknownMachineError(name, [known for table in tables for known in table])
