"""Disks: EBS gp3 and Hyperdisk with what is set of them, Persistent Disk by its size. Pure.

All mean GiB and MiB/s. Reads and writes share what a disk can do; the network of the
machine, which may be less, is not counted.
"""

from fractions import Fraction
from typing import Literal

from capacity.quantities import MIB
from capacity.storage.facts import Facts, facts, micro_usd
from capacity.storage.need import Demand
from capacity.storage.search import smallest
from capacity.storage.store import NotSoldError, Store, both, reads, store, writes

Hyperdisk = Literal["hyperdisk-balanced"]
SetDisk = Literal["ebs-gp3"] | Hyperdisk
SizedDisk = Literal["pd-standard", "pd-balanced", "pd-ssd"]

# Most of a Persistent Disk. Source: cloud.google.com/compute/docs/disks, 64 TiB.
_LARGEST_PD_GIB = 65536


def included(kind: SetDisk) -> tuple[int, int]:
    """Return the IOPS and the MiB/s that every such disk has for nothing."""
    known = facts(kind)
    return int(known["included_iops"].value), int(known["included_mib_per_s"].value)


def set_disk(kind: SetDisk, gib: int, iops: int, mib_per_s: int) -> Store:
    """Return a disk with IOPS and throughput set apart from its size.

    Raises:
        NotSoldError: more than the size or the IOPS allow.
    """
    known = facts(kind)
    most_iops, most_mib_per_s = _most(known, gib, iops)
    if iops > most_iops or mib_per_s > most_mib_per_s:
        msg = (
            f"{kind} of {gib} GiB has at most {most_iops} IOPS and with {iops} IOPS at most "
            f"{most_mib_per_s} MiB/s, not {iops} and {mib_per_s}"
        )
        raise NotSoldError(msg)
    free_iops, free_mib_per_s = included(kind)
    size, per_iops, per_mib = (
        known["usd_per_gib_month"],
        known["usd_per_extra_iops_month"],
        known["usd_per_extra_mib_per_s_month"],
    )
    price = micro_usd(size, gib) + micro_usd(per_iops, max(iops - free_iops, 0))
    rate_from = known[
        "max_mib_per_s_per_iops" if mib_per_s > free_mib_per_s else "included_mib_per_s"
    ]
    iops_from = known["max_iops_per_gib" if iops > free_iops else "included_iops"]
    caps = [
        both(Fraction(mib_per_s * MIB), "bytes", rate_from),
        both(Fraction(iops), "operations", iops_from),
    ]
    return store(
        f"{kind} of {gib} GiB with {iops} IOPS and {mib_per_s} MiB/s",
        "",
        caps,
        price + micro_usd(per_mib, max(mib_per_s - free_mib_per_s, 0)),
        [size, per_iops, per_mib, rate_from, iops_from],
    )


def _most(known: Facts, gib: int, iops: int) -> tuple[int, int]:
    by_size = int(known["max_iops_per_gib"].value * gib)
    by_iops = int(known["max_mib_per_s_per_iops"].value * iops)
    least = int(known["included_iops"].value)
    return (
        max(min(int(known["max_iops"].value), by_size), least),
        min(int(known["max_mib_per_s"].value), by_iops),
    )


def smallest_set_disk(demand: Demand, kind: SetDisk, gib: int) -> Store | None:
    """Return the least IOPS and throughput of a disk that meet a demand, if any do."""
    known = facts(kind)
    free_iops, free_mib_per_s = included(kind)
    per_iops = known["max_mib_per_s_per_iops"].value
    most_iops = _most(known, gib, free_iops)[0]
    most = min(int(known["max_mib_per_s"].value), int(per_iops * most_iops))

    def of_throughput(mib_per_s: int) -> Store:
        wanted = -(-(demand.read_operations + demand.write_operations) // 1)
        by_rate = -(-mib_per_s // per_iops)
        iops = min(max(free_iops, int(wanted), int(by_rate)), most_iops)
        return set_disk(kind, gib, iops, mib_per_s)

    return smallest(demand, range(free_mib_per_s, most + 1), of_throughput)


def sized_disk(kind: SizedDisk, gib: int) -> Store:
    """Return a Persistent Disk, whose size decides what it can do.

    A limit by the machine's CPUs may be lower on small ones.
    """
    known = facts(kind)
    price, rate = known["usd_per_gib_month"], known["mib_per_s_per_gib"]
    caps = [both(_by_size(known, "mib_per_s", gib) * MIB, "bytes", rate)]
    if "iops_per_gib" in known:
        caps.append(both(_by_size(known, "iops", gib), "operations", known["iops_per_gib"]))
    else:
        read, write = known["read_iops_per_gib"], known["write_iops_per_gib"]
        caps += [
            reads(read.value * gib, "operations", read),
            writes(write.value * gib, "operations", write),
        ]
    used = [fact for name, fact in known.items() if name != "usd_per_gib_month"]
    return store(f"{kind} of {gib} GiB", "", caps, micro_usd(price, gib), [price, *used])


def _by_size(known: Facts, unit: str, gib: int) -> Fraction:
    base = known.get(f"baseline_{unit}")
    grown = (base.value if base else 0) + known[f"{unit}_per_gib"].value * gib
    most = known.get(f"max_{unit}_per_instance")
    return grown if most is None else min(grown, most.value)


def smallest_sized_disk(demand: Demand, kind: SizedDisk, gib: int) -> Store | None:
    """Return the smallest Persistent Disk, of at least so many GiB, that meets a demand."""
    return smallest(demand, range(gib, _LARGEST_PD_GIB + 1), lambda size: sized_disk(kind, size))
