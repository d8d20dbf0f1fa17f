"""The quotas that can stop a hub from growing, each with its code and the source of its facts.

Pure but for reading the tables in `capacity/data`, which are part of the program.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from capacity.machines import Cloud


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """One quota of a cloud.

    Attributes:
        cloud: Whose quota it is.
        service: The cloud's name of the service that has it.
        key: AWS quota code, or the metric of a Google Cloud project.
        quota_id: What a request names; empty where it must be looked up.
        name: What the cloud's console calls it.
        default: What a new account or project has; None where that varies or is not known.
        unit: What is counted.
        scope: What it is counted over.
        verified: Whether more than one source says so.
        as_of: Month in which the sources were read.
        source: Where the row comes from.
    """

    cloud: Cloud
    service: str
    key: str
    quota_id: str
    name: str
    default: int | None
    unit: str
    scope: str
    verified: bool
    as_of: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Interfaces:
    """Network interfaces that an EC2 type has at most, and IPv4 addresses on each."""

    count: int
    addresses: int


def _rows(table: str) -> Iterator[dict[str, str]]:
    text = resources.files("capacity").joinpath("data", table).read_text("utf-8")
    yield from csv.DictReader(text.splitlines())


@cache
def quotas(cloud: Cloud) -> dict[str, Quota]:
    """Return every quota of a cloud that is known here, by key."""
    return {
        row["key"]: Quota(
            cloud=cloud,
            service=row["service"],
            key=row["key"],
            quota_id=row["quota_id"],
            name=row["name"],
            default=int(row["default"]) if row["default"] else None,
            unit=row["unit"],
            scope=row["scope"],
            verified=row["verified"] == "true",
            as_of=row["as_of"],
            source=row["source"],
        )
        for row in _rows("quotas.csv")
        if row["cloud"] == cloud
    }


def find_quota(cloud: Cloud, key: str) -> Quota | None:
    """Return the quota of a key, whatever VM family follows a slash in it; None if unknown."""
    return quotas(cloud).get(key.partition("/")[0])


@cache
def interfaces() -> dict[str, Interfaces]:
    """Return the network interfaces of every EC2 type in the catalogue.

    Source: awslabs/amazon-eks-ami instance-info.jsonl, default network card.
    """
    return {
        row["machine_type"]: Interfaces(
            count=int(row["interfaces"]), addresses=int(row["ipv4_per_interface"])
        )
        for row in _rows("interfaces-eks.csv")
    }
