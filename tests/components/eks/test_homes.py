"""Home and shared directories on EFS, and how each hub reaches its own."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from components.eks.homes import mount_policy, tls_policy
from preview.monitor import RecordingMonitor

Built = Callable[..., RecordingMonitor]
CloudTells = Callable[[dict[str, dict[str, Any]]], None]
Kept = Callable[[RecordingMonitor], dict[str, tuple[bool, bool]]]
Made = Callable[[RecordingMonitor], dict[str, dict[str, Any]]]
Needed = Callable[[RecordingMonitor, str], set[str]]
Told = Callable[[RecordingMonitor], dict[str, Any]]

LINES = """
from components.eks.homes import homes, hub_volumes
home = homes(place)
"""
VOLUMES = """
from components.interface import CsiVolume
fast = CsiVolume(gib=1200, driver="fsx.csi.aws.com", handle="fs-fast")
for hub in place.args.deployment.stack.hubs:
    tell(**{
        claim: pulumi.Output.concat(
            volume.driver, " ", volume.handle, " ", ",".join(volume.mount_options),
            f" {volume.gib} {volume.read_only} {dict(volume.attributes)}",
        )
        for claim, volume in hub_volumes(place, home, hub, FAST).items()
    })
"""
FILES, POINT = "aws:efs/fileSystem:FileSystem", "aws:efs/accessPoint:AccessPoint"
TAGS = {"readyroom-stack": "dev", "Name": "readyroom-dev-homes"}
ARN = "arn:aws:elasticfilesystem:eu-north-1:123456789012:file-system/fs-1"


def _file_system(**differences: object) -> dict[str, Any]:
    return {
        # An explicit token: a second one would be refused, not made beside the first.
        "creationToken": "readyroom-dev-homes",
        "encrypted": True,
        "performanceMode": "generalPurpose",
        "throughputMode": "elastic",
        "lifecyclePolicies": [],
        "tags": TAGS,
    } | differences


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({}, _file_system()),
        ({"throughputMode": "bursting"}, _file_system(throughputMode="bursting")),
        (
            {"throughputMode": "provisioned", "throughput": 300},
            _file_system(throughputMode="provisioned", provisionedThroughputInMibps=300),
        ),
        *(
            (
                {"coldAfter": days},
                _file_system(
                    lifecyclePolicies=[
                        {"transitionToIa": cold},
                        {"transitionToPrimaryStorageClass": "AFTER_1_ACCESS"},
                    ]
                ),
            )
            for days, cold in ((1, "AFTER_1_DAY"), (7, "AFTER_7_DAYS"))
        ),
    ],
    ids=["elastic", "bursting", "provisioned", "cold after a day", "cold after a week"],
)
def test_the_file_system_has_exactly_these_inputs(
    config: dict[str, Any], expected: dict[str, Any], built: Built, made: Made
) -> None:
    assert made(built("eks", LINES, homes=config))[f"{FILES} dev-homes"] == expected


@pytest.mark.parametrize(("backups", "status"), [(True, "ENABLED"), (False, "DISABLED")])
def test_beside_it_are_its_backups_its_policy_and_a_way_in_for_nodes_of_every_zone(
    backups: bool,  # noqa: FBT001 - a row of a table
    status: str,
    built: Built,
    made: Made,
    cloud_tells: CloudTells,
) -> None:
    cloud_tells({FILES: {"arn": ARN}})

    found = made(built("eks", LINES, homes={"backups": backups}))

    del found[f"{FILES} dev-homes"]
    of = {"fileSystemId": "dev-homes-id"}
    assert found == {
        "aws:efs/backupPolicy:BackupPolicy dev-homes": of | {"backupPolicy": {"status": status}},
        "aws:efs/fileSystemPolicy:FileSystemPolicy dev-homes": of | {"policy": tls_policy(ARN)},
        "aws:ec2/securityGroup:SecurityGroup dev-homes": {
            "name": "readyroom-dev-homes",
            "description": "NFS from nodes",
            "vpcId": "dev-id",
            "ingress": [
                {
                    "description": "NFS from nodes",
                    "protocol": "tcp",
                    "fromPort": 2049,
                    "toPort": 2049,
                    "securityGroups": ["sg-nodes"],
                }
            ],
            "egress": [],
            "tags": TAGS,
        },
    } | {
        f"aws:efs/mountTarget:MountTarget dev-homes-{zone}": of
        | {"subnetId": f"{zone}-id", "securityGroups": ["dev-homes-id"]}
        for zone in ("eu-north-1a", "eu-north-1b")
    }


def test_what_holds_homes_is_kept_and_so_are_its_backups(built: Built, kept: Kept) -> None:
    # Deleting a backup policy ends the backups of the file system that stays.
    assert kept(built("eks", LINES, hubs={"eighty": {}})) == {
        f"{FILES} dev-homes": (True, True),
        "aws:efs/backupPolicy:BackupPolicy dev-homes": (True, True),
    }


def test_what_is_kept_needs_nothing_of_the_cluster(built: Built, needed: Needed) -> None:
    # What a protected resource needs stays with it, and costs for ever.
    monitor = built("eks", LINES)

    assert needed(monitor, f"{FILES} dev-homes") == set()
    policy = "aws:efs/backupPolicy:BackupPolicy dev-homes"
    assert needed(monitor, policy) == {f"{FILES} dev-homes"}


def test_hubs_wait_for_the_policy_and_the_ways_in(built: Built, needed: Needed) -> None:
    lines = 'k8s.core.v1.Pod("pod", opts=pulumi.ResourceOptions(depends_on=home.ready))'

    assert needed(built("eks", LINES + lines), "kubernetes:core/v1:Pod pod") == {
        "aws:efs/fileSystemPolicy:FileSystemPolicy dev-homes",
        "aws:efs/mountTarget:MountTarget dev-homes-eu-north-1a",
        "aws:efs/mountTarget:MountTarget dev-homes-eu-north-1b",
    }


def test_nothing_is_read_without_tls_or_by_the_unknown() -> None:
    # It allows nothing, and any policy ends the default one, which allows everything.
    assert json.loads(tls_policy(ARN)) == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "TlsOnly",
                "Effect": "Deny",
                "Principal": {"AWS": "*"},
                "Action": [
                    "elasticfilesystem:ClientMount",
                    "elasticfilesystem:ClientRootAccess",
                    "elasticfilesystem:ClientWrite",
                ],
                "Resource": ARN,
                "Condition": {"Bool": {"aws:SecureTransport": "false"}},
            }
        ],
    }


def test_the_driver_mounts_through_an_access_point_and_never_as_root() -> None:
    points = {"elasticfilesystem:AccessPointArn": "arn:*:elasticfilesystem:*:access-point/*"}

    assert json.loads(mount_policy(ARN)) == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
                "Resource": ARN,
                "Condition": {"StringLike": points},
            }
        ],
    }


def _point(claim: str, folder: str, user: int, permissions: str) -> dict[str, Any]:
    return {
        f"{POINT} dev-eighty-{claim}": {
            "fileSystemId": "dev-homes-id",
            "posixUser": {"uid": user, "gid": user},
            "rootDirectory": {
                "path": f"/eighty/{folder}",
                "creationInfo": {"ownerUid": 1000, "ownerGid": 1000, "permissions": permissions},
            },
            "tags": {
                "readyroom-stack": "dev",
                "readyroom-hub": "eighty",
                "Name": f"readyroom-dev-eighty-{claim}",
            },
        }
    }


HOME = _point("home", "home", 1000, "0700")
# Whoever comes first makes the directory, so both say the same of it.
SHARED = _point("shared-read", "shared", 65534, "0755") | _point(
    "shared-write", "shared", 1000, "0755"
)
OPTION = {"name": "large", "machineType": "m5.xlarge", "maxNodes": 1, "storage": "fast"}


@pytest.mark.parametrize(
    ("hub", "points", "claims"),
    [
        ({}, HOME, {"home": False}),
        (
            {"shared": {"leads": ["lead"]}},
            HOME | SHARED,
            {"home": False, "shared-read": True, "shared-write": False},
        ),
    ],
    ids=["homes", "homes and a shared directory"],
)
def test_a_hub_enters_its_own_directories_by_access_points(  # noqa: PLR0913, PLR0917 - fixtures
    hub: dict[str, Any],
    points: dict[str, Any],
    claims: dict[str, bool],
    built: Built,
    made: Made,
    told: Told,
    cloud_tells: CloudTells,
) -> None:
    cloud_tells({})

    monitor = built("eks", LINES + VOLUMES.replace("FAST", "None"), hubs={"eighty": hub})

    found = made(monitor)
    assert {key: it for key, it in found.items() if key.startswith(POINT)} == points
    assert told(monitor) == {
        claim: f"efs.csi.aws.com dev-homes-id::dev-eighty-{claim}-id tls,iam 1024 {reads} {{}}"
        for claim, reads in claims.items()
    }


@pytest.mark.parametrize(
    ("hub", "claims"),
    [({}, ["home"]), ({"options": [OPTION]}, ["fast", "home"])],
    ids=["without such an option", "with one"],
)
def test_fast_storage_is_for_hubs_with_an_option_that_mounts_it(
    hub: dict[str, Any],
    claims: list[str],
    built: Built,
    told: Told,
    cloud_tells: CloudTells,
) -> None:
    cloud_tells({})

    found = told(built("eks", LINES + VOLUMES.replace("FAST", "fast"), hubs={"eighty": hub}))

    assert sorted(found) == claims
    assert found.get("fast", "fsx.csi.aws.com fs-fast  1200 False {}") == (
        "fsx.csi.aws.com fs-fast  1200 False {}"
    )
