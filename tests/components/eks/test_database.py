"""Hub databases on RDS."""

from collections.abc import Callable
from typing import Any

import pytest

from components.eks.database import databases
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
found = databases(place)
tell(**{{
    hub: pulumi.Output.concat(it.host, " ", str(it.port), " ", it.name, " ", it.user)
    for hub, it in found.items()
}})
"""
PASSWORDS = f"""
from {databases.__module__} import databases
tell(**{{hub: it.password for hub, it in databases(place).items()}})
"""
HUBS = {"data8": {"database": "postgres"}, "other": {}}
KIND = "aws:rds/instance:Instance"
INSTANCE = f"{KIND} dev-data8-database"
SHARED = {
    "aws:rds/subnetGroup:SubnetGroup dev-database": {
        "name": "readyroom-dev-database",
        "description": "Private subnets of readyroom-dev",
        "subnetIds": ["eu-north-1a-id", "eu-north-1b-id"],
        "tags": {"readyroom-stack": "dev"},
    },
    "aws:ec2/securityGroup:SecurityGroup dev-database": {
        "name": "readyroom-dev-database",
        "description": "PostgreSQL from nodes",
        "vpcId": "dev-id",
        "tags": {"readyroom-stack": "dev", "Name": "readyroom-dev-database"},
    },
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule dev-database": {
        "securityGroupId": "dev-database-id",
        "referencedSecurityGroupId": "sg-nodes",
        "ipProtocol": "tcp",
        "fromPort": 5432,
        "toPort": 5432,
        "description": "PostgreSQL from nodes",
        "tags": {"readyroom-stack": "dev", "Name": "readyroom-dev-database"},
    },
    "aws:rds/parameterGroup:ParameterGroup dev-postgres17": {
        "name": "readyroom-dev-postgres17",
        "family": "postgres17",
        "description": "TLS only, for readyroom-dev",
        "parameters": [{"name": "rds.force_ssl", "value": "1"}],
        "tags": {"readyroom-stack": "dev"},
    },
}
OWN: dict[str, dict[str, Any]] = {
    INSTANCE: {
        "identifier": "readyroom-dev-data8-database",
        "engine": "postgres",
        "engineVersion": "17",
        "autoMinorVersionUpgrade": True,
        "engineLifecycleSupport": "open-source-rds-extended-support-disabled",
        "instanceClass": "db.t4g.micro",
        "multiAz": False,
        "allocatedStorage": 20,
        "maxAllocatedStorage": 100,
        "storageType": "gp3",
        "storageEncrypted": True,
        "dbName": "hub_data8",
        "username": "jupyterhub",
        "password": "[secret]",
        "port": 5432,
        "dbSubnetGroupName": "readyroom-dev-database",
        "vpcSecurityGroupIds": ["dev-database-id"],
        "publiclyAccessible": False,
        "parameterGroupName": "readyroom-dev-postgres17",
        "backupRetentionPeriod": 14,
        "deleteAutomatedBackups": False,
        "copyTagsToSnapshot": True,
        "deletionProtection": True,
        "skipFinalSnapshot": False,
        "finalSnapshotIdentifier": "readyroom-dev-data8-database-final",
        "tags": {"readyroom-stack": "dev", "readyroom-hub": "data8"},
    },
    "random:index/randomPassword:RandomPassword dev-data8-database": {
        "length": 40,
        "special": False,
    },
}


def test_a_hub_has_an_instance_that_only_nodes_reach_and_only_by_tls(
    built: Built, made: Made, cloud_tells: CloudTells
) -> None:
    cloud_tells({})

    assert made(built("eks", LINES, hubs=HUBS, database={})) == SHARED | OWN


def test_a_hub_is_told_where_its_database_is(
    built: Built, told: Told, cloud_tells: CloudTells
) -> None:
    cloud_tells({KIND: {"address": "one.rds.example"}})

    assert told(built("eks", LINES, hubs=HUBS, database={})) == {
        "data8": "one.rds.example 5432 hub_data8 jupyterhub"
    }


def test_its_password_is_a_secret_of_its_own(
    built: Built, raw: Raw, cloud_tells: CloudTells
) -> None:
    cloud_tells({"random:index/randomPassword:RandomPassword": {"result": "plain"}})
    monitor = built("eks", PASSWORDS, hubs=HUBS, database={})

    [config] = [raw(it) for _, it in monitor.requests if it.type.endswith(":ConfigMap")]
    [instance] = [raw(it) for _, it in monitor.requests if it.type.endswith(":Instance")]
    secret = {SIGNATURE: SECRET, "value": "plain"}
    assert config["data"]["data8"] == instance["password"] == secret


@pytest.mark.parametrize(
    ("asked", "changed"),
    [
        ({"instanceClass": "db.m7g.large"}, {"instanceClass": "db.m7g.large"}),
        ({"highlyAvailable": True}, {"multiAz": True}),
    ],
)
def test_an_instance_is_as_large_and_as_available_as_asked(
    asked: dict[str, Any],
    changed: dict[str, Any],
    built: Built,
    made: Made,
    cloud_tells: CloudTells,
) -> None:
    cloud_tells({})

    assert made(built("eks", LINES, hubs=HUBS, database=asked))[INSTANCE] == OWN[INSTANCE] | changed


def test_an_instance_is_protected_and_what_it_needs_stays_with_it(built: Built, kept: Kept) -> None:
    assert kept(built("eks", LINES, hubs=HUBS, database={})) == {
        INSTANCE: (True, True),
        "aws:rds/subnetGroup:SubnetGroup dev-database": (False, True),
        "aws:rds/parameterGroup:ParameterGroup dev-postgres17": (False, True),
        "aws:ec2/securityGroup:SecurityGroup dev-database": (False, True),
    }


def test_an_instance_needs_nothing_of_the_nodes_that_may_go(built: Built) -> None:
    monitor = built("eks", LINES, hubs=HUBS, database={})

    [instance] = [it for _, it in monitor.requests if it.type == KIND]
    assert {urn.rpartition("$")[2].rpartition("::")[0] for urn in instance.dependencies} == {
        "random:index/randomPassword:RandomPassword",
        "aws:rds/subnetGroup:SubnetGroup",
        "aws:rds/parameterGroup:ParameterGroup",
        "aws:ec2/securityGroup:SecurityGroup",
    }


def test_without_a_database_in_the_stack_file_there_is_none(
    built: Built, made: Made, told: Told
) -> None:
    monitor = built("eks", LINES, hubs=HUBS)

    assert (made(monitor), told(monitor)) == ({}, {})


def test_what_instances_share_stays_when_no_hub_wants_one_any_more(
    built: Built, made: Made, cloud_tells: CloudTells
) -> None:
    cloud_tells({})

    assert made(built("eks", LINES, hubs={"other": {}}, database={})) == SHARED


def test_another_hub_changes_nothing_of_what_is_there(
    built: Built, made: Made, cloud_tells: CloudTells
) -> None:
    cloud_tells({})
    hubs = {"another": {"database": "postgres"}} | HUBS
    found = made(built("eks", LINES, hubs=hubs, database={}))

    assert {key: found.pop(key) for key in (*SHARED, *OWN)} == SHARED | OWN
    assert sorted(found) == [
        "aws:rds/instance:Instance dev-another-database",
        "random:index/randomPassword:RandomPassword dev-another-database",
    ]
