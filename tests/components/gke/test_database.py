"""Hub databases on Cloud SQL."""

from collections.abc import Callable
from typing import Any

import pytest

from components.gke.database import databases
from preview.monitor import RecordingMonitor
from preview.wire import SECRET, SIGNATURE

Built = Callable[..., RecordingMonitor]
CloudTells = Callable[[dict[str, dict[str, Any]]], None]
Kept = Callable[[RecordingMonitor], dict[str, tuple[bool, bool]]]
Made = Callable[[RecordingMonitor], dict[str, dict[str, Any]]]
Raw = Callable[[Any], dict[str, Any]]
Told = Callable[[RecordingMonitor], dict[str, Any]]

LINES = f"""
from {databases.__module__} import databases
stores = databases(place)
tell(reserved=" ".join(it._name for it in stores.reserved), **{{
    hub: pulumi.Output.concat(it.host, " ", str(it.port), " ", it.name, " ", it.user)
    for hub, it in stores.of.items()
}})
"""
PASSWORDS = f"""
from {databases.__module__} import databases
tell(**{{hub: it.password for hub, it in databases(place).of.items()}})
"""
HUBS = {"data-8": {"database": "postgres"}, "other": {}}
KIND = "gcp:sql/databaseInstance:DatabaseInstance"
INSTANCE = f"{KIND} dev-database"
SETTINGS: dict[str, Any] = {
    "tier": "db-f1-micro",
    "edition": "ENTERPRISE",
    "availabilityType": "ZONAL",
    "diskType": "PD_SSD",
    "diskAutoresize": True,
    "diskAutoresizeLimit": 100,
    "deletionProtectionEnabled": True,
    "retainBackupsOnDelete": True,
    "backupConfiguration": {
        "enabled": True,
        "startTime": "02:00",
        "pointInTimeRecoveryEnabled": True,
        "transactionLogRetentionDays": 7,
        "backupRetentionSettings": {"retainedBackups": 14, "retentionUnit": "COUNT"},
    },
    "maintenanceWindow": {"day": 7, "hour": 2, "updateTrack": "stable"},
    "ipConfiguration": {
        "ipv4Enabled": False,
        "privateNetwork": "dev-id",
        "sslMode": "ENCRYPTED_ONLY",
    },
    "userLabels": {"readyroom-stack": "dev"},
}
MADE = {
    INSTANCE: {
        "name": "readyroom-dev-database",
        "region": "europe-west1",
        "databaseVersion": "POSTGRES_17",
        "deletionProtection": True,
        "settings": SETTINGS,
    },
    "gcp:compute/globalAddress:GlobalAddress dev-services": {
        "name": "readyroom-dev-services",
        "purpose": "VPC_PEERING",
        "addressType": "INTERNAL",
        "address": "172.20.0.0",
        "prefixLength": 20,
        "network": "dev-id",
        "labels": {"readyroom-stack": "dev"},
    },
    "gcp:servicenetworking/connection:Connection dev-services": {
        "network": "dev-id",
        "service": "servicenetworking.googleapis.com",
        "reservedPeeringRanges": ["readyroom-dev-services"],
        "updateOnCreationFail": True,
    },
    "random:index/randomPassword:RandomPassword dev-data-8-database": {
        "length": 40,
        "special": False,
    },
    "gcp:sql/database:Database dev-data-8-database": {
        "name": "hub_data_8",
        "instance": "readyroom-dev-database",
    },
    "gcp:sql/user:User dev-data-8-database": {
        "name": "hub_data_8",
        "instance": "readyroom-dev-database",
        "password": "[secret]",
    },
}


def test_a_hub_has_a_database_and_a_user_on_a_private_instance(
    built: Built, made: Made, cloud_tells: CloudTells
) -> None:
    cloud_tells({})

    assert made(built("gke", LINES, hubs=HUBS, database={})) == MADE


def test_a_hub_is_told_where_its_database_is(
    built: Built, told: Told, cloud_tells: CloudTells
) -> None:
    cloud_tells({KIND: {"privateIpAddress": "172.20.0.3"}})

    assert told(built("gke", LINES, hubs=HUBS, database={})) == {
        "data-8": "172.20.0.3 5432 hub_data_8 hub_data_8",
        "reserved": "dev-services",
    }


def test_its_password_is_a_secret_of_its_own(
    built: Built, raw: Raw, cloud_tells: CloudTells
) -> None:
    cloud_tells({"random:index/randomPassword:RandomPassword": {"result": "plain"}})
    monitor = built("gke", PASSWORDS, hubs=HUBS, database={})

    [config] = [raw(it) for _, it in monitor.requests if it.type.endswith(":ConfigMap")]
    [user] = [raw(it) for _, it in monitor.requests if it.type.endswith(":User")]
    secret = {SIGNATURE: SECRET, "value": "plain"}
    assert config["data"]["data-8"] == user["password"] == secret


@pytest.mark.parametrize(
    ("asked", "changed"),
    [
        ({"tier": "db-custom-1-3840"}, {"tier": "db-custom-1-3840"}),
        ({"highlyAvailable": True}, {"availabilityType": "REGIONAL"}),
    ],
)
def test_the_instance_is_as_large_and_as_available_as_asked(
    asked: dict[str, Any],
    changed: dict[str, Any],
    built: Built,
    made: Made,
    cloud_tells: CloudTells,
) -> None:
    cloud_tells({})

    found = made(built("gke", LINES, hubs=HUBS, database=asked))
    assert found[INSTANCE]["settings"] == SETTINGS | changed


def test_cloud_sql_rests_when_the_cluster_may_be_upgraded(
    built: Built, made: Made, cloud_tells: CloudTells
) -> None:
    cloud_tells({})
    window = {"starts": "22:30", "days": ["monday", "friday"], "timezone": "Europe/Berlin"}

    found = made(built("gke", LINES, hubs=HUBS, database={}, maintenance=window))
    settings = found[INSTANCE]["settings"]
    assert settings["maintenanceWindow"] == {"day": 5, "hour": 22, "updateTrack": "stable"}
    assert settings["backupConfiguration"]["startTime"] == "22:00"


def test_what_holds_data_is_protected_and_what_it_needs_stays_with_it(
    built: Built, kept: Kept
) -> None:
    assert kept(built("gke", LINES, hubs=HUBS, database={})) == {
        INSTANCE: (True, True),
        "gcp:sql/database:Database dev-data-8-database": (True, True),
        "gcp:sql/user:User dev-data-8-database": (False, True),
        "gcp:compute/globalAddress:GlobalAddress dev-services": (False, True),
        "gcp:servicenetworking/connection:Connection dev-services": (False, True),
    }


def test_the_instance_comes_after_the_way_to_it(built: Built) -> None:
    monitor = built("gke", LINES, hubs=HUBS, database={})

    [instance] = [it for _, it in monitor.requests if it.type.endswith(":DatabaseInstance")]
    assert sorted(urn.rpartition("::")[2] for urn in instance.dependencies) == [
        "dev",
        "dev-services",
    ]


def test_a_database_is_kept_with_its_user_and_the_password(built: Built) -> None:
    monitor = built("gke", LINES, hubs=HUBS, database={})

    [(urn, _)] = [(urn, it) for urn, it in monitor.requests if it.type.endswith(":User")]
    [database] = [it for _, it in monitor.requests if it.type.endswith("/database:Database")]
    assert urn in database.dependencies


def test_without_a_database_in_the_stack_file_there_is_none(
    built: Built, made: Made, told: Told
) -> None:
    monitor = built("gke", LINES, hubs=HUBS)

    assert (made(monitor), told(monitor)) == ({}, {"reserved": ""})


def test_the_instance_stays_when_no_hub_wants_it_any_more(built: Built, made: Made) -> None:
    found = made(built("gke", LINES, hubs={"other": {}}, database={}))

    assert sorted(found) == sorted(key for key in MADE if "dev-data-8" not in key)


def test_another_hub_changes_nothing_of_what_is_there(
    built: Built, made: Made, cloud_tells: CloudTells
) -> None:
    cloud_tells({})
    hubs = {"another": {"database": "postgres"}} | HUBS
    found = made(built("gke", LINES, hubs=hubs, database={}))

    assert {key: found.pop(key) for key in MADE} == MADE
    assert sorted(found) == [
        "gcp:sql/database:Database dev-another-database",
        "gcp:sql/user:User dev-another-database",
        "random:index/randomPassword:RandomPassword dev-another-database",
    ]
