"""Filestore by tier and capacity. Pure.

Google means GiB, MiB and TiB. Source: docs.cloud.google.com/filestore/docs/service-tiers, 2026.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from capacity.quantities import MIB
from capacity.storage.facts import Fact, Facts, facts, micro_usd
from capacity.storage.need import Demand
from capacity.storage.search import cheapest, smallest_size
from capacity.storage.store import Cap, NotSoldError, Of, Store, reads, store, writes

Tier = Literal["BASIC_HDD", "BASIC_SSD", "ZONAL", "REGIONAL"]
TIERS: tuple[Tier, ...] = ("BASIC_HDD", "BASIC_SSD", "ZONAL", "REGIONAL")
# Capacity ranges of a tier, each with figures of its own.
_RANGES: dict[Tier, tuple[str, ...]] = {
    "BASIC_HDD": ("filestore-basic-hdd",),
    "BASIC_SSD": ("filestore-basic-ssd",),
    "ZONAL": ("filestore-zonal", "filestore-zonal-large"),
    "REGIONAL": ("filestore-regional",),
}
_TEN_TIB_GIB = 10240
# What figures may be said for each so many GiB.
_PER_GIB = {"_per_tib": 1024, "_per_2_5_tib": 2560}
_SUFFIXES = ("_above_10_tib", "_per_tib", "_per_2_5_tib", "")


def filestore(tier: Tier, gib: int) -> Store:
    """Return an instance of a tier with a capacity in GiB.

    Raises:
        NotSoldError: below the least, above the most, or between two steps.
    """
    known = _range(tier, gib)
    price = known["usd_per_gib_month"]
    used: list[Fact] = [price]
    caps = [*_caps(known, gib, "mib_per_s", used), *_caps(known, gib, "iops", used)]
    return store(
        f"Filestore {tier} of {gib} GiB",
        f"{{tier: {tier}, capacity: {gib}Gi}}",
        caps,
        micro_usd(price, gib),
        used,
    )


def _sizes(known: Facts) -> range:
    least, most, step = (int(known[key].value) for key in ("min_gib", "max_gib", "step_gib"))
    # The small capacities of the regional tier are in no step of their own.
    return range(least, most + 1, step if least % step == 0 else 1)


def _range(tier: Tier, gib: int) -> Facts:
    ranges = [facts(service) for service in _RANGES[tier]]
    for known in ranges:
        if gib in _sizes(known):
            return known
    sold = [size for known in ranges for size in _sizes(known)]
    below = [size for size in sold if size < gib][-1:]
    above = [size for size in sold if size > gib][:1]
    near = " or ".join(f"{size}Gi" for size in (*below, *above))
    msg = (
        f"Filestore {tier} is sold from {sold[0]} to {sold[-1]} GiB and not with {gib}; "
        f"nearest: {near}"
    )
    raise NotSoldError(msg)


def _caps(known: Facts, gib: int, unit: str, used: list[Fact]) -> Iterator[Cap]:
    of: Of = "operations" if unit == "iops" else "bytes"
    scale = 1 if unit == "iops" else MIB
    for kind, cap in (("read", reads), ("write", writes)):
        for suffix in _SUFFIXES:
            fact = known.get(f"{kind}_{unit}{suffix}")
            if fact is None or (suffix == "_above_10_tib" and gib <= _TEN_TIB_GIB):
                continue
            per = Fraction(gib, _PER_GIB[suffix]) if suffix in _PER_GIB else Fraction(1)
            used.append(fact)
            yield cap(fact.value * per * scale, of, fact)
            break


def bigger(demand: Demand, tier: Tier, gib: int) -> tuple[Store, ...]:
    """Return the smallest instance that meets a demand: of its tier, and a cheaper one of others.

    A capacity grows in place; another tier is another instance, to which homes are copied.
    """
    same = _of_tier(demand, tier, gib)
    best = cheapest(_of_tier(demand, one, gib) for one in (tier, *TIERS))
    return tuple(one for one in dict.fromkeys((same, best)) if one is not None)


def _of_tier(demand: Demand, tier: Tier, gib: int) -> Store | None:
    found = enough_capacity(demand, tier, gib)
    return None if found is None else filestore(tier, found)


def enough_capacity(demand: Demand, tier: Tier, least: int) -> int | None:
    """Return the smallest capacity of a tier in GiB that meets a demand; None where none does.

    Args:
        demand: What is wanted at once.
        tier: The tier, which stays.
        least: Capacity in GiB that there is anyway.
    """
    for service in _RANGES[tier]:
        known = facts(service)
        step = int(known["step_gib"].value)
        sizes = _sizes(known)
        start = max(sizes[0], least)
        stepped = range(-(-start // step) * step, sizes[-1] + 1, step)
        found = smallest_size(demand, stepped, lambda size: filestore(tier, size))
        if found is not None:
            return found
    return None
