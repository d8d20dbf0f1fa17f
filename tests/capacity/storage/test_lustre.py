"""FSx for Lustre: decimal megabytes for every binary tebibyte."""

import pytest

from capacity.quantities import GIB
from capacity.storage.judgement import judge
from capacity.storage.lustre import TYPES, lustre, smallest_lustre
from capacity.storage.need import StorageNeed
from capacity.storage.store import NotSoldError

NEED = StorageNeed(
    users=140, arrive=600, within=600, users_per_node=20, shared_read=7 * GIB, home_write=GIB
)


@pytest.mark.parametrize(
    ("deployment", "gib", "bytes_a_second", "micro"),
    [
        # 1.171875 TiB; 1,288.490188800 GB.
        ("scratch-2", 1200, 234_375_000, 180_388_627),
        ("persistent-2-125", 1200, 146_484_375, 186_831_078),
        ("persistent-2-250", 2400, 585_937_500, 541_165_880),
        ("persistent-2-500", 2400, 1_171_875_000, 876_173_329),
        ("persistent-2-1000", 4800, 4_687_500_000, 3_092_376_454),
    ],
)
def test_throughput_and_price_by_capacity(
    deployment: str, gib: int, bytes_a_second: int, micro: int
) -> None:
    found = lustre(deployment, gib)

    assert [(cap.name, cap.offered) for cap in found.caps] == [("throughput", bytes_a_second)]
    assert found.micro_usd_per_month == micro
    assert (found.name, found.setting) == (f"FSx for Lustre {deployment} of {gib} GiB", "")


def test_figures_without_a_source_stay_marked() -> None:
    assert {kind: lustre(kind, 1200).unverified for kind in TYPES} == {
        "scratch-2": ("fsx-lustre-scratch-2 mb_per_s_per_tib",),
        "persistent-2-125": (),
        "persistent-2-250": ("fsx-lustre-persistent-2-250 usd_per_gb_month",),
        "persistent-2-500": ("fsx-lustre-persistent-2-500 usd_per_gb_month",),
        "persistent-2-1000": ("fsx-lustre-persistent-2-1000 usd_per_gb_month",),
    }
    assert [lustre(kind, 1200).caps[0].verified for kind in TYPES] == [False, *[True] * 4]


@pytest.mark.parametrize(
    ("gib", "near"),
    [
        (0, "1200Gi"),
        (1199, "1200Gi"),
        (1201, "1200Gi or 2400Gi"),
        (2401, "2400Gi or 4800Gi"),
        (4799, "2400Gi or 4800Gi"),
    ],
)
def test_what_is_not_sold_is_refused_with_the_nearest_that_is(gib: int, near: str) -> None:
    with pytest.raises(NotSoldError) as caught:
        lustre("scratch-2", gib)
    assert str(caught.value) == (
        f"FSx for Lustre is sold with 1200 GiB and multiples of 2400, not with {gib}; "
        f"nearest: {near}"
    )


@pytest.mark.parametrize(
    ("at_least", "at_most", "chosen"),
    [
        (0, 100_000, ("persistent-2-1000", 2400)),
        (1200, 1200, None),
        (2401, 4800, ("persistent-2-500", 4800)),
        (0, 0, None),
    ],
)
def test_the_cheapest_that_passes_is_found(
    at_least: int, at_most: int, chosen: tuple[str, int] | None
) -> None:
    found = smallest_lustre(NEED.demand(), at_least, at_most)

    assert found == (lustre(*chosen) if chosen else None)


def test_the_least_that_passes_and_the_step_below_it() -> None:
    demand = NEED.demand()

    assert judge(demand, lustre("persistent-2-1000", 2400)).seconds == 514
    assert judge(demand, lustre("persistent-2-1000", 1200)).seconds == 1027


def test_a_small_need_is_met_by_the_smallest_one() -> None:
    need = StorageNeed(users=1, arrive=1, within=1, users_per_node=1, home_write=1)

    assert smallest_lustre(need.demand(), 0, 10_000) == lustre("scratch-2", 1200)
