"""The network of a GKE cluster, and its way out."""

from collections.abc import Callable
from typing import Any

import pytest

Inputs = Callable[[str, str, str], dict[str, Any]]
Requests = Callable[[str, str], dict[str, Any]]

FOUND: dict[str, dict[str, Any]] = {
    "gcp:compute/network:Network workshop-network": {
        "name": "readyroom-workshop-network",
        "autoCreateSubnetworks": False,
        "routingMode": "REGIONAL",
    },
    "gcp:compute/subnetwork:Subnetwork workshop-subnetwork": {
        "name": "readyroom-workshop-nodes",
        "region": "us-central1",
        "network": "[unknown]",
        "ipCidrRange": "10.64.0.0/20",
        "secondaryIpRanges": [
            {"rangeName": "pods", "ipCidrRange": "10.68.0.0/14"},
            {"rangeName": "services", "ipCidrRange": "10.64.16.0/20"},
        ],
        "privateIpGoogleAccess": True,
    },
    "gcp:compute/router:Router workshop-router": {
        "name": "readyroom-workshop-router",
        "region": "us-central1",
        "network": "[unknown]",
    },
    "gcp:compute/routerNat:RouterNat workshop-nat": {
        "name": "readyroom-workshop-nat",
        "region": "us-central1",
        "router": "readyroom-workshop-router",
        "natIpAllocateOption": "AUTO_ONLY",
        "sourceSubnetworkIpRangesToNat": "ALL_SUBNETWORKS_ALL_IP_RANGES",
        "enableDynamicPortAllocation": True,
        "minPortsPerVm": 1024,
        "maxPortsPerVm": 32768,
        "logConfig": {"enable": True, "filter": "ERRORS_ONLY"},
    },
}


@pytest.mark.parametrize("which", FOUND)
def test_a_cluster_has_a_network_of_its_own_with_one_way_out(which: str, inputs: Inputs) -> None:
    assert inputs("workshop", "quiet", which) == FOUND[which]


def test_only_the_network_stays_with_the_data_that_is_reached_through_it(
    requests: Requests,
) -> None:
    found = requests("workshop", "quiet")

    stays = {which: (found[which].protect, found[which].retainOnDelete) for which in FOUND}
    network = "gcp:compute/network:Network workshop-network"
    assert stays == dict.fromkeys(FOUND, (False, False)) | {network: (False, True)}
