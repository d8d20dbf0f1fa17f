"""Home directories on EFS, and block storage for the cluster's own volumes."""

from collections.abc import Callable
from typing import Any

import pytest

from preview.monitor import RecordingMonitor
from preview.resources import registered

CloudTells = Callable[[dict[str, dict[str, Any]]], None]
Inputs = Callable[[str, str, str], dict[str, Any]]


def test_the_file_system_is_encrypted_elastic_and_named_once(inputs: Inputs) -> None:
    # An explicit token: a second one would be refused, not made beside the first.
    assert inputs("icesat2", "quiet", "aws:efs/fileSystem:FileSystem icesat2-homes") == {
        "creationToken": "readyroom-icesat2-homes",
        "encrypted": True,
        "throughputMode": "elastic",
        "tags": {"Name": "readyroom-icesat2-homes"},
    }


def test_only_the_network_itself_reaches_the_file_system_and_only_by_nfs(inputs: Inputs) -> None:
    assert inputs("icesat2", "quiet", "aws:ec2/securityGroup:SecurityGroup icesat2-homes") == {
        "name": "readyroom-icesat2-homes",
        "description": "NFS from within the VPC",
        "vpcId": "[unknown]",
        "ingress": [
            {"protocol": "tcp", "fromPort": 2049, "toPort": 2049, "cidrBlocks": ["10.64.0.0/16"]}
        ],
    }


@pytest.mark.parametrize("index", [0, 1])
def test_every_subnet_has_a_door_to_the_file_system(index: int, inputs: Inputs) -> None:
    found = inputs("icesat2", "quiet", f"aws:efs/mountTarget:MountTarget icesat2-homes-{index}")

    assert found == {
        "fileSystemId": "[unknown]",
        "subnetId": "[unknown]",
        "securityGroups": ["[unknown]"],
    }


def test_volumes_are_encrypted_gp3_in_the_zone_of_their_pod(inputs: Inputs) -> None:
    found = inputs("icesat2", "quiet", "kubernetes:storage.k8s.io/v1:StorageClass icesat2-gp3")

    assert found == {
        "apiVersion": "storage.k8s.io/v1",
        "kind": "StorageClass",
        "metadata": {"name": "gp3"},
        "provisioner": "ebs.csi.aws.com",
        "parameters": {"type": "gp3", "encrypted": "true"},
        "volumeBindingMode": "WaitForFirstConsumer",
        "allowVolumeExpansion": True,
    }


def test_the_driver_gets_its_role_by_pod_identity(inputs: Inputs) -> None:
    agent = inputs("icesat2", "quiet", "aws:eks/addon:Addon icesat2-pod-identity")
    driver = inputs("icesat2", "quiet", "aws:eks/addon:Addon icesat2-ebs")

    assert agent == {"clusterName": "readyroom-icesat2", "addonName": "eks-pod-identity-agent"}
    assert driver == {
        "clusterName": "readyroom-icesat2",
        "addonName": "aws-ebs-csi-driver",
        "podIdentityAssociations": [
            {"roleArn": "[unknown]", "serviceAccount": "ebs-csi-controller-sa"}
        ],
    }


PROGRAM = """
import pulumi
import pulumi_aws as aws
import pulumi_kubernetes as k8s
from components.eks.homes import efs
from components.eks.network import Network
from hubs.cluster import EksConfig

config = EksConfig.model_validate({
    "provider": "eks",
    "region": "eu-north-1",
    "zones": ["eu-north-1a", "eu-north-1b"],
    "corePool": {"machineType": "m5.xlarge", "maxNodes": 1},
    "homes": HOMES,
})
vpc = aws.ec2.Vpc("one", cidr_block="10.0.0.0/16")
network = Network(vpc=vpc, subnets=[], routed=[])
homes, targets = efs("one", "readyroom-one", network, config, pulumi.ResourceOptions())
k8s.core.v1.ConfigMap("homes", data={
    "server": homes.server, "path": homes.path, "gib": str(homes.gib), "class": homes.storage_class,
    "options": " ".join(homes.mount_options), "targets": str(len(targets)),
})
"""


def test_hubs_mount_the_root_of_the_file_system_by_its_name(
    ran: Callable[[str], RecordingMonitor], cloud_tells: CloudTells
) -> None:
    cloud_tells({})
    program = PROGRAM.replace("HOMES", "{}")
    [claim] = [it for it in registered(ran(program)) if it.type.endswith(":ConfigMap")]

    assert claim.inputs["data"] == {
        "server": "one-homes-id.efs.eu-north-1.amazonaws.com",
        "path": "/",
        "gib": "1024",
        "class": None,
        # Source: AWS documentation, "Recommended NFS mount options".
        "options": "nfsvers=4.1 rsize=1048576 wsize=1048576 hard noresvport noatime",
        "targets": "0",
    }


@pytest.mark.parametrize(
    ("homes", "given"),
    [
        ({}, {"throughputMode": "elastic"}),
        ({"throughputMode": "bursting"}, {"throughputMode": "bursting"}),
        (
            {"throughputMode": "provisioned", "throughput": 300},
            {"throughputMode": "provisioned", "provisionedThroughputInMibps": 300},
        ),
    ],
)
def test_the_throughput_is_what_was_asked_for(
    homes: dict[str, Any], given: dict[str, Any], ran: Callable[[str], RecordingMonitor]
) -> None:
    monitor = ran(PROGRAM.replace("HOMES", repr(homes)))

    [found] = [it for it in registered(monitor) if it.type == "aws:efs/fileSystem:FileSystem"]
    assert {key: value for key, value in found.inputs.items() if "hroughput" in key} == given
