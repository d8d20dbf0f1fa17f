"""Filestore by tier and capacity: golden figures of its documentation, steps, next setting."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis.strategies import integers, sampled_from

from capacity.quantities import GIB, MIB
from capacity.storage.filestore import TIERS, Tier, band, bigger, enough_capacity, filestore
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
        ("REGIONAL", 1024, (120, 100), (12_000, 4000), 368_640_000),
        ("REGIONAL", 9984, (1170, 975), (117_000, 39_000), 3_594_240_000),
        ("REGIONAL", 10_240, (2600, 880), (92_000, 26_000), 3_686_400_000),
        ("REGIONAL", 102_400, (26_000, 8800), (920_000, 260_000), 36_864_000_000),
    ],
)
def test_a_tier_does_by_its_capacity_what_its_page_says(
    tier: Tier, gib: int, mib_per_s: tuple[int, int], iops: tuple[int, int], micro: int
) -> None:
    found = filestore(tier, gib)

    offered = [(cap.name, cap.offered) for cap in found.caps]
    rates = zip(("read throughput", "write throughput"), mib_per_s, strict=True)
    operations = zip(("read IOPS", "write IOPS"), iops, strict=True)
    assert offered == [*((name, rate * MIB) for name, rate in rates), *operations]
    assert found.micro_usd_per_month == micro
    assert found.name == f"Filestore {tier} of {gib} GiB"
    assert found.setting == f"{{tier: {tier}, capacity: {gib}Gi}}"


def test_figures_without_a_source_stay_marked() -> None:
    assert {tier: filestore(tier, 2560).unverified for tier in TIERS} == {
        "BASIC_HDD": ("filestore-basic-hdd usd_per_gib_month",),
        "BASIC_SSD": (),
        "ZONAL": (),
        "REGIONAL": ("filestore-regional usd_per_gib_month",),
    }
    assert {cap.verified for tier in TIERS for cap in filestore(tier, 10_240).caps} == {True}


@pytest.mark.parametrize(
    ("tier", "gib", "sold"),
    [
        ("BASIC_HDD", 1023, "from 1024 to 65433 GiB and not with 1023; nearest: 1024Gi"),
        ("BASIC_HDD", 65_434, "from 1024 to 65433 GiB and not with 65434; nearest: 65433Gi"),
        ("BASIC_SSD", 1024, "from 2560 to 65433 GiB and not with 1024; nearest: 2560Gi"),
        ("ZONAL", 1025, "from 1024 to 102400 GiB and not with 1025; nearest: 1024Gi or 1280Gi"),
        ("ZONAL", 10_000, "from 1024 to 102400 GiB and not with 10000; nearest: 9984Gi or 10240Gi"),
        (
            "ZONAL",
            10_496,
            "from 1024 to 102400 GiB and not with 10496; nearest: 10240Gi or 12800Gi",
        ),
        # Smaller ones want custom performance, which is not set.
        ("REGIONAL", 100, "from 1024 to 102400 GiB and not with 100; nearest: 1024Gi"),
        (
            "REGIONAL",
            10_239,
            "from 1024 to 102400 GiB and not with 10239; nearest: 9984Gi or 10240Gi",
        ),
        ("REGIONAL", 102_401, "from 1024 to 102400 GiB and not with 102401; nearest: 102400Gi"),
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
    ("tier", "gib", "users", "grown", "other"),
    [
        # Grows in place where that helps.
        ("ZONAL", 1024, 140, 6656, None),
        ("ZONAL", 8192, 140, 8192, None),
        ("ZONAL", 10_240, 300, 15_360, None),
        # Beside it, what is cheaper.
        ("ZONAL", 1024, 100, 4864, ("BASIC_SSD", 2560)),
        ("REGIONAL", 1024, 50, 5120, ("ZONAL", 2560)),
        ("BASIC_HDD", 1024, 12, 10_241, ("ZONAL", 1024)),
        # Otherwise the cheapest of the others, of which another band is one.
        ("ZONAL", 1024, 300, None, ("ZONAL", 15_360)),
        ("ZONAL", 8192, 300, None, ("ZONAL", 15_360)),
        ("REGIONAL", 1024, 140, None, ("ZONAL", 6656)),
        ("BASIC_HDD", 1024, 140, None, ("ZONAL", 6656)),
        ("BASIC_HDD", 1024, 100, None, ("BASIC_SSD", 2560)),
        ("BASIC_HDD", 20_480, 140, None, ("ZONAL", 20_480)),
        ("BASIC_SSD", 2560, 140, None, ("ZONAL", 6656)),
        # What is of no band grows no further than the one below.
        ("REGIONAL", 10_000, 140, None, ("ZONAL", 10_240)),
    ],
)
def test_an_instance_grows_and_the_cheapest_other_is_told(
    tier: Tier, gib: int, users: int, grown: int | None, other: tuple[Tier, int] | None
) -> None:
    found = bigger(replace(NEED, users=users).demand(), tier, gib)

    assert found == (
        *([] if grown is None else [filestore(tier, grown)]),
        *([] if other is None else [replace(filestore(*other), another=True)]),
    )


@pytest.mark.parametrize("tier", TIERS)
def test_more_than_anything_can_do_has_no_setting(tier: Tier) -> None:
    demand = replace(NEED, users=140_000).demand()

    assert bigger(demand, tier, 2560) == ()
    assert enough_capacity(demand, tier, 2560) is None


@pytest.mark.parametrize(
    ("tier", "gib", "found"),
    [
        ("BASIC_HDD", 1024, "filestore-basic-hdd"),
        ("BASIC_SSD", 65_433, "filestore-basic-ssd"),
        ("ZONAL", 100, "filestore-zonal"),
        ("ZONAL", 9984, "filestore-zonal"),
        ("ZONAL", 10_239, "filestore-zonal"),
        ("ZONAL", 10_240, "filestore-zonal-large"),
        ("REGIONAL", 9984, "filestore-regional"),
        ("REGIONAL", 102_400, "filestore-regional-large"),
    ],
)
def test_a_capacity_is_in_a_band_of_its_tier(tier: Tier, gib: int, found: str) -> None:
    assert band(tier, gib) == found


# From a few, whom any instance serves, to more than any can.
USERS = integers(min_value=1, max_value=3000)


@given(
    tier=sampled_from(("ZONAL", "REGIONAL")),
    gib=sampled_from((1024, 1280, 8192, 9984)),
    users=USERS,
)
@example(tier="ZONAL", gib=8192, users=300)
@example(tier="ZONAL", gib=9984, users=300)
def test_what_is_below_10_tib_never_grows_to_10_tib(tier: Tier, gib: int, users: int) -> None:
    found = enough_capacity(replace(NEED, users=users).demand(), tier, gib)

    assert found is None or (found % 256 == 0 and gib <= found <= 9984)


@given(
    tier=sampled_from(("ZONAL", "REGIONAL")),
    gib=sampled_from((10_240, 12_800, 99_840, 102_400)),
    users=USERS,
)
@example(tier="ZONAL", gib=10_240, users=211)
def test_what_is_10_tib_or_more_grows_in_steps_of_2_5_tib(tier: Tier, gib: int, users: int) -> None:
    found = enough_capacity(replace(NEED, users=users).demand(), tier, gib)

    assert found is None or (found % 2560 == 0 and gib <= found <= 102_400)


@given(tier=sampled_from(TIERS), gib=sampled_from((2560, 9984, 10_240, 25_600)), users=USERS)
def test_what_is_advised_passes_and_only_growth_within_the_band_is_in_place(
    tier: Tier, gib: int, users: int
) -> None:
    demand = replace(NEED, users=users).demand()

    grown = enough_capacity(demand, tier, gib)
    found = bigger(demand, tier, gib)
    assert all(judge(demand, one).passes for one in found)
    assert [one for one in found if not one.another] == (
        [] if grown is None else [filestore(tier, grown)]
    )
    if grown is not None:
        assert band(tier, grown) == band(tier, gib)
