"""A throughput that its owner declares."""

import pytest

from capacity.quantities import GIB, MIB
from capacity.storage.declared import declared, enough
from capacity.storage.judgement import judge
from capacity.storage.need import StorageNeed

NEED = StorageNeed(
    users=140, arrive=600, within=600, users_per_node=20, shared_read=7 * GIB, home_write=GIB
)


def test_reads_and_writes_share_it_and_it_costs_us_nothing() -> None:
    found = declared(125)

    assert [(cap.name, cap.offered) for cap in found.caps] == [("throughput", 125 * MIB)]
    assert (found.micro_usd_per_month, found.source, found.unverified) == (0, "", ())
    assert (found.name, found.setting) == (
        "the storage class with 125 MiB/s",
        "{throughput: 125}",
    )


@pytest.mark.parametrize(("mib_per_s", "passes"), [(1911, False), (1912, True)])
def test_what_is_enough_passes_and_one_less_does_not(mib_per_s: int, *, passes: bool) -> None:
    assert judge(NEED.demand(), declared(mib_per_s)).passes == passes
    assert enough(NEED.demand()) == (declared(1912),)
