"""The page on storage shows what the models say."""

from pathlib import Path

import pytest

from capacity.figures import dollars
from capacity.quantities import GIB
from capacity.storage.disks import set_disk, sized_disk
from capacity.storage.efs import bursting, elastic, provisioned
from capacity.storage.filestore import filestore
from capacity.storage.judgement import judge
from capacity.storage.lustre import lustre
from capacity.storage.need import StorageNeed
from capacity.storage.store import Store, show_rate

PAGE = Path(__file__).parents[3] / "docs" / "storage.md"
STORY = StorageNeed(
    users=140, arrive=600, within=600, users_per_node=20, shared_read=7 * GIB, home_write=GIB
)
STORED = 100 * 10**9
STORES = [
    filestore("BASIC_HDD", 1024),
    filestore("BASIC_SSD", 2560),
    filestore("ZONAL", 1024),
    filestore("ZONAL", 6656),
    filestore("REGIONAL", 1024),
    filestore("REGIONAL", 10_240),
    elastic(STORED),
    bursting(STORED),
    provisioned(300, STORED),
    lustre("scratch-2", 1200),
    lustre("persistent-2-125", 1200),
    lustre("persistent-2-1000", 2400),
    set_disk("ebs-gp3", 1000, 3000, 125),
    set_disk("ebs-gp3", 1000, 10_000, 1000),
    sized_disk("pd-standard", 1000),
    sized_disk("pd-balanced", 100),
    sized_disk("pd-balanced", 1000),
    sized_disk("pd-ssd", 1000),
    set_disk("hyperdisk-balanced", 1000, 3000, 140),
]


def row(store: Store) -> str:
    """Return the row of the page's table."""
    slots = {"read throughput": "-", "write throughput": "-", "throughput": "-"}
    for cap in store.caps:
        if cap.of == "bytes":
            name = "throughput" if cap.name == "burst throughput" else cap.name
            mark = "" if cap.verified else " [unverified]"
            slots[name] = show_rate(cap.offered) + mark
    of = [slots[name] for name in ("read throughput", "write throughput", "throughput")]
    price = dollars(store.micro_usd_per_month) + ("*" if store.unverified else "")
    seconds = judge(STORY.demand(), store).seconds
    return f"| {store.name} | {' | '.join(of)} | {price} | {seconds} |"


@pytest.mark.parametrize("store", STORES, ids=lambda store: store.name)
def test_every_row_of_the_table_is_what_the_models_say(store: Store) -> None:
    assert row(store) in PAGE.read_text("utf-8").splitlines()
