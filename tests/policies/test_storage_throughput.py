"""Homes, shared data and scratch are moved in the time in which users want them."""

from collections.abc import Callable
from typing import Any

import pytest
from pulumi_policy import StackValidationPolicy

from policies.storage_throughput import storage_throughput

Resources = dict[str, Any]
Judge = Callable[[StackValidationPolicy, Resources], list[str]]
Change = Callable[[Resources, str, object], None]

GIB = 1 << 30


def _facts(**changed: int) -> Resources:
    """Return 2i2c#8815, 140 users reading 7 GB and writing 1 GB, within ten minutes."""
    moved = {"sharedRead": 7 * GIB, "homeWrite": GIB, "scratch": 0, "image": 3 * GIB}
    return moved | {"arrive": 600, "within": 600} | changed


@pytest.fixture
def on_filestore(gke: Resources) -> Resources:
    """The story of 2i2c#8815 on the default Filestore."""
    gke["hub"]["event"] |= {"users": 140, "storage": _facts()}
    gke["filestore"] = {
        "tier": "BASIC_HDD",
        "fileShares": {"name": "homes", "capacityGb": 1024},
    }
    gke["gke"]["nodeConfig"] |= {"diskType": "pd-balanced", "diskSizeGb": 100}
    return gke


@pytest.fixture
def on_efs(eks: Resources) -> Resources:
    """The same story on EFS, elastic."""
    eks["hub"]["event"] |= {"users": 140, "storage": _facts()}
    eks["efs"] = {"throughputMode": "elastic"}
    return eks


def _slow(users: int, wanted: str, has: str, takes: str, knobs: str, each: str = "") -> list[str]:
    moved = each or "read 7.00 GiB and write 1.00 GiB each within 10m"
    return [
        f"Event intro: {users} users {moved}, which wants {wanted}, and {has} and takes at "
        f"least {takes}; {knobs}, or lower storage.sharedReadPerUser or storage.homeWritePerUser."
    ]


def test_an_event_that_says_nothing_of_storage_is_not_judged(gke: Resources, judge: Judge) -> None:
    assert judge(storage_throughput, gke) == []


def test_140_users_of_7_gib_on_the_default_filestore_are_refused(
    on_filestore: Resources, judge: Judge
) -> None:
    assert judge(storage_throughput, on_filestore) == _slow(
        140,
        "1672.6 MiB/s of read throughput",
        "Filestore BASIC_HDD of 1024 GiB has 100.0 MiB/s",
        "2h47m16s",
        "copy homes to another instance with cluster.homes {tier: ZONAL, capacity: 6656Gi} "
        "($1730.56 a month instead of $204.80), or set storage.within to 2h47m16s",
    )


@pytest.mark.parametrize(("users", "passes"), [(8, True), (9, False)])
def test_the_users_whom_the_default_filestore_serves_and_one_more(
    users: int, *, passes: bool, on_filestore: Resources, judge: Judge, change: Change
) -> None:
    change(on_filestore, "hub.event.users", users)

    assert (judge(storage_throughput, on_filestore) == []) == passes


@pytest.mark.parametrize(("gib", "passes"), [(6400, False), (6656, True)])
def test_the_capacity_that_is_advised_passes_and_a_step_less_does_not(
    gib: int, *, passes: bool, on_filestore: Resources, judge: Judge, change: Change
) -> None:
    change(on_filestore, "filestore.tier", "ZONAL")
    change(on_filestore, "filestore.fileShares.capacityGb", gib)

    assert (judge(storage_throughput, on_filestore) == []) == passes


@pytest.mark.parametrize(("within", "passes"), [(10_036, True), (10_035, False)])
def test_the_time_that_is_advised_passes_and_a_second_less_does_not(
    within: int, *, passes: bool, on_filestore: Resources, judge: Judge, change: Change
) -> None:
    change(on_filestore, "hub.event.storage.within", within)

    assert (judge(storage_throughput, on_filestore) == []) == passes


def test_a_dearer_tier_that_grows_in_place_is_told_beside_the_cheapest(
    on_filestore: Resources, judge: Judge, change: Change
) -> None:
    change(on_filestore, "hub.event.users", 12)

    assert judge(storage_throughput, on_filestore) == _slow(
        12,
        "143.4 MiB/s of read throughput",
        "Filestore BASIC_HDD of 1024 GiB has 100.0 MiB/s",
        "14m21s",
        "set cluster.homes to {tier: BASIC_HDD, capacity: 10241Gi} ($2048.20 a month instead of "
        "$204.80), or copy homes to another instance with cluster.homes {tier: ZONAL, capacity: "
        "1024Gi} ($266.24 a month instead of $204.80), or set storage.within to 14m21s",
    )


# The lower band ends at 9984 GiB, which have 2535 MiB/s.
@pytest.mark.parametrize(
    ("gib", "has", "takes", "knobs"),
    [
        (
            8192,
            2080,
            "40m13s",
            "copy homes to another instance with cluster.homes {tier: ZONAL, capacity: 33280Gi} "
            "($8652.80 a month instead of $2129.92), or set storage.within to 40m13s",
        ),
        (
            10_240,
            2600,
            "32m10s",
            "set cluster.homes to {tier: ZONAL, capacity: 33280Gi} ($8652.80 a month instead of "
            "$2662.40), or set storage.within to 32m10s",
        ),
    ],
)
def test_another_band_is_another_instance(
    gib: int, has: int, takes: str, knobs: str, on_filestore: Resources, judge: Judge
) -> None:
    on_filestore["filestore"] = {
        "tier": "ZONAL",
        "fileShares": {"name": "homes", "capacityGb": gib},
    }
    on_filestore["hub"]["event"]["storage"] = _facts(sharedRead=35 * GIB)

    assert judge(storage_throughput, on_filestore) == _slow(
        140,
        "8362.7 MiB/s of read throughput",
        f"Filestore ZONAL of {gib} GiB has {has}.0 MiB/s",
        takes,
        knobs,
        "read 35.00 GiB and write 1.00 GiB each within 10m",
    )


def test_a_capacity_that_is_not_sold_is_refused(
    on_filestore: Resources, judge: Judge, change: Change
) -> None:
    change(on_filestore, "filestore.tier", "BASIC_SSD")

    assert judge(storage_throughput, on_filestore) == [
        "Event intro: Filestore BASIC_SSD is sold from 2560 to 65433 GiB and not with 1024; "
        "nearest: 2560Gi; set cluster.homes.capacity."
    ]


def test_homes_that_are_missing_are_refused(on_filestore: Resources, judge: Judge) -> None:
    del on_filestore["filestore"]

    assert judge(storage_throughput, on_filestore) == [
        "Event intro: cannot be judged, 0 resources hold homes, not exactly one; make it plain "
        "in the program."
    ]


def test_elastic_efs_serves_them(on_efs: Resources, judge: Judge) -> None:
    assert judge(storage_throughput, on_efs) == []


def test_bursting_efs_does_not(on_efs: Resources, judge: Judge) -> None:
    on_efs["efs"] = {}

    assert judge(storage_throughput, on_efs) == _slow(
        140,
        "796.5 MiB/s of throughput with burst credits",
        "EFS bursting has 145.0 MiB/s",
        "4d12h44m27s",
        "set cluster.homes to {throughputMode: elastic} ($2.26 a month instead of $2.26, and "
        "$40.59 for what is moved), or set storage.within to 4d12h44m27s",
    )


@pytest.mark.parametrize(("mib_per_s", "passes"), [(1911, False), (1912, True)])
def test_the_provisioned_throughput_that_passes_and_one_less(
    mib_per_s: int, *, passes: bool, on_efs: Resources, judge: Judge
) -> None:
    on_efs["efs"] = {
        "throughputMode": "provisioned",
        "provisionedThroughputInMibps": mib_per_s,
    }

    found = judge(storage_throughput, on_efs)
    told = _slow(
        140,
        "1911.5 MiB/s of throughput",
        "EFS provisioned with 1911 MiB/s has 1911.0 MiB/s",
        "10m1s",
        "set cluster.homes to {throughputMode: provisioned, throughput: 1912} ($11474.26 a month "
        "instead of $11468.26), or set cluster.homes to {throughputMode: elastic} ($2.26 a month "
        "instead of $11468.26, and $40.59 for what is moved), or set storage.within to 10m1s",
    )
    assert found == ([] if passes else told)


def test_a_node_that_wants_too_much_is_helped_by_time_alone(
    on_efs: Resources, judge: Judge, change: Change
) -> None:
    change(on_efs, "hub.event.storage", _facts(sharedRead=100 * GIB, homeWrite=0))

    each = "read 100.00 GiB and write 0.0 MiB each within 10m"
    assert judge(storage_throughput, on_efs) == _slow(
        140,
        "682.7 MiB/s of throughput of one node",
        "EFS elastic has 500.0 MiB/s [unverified]",
        "13m40s",
        "set storage.within to 13m40s",
        each,
    )


@pytest.mark.parametrize("mib_per_s", [125, 1911])
def test_a_storage_class_on_gp3_as_it_comes_is_refused(
    mib_per_s: int, existing: Resources, judge: Judge
) -> None:
    existing["hub"]["event"] |= {"users": 140, "storage": _facts()}
    existing["existing"]["homes"] = {"storageClass": "nfs", "throughput": mib_per_s}

    takes = {125: "2h32m56s", 1911: "10m1s"}[mib_per_s]
    assert judge(storage_throughput, existing) == _slow(
        140,
        "1911.5 MiB/s of throughput",
        f"the storage class with {mib_per_s} MiB/s has {mib_per_s}.0 MiB/s",
        takes,
        f"set cluster.homes to {{throughput: 1912}}, or set storage.within to {takes}",
    )


def test_a_storage_class_of_which_nobody_says_enough_is_refused(
    existing: Resources, judge: Judge
) -> None:
    existing["hub"]["event"]["storage"] = _facts()
    existing["existing"]["homes"] = {"storageClass": "nfs", "throughput": None}

    assert judge(storage_throughput, existing) == [
        "Event intro: cannot be judged, nobody says what the storage class can do: "
        "cluster.homes.throughput is missing; make it plain in the program."
    ]


@pytest.mark.parametrize(("scratch", "messages"), [(0, []), (GIB, [])])
def test_scratch_on_nodes_that_are_there_is_nobodys_to_judge(
    scratch: int, messages: list[str], existing: Resources, judge: Judge
) -> None:
    existing["hub"]["event"]["storage"] = _facts(sharedRead=0, homeWrite=0, scratch=scratch)

    assert judge(storage_throughput, existing) == messages


@pytest.mark.parametrize(("scratch", "passes"), [(50 * GIB // 6, True), (50 * GIB // 6 + 1, False)])
def test_scratch_fits_beside_the_image(
    scratch: int, *, passes: bool, on_filestore: Resources, judge: Judge, change: Change
) -> None:
    # 6 users to a node; 59 GiB free less 9 GiB of image.
    facts = _facts(sharedRead=0, homeWrite=0, scratch=scratch)
    change(on_filestore, "hub.event.storage", facts)

    told = [
        "Event intro: an image of 3.00 GiB, 9.00 GiB on disk [unverified], and 6 users with 8.33 "
        "GiB of scratch each want 59.00 GiB of a node's disk, and pd-balanced of 100 GiB has room "
        "for 59.00 GiB; lower storage.scratchPerUser or choose a smaller pool.machineType."
    ]
    assert judge(storage_throughput, on_filestore) == ([] if passes else told)


@pytest.mark.parametrize(("within", "passes"), [(132, True), (131, False)])
def test_scratch_is_written_in_time(
    within: int, *, passes: bool, on_efs: Resources, judge: Judge, change: Change
) -> None:
    # 4 users to a node write 4 GiB each at 125 MiB/s: 131.072 s.
    facts = _facts(sharedRead=0, homeWrite=0, scratch=4 * GIB, arrive=1, within=within)
    change(on_efs, "hub.event.storage", facts)
    change(on_efs, "eks.diskSize", 100)

    told = [
        "Event intro: 4 users on a node write 4.00 GiB of scratch each within 2m11s, which wants "
        "125.1 MiB/s of throughput, and ebs-gp3 of 100 GiB with 3000 IOPS and 125 MiB/s has 125.0 "
        "MiB/s; set storage.within to 2m12s, lower storage.scratchPerUser or choose a smaller "
        "pool.machineType."
    ]
    assert judge(storage_throughput, on_efs) == ([] if passes else told)
