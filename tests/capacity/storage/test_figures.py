"""The reason for every number of an event's storage, in words."""

from dataclasses import replace

import pytest

from capacity.planned import Figure
from capacity.quantities import GIB
from capacity.storage.boot import boot_disk, gke_boot_disk
from capacity.storage.efs import elastic, provisioned
from capacity.storage.figures import storage_figures
from capacity.storage.filestore import bigger, filestore
from capacity.storage.need import StorageNeed

# 2i2c#8815 within ten minutes.
NEED = StorageNeed(
    users=140,
    arrive=600,
    within=600,
    users_per_node=20,
    shared_read=7 * GIB,
    home_write=GIB,
    scratch=2 * GIB,
)
HDD = filestore("BASIC_HDD", 1024)
DISK = gke_boot_disk("pd-balanced", 100)
ON_HDD = f"{HDD.source}; unverified: filestore-basic-hdd usd_per_gib_month"


def test_every_number_has_a_reason_and_a_source() -> None:
    better = bigger(NEED.demand(), "BASIC_HDD", 1024)
    boot = boot_disk(NEED, 3 * GIB, "gke", DISK, 100)

    assert storage_figures(NEED, HDD, better, boot) == (
        Figure(
            name="storageNeeded",
            value="1672.6 MiB/s",
            unit="",
            because="read throughput: 140 of 140 users, who come in 600 s, are at it at once, each "
            "reading 7.00 GiB and writing 1.00 GiB within 600 s",
            source="stack file, events.storage",
        ),
        Figure(
            name="storageOffered",
            value="100.0 MiB/s",
            unit="",
            because="read throughput of Filestore BASIC_HDD of 1024 GiB, which runs out first",
            source=ON_HDD,
        ),
        Figure(
            name="storageSeconds",
            value=10_036,
            unit="s",
            because="at least, to move what is wanted at once; 600 s allowed, too late",
            source="storageNeeded, storageOffered",
        ),
        Figure(
            name="storageCost",
            value="204.80",
            unit="USD a month",
            because="Filestore BASIC_HDD of 1024 GiB: $0.29 an hour",
            source=ON_HDD,
        ),
        Figure(
            name="storageSetting",
            value="{tier: ZONAL, capacity: 6656Gi}",
            unit="",
            because="smallest that passes, as another instance to copy homes to, 1690.0 MiB/s of "
            "read throughput in 594 s; $1730.56 instead of $204.80 a month, $2.10 more an hour",
            source=better[0].source,
        ),
        Figure(
            name="bootDisk",
            value=49,
            unit="GiB",
            because="9.00 GiB of image + 20 users x 2.00 GiB of scratch; 59.00 GiB are free for "
            "them on pd-balanced of 100 GiB",
            source=f"{DISK.source}; {boot.unpacking.source}",
        ),
        Figure(
            name="imageWrite",
            value=55,
            unit="s",
            because="least time for 9.00 GiB at the throughput of pd-balanced of 100 GiB; a pull "
            "takes longer",
            source=f"{DISK.source}; {boot.unpacking.source}",
        ),
        Figure(
            name="scratchSeconds",
            value=244,
            unit="s",
            because="20 users on a node write 2.00 GiB each within 600 s: 68.3 MiB/s of throughput "
            "wanted and 168.0 MiB/s there",
            source=DISK.source,
        ),
    )


def _because(name: str, figures: tuple[Figure, ...]) -> list[str]:
    return [figure.because for figure in figures if figure.name == name]


def test_what_is_paid_by_the_byte_is_told_for_the_event() -> None:
    figures = storage_figures(NEED, elastic(7 * GIB))

    assert _because("storageSeconds", figures) == [
        "at least, to move what is wanted at once; 600 s allowed, in time"
    ]
    assert _because("storageCost", figures) == [
        "EFS elastic: $0.01 an hour, and $40.59 for what the event moves"
    ]
    assert len(figures) == 4


@pytest.mark.parametrize(
    ("now", "change"), [(100, "$0.00 instead of $600.00 a month, $0.83 less an hour")]
)
def test_a_setting_may_cost_less(now: int, change: str) -> None:
    figures = storage_figures(NEED, provisioned(now, 0), (elastic(0),))

    assert _because("storageSetting", figures) == [
        "smallest that passes, 500.0 MiB/s [unverified] of throughput of one node in 328 s; "
        f"{change}, and $40.59 for what the event moves"
    ]


def test_a_need_without_data_is_met_by_anything() -> None:
    need = replace(NEED, shared_read=0, home_write=0)

    assert [figure.value for figure in storage_figures(need, HDD)[:3]] == [
        "0.0 MiB/s",
        "100.0 MiB/s",
        0,
    ]
