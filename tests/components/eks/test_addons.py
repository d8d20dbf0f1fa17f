"""EKS add-ons, and the class of the cluster's own volumes."""

from collections.abc import Callable
from typing import Any

import pytest

from components.eks.homes import mount_policy
from preview.monitor import RecordingMonitor

Built = Callable[..., RecordingMonitor]
CloudTells = Callable[[dict[str, dict[str, Any]]], None]
Made = Callable[[RecordingMonitor], dict[str, dict[str, Any]]]
Needed = Callable[[RecordingMonitor, str], set[str]]

START = """
from components.eks.addons import after_nodes, before_nodes, block_storage
from components.eks.homes import Homes
def after(needed):
    return pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(depends_on=[needed]))
"""
BEFORE = START + "found = before_nodes(place, after(vpc))\n"
AFTER = (
    START
    + """
home = Homes(files=aws.efs.FileSystem("files"), ready=[])
found = after_nodes(place, home, after(vpc))
"""
)
POD = 'k8s.core.v1.Pod("pod", opts=pulumi.ResourceOptions(depends_on=found))\n'
ADDON = "aws:eks/addon:Addon"
ATTACHED = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
ASSOCIATION = "aws:eks/podIdentityAssociation:PodIdentityAssociation"
ARN = "arn:files"


def _addon(name: str, version: str, **more: object) -> dict[str, Any]:
    return {
        f"{ADDON} dev-{name}": {
            "clusterName": "readyroom-dev",
            "addonName": name,
            "addonVersion": version,
            "resolveConflictsOnCreate": "OVERWRITE",
            "resolveConflictsOnUpdate": "OVERWRITE",
            "tags": {"readyroom-stack": "dev"},
        }
        | more
    }


AGENT = _addon("eks-pod-identity-agent", "v1.3.10-eksbuild.3")
ALWAYS = _addon(
    "aws-ebs-csi-driver",
    "v1.66.0-eksbuild.1",
    configurationValues='{"defaultStorageClass": {"enabled": false}}',
) | _addon("aws-efs-csi-driver", "v3.4.2-eksbuild.1")
LUSTRE = _addon("aws-fsx-csi-driver", "v1.9.0-eksbuild.1")


@pytest.mark.parametrize(
    ("lines", "cluster", "expected"),
    [
        (BEFORE, {}, AGENT),
        (AFTER, {}, ALWAYS),
        (AFTER, {"fastStorage": {"capacity": "1200Gi"}}, ALWAYS | LUSTRE),
        (
            AFTER,
            {"kubernetesVersion": "1.36"},
            ALWAYS,
        ),
    ],
    ids=["before nodes", "after nodes", "with fast storage", "of another Kubernetes"],
)
def test_a_cluster_has_exactly_these_addons_at_exactly_these_versions(
    lines: str, cluster: dict[str, Any], expected: dict[str, Any], built: Built, made: Made
) -> None:
    found = made(built("eks", lines, **cluster))

    assert {key: it for key, it in found.items() if key.startswith(ADDON)} == expected


@pytest.mark.parametrize(
    ("lines", "rights", "accounts"),
    [
        (
            BEFORE,
            {f"{ATTACHED} dev-network": "AmazonEKS_CNI_Policy"},
            {"dev-network": "aws-node"},
        ),
        (
            AFTER,
            {f"{ATTACHED} dev-ebs": "AmazonEBSCSIDriverPolicyV2"},
            {"dev-ebs": "ebs-csi-controller-sa", "dev-efs": "efs-csi-node-sa"},
        ),
    ],
    ids=["before nodes", "after nodes"],
)
def test_pods_of_addons_have_roles_of_their_own(
    lines: str,
    rights: dict[str, str],
    accounts: dict[str, str],
    built: Built,
    made: Made,
) -> None:
    found = made(built("eks", lines))

    policies = {key: it["policyArn"] for key, it in found.items() if key.startswith(ATTACHED)}
    assert policies == {key: f"arn:aws:iam::aws:policy/{it}" for key, it in rights.items()}
    assert accounts == {
        key.removeprefix(f"{ASSOCIATION} "): it["serviceAccount"]
        for key, it in found.items()
        if key.startswith(ASSOCIATION)
    }


def test_the_driver_of_homes_mounts_this_file_system_alone(
    built: Built, made: Made, cloud_tells: CloudTells
) -> None:
    cloud_tells({"aws:efs/fileSystem:FileSystem": {"arn": ARN}})

    found = made(built("eks", AFTER))

    assert found["aws:iam/rolePolicy:RolePolicy dev-efs"] == {
        "name": "efs",
        "role": "readyroom-dev-efs",
        "policy": mount_policy(ARN),
    }


def test_nodes_wait_for_the_agent_and_the_networks_role(built: Built, needed: Needed) -> None:
    monitor = built("eks", BEFORE + POD)

    assert needed(monitor, "kubernetes:core/v1:Pod pod") == {
        f"{ADDON} dev-eks-pod-identity-agent",
        f"{ATTACHED} dev-network",
        f"{ASSOCIATION} dev-network",
    }
    assert needed(monitor, f"{ADDON} dev-eks-pod-identity-agent") == {"aws:ec2/vpc:Vpc dev"}


def test_hubs_wait_for_every_addon_and_a_driver_for_its_role(built: Built, needed: Needed) -> None:
    monitor = built("eks", AFTER + POD, fastStorage={"capacity": "1200Gi"})

    assert needed(monitor, "kubernetes:core/v1:Pod pod") == set(ALWAYS | LUSTRE)
    core = "aws:ec2/vpc:Vpc dev"
    assert {key.split(" dev-")[1]: needed(monitor, key) for key in ALWAYS | LUSTRE} == {
        "aws-ebs-csi-driver": {core, f"{ATTACHED} dev-ebs", f"{ASSOCIATION} dev-ebs"},
        "aws-efs-csi-driver": {
            core,
            "aws:iam/rolePolicy:RolePolicy dev-efs",
            f"{ASSOCIATION} dev-efs",
        },
        "aws-fsx-csi-driver": {core},
    }


CLASS = """
provider = k8s.Provider("cluster", kubeconfig="{}")
block_storage(place, provider, after(vpc))
"""


@pytest.mark.parametrize(
    ("cluster", "tags"),
    [
        ({}, {"tagSpecification_1": "readyroom-stack=dev"}),
        (
            {"costCentre": "Teaching and Learning"},
            {
                "tagSpecification_1": "readyroom-cost-centre=teaching-and-learning",
                "tagSpecification_2": "readyroom-stack=dev",
            },
        ),
    ],
)
def test_volumes_are_encrypted_gp3_in_the_zone_of_their_pod_and_say_whose_cost_they_are(
    cluster: dict[str, Any], tags: dict[str, str], built: Built, made: Made, needed: Needed
) -> None:
    monitor = built("eks", START + CLASS, **cluster)

    key = "kubernetes:storage.k8s.io/v1:StorageClass dev-gp3"
    assert made(monitor)[key] == {
        "apiVersion": "storage.k8s.io/v1",
        "kind": "StorageClass",
        "metadata": {"name": "gp3"},
        "provisioner": "ebs.csi.aws.com",
        "parameters": {"type": "gp3", "encrypted": "true"} | tags,
        "reclaimPolicy": "Delete",
        "volumeBindingMode": "WaitForFirstConsumer",
        "allowVolumeExpansion": True,
    }
    assert needed(monitor, key) == {"aws:ec2/vpc:Vpc dev"}
