"""Home directories on Filestore."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from components.gke.homes import filestore
from preview.monitor import RecordingMonitor

Built = Callable[..., RecordingMonitor]
CloudTells = Callable[[dict[str, dict[str, Any]]], None]
Inputs = Callable[[str, str, str], dict[str, Any]]
Kept = Callable[[RecordingMonitor], dict[str, tuple[bool, bool]]]
Made = Callable[[RecordingMonitor], dict[str, dict[str, Any]]]
Requests = Callable[[str, str], dict[str, Any]]
Told = Callable[[RecordingMonitor], dict[str, Any]]

LINES = f"""
from {filestore.__module__} import filestore
homes = filestore(place, "homes", config.homes, [network])
tell(server=homes.server, path=homes.path, gib=str(homes.gib))
"""
TYPE = "gcp:filestore/instance:Instance"
INSTANCE = f"{TYPE} dev-homes"
RESERVED = "GlobalAddress::full-gke-services"
# What a URN says of something that holds addresses.
RANGE = re.compile(r"(Subnetwork|GlobalAddress)::.*")
NODES_ALONE = {
    "ipRanges": ["10.64.0.0/20"],
    "accessMode": "READ_WRITE",
    "squashMode": "NO_ROOT_SQUASH",
}


def _homes(**keys: object) -> dict[str, object]:
    return {"tier": "BASIC_HDD", "capacity": "1025Gi", "backups": False} | keys


def test_the_instance_is_the_stacks_own_and_only_nodes_mount_it(inputs: Inputs) -> None:
    assert inputs("workshop", "quiet", f"{TYPE} workshop-homes") == {
        "name": "readyroom-workshop-homes",
        "location": "us-central1-b",
        "tier": "BASIC_HDD",
        "protocol": "NFS_V3",
        "fileShares": {
            "name": "homes",
            "capacityGb": 1024,
            "nfsExportOptions": [NODES_ALONE],
        },
        "networks": [
            {
                "network": "readyroom-workshop-network",
                "modes": ["MODE_IPV4"],
                "connectMode": "DIRECT_PEERING",
            }
        ],
        "deletionProtectionEnabled": False,
        "labels": {"readyroom-stack": "workshop"},
    }


@pytest.mark.parametrize(
    ("tier", "location", "protected"),
    [
        ("BASIC_HDD", "europe-west1-b", False),
        ("BASIC_SSD", "europe-west1-b", False),
        ("ZONAL", "europe-west1-b", True),
        ("REGIONAL", "europe-west1", True),
    ],
)
def test_a_tier_decides_where_an_instance_is_and_whether_the_cloud_protects_it(
    tier: str, location: str, built: Built, made: Made, *, protected: bool
) -> None:
    found = made(built("gke", LINES, homes=_homes(tier=tier)))[INSTANCE]

    assert (found["tier"], found["location"]) == (tier, location)
    assert found["deletionProtectionEnabled"] is protected
    assert found["fileShares"]["capacityGb"] == 1025


@pytest.mark.parametrize(
    ("stack", "share", "ranges"),
    [
        ("workshop", "homes", {"Subnetwork::workshop-subnetwork"}),
        ("full-gke", "homes", {"Subnetwork::full-gke-subnetwork", RESERVED}),
        ("full-gke", "fast", {"Subnetwork::full-gke-subnetwork", RESERVED}),
    ],
)
def test_an_instance_comes_after_every_range_that_it_must_not_be_given(
    stack: str, share: str, ranges: set[str], requests: Requests
) -> None:
    found = requests(stack, "event")[f"{TYPE} {stack}-{share}"].dependencies

    held = {match[0] for match in map(RANGE.search, found) if match}
    assert held == ranges


def test_the_order_of_zones_moves_no_instance(built: Built, made: Made) -> None:
    zones = ["europe-west1-b", "europe-west1-c", "europe-west1-d"]

    found = [made(built("gke", LINES, zones=order)) for order in (zones, zones[::-1])]

    assert found[0] == found[1]


def test_what_people_wrote_is_protected_and_stays_in_the_cloud(built: Built, kept: Kept) -> None:
    assert kept(built("gke", LINES, homes=_homes())) == {INSTANCE: (True, True)}


def test_a_new_name_is_a_new_instance_which_the_provider_does_not_know(built: Built) -> None:
    # It would update an instance of the new name, which is not there.
    monitor = built("gke", LINES, homes=_homes())

    found = [list(it.replaceOnChanges) for _, it in monitor.requests if it.type == TYPE]
    assert found == [["name"]]


def test_hubs_mount_the_share_at_the_address_that_the_cloud_gave(
    built: Built, told: Told, cloud_tells: CloudTells
) -> None:
    cloud_tells({TYPE: {"networks": [{"network": "one", "ipAddresses": ["10.0.0.2"]}]}})

    found = told(built("gke", LINES, homes=_homes()))

    assert found == {"server": "10.0.0.2", "path": "/homes", "gib": "1025"}
