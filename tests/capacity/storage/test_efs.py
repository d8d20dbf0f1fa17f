"""EFS by throughput mode: what each gives, what limits it, the next setting."""

from dataclasses import replace
from fractions import Fraction

import pytest

from capacity.quantities import GIB, KIB, MIB, TIB
from capacity.storage.efs import Mode, bursting, efs, elastic, faster, provisioned
from capacity.storage.judgement import judge
from capacity.storage.need import StorageNeed

# 2i2c#8815 within ten minutes, 20 to a node.
NEED = StorageNeed(
    users=140, arrive=600, within=600, users_per_node=20, shared_read=7 * GIB, home_write=GIB
)
GB = 10**9


def _caps(mode: Mode) -> list[tuple[str, int]]:
    return [(cap.name, cap.offered) for cap in efs(mode, 300, 100 * GIB).caps]


def test_elastic_has_only_the_ceilings_of_its_page_at_the_least_of_all_regions() -> None:
    assert _caps("elastic") == [
        ("read throughput", 20 * GIB),
        ("write throughput", GIB),
        ("throughput of one node", 500 * MIB),
        ("read IOPS", 900_000),
        ("write IOPS", 500_000),
    ]


def test_provisioned_has_what_is_set_within_its_ceilings() -> None:
    assert _caps("provisioned") == [
        ("throughput", 300 * MIB),
        ("read throughput", 3 * GIB),
        ("write throughput", GIB),
        ("throughput of one node", 500 * MIB),
        ("read IOPS", 55_000),
        ("write IOPS", 25_000),
    ]


def test_bursting_has_what_is_stored_and_credits() -> None:
    assert _caps("bursting") == [
        ("burst throughput", 100 * MIB),
        ("throughput with burst credits", 5000 * KIB),
        ("read throughput", 3 * GIB),
        ("write throughput", GIB),
        ("throughput of one node", 500 * MIB),
        ("read IOPS", 35_000),
        ("write IOPS", 7000),
    ]


@pytest.mark.parametrize(
    ("stored", "burst", "baseline"),
    [
        (0, 100 * MIB, MIB),
        (20 * GIB, 100 * MIB, MIB),
        (21 * GIB, 100 * MIB, 1050 * KIB),
        (TIB, 100 * MIB, 50 * MIB),
        (2 * TIB, 200 * MIB, 100 * MIB),
    ],
)
def test_what_is_stored_decides_the_baseline_and_from_a_tebibyte_on_the_burst(
    stored: int, burst: int, baseline: int
) -> None:
    first, second = bursting(stored).caps[:2]

    assert (first.offered, first.credits) == (burst, 0)
    assert (second.offered, second.credits) == (baseline, baseline * 86_400)
    assert [(cap.read, cap.write) for cap in (first, second)] == [(Fraction(1, 3), 1)] * 2


def test_100_gib_burst_for_72_minutes_a_day() -> None:
    # AWS: 100 GiB earn enough for 100 MiB/s over 72 minutes a day; 5,000 KiB/s are 4.88 MiB/s.
    need = StorageNeed(users=1, arrive=1, within=4400, users_per_node=1, home_write=440_000 * MIB)
    burst, earned = judge(need.demand(), bursting(100 * GIB)).limits[:2]

    assert (burst.seconds, burst.holds) == (4400, True)
    assert (earned.seconds, earned.holds) == (3712, True)


@pytest.mark.parametrize(
    ("store", "month", "unverified"),
    [
        (elastic(100 * GB), 30_000_000, ("efs-elastic max_client_mib_per_s",)),
        (bursting(100 * GB), 30_000_000, ()),
        # infracost: 88.5 MB/s = $531, so 6 dollars each.
        (provisioned(88, 0), 528_000_000, ("efs-provisioned usd_per_mib_per_s_month",)),
        (
            provisioned(100, 100 * GB),
            630_000_000,
            ("efs-provisioned usd_per_mib_per_s_month",),
        ),
    ],
)
def test_prices(store: object, month: int, unverified: tuple[str, ...]) -> None:
    assert getattr(store, "micro_usd_per_month", None) == month
    assert getattr(store, "unverified", None) == unverified


def test_elastic_is_paid_by_the_decimal_gigabyte_moved() -> None:
    assert elastic(0).micro_usd_to_move(980 * GB, 140 * GB) == 29_400_000 + 8_400_000
    assert provisioned(100, 0).micro_usd_to_move(980 * GB, 140 * GB) == 0


@pytest.mark.parametrize(("mib_per_s", "passes"), [(1911, False), (1912, True)])
def test_the_provisioned_throughput_that_passes_and_one_less(
    mib_per_s: int, *, passes: bool
) -> None:
    # 140 x 8 GiB / 600 s = 1911.5 MiB/s.
    assert judge(NEED.demand(), provisioned(mib_per_s, 0)).passes == passes
    if passes:
        assert faster(NEED.demand(), "provisioned", 100, 0) == (
            provisioned(mib_per_s, 0),
            elastic(0),
        )


@pytest.mark.parametrize("mode", ["bursting", "elastic"])
def test_every_other_mode_becomes_elastic(mode: Mode) -> None:
    assert faster(NEED.demand(), mode, 1, 7 * GIB) == (elastic(7 * GIB),)


@pytest.mark.parametrize("mode", ["bursting", "elastic", "provisioned"])
def test_no_setting_helps_a_node_that_wants_too_much(mode: Mode) -> None:
    demand = replace(NEED, users_per_node=40).demand()

    limiting = judge(demand, elastic(0)).limiting
    assert (limiting.name, limiting.wanted) == ("throughput of one node", "546.2 MiB/s")
    assert limiting.available == "500.0 MiB/s [unverified]"
    assert faster(demand, mode, 100, 0) == ()


@pytest.mark.parametrize(("per_node", "passes"), [(36, True), (37, False)])
def test_the_users_of_a_node_that_elastic_serves_and_one_more(
    per_node: int, *, passes: bool
) -> None:
    # 36 x 8 GiB / 600 s = 491.5 MiB/s of 500.
    demand = replace(NEED, users_per_node=per_node).demand()

    assert judge(demand, elastic(0)).passes == passes
