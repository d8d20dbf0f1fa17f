"""Every pool that a stack's file can bring about, at its most nodes."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest

from capacity.quotas.footprint import FileShare, Footprint, PoolSize
from hubs.active import PlannedEvent
from hubs.footprint import footprints, stack_needs
from hubs.stack import Stack

Raw = dict[str, object]
Planned = tuple[Stack, tuple[PlannedEvent, ...]]
Build = Callable[[Raw, Raw, Sequence[Raw]], Planned]
NOW = datetime(2026, 11, 21, 13, tzinfo=UTC)

CORE = PoolSize(
    name="core-n2-highmem-2",
    machine_type="n2-highmem-2",
    vcpus=2,
    max_nodes=3,
    disk_gb=100,
    disk_type="pd-balanced",
    pods=110,
)
USUAL = PoolSize(
    name="lab-n2-highmem-4",
    machine_type="n2-highmem-4",
    vcpus=4,
    max_nodes=5,
    disk_gb=100,
    disk_type="pd-balanced",
    pods=110,
)


def test_without_events_core_and_usual_pools_count(build: Build, gke: Raw, hub: Raw) -> None:
    stack, events = build(gke, hub, [])

    assert list(footprints(stack, events, NOW)) == [
        Footprint(
            cloud="gke",
            pools=(CORE, USUAL),
            zones=1,
            nat_gateways=1,
            load_balancers=1,
            volume_gb=61,
            clusters=1,
            file_shares=(FileShare(name="homes", tier="BASIC_HDD", gib=1024),),
            pod_addresses=2**18,
        )
    ]


def test_pools_of_events_count_together_where_they_are_there_together(
    build: Build, gke: Raw, hub: Raw, event: Raw
) -> None:
    later = event | {
        "name": "later",
        "sessions": [{"starts": "2027-02-03T14:00", "ends": "2027-02-03T16:00"}],
    }
    alone = event | {
        "name": "alone",
        "sessions": [{"starts": "2027-06-01T14:00", "ends": "2027-06-01T16:00"}],
        "pool": {"machineType": "e2-highmem-8"},
    }
    stack, events = build(gke, hub, [event, later, alone])

    found = [
        [pool.name.removeprefix("lab-") for pool in one.pools[2:]]
        for one in footprints(stack, events, NOW)
    ]
    first, second = (f"{name}-{event.plan.node.name}" for name, event in
                     zip(("intro", "later"), events, strict=False))  # fmt: skip
    assert found == [[first], [first, second], [second], [], ["alone-e2-highmem-8"]]


def test_the_largest_need_of_each_quota_is_kept_over_all_times(
    build: Build, gke: Raw, hub: Raw, event: Raw
) -> None:
    pool = {"machineType": "e2-highmem-8", "maxNodes": 7}
    stack, events = build(gke, hub, [event | {"pool": pool}])

    found = {need.key: (need.value, need.because) for need in stack_needs(stack, events, NOW)}
    assert found == {
        "N2_CPUS": (26, "core-n2-highmem-2 3 x 2 + lab-n2-highmem-4 5 x 4"),
        "CPUS": (56, "lab-intro-e2-highmem-8 7 x 8"),
        "CPUS_ALL_REGIONS": (
            82,
            "core-n2-highmem-2 3 x 2 + lab-n2-highmem-4 5 x 4 + lab-intro-e2-highmem-8 7 x 8",
        ),
        "SSD_TOTAL_GB": (
            1561,
            "boot disks: core-n2-highmem-2 3 x 100 + lab-n2-highmem-4 5 x 100 + "
            "lab-intro-e2-highmem-8 7 x 100 GB + 61 GB of hubs and monitoring",
        ),
        "INSTANCES": (
            15,
            "core-n2-highmem-2 3 x 1 + lab-n2-highmem-4 5 x 1 + lab-intro-e2-highmem-8 7 x 1",
        ),
        "INSTANCE_GROUPS": (3, "3 pools x 1 zones"),
        "IN_USE_ADDRESSES": (2, "1 load balancers + 1 NAT gateways"),
        "STATIC_ADDRESSES": (1, "one for each NAT gateway"),
        "pod-addresses": (3840, "3 x 256 + 5 x 256 + 7 x 256: a range of its own for every node"),
        "StandardStorageGbPerRegion": (1024, "Filestore: homes 1024 GiB"),
        "FORWARDING_RULES": (1, "one for the proxy of each hub"),
        "SUBNETWORKS": (1, "the cluster's network"),
    }


def test_on_eks_all_groups_share_the_first_subnet(build: Build, eks: Raw, hub: Raw) -> None:
    stack, events = build(eks, hub | {"pool": {"machineType": "r5.xlarge", "maxNodes": 5}}, [])

    [found] = footprints(stack, events, NOW)
    assert [(pool.disk_type, pool.pods) for pool in found.pools] == [("gp3", 58), ("gp3", 58)]
    # An eighth of a /16, less the five addresses that AWS keeps.
    assert (found.zones, found.file_systems, found.pod_addresses) == (1, 1, 8187)
    assert found.file_shares == ()


def test_homes_count_as_large_as_any_event_makes_them_and_fast_storage_beside_them(
    build: Build, gke: Raw, hub: Raw, event: Raw
) -> None:
    cluster = gke | {
        "homes": {"tier": "ZONAL", "capacity": "1Ti"},
        "fastStorage": {"tier": "ZONAL", "capacity": "10Ti"},
    }
    reads = {"storage": {"sharedReadPerUser": "30Gi"}}
    stack, events = build(cluster, hub, [event | reads])

    fast = FileShare(name="fast storage", tier="ZONAL", gib=10_240)
    raised = FileShare(name="homes while events need it", tier="ZONAL", gib=4096)
    assert {one.file_shares for one in footprints(stack, events, NOW)} == {(raised, fast)}
    found = {need.key: (need.value, need.because) for need in stack_needs(stack, events, NOW)}
    assert found["EnterpriseStorageGibPerRegion"] == (
        4096,
        "Filestore: homes while events need it 4096 GiB",
    )
    assert found["HighScaleSSDStorageGibPerRegion"] == (
        10_240,
        "Filestore: fast storage 10240 GiB",
    )


def test_own_nodes_ask_no_cloud_for_anything(build: Build, existing: Raw, hub: Raw) -> None:
    without = {key: value for key, value in hub.items() if key != "pool"}
    stack, events = build(existing, without, [])

    assert list(footprints(stack, events, NOW)) == []
    assert stack_needs(stack, events, NOW) == []


@pytest.mark.parametrize(
    ("machine_type", "key", "value"),
    [("n4-highmem-4", "HDB_TOTAL_GB", 500), ("g2-standard-4", "NVIDIA_L4_GPUS", 5)],
)
def test_hyperdisks_and_gpus_of_a_type_count(
    machine_type: str, key: str, value: int, build: Build, gke: Raw, hub: Raw
) -> None:
    usual = {"machineType": machine_type, "maxNodes": 5}
    stack, events = build(gke, hub | {"pool": usual}, [])

    found = {need.key: need.value for need in stack_needs(stack, events, NOW)}
    assert found[key] == value
