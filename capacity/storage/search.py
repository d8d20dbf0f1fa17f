"""The smallest setting with which a demand is met. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from capacity.storage.judgement import judge
from capacity.storage.need import Demand, StorageNeed
from capacity.storage.store import Store

DemandOf = Callable[[StorageNeed], Demand]


def passes(demand: Demand, store: Store) -> bool:
    """Return whether a file system or disk meets a demand."""
    return judge(demand, store).passes


def smallest(demand: Demand, sizes: range, of_size: Callable[[int], Store]) -> Store | None:
    """Return the smallest of some sizes that meets a demand; None where none does."""
    size = smallest_size(demand, sizes, of_size)
    return None if size is None else of_size(size)


def smallest_size(demand: Demand, sizes: range, of_size: Callable[[int], Store]) -> int | None:
    """Return the smallest of some sizes with which a demand is met; None where there is none.

    A bigger size never offers less, so it is found by bisection.
    """
    if not sizes or not passes(demand, of_size(sizes[-1])):
        return None
    low, high = 0, len(sizes) - 1
    while low < high:
        middle = (low + high) // 2
        if passes(demand, of_size(sizes[middle])):
            high = middle
        else:
            low = middle + 1
    return sizes[low]


def shortest_within(need: StorageNeed, demand_of: DemandOf, store: Store) -> int:
    """Return the seconds that each user must be given for a store to suffice.

    The least of those in which all have come; what is wanted in less is not shared by all.
    """
    patient = replace(need, within=max(need.within, need.arrive))
    return max(judge(demand_of(patient), store).seconds, need.arrive)


def cheapest(stores: Iterable[Store | None], read: int = 0, written: int = 0) -> Store | None:
    """Return the cheapest in a month in which so many bytes are moved; None of none."""
    found = [one for one in stores if one is not None]
    if not found:
        return None
    return min(
        found, key=lambda one: one.micro_usd_per_month + one.micro_usd_to_move(read, written)
    )
