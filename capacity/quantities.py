"""Memory as integer bytes, CPU as integer millicpu: reading and showing them. Pure."""

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

KIB, MIB, GIB, TIB = 1 << 10, 1 << 20, 1 << 30, 1 << 40

_BINARY = {"Ki": KIB, "Mi": MIB, "Gi": GIB, "Ti": TIB}
# Every suffix of a Kubernetes quantity. Source: kubernetes.io, "Quantity".
_QUANTITY: Mapping[str, int | Fraction] = {
    **{f"{letter}i": 1024**power for power, letter in enumerate("KMGTPE", start=1)},
    **{letter: 1000**power for power, letter in enumerate("kMGTPE", start=1)},
    **{letter: Fraction(1, 1000**power) for power, letter in enumerate("mun", start=1)},
    "": 1,
}
# JupyterHub's ByteSpecification: one letter, powers of 1024.
# Source: jupyterhub/jupyterhub, jupyterhub/traitlets.py, 5.5.
_HUB = {"K": KIB, "M": MIB, "G": GIB, "T": TIB}
_AMOUNT = re.compile(r"(\d+(?:\.\d*)?)\s*([A-Za-z]*)")


def memory_bytes(written: object, *, up: bool = True) -> int:
    """Return the bytes that a person wrote as an integer or with a binary unit.

    A fraction of a byte is rounded up, which is right for a demand; `up=False` rounds
    it down, for what a node offers.

    Raises:
        ValueError: not an amount, or a unit that has two meanings.
    """
    text = _amount_text(written)
    match = _AMOUNT.fullmatch(text)
    if match is None:
        msg = f"found {written!r}; write bytes or a binary unit, such as 2Gi"
        raise ValueError(msg)
    amount, unit = match.groups()
    if unit in _BINARY:
        exact = Fraction(amount) * _BINARY[unit]
        return ceil(exact) if up else floor(exact)
    if unit:
        raise ValueError(_unit_refused(text, amount, unit))
    if Fraction(amount).denominator != 1:
        msg = f"found {text!r}; bytes are whole, or carry a binary unit, such as 2Gi"
        raise ValueError(msg)
    return int(Fraction(amount))


def _unit_refused(text: str, amount: str, unit: str) -> str:
    letter = unit[0].upper()
    if f"{letter}i" not in _BINARY:
        return f"found {text!r}; the units are Ki, Mi, Gi and Ti, as in 2Gi"
    nearest = f"{amount}{letter}i"
    if unit in ("M", "G", "T"):
        hub = ceil(Fraction(amount) * _HUB[unit])
        cluster = ceil(Fraction(amount) * 1000 ** (1 + "KMGT".index(letter)))
        return (
            f"found {text!r}, which is {hub} bytes to JupyterHub and {cluster} to "
            f"Kubernetes; write {nearest} or bytes"
        )
    return f"found {text!r}; write {nearest} or bytes"


def cpu_millis(written: object) -> int:
    """Return the millicpu that a person wrote as cores or as `1750m`.

    Raises:
        ValueError: not an amount, or finer than a thousandth of a core.
    """
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(m?)", _amount_text(written))
    exact = Fraction(match[1]) * (1 if match[2] else 1000) if match else Fraction(1, 2)
    if exact.denominator != 1:
        example = "write cores with at most three decimals, such as 1.75, or 1750m"
        msg = f"found {written!r}; {example}"
        raise ValueError(msg)
    return int(exact)


def _amount_text(written: object) -> str:
    """Return a number or text as text; nothing for what is neither."""
    if isinstance(written, bool) or not isinstance(written, int | float | str):
        return ""
    return str(written).strip()


def kubernetes_memory(value: object) -> int | None:
    """Return the bytes of a Kubernetes quantity, rounded up; None if it is not one."""
    return _kubernetes(value, _QUANTITY)


def kubernetes_millis(value: object) -> int | None:
    """Return the millicpu of a Kubernetes quantity, rounded up; None if it is not one."""
    return _kubernetes(value, {suffix: unit * 1000 for suffix, unit in _QUANTITY.items()})


def hub_memory(value: object) -> int | None:
    """Return the bytes of a KubeSpawner `mem_*` value; None if the hub would refuse it.

    `G` is 2^30 here, while Kubernetes reads 10^9; text must end in K, M, G or T.
    """
    return _kubernetes(value, _HUB if isinstance(value, str) else {"": 1})


def _kubernetes(value: object, units: Mapping[str, int | Fraction]) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    match = re.fullmatch(r"(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)([A-Za-z]*)", str(value).strip())
    if match is None or match[2] not in units:
        return None
    return ceil(Fraction(match[1]) * units[match[2]])


def gib(count: int) -> int:
    """Return the bytes of `count` GiB."""
    return count * GIB


def show_memory(amount: int) -> str:
    """Return bytes for a reader, never more than they are: `3.30 GiB`, `512.0 MiB`."""
    if amount >= GIB:
        return f"{floor(Fraction(amount, GIB) * 100) / 100:.2f} GiB"
    return f"{floor(Fraction(amount, MIB) * 10) / 10:.1f} MiB"


def show_cpu(millis: int) -> str:
    """Return millicpu as cores for a reader: `1.75`, `0.422`, `4`."""
    return f"{Decimal(millis) / 1000:f}"


def cores(millis: int) -> int | float:
    """Return millicpu as the number of cores that the chart wants."""
    whole, rest = divmod(millis, 1000)
    return millis / 1000 if rest else whole


def ceil_div(dividend: int, divisor: int) -> int:
    """Return the quotient of two integers, rounded up."""
    return -(-dividend // divisor)
