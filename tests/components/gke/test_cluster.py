"""A GKE cluster, its network and the account of its nodes."""

from collections.abc import Callable
from typing import Any

import pytest

Inputs = Callable[[str, str, str], dict[str, Any]]


def test_the_network_is_the_clusters_own(inputs: Inputs) -> None:
    assert inputs("workshop", "quiet", "gcp:compute/network:Network workshop-network") == {
        "name": "readyroom-workshop",
        "autoCreateSubnetworks": False,
    }


def test_the_subnetwork_has_room_for_16384_addresses(inputs: Inputs) -> None:
    found = inputs("workshop", "quiet", "gcp:compute/subnetwork:Subnetwork workshop-subnetwork")

    assert found == {
        "name": "readyroom-workshop",
        "region": "us-central1",
        "network": "[unknown]",
        "ipCidrRange": "10.64.0.0/18",
        "privateIpGoogleAccess": True,
    }


def test_the_control_plane_packs_nodes_enforces_policies_and_is_protected(inputs: Inputs) -> None:
    assert inputs("workshop", "quiet", "gcp:container/cluster:Cluster workshop-cluster") == {
        "name": "readyroom-workshop",
        "location": "us-central1",
        "nodeLocations": ["us-central1-b"],
        "network": "[unknown]",
        "subnetwork": "[unknown]",
        "ipAllocationPolicy": {},
        "removeDefaultNodePool": True,
        "initialNodeCount": 1,
        "nodeConfig": {"serviceAccount": "[unknown]"},
        "releaseChannel": {"channel": "REGULAR"},
        "clusterAutoscaling": {"enabled": False, "autoscalingProfile": "OPTIMIZE_UTILIZATION"},
        "datapathProvider": "ADVANCED_DATAPATH",
        "deletionProtection": True,
        "resourceLabels": {"readyroom-stack": "workshop"},
    }


@pytest.mark.parametrize("service", ["compute", "container", "file", "iam"])
def test_what_the_cluster_needs_is_enabled_and_left_on(service: str, inputs: Inputs) -> None:
    found = inputs("workshop", "quiet", f"gcp:projects/service:Service workshop-{service}")

    assert found == {"service": f"{service}.googleapis.com", "disableOnDestroy": False}


def test_nodes_have_an_account_with_one_role(inputs: Inputs) -> None:
    account = inputs("workshop", "quiet", "gcp:serviceaccount/account:Account workshop-nodes")
    member = inputs("workshop", "quiet", "gcp:projects/iAMMember:IAMMember workshop-nodes")

    assert account == {
        "accountId": "readyroom-workshop-nodes",
        "displayName": "Nodes of readyroom-workshop",
    }
    assert member == {
        "project": "[unknown]",
        "role": "roles/container.defaultNodeServiceAccount",
        "member": "[unknown]",
    }


def test_the_component_shows_what_was_asked_for(inputs: Inputs) -> None:
    assert inputs("workshop", "event", "readyroom:gke:GkeCluster workshop") == {
        "name": "readyroom-workshop",
        "provider": "gke",
        "region": "us-central1",
        "zones": ["us-central1-b"],
        "nodeReady": 600,
        "releaseChannel": "REGULAR",
        "deletionProtection": True,
        "corePool": {"machineType": "n2-highmem-2", "maxNodes": 3},
        "homes": {"tier": "BASIC_HDD", "capacity": 1 << 40},
    }


def test_the_kubernetes_provider_may_change_maps_and_secrets_in_place(inputs: Inputs) -> None:
    found = inputs("workshop", "event", "pulumi:providers:kubernetes workshop-kubernetes")

    assert found == {
        "kubeconfig": "[unknown]",
        "enableConfigMapMutable": "true",
        "enableSecretMutable": "true",
    }
