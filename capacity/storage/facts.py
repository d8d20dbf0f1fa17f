"""Figures of file systems, disks and other services, each with unit, source and date.

Pure but for reading the table, which is part of the program.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources
from math import ceil

# What stands in a source where none was found for a figure, or where two contradict.
UNVERIFIED = "[unverified]"
_MICRO = 10**6
_FILES = ("storage.csv", "services.csv")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One figure of a vendor, exact.

    Attributes:
        name: Service and figure, such as `ebs-gp3 included_iops`.
        value: The figure as the source has it.
        unit: Its unit; GB and MB are decimal, GiB, MiB and TiB binary.
        as_of: Date of the source, or of its reading where it has none.
        source: Where it is from.
    """

    name: str
    value: Fraction
    unit: str
    as_of: str
    source: str

    @property
    def verified(self) -> bool:
        """Return whether a source was found that says so, and none that says otherwise."""
        return UNVERIFIED not in self.source


Facts = Mapping[str, Fact]


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = resources.files("capacity").joinpath("data", name).read_text("utf-8")
    yield from csv.DictReader(text.splitlines())


@cache
def _table() -> dict[str, dict[str, Fact]]:
    found: dict[str, dict[str, Fact]] = {}
    for row in (row for name in _FILES for row in _rows(name)):
        found.setdefault(row["service"], {})[row["figure"]] = Fact(
            name=f"{row['service']} {row['figure']}",
            value=Fraction(row["value"]),
            unit=row["unit"],
            as_of=row["as_of"],
            source=row["source"],
        )
    return found


def services() -> list[str]:
    """Return the services of which figures are known, sorted."""
    return sorted(_table())


def facts(service: str) -> Facts:
    """Return the figures of a service by name."""
    return _table()[service]


def micro_usd(fact: Fact, amount: Fraction | int = 1) -> int:
    """Return what so many units of a price cost, in millionths of a dollar, rounded up."""
    return ceil(fact.value * amount * _MICRO)


def unverified(used: Sequence[Fact]) -> tuple[str, ...]:
    """Return the names of the figures for which no source was found."""
    return tuple(fact.name for fact in used if not fact.verified)


def sources(used: Sequence[Fact]) -> str:
    """Return each source of some figures once, in order."""
    return "; ".join(dict.fromkeys(fact.source for fact in used))
