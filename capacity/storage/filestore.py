"""Filestore by tier and capacity. Pure.

Google means GiB, MiB and TiB. Source: docs.cloud.google.com/filestore/docs/service-tiers, 2026.
"""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Literal

from capacity.quantities import MIB, ceil_div
from capacity.storage.facts import Fact, Facts, facts, micro_usd
from capacity.storage.need import Demand
from capacity.storage.search import cheapest, smallest_size
from capacity.storage.store import Cap, NotSoldError, Of, Store, reads, store, writes

Tier = Literal["BASIC_HDD", "BASIC_SSD", "ZONAL", "REGIONAL"]
TIERS: tuple[Tier, ...] = ("BASIC_HDD", "BASIC_SSD", "ZONAL", "REGIONAL")
# Capacity bands of a tier, smallest first, each with figures of its own.
_BANDS: dict[Tier, tuple[str, ...]] = {
    "BASIC_HDD": ("filestore-basic-hdd",),
    "BASIC_SSD": ("filestore-basic-ssd",),
    "ZONAL": ("filestore-zonal", "filestore-zonal-large"),
    "REGIONAL": ("filestore-regional", "filestore-regional-large"),
}
_TEN_TIB_GIB = 10240
# What figures may be said for each so many GiB.
_PER_GIB = {"_per_tib": 1024, "_per_2_5_tib": 2560}
_ABOVE = "_above_10_tib"
_SUFFIXES = (_ABOVE, "_per_tib", "_per_2_5_tib", "")


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


def band(tier: Tier, gib: int) -> str:
    """Return the capacity band of a tier that a capacity belongs to, as `storage.csv` calls it.

    An instance never leaves the band that it was made in, however it grows or shrinks.
    Source: Filestore, "Service tiers, zonal", limitations, 2026.
    """
    smallest, *others = _BANDS[tier]
    return next((one for one in reversed(others) if gib >= _sizes(one)[0]), smallest)


def _sizes(service: str) -> range:
    known = facts(service)
    least, most, step = (int(known[key].value) for key in ("min_gib", "max_gib", "step_gib"))
    return range(least, most + 1, step)


def _range(tier: Tier, gib: int) -> Facts:
    own = band(tier, gib)
    if gib in _sizes(own):
        return facts(own)
    sold = [size for one in _BANDS[tier] for size in _sizes(one)]
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
        suffix = next(
            one
            for one in _SUFFIXES
            if f"{kind}_{unit}{one}" in known and (one != _ABOVE or gib > _TEN_TIB_GIB)
        )
        fact = known[f"{kind}_{unit}{suffix}"]
        used.append(fact)
        per = Fraction(gib, _PER_GIB[suffix]) if suffix in _PER_GIB else Fraction(1)
        yield cap(fact.value * per * scale, of, fact)


def bigger(demand: Demand, tier: Tier, gib: int) -> tuple[Store, ...]:
    """Return the smallest instance that meets a demand: itself grown, and a cheaper other one.

    A capacity grows in place within its band. A band or tier beside it is another instance, to
    which homes are copied; it holds no less.
    """
    found = enough_capacity(demand, tier, gib)
    grown = None if found is None else filestore(tier, found)
    best = cheapest((grown, *_others(demand, band(tier, gib), gib)))
    return tuple(one for one in dict.fromkeys((grown, best)) if one is not None)


def _others(demand: Demand, own: str, gib: int) -> Iterator[Store]:
    for tier in TIERS:
        for service in _BANDS[tier]:
            found = None if service == own else _smallest(demand, tier, service, gib)
            if found is not None:
                yield replace(filestore(tier, found), another=True)


def enough_capacity(demand: Demand, tier: Tier, least: int) -> int | None:
    """Return the capacity in GiB to which an instance grows to meet a demand; None if it cannot.

    Args:
        demand: What is wanted at once.
        tier: The tier, which stays.
        least: Capacity in GiB that there is anyway, whose band stays.
    """
    return _smallest(demand, tier, band(tier, least), least)


def _smallest(demand: Demand, tier: Tier, service: str, least: int) -> int | None:
    sizes = _sizes(service)
    steps = ceil_div(max(least - sizes[0], 0), sizes.step)
    return smallest_size(demand, sizes[steps:], lambda size: filestore(tier, size))
