"""The control plane of a GKE cluster."""

from collections.abc import Callable
from typing import Any

import pytest

from components.gke.control_plane import control_plane
from preview.monitor import RecordingMonitor

Built = Callable[..., RecordingMonitor]
Inputs = Callable[[str, str, str], dict[str, Any]]
Made = Callable[[RecordingMonitor], dict[str, dict[str, Any]]]
Requests = Callable[[str, str], dict[str, Any]]

WORKSHOP = "gcp:container/cluster:Cluster workshop-cluster"
NEEDED = {
    "gcp:compute/routerNat:RouterNat::workshop-nat",
    "gcp:projects/iAMMember:IAMMember::workshop-nodes",
}
LINES = f"""
from {control_plane.__module__} import control_plane
from hubs.maintenance import maintenance
subnetwork = gcp.compute.Subnetwork("dev", network=network.id)
told = maintenance(config, place.args.deployment.events, place.args.deployment.now)
control_plane(place, subnetwork, "nodes@example.com", told, [subnetwork])
"""
FOUND: dict[str, Any] = {
    "name": "readyroom-workshop",
    "location": "us-central1",
    "nodeLocations": ["us-central1-b"],
    "network": "[unknown]",
    "subnetwork": "[unknown]",
    "networkingMode": "VPC_NATIVE",
    "ipAllocationPolicy": {
        "clusterSecondaryRangeName": "pods",
        "servicesSecondaryRangeName": "services",
    },
    "privateClusterConfig": {"enablePrivateNodes": True, "enablePrivateEndpoint": False},
    "masterAuthorizedNetworksConfig": {
        "cidrBlocks": [{"cidrBlock": "198.51.100.0/24"}],
        "gcpPublicCidrsAccessEnabled": False,
    },
    "masterAuth": {"clientCertificateConfig": {"issueClientCertificate": False}},
    "datapathProvider": "ADVANCED_DATAPATH",
    "workloadIdentityConfig": {"workloadPool": "[unknown]"},
    "removeDefaultNodePool": True,
    "initialNodeCount": 1,
    "nodeConfig": {
        "serviceAccount": "[unknown]",
        "workloadMetadataConfig": {"mode": "GKE_METADATA"},
        "shieldedInstanceConfig": {"enableSecureBoot": True, "enableIntegrityMonitoring": True},
    },
    "nodePoolDefaults": {"nodeConfigDefaults": {"insecureKubeletReadonlyPortEnabled": "FALSE"}},
    "enableShieldedNodes": True,
    "clusterAutoscaling": {"enabled": False, "autoscalingProfile": "OPTIMIZE_UTILIZATION"},
    "releaseChannel": {"channel": "REGULAR"},
    "maintenancePolicy": {
        "recurringWindow": {
            "startTime": "2024-01-01T02:00:00Z",
            "endTime": "2024-01-01T06:00:00Z",
            "recurrence": "FREQ=DAILY",
        },
        "maintenanceExclusions": [],
    },
    "securityPostureConfig": {"mode": "BASIC", "vulnerabilityMode": "VULNERABILITY_DISABLED"},
    "costManagementConfig": {"enabled": True},
    "loggingConfig": {"enableComponents": ["SYSTEM_COMPONENTS"]},
    "monitoringConfig": {
        "enableComponents": ["SYSTEM_COMPONENTS"],
        "managedPrometheus": {"enabled": False},
    },
    "deletionProtection": True,
    "resourceLabels": {"readyroom-stack": "workshop"},
}


@pytest.mark.parametrize("word", ["quiet", "over"])
def test_a_control_plane_has_exactly_these_inputs(word: str, inputs: Inputs) -> None:
    # No version: GKE upgrades. No network policy: the data plane has its own.
    assert inputs("workshop", word, WORKSHOP) == FOUND


@pytest.mark.parametrize("word", ["warm", "event"])
def test_for_an_event_an_exclusion_is_all_that_changes(word: str, inputs: Inputs) -> None:
    found = inputs("workshop", word, WORKSHOP)

    policy = found.pop("maintenancePolicy")
    assert found == {key: FOUND[key] for key in FOUND if key != "maintenancePolicy"}
    # From lead before nine until the servers are culled after noon, in New York.
    assert policy == FOUND["maintenancePolicy"] | {
        "maintenanceExclusions": [
            {
                "exclusionName": "intro-20261207-1330",
                "startTime": "2026-12-07T13:30:00Z",
                "endTime": "2026-12-07T18:20:00Z",
                "exclusionOptions": {"scope": "NO_UPGRADES"},
            }
        ]
    }


def test_what_the_file_says_is_done(built: Built, made: Made) -> None:
    monitor = built(
        "gke",
        LINES,
        authorizedNetworks=["203.0.113.7/32", "198.51.100.0/24"],
        releaseChannel="STABLE",
        deletionProtection=False,
        costCentre="Teaching and Learning",
        maintenance={
            "starts": "03:00",
            "lasts": "6h",
            "days": ["sunday", "saturday"],
            "timezone": "America/Chicago",
        },
    )
    found = made(monitor)["gcp:container/cluster:Cluster dev-cluster"]

    assert found["nodeLocations"] == ["europe-west1-b", "europe-west1-c"]
    assert found["masterAuthorizedNetworksConfig"]["cidrBlocks"] == [
        {"cidrBlock": "198.51.100.0/24"},
        {"cidrBlock": "203.0.113.7/32"},
    ]
    assert found["workloadIdentityConfig"] == {"workloadPool": "example-project.svc.id.goog"}
    assert found["releaseChannel"] == {"channel": "STABLE"}
    # Three in the morning in Chicago, in winter.
    assert found["maintenancePolicy"]["recurringWindow"] == {
        "startTime": "2024-01-06T09:00:00Z",
        "endTime": "2024-01-06T15:00:00Z",
        "recurrence": "FREQ=WEEKLY;BYDAY=SA,SU",
    }
    assert found["deletionProtection"] is False
    assert found["resourceLabels"] == {
        "readyroom-stack": "dev",
        "readyroom-cost-centre": "teaching-and-learning",
    }


def test_without_networks_the_public_endpoint_answers_nobody(built: Built, made: Made) -> None:
    found = made(built("gke", LINES))["gcp:container/cluster:Cluster dev-cluster"]

    assert found["masterAuthorizedNetworksConfig"] == {
        "cidrBlocks": [],
        "gcpPublicCidrsAccessEnabled": False,
    }


def test_what_gke_alone_writes_is_ignored_and_nothing_else_is(requests: Requests) -> None:
    # After its first upgrade it tells when that was, inside of what switches with an event.
    assert list(requests("workshop", "event")[WORKSHOP].ignoreChanges) == [
        "nodeConfig",
        "maintenancePolicy.disruptionBudget",
    ]


def test_the_removed_pool_has_a_way_out_and_its_rights(requests: Requests) -> None:
    found = requests("workshop", "event")
    of_cluster = found[WORKSHOP].dependencies

    assert {urn.rpartition("$")[2] for urn in of_cluster} >= NEEDED
