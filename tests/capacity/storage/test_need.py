"""The demand follows from how users arrive and what each of them moves."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capacity.quantities import GIB, KIB, MIB
from capacity.storage.need import Demand, StorageNeed

# 2i2c#8815: 140 users who read 7 GB and write 1 GB each; here within ten minutes.
NEED = StorageNeed(
    users=140,
    arrive=600,
    within=600,
    users_per_node=20,
    shared_read=7 * GIB,
    home_write=GIB,
    scratch=3 * GIB,
)


def test_users_who_come_in_the_time_they_have_are_all_at_it_at_once() -> None:
    assert (NEED.at_once, NEED.at_once_on_a_node) == (140, 20)
    assert NEED.demand() == Demand(
        read=Fraction(140 * 7 * GIB, 600),
        write=Fraction(140 * GIB, 600),
        node_read=Fraction(20 * 7 * GIB, 600),
        node_write=Fraction(20 * GIB, 600),
        read_operations=Fraction(140 * 7 * 4096, 600),
        write_operations=Fraction(140 * 4096, 600),
        seconds=600,
    )


@pytest.mark.parametrize(
    ("within", "at_once", "on_a_node"),
    [(3600, 140, 20), (601, 140, 20), (300, 70, 20), (60, 14, 14), (1, 1, 1)],
)
def test_those_who_are_at_it_at_once_come_in_any_span_of_that_length(
    within: int, at_once: int, on_a_node: int
) -> None:
    need = replace(NEED, within=within)

    assert (need.at_once, need.at_once_on_a_node) == (at_once, on_a_node)
    assert need.demand().read == Fraction(at_once * 7 * GIB, within)


def test_half_the_time_wants_no_more_when_users_come_slowly() -> None:
    assert replace(NEED, within=300).demand().read == NEED.demand().read
    assert replace(NEED, within=1200).demand().read == NEED.demand().read / 2


def test_an_operation_is_a_quarter_of_a_mebibyte_as_seen_on_a_full_disk() -> None:
    # 2i2c#8128: 125 MB/s with IOPS near 500.
    need = StorageNeed(users=1, arrive=1, within=1, users_per_node=1, home_write=125 * MIB)

    assert need.demand().write_operations == 500
    assert replace(need, io_size=4 * KIB).demand().write_operations == 32_000
    assert replace(need, home_write=1).demand().write_operations == 1


def test_scratch_is_the_business_of_the_busiest_node() -> None:
    demand = NEED.scratch_demand()

    assert (demand.read, demand.write) == (0, Fraction(20 * 3 * GIB, 600))
    assert (demand.read_operations, demand.write_operations) == (0, Fraction(20 * 3 * 4096, 600))


def test_what_is_stored_is_the_shared_data_once() -> None:
    assert NEED.stored == 7 * GIB


def test_events_at_the_same_time_add_up_on_nodes_of_their_own() -> None:
    other = replace(NEED, users=10, within=1200, users_per_node=40, home_write=9 * GIB)
    one, two = NEED.demand(), other.demand()

    assert one + two == Demand(
        read=one.read + two.read,
        write=one.write + two.write,
        node_read=one.node_read,
        node_write=two.node_write,
        read_operations=one.read_operations + two.read_operations,
        write_operations=one.write_operations + two.write_operations,
        seconds=1200,
    )


def test_the_reason_names_every_input() -> None:
    assert replace(NEED, within=300).because == (
        "70 of 140 users, who come in 600 s, are at it at once, each reading 7.00 GiB and "
        "writing 1.00 GiB within 300 s"
    )


@given(
    users=st.integers(1, 2000),
    arrive=st.integers(1, 7200),
    within=st.integers(1, 7200),
    read=st.integers(0, 10 * GIB),
)
def test_the_demand_is_never_below_all_bytes_over_the_longer_of_both_times(
    users: int, arrive: int, within: int, read: int
) -> None:
    need = StorageNeed(
        users=users, arrive=arrive, within=within, users_per_node=10, shared_read=read
    )

    assert need.demand().read >= Fraction(users * read, max(arrive, within))
