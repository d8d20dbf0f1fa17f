"""Filestore by tier and capacity: golden figures of its documentation, steps, next setting."""

from dataclasses import replace

import pytest

from capacity.quantities import GIB, MIB
from capacity.storage.filestore import TIERS, Tier, bigger, filestore
from capacity.storage.judgement import judge
from capacity.storage.need import StorageNeed
from capacity.storage.store import NotSoldError

# 2i2c#8815 within ten minutes.
NEED = StorageNeed(
    users=140, arrive=600, within=600, users_per_node=20, shared_read=7 * GIB, home_write=GIB
)


@pytest.mark.parametrize(
    ("tier", "gib", "mib_per_s", "iops", "micro"),
    [
        ("BASIC_HDD", 1024, (100, 100), (600, 1000), 204_800_000),
        ("BASIC_HDD", 10_240, (100, 100), (600, 1000), 2_048_000_000),
        ("BASIC_HDD", 10_241, (180, 120), (1000, 5000), 2_048_200_000),
        ("BASIC_SSD", 2560, (1200, 350), (60_000, 25_000), 768_000_000),
        ("ZONAL", 1024, (260, 88), (9200, 2600), 266_240_000),
        ("ZONAL", 1280, (325, 110), (11_500, 3250), 332_800_000),
        ("ZONAL", 9984, (2535, 858), (89_700, 25_350), 2_595_840_000),
        ("ZONAL", 10_240, (2600, 880), (92_000, 26_000), 2_662_400_000),
        ("ZONAL", 102_400, (26_000, 8800), (920_000, 260_000), 26_624_000_000),
        ("REGIONAL", 1024, (260, 88), None, 368_640_000),
    ],
)
def test_a_tier_does_by_its_capacity_what_its_page_says(
    tier: Tier, gib: int, mib_per_s: tuple[int, int], iops: tuple[int, int] | None, micro: int
) -> None:
    found = filestore(tier, gib)

    offered = [(cap.name, cap.offered) for cap in found.caps]
    rates = zip(("read throughput", "write throughput"), mib_per_s, strict=True)
    operations = zip(("read IOPS", "write IOPS"), iops or (), strict=False)
    assert offered == [*((name, rate * MIB) for name, rate in rates), *operations]
    assert found.micro_usd_per_month == micro
    assert found.name == f"Filestore {tier} of {gib} GiB"
    assert found.setting == f"{{tier: {tier}, capacity: {gib}Gi}}"


def test_figures_without_a_source_stay_marked() -> None:
    assert {tier: filestore(tier, 2560).unverified for tier in TIERS} == {
        "BASIC_HDD": ("filestore-basic-hdd usd_per_gib_month",),
        "BASIC_SSD": (),
        "ZONAL": (),
        "REGIONAL": (
            "filestore-regional usd_per_gib_month",
            "filestore-regional read_mib_per_s_per_tib",
            "filestore-regional write_mib_per_s_per_tib",
        ),
    }
    assert [cap.verified for cap in filestore("REGIONAL", 2560).caps] == [False, False]


@pytest.mark.parametrize(
    ("tier", "gib", "sold"),
    [
        ("BASIC_HDD", 1023, "from 1024 to 65434 GiB and not with 1023; nearest: 1024Gi"),
        ("BASIC_HDD", 65_435, "from 1024 to 65434 GiB and not with 65435; nearest: 65434Gi"),
        ("BASIC_SSD", 1024, "from 2560 to 65434 GiB and not with 1024; nearest: 2560Gi"),
        ("ZONAL", 1025, "from 1024 to 102400 GiB and not with 1025; nearest: 1024Gi or 1280Gi"),
        ("ZONAL", 10_000, "from 1024 to 102400 GiB and not with 10000; nearest: 9984Gi or 10240Gi"),
        (
            "ZONAL",
            10_496,
            "from 1024 to 102400 GiB and not with 10496; nearest: 10240Gi or 12800Gi",
        ),
        ("REGIONAL", 99, "from 100 to 10239 GiB and not with 99; nearest: 100Gi"),
    ],
)
def test_what_is_not_sold_is_refused_with_the_nearest_that_is(
    tier: Tier, gib: int, sold: str
) -> None:
    with pytest.raises(NotSoldError) as caught:
        filestore(tier, gib)
    assert str(caught.value) == f"Filestore {tier} is sold {sold}"


def test_140_users_of_7_gib_on_the_default_take_hours_and_not_minutes() -> None:
    judged = judge(NEED.demand(), filestore("BASIC_HDD", 1024))

    assert not judged.passes
    assert (judged.limiting.wanted, judged.limiting.available) == ("1672.6 MiB/s", "100.0 MiB/s")
    assert judged.seconds == 10_036


@pytest.mark.parametrize(("users", "passes"), [(8, True), (9, False)])
def test_the_default_serves_eight_such_users_and_not_nine(users: int, *, passes: bool) -> None:
    # 8 x 7 GiB / 600 s = 95.6 MiB/s; 9 x 7 GiB / 600 s = 107.6 MiB/s.
    demand = replace(NEED, users=users).demand()

    assert judge(demand, filestore("BASIC_HDD", 1024)).passes == passes


@pytest.mark.parametrize(("gib", "passes"), [(6400, False), (6656, True)])
def test_the_next_setting_is_the_smallest_that_passes(gib: int, *, passes: bool) -> None:
    assert judge(NEED.demand(), filestore("ZONAL", gib)).passes == passes


@pytest.mark.parametrize(
    ("tier", "gib", "users", "better"),
    [
        # Grows in place where that helps.
        ("ZONAL", 1024, 140, [("ZONAL", 6656)]),
        ("ZONAL", 8192, 140, [("ZONAL", 8192)]),
        ("ZONAL", 1024, 300, [("ZONAL", 15_360)]),
        # Beside it, what is cheaper.
        ("ZONAL", 1024, 100, [("ZONAL", 4864), ("BASIC_SSD", 2560)]),
        ("REGIONAL", 100, 140, [("REGIONAL", 6656), ("ZONAL", 6656)]),
        ("BASIC_HDD", 1024, 12, [("BASIC_HDD", 10_241), ("ZONAL", 1024)]),
        # Otherwise the cheapest of the others.
        ("BASIC_HDD", 1024, 140, [("ZONAL", 6656)]),
        ("BASIC_HDD", 1024, 100, [("BASIC_SSD", 2560)]),
        ("BASIC_HDD", 20_480, 140, [("ZONAL", 20_480)]),
        ("BASIC_SSD", 2560, 140, [("ZONAL", 6656)]),
    ],
)
def test_the_same_tier_grows_and_the_cheapest_is_told(
    tier: Tier, gib: int, users: int, better: list[tuple[Tier, int]]
) -> None:
    assert bigger(replace(NEED, users=users).demand(), tier, gib) == tuple(
        filestore(*one) for one in better
    )


@pytest.mark.parametrize("tier", TIERS)
def test_more_than_anything_can_do_has_no_setting(tier: Tier) -> None:
    demand = replace(NEED, users=140_000).demand()

    assert bigger(demand, tier, 2560) == ()


def test_a_bigger_one_than_is_sold_cannot_grow() -> None:
    assert bigger(NEED.demand(), "REGIONAL", 10_000) == (filestore("ZONAL", 10_240),)
