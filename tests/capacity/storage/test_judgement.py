"""What is wanted beside what there is, and how long it takes."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capacity.quantities import MIB
from capacity.storage.judgement import Limit, judge
from capacity.storage.need import StorageNeed
from capacity.storage.store import Cap, Store, both, reads, store, writes

# 10 users who read 60 MiB and write 20 MiB each in a minute: 10 and 3 1/3 MiB/s.
NEED = StorageNeed(
    users=10, arrive=60, within=60, users_per_node=4, shared_read=60 * MIB, home_write=20 * MIB
)


def _store(*caps: Cap) -> Store:
    return store("one", "", caps, 0, [])


@pytest.mark.parametrize(("offered", "seconds", "holds"), [(10, 60, True), (9, 67, False)])
def test_the_last_that_passes_and_the_first_that_fails(
    offered: int, seconds: int, *, holds: bool
) -> None:
    judged = judge(NEED.demand(), _store(reads(Fraction(offered * MIB), "bytes")))

    assert judged.limiting == Limit(
        name="read throughput",
        needed=10 * MIB,
        offered=offered * MIB,
        seconds=seconds,
        holds=holds,
        operations=False,
        verified=True,
    )
    assert (judged.seconds, judged.passes, judged.within) == (seconds, holds, 60)


def test_every_limit_is_told_and_the_slowest_limits() -> None:
    judged = judge(
        NEED.demand(),
        _store(
            reads(Fraction(20 * MIB), "bytes"),
            writes(Fraction(2 * MIB), "bytes"),
            both(Fraction(8 * MIB), "bytes of one node"),
            writes(Fraction(10), "operations"),
        ),
    )

    assert [(one.name, one.needed, one.seconds, one.holds) for one in judged.limits] == [
        ("read throughput", 10 * MIB, 30, True),
        ("write throughput", -(-10 * MIB // 3), 100, False),
        ("throughput of one node", -(-16 * MIB // 3), 40, True),
        ("write IOPS", 14, 80, False),
    ]
    assert judged.limiting.name == "write throughput"
    assert not judged.passes


def test_amounts_are_shown_with_their_unit_and_mark() -> None:
    caps = (
        replace(both(Fraction(8 * MIB), "bytes"), verified=False),
        replace(reads(Fraction(8), "operations"), verified=False),
        writes(Fraction(9), "operations"),
    )
    found = judge(NEED.demand(), _store(*caps)).limits

    assert [(limit.wanted, limit.available) for limit in found] == [
        ("13.4 MiB/s", "8.0 MiB/s [unverified]"),
        ("40 IOPS", "8 IOPS [unverified]"),
        ("14 IOPS", "9 IOPS"),
    ]


def test_reads_may_count_a_third() -> None:
    cap = Cap(name="metered", of="bytes", offered=7 * MIB, read=Fraction(1, 3))
    judged = judge(NEED.demand(), _store(cap))

    # 10 / 3 + 10 / 3 MiB/s.
    assert (judged.limiting.needed, judged.passes) == (-(-20 * MIB // 3), True)


@pytest.mark.parametrize(
    ("balance", "seconds", "holds"),
    [(0, 100, False), (199 * MIB, 61, False), (200 * MIB, 60, True), (10_000 * MIB, 0, True)],
)
def test_credits_are_spent_beside_what_every_second_gives(
    balance: int, seconds: int, *, holds: bool
) -> None:
    cap = Cap(name="credits", of="bytes", offered=5 * MIB, write=Fraction(0), credits=balance)
    need = replace(NEED, shared_read=50 * MIB)
    limit = judge(need.demand(), _store(cap)).limiting

    # 500 MiB wanted in a minute that gives 300.
    assert (limit.seconds, limit.holds) == (seconds, holds)
    assert limit.offered == 5 * MIB + balance // 60


@given(st.integers(1, 500), st.integers(1, 3600), st.integers(1, 1000 * MIB))
def test_more_is_never_slower(users: int, within: int, offered: int) -> None:
    demand = replace(NEED, users=users, within=within).demand()
    less, more = (
        judge(demand, _store(reads(Fraction(amount), "bytes"))) for amount in (offered, offered + 1)
    )

    assert more.seconds <= less.seconds
    assert more.passes >= less.passes
