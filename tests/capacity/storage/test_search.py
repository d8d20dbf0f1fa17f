"""The smallest of some sizes, the cheapest of some stores, the time that suffices."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capacity.quantities import GIB, MIB
from capacity.storage.efs import bursting
from capacity.storage.judgement import judge
from capacity.storage.need import StorageNeed
from capacity.storage.search import cheapest, passes, shortest_within, smallest
from capacity.storage.store import Store, both, store

NEED = StorageNeed(users=10, arrive=60, within=60, users_per_node=10, home_write=60 * MIB)


def _sized(mib_per_s: int) -> Store:
    return store(f"{mib_per_s}", "", [both(Fraction(mib_per_s * MIB), "bytes")], mib_per_s, [])


@pytest.mark.parametrize(
    ("sizes", "found"),
    [
        (range(1, 100), 10),
        (range(1, 100, 4), 13),
        (range(10, 11), 10),
        (range(50, 60), 50),
        (range(1, 10), None),
        (range(0), None),
    ],
)
def test_the_smallest_that_passes(sizes: range, found: int | None) -> None:
    assert smallest(NEED.demand(), sizes, _sized) == (_sized(found) if found else None)


@given(st.integers(1, 200), st.integers(1, 300), st.integers(1, 7))
def test_bisection_finds_what_trying_all_finds(users: int, most: int, step: int) -> None:
    demand = replace(NEED, users=users).demand()
    sizes = range(1, most, step)
    tried = next((_sized(size) for size in sizes if passes(demand, _sized(size))), None)

    assert smallest(demand, sizes, _sized) == tried


def test_the_cheapest_counts_what_is_moved() -> None:
    by_month, by_byte = _sized(9), store("moved", "", [], 1, [], (3, 5))

    assert cheapest([by_month, None, by_byte]) == by_byte
    assert cheapest([by_month, by_byte], read=10**9, written=10**9) == by_month
    assert cheapest([None]) is None


@pytest.mark.parametrize(
    ("within", "offered", "enough"),
    [
        (60, 9, 67),
        (60, 20, 60),
        (600, 1, 600),
        # What is wanted in less than the time of arrival: all have to have come.
        (5, 20, 60),
        (5, 2, 300),
    ],
)
def test_the_time_that_suffices_is_shared_by_all_who_come(
    within: int, offered: int, enough: int
) -> None:
    need = replace(NEED, within=within)

    assert shortest_within(need, StorageNeed.demand, _sized(offered)) == enough


@given(
    users=st.integers(1, 500),
    arrive=st.integers(1, 3600),
    within=st.integers(1, 7200),
    written=st.integers(1, 10 * GIB),
    offered=st.integers(1, 500),
    stored=st.integers(0, 3000 * GIB),
)
def test_what_is_said_to_suffice_does(
    users: int, arrive: int, within: int, written: int, offered: int, stored: int
) -> None:
    need = StorageNeed(
        users=users, arrive=arrive, within=within, users_per_node=9, home_write=written
    )
    for one in (_sized(offered), bursting(stored)):
        enough = shortest_within(need, StorageNeed.demand, one)

        assert judge(replace(need, within=enough).demand(), one).passes
