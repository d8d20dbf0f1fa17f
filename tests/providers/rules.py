"""What providers allow of their resources' inputs: the rows of `allowed.csv`, and what breaks them.

A row says of one property whether it is required, and one thing that holds of its value:
nothing (`any`), one of some values, a pattern of the whole text, a pattern of a map's keys, a
range of a number, a number of characters, items or bytes, or a form that is known by name.
"""

import csv
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_network
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.providers.sdk import opaque

ROWS = Path(__file__).with_name("allowed.csv")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row.

    Attributes:
        type: The resource's type.
        path: Where the property is, as in `tests.providers.sdk.Seen`.
        required: Whether it must be registered wherever the object that holds it is.
        kind: What is said of its value.
        allowed: The values, the pattern, or the least and the most.
        source: Who says so, in which version.
    """

    type: str
    path: str
    required: bool
    kind: str
    allowed: str
    source: str


@cache
def rules() -> dict[str, tuple[Rule, ...]]:
    """Return all rows by type."""
    found: dict[str, list[Rule]] = {}
    with ROWS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rule = Rule(
                type=row["type"],
                path=row["path"],
                required=row["required"] == "yes",
                kind=row["kind"],
                allowed=row["allowed"],
                source=f"{row['source']}, {row['as_of']}",
            )
            found.setdefault(rule.type, []).append(rule)
    return {kind: tuple(of) for kind, of in found.items()}


def broken(rule: Rule, value: object) -> str | None:
    """Return what is wrong with a registered value; None if nothing is, or nobody can know."""
    if value is None or opaque(value) or _KINDS[rule.kind](rule.allowed, value):
        return None
    return f"{rule.path} is {value!r}; {rule.kind} {rule.allowed} ({rule.source})"


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def _between(allowed: str, number: float) -> bool:
    least, most = allowed.split("..")
    return float(least) <= number and (not most or number <= float(most))


def _is_range(allowed: str, value: object) -> bool:
    return isinstance(value, int | float) and _between(allowed, value)


def _is_length(allowed: str, value: object) -> bool:
    return isinstance(value, str | list | dict) and _between(allowed, len(value))


def _are_keys(allowed: str, value: object) -> bool:
    return isinstance(value, dict) and all(re.fullmatch(allowed, str(key)) for key in value)


def _parses(parse: Callable[[str], object]) -> Callable[[str, object], bool]:
    def check(_: str, value: object) -> bool:
        try:
            parse(str(value))
        except (ValueError, KeyError, OSError):
            return False
        return True

    return check


_KINDS: dict[str, Callable[[str, object], bool]] = {
    "any": lambda _, __: True,
    "one of": lambda allowed, value: _text(value) in allowed.split("|"),
    "pattern": lambda allowed, value: re.fullmatch(allowed, _text(value)) is not None,
    "keys": _are_keys,
    "range": _is_range,
    "length": _is_length,
    "bytes": lambda allowed, value: _between(allowed, len(str(value).encode())),
    "network": _parses(ip_network),
    "json": _parses(json.loads),
    "time zone": _parses(ZoneInfo),
}
