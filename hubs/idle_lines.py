"""Lines of what a stack costs in a month in which nobody comes. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from capacity.storage.facts import Fact, micro_usd
from capacity.storage.store import HOURS_PER_MONTH, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class IdleCost:
    """One line of what a stack costs when nobody uses it.

    Attributes:
        what: What costs.
        micro_usd_per_month: How much, in millionths of a dollar, rounded up; None if no price
            is known.
        because: How many of it, and at what price.
        verified: Whether a source was found for every price behind it.
    """

    what: str
    micro_usd_per_month: int | None
    because: str
    verified: bool = True


def hourly(what: str, fact: Fact, count: int = 1) -> IdleCost:
    """Return the line of so many things with a price by the hour."""
    return IdleCost(
        what=what,
        micro_usd_per_month=micro_usd(fact, Fraction(HOURS_PER_MONTH * count)),
        because=f"{count} x {float(fact.value):g} {fact.unit}",
        verified=fact.verified,
    )


def stored(what: str, store: Store, count: int = 1) -> IdleCost:
    """Return the line of so many disks or file systems."""
    return IdleCost(
        what=what,
        micro_usd_per_month=store.micro_usd_per_month * count,
        because=f"{count} x {store.name}",
        verified=not store.unverified,
    )


def database(
    what: str, size: str, hour: Fact | None, disk: Fact, amounts: tuple[int, int]
) -> IdleCost:
    """Return the line of so many database instances, each with so much disk.

    Args:
        what: What costs.
        size: Their size, as the cloud names it.
        hour: Price of one for an hour; None if none is known.
        disk: Price of its disk for each GB or GiB.
        amounts: How many instances, and how much disk each has.
    """
    count, room = amounts
    told = f"{count} x {size} with {room} GB"
    if hour is None:
        return IdleCost(what=what, micro_usd_per_month=None, because=f"{told}, no price known")
    each = micro_usd(hour, HOURS_PER_MONTH) + micro_usd(disk, room)
    return IdleCost(
        what=what,
        micro_usd_per_month=count * each,
        because=told,
        verified=hour.verified and disk.verified,
    )


def total(lines: Sequence[IdleCost]) -> int:
    """Return all lines together, in millionths of a dollar; those without a price are left out."""
    return sum(line.micro_usd_per_month or 0 for line in lines)
