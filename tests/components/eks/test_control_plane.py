"""The control plane of an EKS cluster: its logs, its key, its role, who may administer it."""

from collections.abc import Callable
from typing import Any

import pytest

from preview.monitor import RecordingMonitor
from preview.resources import registered

Built = Callable[..., RecordingMonitor]
CloudTells = Callable[[dict[str, dict[str, Any]]], None]
Made = Callable[[RecordingMonitor], dict[str, dict[str, Any]]]
Needed = Callable[[RecordingMonitor, str], set[str]]

LINES = """
from components.eks.control_plane import control_plane
control_plane(place)
"""
CLUSTER = "eks:index:Cluster dev-cluster"
TAGS = {"readyroom-stack": "dev"}
OVERWRITTEN = {"resolveConflictsOnCreate": "OVERWRITE", "resolveConflictsOnUpdate": "OVERWRITE"}
ADMIN = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"


def _expected(**differences: object) -> dict[str, Any]:
    return {
        "name": "readyroom-dev",
        "version": "1.35",
        "vpcId": "dev-id",
        "privateSubnetIds": ["eu-north-1a-id", "eu-north-1b-id"],
        "skipDefaultSecurityGroups": True,
        "skipDefaultNodeGroup": True,
        "endpointPrivateAccess": True,
        "endpointPublicAccess": False,
        "authenticationMode": "API",
        "accessEntries": {},
        "enabledClusterLogTypes": [
            "api",
            "audit",
            "authenticator",
            "controllerManager",
            "scheduler",
        ],
        "encryptionConfigKeyArn": "arn:key",
        "upgradePolicy": {"supportType": "STANDARD"},
        "deletionProtection": False,
        "vpcCniOptions": OVERWRITTEN
        | {"addonVersion": "v1.22.4-eksbuild.3", "enableNetworkPolicy": True},
        "kubeProxyAddonOptions": OVERWRITTEN | {"enabled": True, "version": "v1.35.3-eksbuild.29"},
        "corednsAddonOptions": {"enabled": False},
        "tags": TAGS | {"Name": "readyroom-dev"},
    } | differences


@pytest.mark.parametrize(
    ("cluster", "differences"),
    [
        ({}, {}),
        (
            # Whatever their order in the file.
            {"authorizedNetworks": ["203.0.113.7/32", "198.51.100.0/24"]},
            {
                "endpointPublicAccess": True,
                "publicAccessCidrs": ["198.51.100.0/24", "203.0.113.7/32"],
            },
        ),
        (
            {"kubernetesVersion": "1.36"},
            {
                "version": "1.36",
                "kubeProxyAddonOptions": OVERWRITTEN
                | {"enabled": True, "version": "v1.36.0-eksbuild.25"},
            },
        ),
        (
            {"admins": ["arn:aws:iam::123456789012:role/hub-admins"]},
            {
                "accessEntries": {
                    "arn-aws-iam-123456789012-role-hub-admins": {
                        "principalArn": "arn:aws:iam::123456789012:role/hub-admins",
                        "type": "STANDARD",
                        "accessPolicies": {
                            "admin": {"policyArn": ADMIN, "accessScope": {"type": "cluster"}}
                        },
                        "tags": TAGS,
                    }
                }
            },
        ),
    ],
    ids=["nobody from outside", "some networks", "another version", "admins"],
)
def test_the_control_plane_has_exactly_these_inputs(
    cluster: dict[str, Any],
    differences: dict[str, Any],
    built: Built,
    made: Made,
    cloud_tells: CloudTells,
) -> None:
    cloud_tells({"aws:kms/key:Key": {"arn": "arn:key"}})

    found = made(built("eks", LINES, **cluster))[CLUSTER]

    role = found.pop("serviceRole")
    assert role.rsplit("$", 1)[1] == "aws:iam/role:Role::dev-control"
    assert found == _expected(**differences)


def test_its_logs_end_after_some_time_and_its_key_turns(
    built: Built, made: Made, cloud_tells: CloudTells
) -> None:
    # EKS would make the group itself, and keep every line for ever.
    cloud_tells({"aws:kms/key:Key": {"keyId": "1234"}})

    found = made(built("eks", LINES))

    beside = {key: it for key, it in found.items() if key != CLUSTER and ":iam/" not in key}
    assert beside == {
        "aws:cloudwatch/logGroup:LogGroup dev-control": {
            "name": "/aws/eks/readyroom-dev/cluster",
            "retentionInDays": 90,
            "tags": TAGS,
        },
        "aws:kms/key:Key dev-secrets": {
            "description": "Secrets of the cluster readyroom-dev",
            "keyUsage": "ENCRYPT_DECRYPT",
            "enableKeyRotation": True,
            "deletionWindowInDays": 30,
            "tags": TAGS,
        },
        "aws:kms/alias:Alias dev-secrets": {
            "name": "alias/readyroom-dev-secrets",
            "targetKeyId": "1234",
        },
    }


def test_it_waits_for_ways_out_for_its_rights_and_for_the_group_of_its_logs(
    built: Built, needed: Needed, cloud_tells: CloudTells
) -> None:
    cloud_tells({})
    lines = """
from dataclasses import replace
way = aws.ec2.Route("way", route_table_id="rtb-1")
place = replace(place, network=replace(place.network, routed=[way]))
"""
    assert needed(built("eks", lines + LINES), CLUSTER) == {
        "aws:ec2/route:Route way",
        "aws:ec2/subnet:Subnet eu-north-1a",
        "aws:ec2/subnet:Subnet eu-north-1b",
        "aws:ec2/vpc:Vpc dev",
        "aws:kms/key:Key dev-secrets",
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment dev-control",
        "aws:cloudwatch/logGroup:LogGroup dev-control",
    }


@pytest.mark.parametrize(
    ("zones", "core"),
    [
        (["eu-north-1b", "eu-north-1c"], "eu-north-1b"),
        (["eu-north-1c", "eu-north-1d", "eu-north-1b"], "eu-north-1b"),
        (["eu-north-1b", "eu-north-1c", "eu-north-1a"], "eu-north-1a"),
    ],
    ids=["as it was", "a later one more", "an earlier one more"],
)
def test_the_zone_of_core_nodes_is_remembered_beside_it(
    zones: list[str], core: str, built: Built, cloud_tells: CloudTells
) -> None:
    cloud_tells({})

    [stash] = [
        it.inputs["input"]
        for it in registered(built("eks", LINES, zones=zones))
        if it.name == "dev-cluster-identity"
    ]

    assert stash["now"]["coreZone"] == stash["made"]["coreZone"] == core
