"""Fast storage beside the home directories, on FSx for Lustre."""

from collections.abc import Callable
from typing import Any

import pytest

from components.eks.fast import fast_storage
from preview.monitor import RecordingMonitor

Built = Callable[..., RecordingMonitor]
CloudTells = Callable[[dict[str, dict[str, Any]]], None]
Kept = Callable[[RecordingMonitor], dict[str, tuple[bool, bool]]]
Made = Callable[[RecordingMonitor], dict[str, dict[str, Any]]]
Told = Callable[[RecordingMonitor], dict[str, Any]]

LINES = f"""
from {fast_storage.__module__} import fast_storage
found = fast_storage(place)
if found is not None:
    options = " ".join(found.mount_options)
    tell(handle=found.handle, driver=found.driver, gib=str(found.gib), options=options,
         read_only=str(found.read_only), **found.attributes)
"""
KIND = "aws:fsx/lustreFileSystem:LustreFileSystem"
FILES = f"{KIND} dev-fast"
TAGS = {"readyroom-stack": "dev", "Name": "readyroom-dev-fast"}


def _ways(kind: str, ways: dict[str, tuple[str, str]]) -> dict[str, dict[str, Any]]:
    """Return the rules of one kind, by name: whose they are, and the other side."""
    return {
        f"aws:vpc/securityGroup{kind}Rule:SecurityGroup{kind}Rule dev-fast-{name}-{first}": {
            "securityGroupId": whose,
            "referencedSecurityGroupId": other,
            "ipProtocol": "tcp",
            "fromPort": first,
            "toPort": last,
            "description": "Lustre between nodes and servers",
            "tags": TAGS,
        }
        for name, (whose, other) in ways.items()
        for first, last in ((988, 988), (1018, 1023))
    }


AMONG = {"servers": ("dev-fast-id", "dev-fast-id")}
NEEDED = {*_ways("Ingress", AMONG), *_ways("Egress", AMONG)}
MADE: dict[str, dict[str, Any]] = {
    FILES: {
        # Of the zone of the core nodes, which is not the first in the file.
        "subnetIds": "eu-north-1a-id",
        "securityGroupIds": ["dev-fast-id"],
        "deploymentType": "PERSISTENT_2",
        "storageType": "SSD",
        "storageCapacity": 2400,
        "perUnitStorageThroughput": 250,
        "fileSystemTypeVersion": "2.15",
        "dataCompressionType": "LZ4",
        "automaticBackupRetentionDays": 14,
        "dailyAutomaticBackupStartTime": "08:00",
        "weeklyMaintenanceStartTime": "7:09:00",
        "copyTagsToBackups": True,
        "skipFinalBackup": False,
        "finalBackupTags": TAGS,
        "tags": TAGS,
    },
    "aws:ec2/securityGroup:SecurityGroup dev-fast": {
        "name": "readyroom-dev-fast",
        "description": "Lustre between nodes and servers",
        "vpcId": "dev-id",
        "tags": TAGS,
    },
    **_ways("Ingress", AMONG),
    **_ways("Ingress", {"nodes": ("dev-fast-id", "sg-nodes"), "back": ("sg-nodes", "dev-fast-id")}),
    **_ways("Egress", AMONG),
    **_ways("Egress", {"back": ("dev-fast-id", "sg-nodes")}),
}


def test_only_nodes_and_its_own_servers_reach_the_file_system(
    built: Built, made: Made, cloud_tells: CloudTells
) -> None:
    cloud_tells({})

    assert made(built("eks", LINES, fastStorage={"capacity": "2400Gi"})) == MADE


@pytest.mark.parametrize(
    ("asked", "changed"),
    [
        ({"capacity": "1200Gi"}, {"storageCapacity": 1200}),
        ({"throughputPerTib": 1000}, {"perUnitStorageThroughput": 1000}),
        ({"keepBackups": "30d"}, {"automaticBackupRetentionDays": 30}),
    ],
)
def test_it_is_as_large_and_as_fast_as_asked(
    asked: dict[str, Any],
    changed: dict[str, Any],
    built: Built,
    made: Made,
    cloud_tells: CloudTells,
) -> None:
    cloud_tells({})

    found = made(built("eks", LINES, fastStorage={"capacity": "2400Gi"} | asked))
    assert found[FILES] == MADE[FILES] | changed


def test_options_mount_it_by_its_own_driver(
    built: Built, told: Told, cloud_tells: CloudTells
) -> None:
    cloud_tells({KIND: {"dnsName": "fs-1.fsx.eu-north-1.amazonaws.com", "mountName": "abcd"}})

    assert told(built("eks", LINES, fastStorage={"capacity": "2400Gi"})) == {
        "handle": "dev-fast-id",
        "driver": "fsx.csi.aws.com",
        "gib": "2400",
        "options": "flock noatime",
        "read_only": "False",
        "dnsname": "fs-1.fsx.eu-north-1.amazonaws.com",
        "mountname": "abcd",
    }


def test_it_is_protected_and_what_it_needs_stays_with_it(built: Built, kept: Kept) -> None:
    found = kept(built("eks", LINES, fastStorage={"capacity": "2400Gi"}))

    needed = ["aws:ec2/securityGroup:SecurityGroup dev-fast", *NEEDED]
    assert found == {FILES: (True, True)} | dict.fromkeys(needed, (False, True))


def test_it_waits_for_its_servers_way_to_each_other_and_not_for_nodes(built: Built) -> None:
    monitor = built("eks", LINES, fastStorage={"capacity": "2400Gi"})

    [files] = [it for _, it in monitor.requests if it.type == KIND]
    awaited = [urn.rpartition("$")[2].replace("::", " ") for urn in files.dependencies]
    assert {it for it in awaited if it.startswith("aws:vpc/")} == NEEDED
    assert not {it for it in awaited if "nodes" in it or "back" in it}


def test_where_nobody_asks_for_it_there_is_none(built: Built, made: Made) -> None:
    assert made(built("eks", LINES)) == {}
