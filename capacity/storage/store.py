"""A file system or disk as it is set: what it can do, and what it costs. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from capacity.quantities import MIB, ceil_div
from capacity.storage.facts import Fact, sources, unverified

Of = Literal["bytes", "bytes of one node", "operations"]

# Hours that a monthly price is for. Source: infracost's golden price tests, 730 h a month.
HOURS_PER_MONTH = 730
_GB = 10**9


class NotSoldError(ValueError):
    """No such size is sold; the message names the nearest that is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """One thing of which a file system or disk can do only so much in a second.

    Attributes:
        name: What it is, such as `read throughput`.
        of: What is counted.
        offered: How many a second, rounded down.
        read: How much of it one byte or operation read takes.
        write: How much of it one byte or operation written takes.
        credits: How many more there are, once, beyond those of every second.
        verified: Whether a source was found for it.
    """

    name: str
    of: Of
    offered: int
    read: Fraction = Fraction(1)
    write: Fraction = Fraction(1)
    credits: int = 0
    verified: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """A file system or disk at one setting.

    Attributes:
        name: What it is, with its size or mode.
        setting: How a stack file asks for it; empty where none can.
        caps: Everything of which it can do only so much.
        micro_usd_per_month: Its price, in millionths of a dollar, rounded up.
        micro_usd_per_gb: Price of a GB (10^9 bytes) read, and of one written.
        unverified: Names of the figures behind it for which no source was found.
        source: Where its figures are from.
        another: Whether it is another one than there is, to which what is stored must be copied.
    """

    name: str
    setting: str
    caps: tuple[Cap, ...]
    micro_usd_per_month: int
    micro_usd_per_gb: tuple[int, int]
    unverified: tuple[str, ...]
    source: str
    another: bool = False

    @property
    def micro_usd_per_hour(self) -> int:
        """Return the price of an hour, rounded up."""
        return ceil_div(self.micro_usd_per_month, HOURS_PER_MONTH)

    def micro_usd_to_move(self, read: int, written: int) -> int:
        """Return the price of moving so many bytes, beyond that of every hour, rounded up."""
        per_read, per_written = self.micro_usd_per_gb
        return ceil_div(read * per_read + written * per_written, _GB)


def store(
    name: str,
    setting: str,
    caps: Sequence[Cap],
    micro_usd_per_month: int,
    used: Sequence[Fact],
    micro_usd_per_gb: tuple[int, int] = (0, 0),
) -> Store:
    """Return a file system or disk made of these figures."""
    return Store(
        name=name,
        setting=setting,
        caps=tuple(caps),
        micro_usd_per_month=micro_usd_per_month,
        micro_usd_per_gb=micro_usd_per_gb,
        unverified=unverified(used),
        source=sources(used),
    )


def reads(offered: Fraction, of: Of, *facts: Fact) -> Cap:
    """Return what is offered to reads alone."""
    return _cap("read", offered, of, facts, Fraction(1), Fraction(0))


def writes(offered: Fraction, of: Of, *facts: Fact) -> Cap:
    """Return what is offered to writes alone."""
    return _cap("write", offered, of, facts, Fraction(0), Fraction(1))


def both(offered: Fraction, of: Of, *facts: Fact) -> Cap:
    """Return what reads and writes share."""
    return _cap("", offered, of, facts, Fraction(1), Fraction(1))


def _cap(
    kind: str, offered: Fraction, of: Of, used: Sequence[Fact], read: Fraction, write: Fraction
) -> Cap:
    what = "IOPS" if of == "operations" else "throughput"
    where = " of one node" if of == "bytes of one node" else ""
    return Cap(
        name=f"{kind} {what}{where}".strip(),
        of=of,
        offered=floor(offered),
        read=read,
        write=write,
        verified=all(fact.verified for fact in used),
    )


def show_rate(bytes_a_second: Fraction | int, *, up: bool = False) -> str:
    """Return a throughput for a reader, such as `100.0 MiB/s`; rounded down unless `up`."""
    exact = Fraction(bytes_a_second * 10, MIB)
    tenths = ceil(exact) if up else floor(exact)
    return f"{tenths // 10}.{tenths % 10} MiB/s"
