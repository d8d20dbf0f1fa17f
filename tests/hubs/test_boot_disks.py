"""Boot disks hold two images and the scratch of a full node, and are never below a floor."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capacity.machines import Cloud
from capacity.quantities import GIB
from capacity.storage.boot import boot_room
from hubs.boot_disks import (
    NodeDisk,
    core_disk,
    disk_gib,
    disk_kind,
    disk_store,
    event_disk,
    event_scratch,
    option_disk,
    usual_disk,
)
from hubs.event import EventConfig
from hubs.hub import HubConfig
from hubs.hub_pools import OptionConfig, UsualPoolConfig

Raw = dict[str, object]

CLOUDS: tuple[Cloud, ...] = ("gke", "eks")


@pytest.mark.parametrize(
    ("machine_type", "kind", "name"),
    [
        ("n2-highmem-4", "pd-balanced", "pd-balanced of 100 GiB"),
        (
            "n4-standard-8",
            "hyperdisk-balanced",
            "hyperdisk-balanced of 100 GiB with 3000 IOPS and 140 MiB/s",
        ),
        ("m5.xlarge", "gp3", "ebs-gp3 of 100 GiB with 3000 IOPS and 125 MiB/s"),
    ],
)
def test_a_type_boots_from_what_it_can(machine_type: str, kind: str, name: str) -> None:
    assert disk_kind(machine_type) == kind
    assert core_disk(machine_type) == NodeDisk(kind=kind, gib=100)
    assert disk_store(machine_type, 100).name == name


@given(
    cloud=st.sampled_from(CLOUDS),
    image=st.integers(1, 20 * GIB),
    scratch=st.integers(0, 2000 * GIB),
)
def test_a_disk_holds_two_images_and_all_scratch_and_ten_gib_less_would_not(
    cloud: Cloud, image: int, scratch: int
) -> None:
    gib = disk_gib(cloud, image, scratch)

    # An image takes at least as much room as it takes to pull it.
    assert boot_room(cloud, gib) >= 2 * image + scratch
    assert gib >= 100
    assert disk_gib(cloud, image, scratch + GIB) >= gib
    assert gib == 100 or boot_room(cloud, gib - 10) < 2 * 4 * image + scratch


def test_a_usual_pool_is_sized_full_of_its_smallest_size(hub: Raw) -> None:
    config = HubConfig.model_validate(hub | {"scratch": "20Gi"})
    pool = UsualPoolConfig.model_validate({"machineType": "n2-highmem-4", "maxNodes": 1})

    # Four users of 20 GiB each beside two images, on a disk of which GKE keeps 41 %.
    assert usual_disk(config, pool) == NodeDisk(kind="pd-balanced", gib=150)


def test_a_disk_may_be_said_instead(hub: Raw) -> None:
    config = HubConfig.model_validate(hub)
    pool = UsualPoolConfig.model_validate(
        {"machineType": "n2-highmem-4", "maxNodes": 1, "bootDisk": "63.5Gi"}
    )

    assert usual_disk(config, pool) == NodeDisk(kind="pd-balanced", gib=64)


@pytest.mark.parametrize(
    ("scratch", "of_hub", "gib"),
    [("100Gi", None, 120), (None, "100Gi", 120), (None, None, 100), ("200Gi", "10Gi", 230)],
)
def test_an_option_has_scratch_of_its_own_or_of_its_hub(
    hub: Raw, scratch: str | None, of_hub: str | None, gib: int
) -> None:
    config = HubConfig.model_validate(hub | {"scratch": of_hub})
    option = OptionConfig.model_validate(
        {"name": "large", "machineType": "m5.2xlarge", "maxNodes": 2, "scratch": scratch}
    )

    assert option_disk(config, option) == NodeDisk(kind="gp3", gib=gib)


@pytest.mark.parametrize(
    ("storage", "of_hub", "scratch"),
    [
        (None, None, 0),
        ({"sharedReadPerUser": "1Gi"}, None, 0),
        ({"scratchPerUser": "5Gi"}, None, 5 * GIB),
        ({"scratchPerUser": "5Gi"}, "7Gi", 7 * GIB),
        (None, "7Gi", 7 * GIB),
    ],
)
def test_an_event_has_the_larger_scratch(
    hub: Raw, event: Raw, storage: Raw | None, of_hub: str | None, scratch: int
) -> None:
    config = HubConfig.model_validate(hub | {"scratch": of_hub})

    assert event_scratch(EventConfig.model_validate(event | {"storage": storage}), config) == (
        scratch
    )


def test_an_events_disk_is_for_its_seats_or_as_the_file_says(hub: Raw, event: Raw) -> None:
    config = HubConfig.model_validate(hub | {"scratch": "10Gi"})
    derived = EventConfig.model_validate(event)
    said = EventConfig.model_validate(event | {"pool": {"bootDisk": "300Gi"}})

    assert event_disk(derived, config, "m5.2xlarge", 20) == NodeDisk(kind="gp3", gib=230)
    assert event_disk(said, config, "m5.2xlarge", 20) == NodeDisk(kind="gp3", gib=300)
