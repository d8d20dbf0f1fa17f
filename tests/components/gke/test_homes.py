"""Home directories on Filestore."""

from collections.abc import Callable
from typing import Any

import pytest

from components.gke.homes import filestore
from components.gke.kubeconfig import kubeconfig
from preview.monitor import RecordingMonitor
from preview.resources import registered

CloudTells = Callable[[dict[str, dict[str, Any]]], None]
Inputs = Callable[[str, str, str], dict[str, Any]]

PROGRAM = f"""
import pulumi
import pulumi_gcp as gcp
import pulumi_kubernetes as k8s
from {filestore.__module__} import filestore
from {kubeconfig.__module__} import kubeconfig
from hubs.cluster import GkeConfig

config = GkeConfig.model_validate({{
    "provider": "gke",
    "region": "europe-west1",
    "zones": ["europe-west1-b", "europe-west1-c"],
    "corePool": {{"machineType": "n2-highmem-2", "maxNodes": 1}},
    "homes": {{"tier": "TIER", "capacity": "1025Gi"}},
}})
network = gcp.compute.Network("one", name="one")
homes = filestore("one", "readyroom-one", config, network, pulumi.ResourceOptions())
k8s.core.v1.ConfigMap("homes", data={{
    "server": homes.server, "path": homes.path, "gib": str(homes.gib)
}})
"""


def _instance(monitor: RecordingMonitor, kind: str) -> dict[str, Any]:
    [found] = [it.inputs for it in registered(monitor) if it.type == kind]
    return found


def test_the_instance_is_the_clusters_own_and_has_what_was_asked_for(inputs: Inputs) -> None:
    assert inputs("workshop", "quiet", "gcp:filestore/instance:Instance workshop-homes") == {
        "name": "readyroom-workshop-homes",
        "location": "us-central1-b",
        "tier": "BASIC_HDD",
        "fileShares": {"name": "homes", "capacityGb": 1024},
        "networks": [{"network": "readyroom-workshop", "modes": ["MODE_IPV4"]}],
    }


@pytest.mark.parametrize(
    ("tier", "location"),
    [
        ("BASIC_HDD", "europe-west1-b"),
        ("BASIC_SSD", "europe-west1-b"),
        ("ZONAL", "europe-west1-b"),
        ("REGIONAL", "europe-west1"),
    ],
)
def test_a_regional_instance_is_in_the_region_and_any_other_in_the_first_zone(
    tier: str, location: str, ran: Callable[[str], RecordingMonitor]
) -> None:
    monitor = ran(PROGRAM.replace("TIER", tier))

    found = _instance(monitor, "gcp:filestore/instance:Instance")
    assert (found["location"], found["fileShares"]["capacityGb"]) == (location, 1025)


def test_hubs_mount_the_share_at_the_address_that_the_cloud_gave(
    ran: Callable[[str], RecordingMonitor], cloud_tells: CloudTells
) -> None:
    cloud_tells(
        {
            "gcp:filestore/instance:Instance": {
                "networks": [{"network": "one", "ipAddresses": ["10.0.0.2"]}]
            }
        }
    )
    monitor = ran(PROGRAM.replace("TIER", "BASIC_HDD"))

    found = _instance(monitor, "kubernetes:core/v1:ConfigMap")
    assert found["data"] == {"server": "10.0.0.2", "path": "/homes", "gib": "1025"}
