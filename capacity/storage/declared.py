"""A file system of which its owner says how much it can do. Pure."""

from fractions import Fraction
from math import ceil

from capacity.quantities import MIB
from capacity.storage.need import Demand
from capacity.storage.store import Store, both, store


def declared(mib_per_s: int) -> Store:
    """Return a file system with a throughput in MiB/s that reads and writes share.

    Its price is its owner's business, and counted as nothing.
    """
    return store(
        f"the storage class with {mib_per_s} MiB/s",
        f"{{throughput: {mib_per_s}}}",
        [both(Fraction(mib_per_s * MIB), "bytes")],
        0,
        [],
    )


def enough(demand: Demand) -> tuple[Store, ...]:
    """Return the least throughput that meets a demand."""
    return (declared(ceil((demand.read + demand.write) / MIB)),)
