"""Disks whose performance is set, and disks whose size decides it."""

from dataclasses import replace

import pytest

from capacity.quantities import GIB, MIB
from capacity.storage.disks import (
    SetDisk,
    SizedDisk,
    included,
    set_disk,
    sized_disk,
    smallest_set_disk,
    smallest_sized_disk,
)
from capacity.storage.judgement import judge
from capacity.storage.need import StorageNeed
from capacity.storage.store import NotSoldError

# 2i2c#8815 within ten minutes.
NEED = StorageNeed(
    users=140, arrive=600, within=600, users_per_node=20, shared_read=7 * GIB, home_write=GIB
)


@pytest.mark.parametrize(
    ("kind", "expected"), [("ebs-gp3", (3000, 125)), ("hyperdisk-balanced", (3000, 140))]
)
def test_what_every_disk_has_for_nothing(kind: SetDisk, expected: tuple[int, int]) -> None:
    assert included(kind) == expected


@pytest.mark.parametrize(
    ("kind", "gib", "iops", "mib_per_s", "micro"),
    [
        # infracost: 40 GB = $3.20.
        ("ebs-gp3", 40, 3000, 125, 3_200_000),
        # 2i2c#6240: 3,000 to 10,000 IOPS is about $35 a month more.
        ("ebs-gp3", 1000, 10_000, 125, 80_000_000 + 35_000_000),
        # infracost: 5 MiB/s = $0.20.
        ("ebs-gp3", 1000, 3000, 130, 80_000_000 + 200_000),
        # 2i2c#7217: 2,000 IOPS are about $10.
        ("ebs-gp3", 1000, 5000, 250, 80_000_000 + 10_000_000 + 5_000_000),
        ("hyperdisk-balanced", 100, 4000, 150, 8_000_000 + 5_000_000 + 400_000),
    ],
)
def test_what_is_beyond_the_included_is_paid(
    kind: SetDisk, gib: int, iops: int, mib_per_s: int, micro: int
) -> None:
    found = set_disk(kind, gib, iops, mib_per_s)

    assert found.micro_usd_per_month == micro
    assert [(cap.name, cap.offered) for cap in found.caps] == [
        ("throughput", mib_per_s * MIB),
        ("IOPS", iops),
    ]
    assert found.name == f"{kind} of {gib} GiB with {iops} IOPS and {mib_per_s} MiB/s"


def test_what_is_beyond_the_included_rests_on_ratios_without_a_source() -> None:
    ratios = ("ebs-gp3 max_mib_per_s_per_iops", "ebs-gp3 max_iops_per_gib")

    assert set_disk("ebs-gp3", 100, 3000, 125).unverified == ()
    assert set_disk("ebs-gp3", 100, 3000, 126).unverified == ratios[:1]
    assert set_disk("ebs-gp3", 100, 3001, 126).unverified == ratios
    assert [cap.verified for cap in set_disk("ebs-gp3", 100, 3001, 125).caps] == [True, False]


@pytest.mark.parametrize(
    ("gib", "iops", "mib_per_s", "most"),
    [
        (1, 3001, 125, "at most 3000 IOPS and with 3001 IOPS at most 750 MiB/s"),
        (10, 5001, 125, "at most 5000 IOPS and with 5001 IOPS at most 1250 MiB/s"),
        (1000, 80_001, 125, "at most 80000 IOPS and with 80001 IOPS at most 2000 MiB/s"),
        (1000, 3000, 751, "at most 80000 IOPS and with 3000 IOPS at most 750 MiB/s"),
        (1000, 80_000, 2001, "at most 80000 IOPS and with 80000 IOPS at most 2000 MiB/s"),
    ],
)
def test_more_than_size_and_iops_allow_is_refused(
    gib: int, iops: int, mib_per_s: int, most: str
) -> None:
    with pytest.raises(NotSoldError) as caught:
        set_disk("ebs-gp3", gib, iops, mib_per_s)
    assert str(caught.value) == f"ebs-gp3 of {gib} GiB has {most}, not {iops} and {mib_per_s}"


@pytest.mark.parametrize(("users", "passes"), [(9, True), (10, False)])
def test_gp3_as_it_comes_serves_nine_such_users_and_not_ten(users: int, *, passes: bool) -> None:
    # 9 x 8 GiB / 600 s = 122.9 MiB/s of 125; 10 want 136.6.
    demand = replace(NEED, users=users).demand()

    assert judge(demand, set_disk("ebs-gp3", 1000, 3000, 125)).passes == passes


def test_140_users_of_7_gib_on_gp3_as_it_comes_are_refused() -> None:
    judged = judge(NEED.demand(), set_disk("ebs-gp3", 1000, 3000, 125))

    assert not judged.passes
    assert (judged.limiting.wanted, judged.limiting.available) == ("1911.5 MiB/s", "125.0 MiB/s")
    assert judged.seconds == 9176


def test_the_least_setting_that_passes_takes_its_iops_with_it() -> None:
    found = smallest_set_disk(NEED.demand(), "ebs-gp3", 1000)

    assert found == set_disk("ebs-gp3", 1000, 7648, 1912)
    assert not judge(NEED.demand(), set_disk("ebs-gp3", 1000, 7644, 1911)).passes


def test_small_operations_raise_the_iops_alone() -> None:
    need = replace(NEED, users=9, io_size=16 * 1024)

    # 9 x 8 GiB / 600 s in pieces of 16 KiB.
    assert smallest_set_disk(need.demand(), "ebs-gp3", 1000) == set_disk("ebs-gp3", 1000, 7865, 125)


@pytest.mark.parametrize(("gib", "users"), [(1000, 1400), (1, 140)])
def test_no_setting_of_a_disk_passes_beyond_its_most(gib: int, users: int) -> None:
    assert smallest_set_disk(replace(NEED, users=users).demand(), "ebs-gp3", gib) is None


@pytest.mark.parametrize(
    ("kind", "gib", "mib_per_s", "iops", "micro"),
    [
        # GKE's default boot disk.
        ("pd-balanced", 100, 168, [("IOPS", 3600)], 10_000_000),
        ("pd-balanced", 4000, 1200, [("IOPS", 27_000)], 400_000_000),
        ("pd-balanced", 60_000, 1200, [("IOPS", 80_000)], 6_000_000_000),
        ("pd-ssd", 100, 288, [("IOPS", 9000)], 17_000_000),
        ("pd-standard", 100, 12, [("read IOPS", 75), ("write IOPS", 150)], 4_000_000),
    ],
)
def test_size_decides_what_a_persistent_disk_does(
    kind: SizedDisk, gib: int, mib_per_s: int, iops: list[tuple[str, int]], micro: int
) -> None:
    found = sized_disk(kind, gib)

    assert [(cap.name, cap.offered) for cap in found.caps] == [
        ("throughput", mib_per_s * MIB),
        *iops,
    ]
    assert (found.micro_usd_per_month, found.unverified) == (micro, ())
    assert (found.name, found.setting) == (f"{kind} of {gib} GiB", "")


@pytest.mark.parametrize(("gib", "passes"), [(1450, False), (1451, True)])
def test_the_smallest_persistent_disk_that_passes_and_one_less(gib: int, *, passes: bool) -> None:
    # 40 users want 546.2 MiB/s: (546.2 - 140) / 0.28.
    demand = replace(NEED, users=40).demand()

    assert judge(demand, sized_disk("pd-balanced", gib)).passes == passes
    assert smallest_sized_disk(demand, "pd-balanced", 100) == sized_disk("pd-balanced", 1451)


def test_no_size_passes_what_one_machine_takes() -> None:
    assert smallest_sized_disk(NEED.demand(), "pd-ssd", 100) is None
