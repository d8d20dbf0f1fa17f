"""Nightly backups of Filestore."""

from collections.abc import Callable
from typing import Any

import pytest

from components.gke.homes import filestore
from preview.monitor import RecordingMonitor

Built = Callable[..., RecordingMonitor]
CloudTells = Callable[[dict[str, dict[str, Any]]], None]
Kept = Callable[[RecordingMonitor], dict[str, tuple[bool, bool]]]
Made = Callable[[RecordingMonitor], dict[str, dict[str, Any]]]

LINES = f"""
from {filestore.__module__} import filestore
filestore(place, "homes", config.homes, [network])
"""
AREA = "gcp:backupdisasterrecovery"
VAULT = f"{AREA}/backupVault:BackupVault dev-homes-backups"
PLAN = f"{AREA}/backupPlan:BackupPlan dev-homes-backups"
ASSOCIATION = f"{AREA}/backupPlanAssociation:BackupPlanAssociation dev-homes-backups"
INSTANCE = "gcp:filestore/instance:Instance dev-homes"
HOMES = {"tier": "ZONAL", "capacity": "1Ti"}


def test_every_night_a_backup_goes_into_a_vault_of_the_region(
    built: Built, made: Made, cloud_tells: CloudTells
) -> None:
    network = [{"network": "dev", "ipAddresses": ["10.0.0.2"]}]
    cloud_tells({INSTANCE.partition(" ")[0]: {"networks": network}})

    found = made(built("gke", LINES, homes=HOMES))

    del found[INSTANCE]
    assert found == {
        VAULT: {
            "backupVaultId": "readyroom-dev-homes-backups",
            "location": "europe-west1",
            "backupMinimumEnforcedRetentionDuration": "86400s",
            "labels": {"readyroom-stack": "dev"},
        },
        PLAN: {
            "backupPlanId": "readyroom-dev-homes-backups",
            "location": "europe-west1",
            "resourceType": "file.googleapis.com/Instance",
            "backupVault": "dev-homes-backups-id",
            "backupRules": [
                {
                    "ruleId": "nightly",
                    "backupRetentionDays": 14,
                    "standardSchedule": {
                        "recurrenceType": "DAILY",
                        "timeZone": "UTC",
                        "backupWindow": {"startHourOfDay": 0, "endHourOfDay": 6},
                    },
                }
            ],
        },
        ASSOCIATION: {
            "backupPlanAssociationId": "readyroom-dev-homes-backups",
            "location": "europe-west1",
            "resourceType": "file.googleapis.com/Instance",
            "backupPlan": "dev-homes-backups-id",
            "resource": "dev-homes-id",
        },
    }


def test_the_file_says_how_long_backups_are_kept_and_where_it_is_night(
    built: Built, made: Made
) -> None:
    monitor = built(
        "gke",
        LINES,
        homes=HOMES | {"keepBackups": "30d"},
        maintenance={"timezone": "Europe/Brussels"},
    )

    [rule] = made(monitor)[PLAN]["backupRules"]
    assert rule["backupRetentionDays"] == 30
    assert rule["standardSchedule"]["timeZone"] == "Europe/Brussels"


def test_without_backups_there_is_the_instance_alone(built: Built, made: Made) -> None:
    found = made(built("gke", LINES, homes=HOMES | {"backups": False}))

    assert list(found) == [INSTANCE]


def test_the_vault_holds_data_and_the_plan_does_not(built: Built, kept: Kept) -> None:
    assert kept(built("gke", LINES, homes=HOMES)) == {VAULT: (True, True), INSTANCE: (True, True)}


@pytest.mark.parametrize(
    ("what", "replaced"),
    [
        (PLAN, []),
        (ASSOCIATION, ["backupPlanAssociationId", "location", "resource", "resourceType"]),
    ],
)
def test_what_has_a_name_of_its_own_goes_before_its_replacement_comes(
    what: str, replaced: list[str], built: Built
) -> None:
    monitor = built("gke", LINES, homes=HOMES)

    [found] = [it for _, it in monitor.requests if f"{it.type} {it.name}" == what]
    assert (list(found.replaceOnChanges), found.deleteBeforeReplace) == (replaced, True)
