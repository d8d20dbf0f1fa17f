"""FSx for Lustre by deployment type and capacity. Pure.

AWS means MB/s (10^6) of throughput for every TiB, and GB (10^9) in prices.
"""

from fractions import Fraction

from capacity.storage.facts import facts, micro_usd
from capacity.storage.need import Demand
from capacity.storage.search import cheapest, smallest
from capacity.storage.store import NotSoldError, Store, both, store

# Deployment types; of PERSISTENT_2 by MB/s for every TiB.
TYPES = (
    "scratch-2",
    "persistent-2-125",
    "persistent-2-250",
    "persistent-2-500",
    "persistent-2-1000",
)
_MB, _GB = 10**6, 10**9
_GIB_PER_TIB = 1024


def lustre(deployment: str, gib: int) -> Store:
    """Return a file system on SSD, of its sustained throughput; bursts are not counted.

    Args:
        deployment: One of `TYPES`.
        gib: Capacity in GiB.

    Raises:
        NotSoldError: not 1,200 GiB nor a multiple of 2,400.
    """
    known = facts(f"fsx-lustre-{deployment}")
    rate, price = known["mb_per_s_per_tib"], known["usd_per_gb_month"]
    least, step = (int(facts("fsx-lustre")[key].value) for key in ("min_gib", "step_gib"))
    if gib != least and (gib < step or gib % step):
        below, above = gib // step * step or least, -(-gib // step) * step
        near = f"{least}Gi" if gib < least else f"{below}Gi or {above}Gi"
        msg = (
            f"FSx for Lustre is sold with {least} GiB and multiples of {step}, not with {gib}; "
            f"nearest: {near}"
        )
        raise NotSoldError(msg)
    return store(
        f"FSx for Lustre {deployment} of {gib} GiB",
        "",
        [both(rate.value * Fraction(gib, _GIB_PER_TIB) * _MB, "bytes", rate)],
        micro_usd(price, Fraction(gib << 30, _GB)),
        [rate, price],
    )


def smallest_lustre(demand: Demand, at_least_gib: int, at_most_gib: int) -> Store | None:
    """Return the cheapest that meets a demand within a range of capacities, if one does."""
    least, step = (int(facts("fsx-lustre")[key].value) for key in ("min_gib", "step_gib"))
    start = max(-(-at_least_gib // step), 1) * step
    sizes = range(start, at_most_gib + 1, step)
    first = range(least, least + 1) if at_least_gib <= least else range(0)
    return cheapest(
        smallest(demand, first, lambda gib, of=kind: lustre(of, gib))
        or smallest(demand, sizes, lambda gib, of=kind: lustre(of, gib))
        for kind in TYPES
    )
