"""EFS by throughput mode, regional, general purpose. Pure.

AWS means MiB/s and GiB/s of throughput, and GB of 10^9 bytes in prices.
"""

from fractions import Fraction
from typing import Literal

from capacity.quantities import GIB, KIB, MIB, TIB
from capacity.storage.facts import Fact, facts, micro_usd
from capacity.storage.need import Demand
from capacity.storage.search import passes, smallest_size
from capacity.storage.store import Cap, Store, both, reads, store, writes

Mode = Literal["elastic", "bursting", "provisioned"]

_GB = 10**9
# Credits are counted as far as a day of rest earns them; a new file system has 2.1 TiB more.
# Source: AWS re:Post, "How do Amazon EFS burst credits work?".
_CREDIT_SECONDS = 24 * 60 * 60


def elastic(stored: int) -> Store:
    """Return the mode that scales by itself and is paid by the byte moved.

    Args:
        stored: Bytes in the file system.
    """
    known = facts("efs-elastic")
    read, written = known["usd_per_gb_read"], known["usd_per_gb_written"]
    caps, used = _ceilings("elastic")
    return store(
        "EFS elastic",
        "{throughputMode: elastic}",
        caps,
        _stored(stored),
        [*used, read, written],
        (micro_usd(read), micro_usd(written)),
    )


def provisioned(mib_per_s: int, stored: int) -> Store:
    """Return a throughput that is paid by the month, used or not.

    Every byte read counts whole, and all of it is charged, whatever the stored size earns.

    Args:
        mib_per_s: The throughput in MiB/s.
        stored: Bytes in the file system.
    """
    price = facts("efs-provisioned")["usd_per_mib_per_s_month"]
    caps, used = _ceilings("provisioned")
    return store(
        f"EFS provisioned with {mib_per_s} MiB/s",
        f"{{throughputMode: provisioned, throughput: {mib_per_s}}}",
        [both(Fraction(mib_per_s * MIB), "bytes"), *caps],
        _stored(stored) + micro_usd(price, mib_per_s),
        [*used, price],
    )


def bursting(stored: int) -> Store:
    """Return a throughput by what is stored, and more while credits last.

    Args:
        stored: Bytes in the file system, which earn the credits.
    """
    known = facts("efs-bursting")
    per_gib, least = known["baseline_kib_per_s_per_gib"], known["baseline_minimum_mib_per_s"]
    burst, per_tib = known["burst_mib_per_s_minimum"], known["burst_mib_per_s_per_tib"]
    weight = known["reads_per_metered_byte"]
    caps, used = _ceilings("bursting")
    baseline = max(per_gib.value * KIB * stored / GIB, least.value * MIB)
    burst_rate = max(burst.value * MIB, per_tib.value * MIB * stored / TIB)
    metered = [
        Cap(name="burst throughput", of="bytes", offered=int(burst_rate), read=1 / weight.value),
        Cap(
            name="throughput with burst credits",
            of="bytes",
            offered=int(baseline),
            read=1 / weight.value,
            credits=int(baseline * _CREDIT_SECONDS),
        ),
    ]
    return store(
        "EFS bursting",
        "{throughputMode: bursting}",
        [*metered, *caps],
        _stored(stored),
        [*used, per_gib, least, burst, per_tib, weight],
    )


def efs(mode: Mode, mib_per_s: int, stored: int) -> Store:
    """Return a file system in a mode; `mib_per_s` is of the provisioned one only."""
    if mode == "provisioned":
        return provisioned(mib_per_s, stored)
    return elastic(stored) if mode == "elastic" else bursting(stored)


def faster(demand: Demand, mode: Mode, mib_per_s: int, stored: int) -> tuple[Store, ...]:
    """Return the smallest settings that meet a demand; none where only less demand helps.

    A provisioned throughput is raised; any mode may become elastic, as AWS recommends for
    what comes in peaks.
    """
    raised: Store | None = None
    if mode == "provisioned":
        size = enough_throughput(demand, mib_per_s, stored)
        raised = None if size is None else provisioned(size, stored)
    other = elastic(stored)
    found = (raised, other if passes(demand, other) else None)
    return tuple(one for one in found if one is not None)


def enough_throughput(demand: Demand, least: int, stored: int) -> int | None:
    """Return the smallest provisioned throughput in MiB/s that meets a demand.

    Args:
        demand: What is wanted at once.
        least: Throughput in MiB/s that there is anyway.
        stored: Bytes in the file system.

    Returns:
        At least `least`; None where no throughput that is sold is enough.
    """
    most = int(facts("efs-provisioned")["max_read_gib_per_s"].value * GIB / MIB)
    return smallest_size(demand, range(least, most + 1), lambda size: provisioned(size, stored))


def _stored(stored: int) -> int:
    return micro_usd(facts("efs")["usd_per_gb_month"], Fraction(stored, _GB))


def _ceilings(mode: Mode) -> tuple[list[Cap], list[Fact]]:
    """Return what no setting of a mode exceeds, at the least of all regions."""
    known = facts(f"efs-{mode}")
    names = ("read_gib_per_s", "write_gib_per_s", "client_mib_per_s", "read_iops", "write_iops")
    read, write, client, read_iops, write_iops = (known[f"max_{name}"] for name in names)
    caps = [
        reads(read.value * GIB, "bytes", read),
        writes(write.value * GIB, "bytes", write),
        both(client.value * MIB, "bytes of one node", client),
        reads(read_iops.value, "operations", read_iops),
        writes(write_iops.value, "operations", write_iops),
    ]
    return caps, [facts("efs")["usd_per_gb_month"], read, write, client, read_iops, write_iops]
