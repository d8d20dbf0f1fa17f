"""GKE pools by their autoscaling bounds, labels, taints and node configuration."""

from collections.abc import Callable
from typing import Any

import pytest

Inputs = Callable[[str, str, str], dict[str, Any]]

TAINT = {"key": "hub.jupyter.org_dedicated", "value": "user", "effect": "NO_SCHEDULE"}


def _pool(name: str, machine_type: str, bounds: tuple[int, int], **owners: str) -> dict[str, Any]:
    purpose = "user" if owners else "core"
    own = {f"readyroom-{key}": value for key, value in owners.items()}
    return {
        "name": name,
        "cluster": "readyroom-workshop",
        "location": "us-central1",
        "nodeLocations": ["us-central1-b"],
        "autoscaling": {
            "totalMinNodeCount": bounds[0],
            "totalMaxNodeCount": bounds[1],
            "locationPolicy": "ANY",
        },
        "maxPodsPerNode": 110,
        "management": {"autoRepair": True, "autoUpgrade": True},
        "nodeConfig": {
            "machineType": machine_type,
            "diskType": "pd-balanced",
            "diskSizeGb": 100,
            "labels": {"hub.jupyter.org/node-purpose": purpose, "readyroom/pool": name},
            "taints": [TAINT] if owners else [],
            "resourceLabels": {"readyroom-stack": "workshop"} | own,
            "serviceAccount": "[unknown]",
            "oauthScopes": ["https://www.googleapis.com/auth/cloud-platform"],
            "metadata": {"disable-legacy-endpoints": "true"},
        },
    }


@pytest.mark.parametrize(
    "pool",
    [
        _pool("core-n2-highmem-2", "n2-highmem-2", (1, 3)),
        _pool("workshop-n2-highmem-4", "n2-highmem-4", (0, 10), hub="workshop"),
        _pool(
            "workshop-intro-n2-highmem-4",
            "n2-highmem-4",
            (24, 35),
            hub="workshop",
            event="intro",
        ),
    ],
    ids=["core", "usual", "event"],
)
def test_a_pool_has_exactly_these_inputs(pool: dict[str, Any], inputs: Inputs) -> None:
    # No node count: an autoscaled pool would be fought over. No version: GKE upgrades.
    found = inputs("workshop", "event", f"gcp:container/nodePool:NodePool {pool['name']}")

    assert found == pool


def test_a_staged_pool_waits_at_no_nodes(inputs: Inputs) -> None:
    # The event of another hub, two days later.
    pool = "gcp:container/nodePool:NodePool stat20-section-e2-highmem-4"

    bounds = inputs("datahub", "event", pool)["autoscaling"]
    assert (bounds["totalMinNodeCount"], bounds["locationPolicy"]) == (0, "ANY")
