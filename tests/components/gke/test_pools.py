"""GKE pools by their autoscaling bounds, labels, taints and node configuration."""

from collections.abc import Callable
from typing import Any

import pytest

from components.gke.pools import node_pool
from preview.monitor import RecordingMonitor

Built = Callable[..., RecordingMonitor]
Inputs = Callable[[str, str, str], dict[str, Any]]
Made = Callable[[RecordingMonitor], dict[str, dict[str, Any]]]
Requests = Callable[[str, str], dict[str, Any]]

TYPE = "gcp:container/nodePool:NodePool"
NODES = {"machineType": "n2-standard-8", "maxNodes": 2}
LINES = f"""
from {node_pool.__module__} import node_pool
cluster = gcp.container.Cluster("dev", name="dev")
for pool in place.args.deployment.pools:
    node_pool(pool, place, cluster, "nodes@example.com", opts)
"""
TAINT = {"key": "hub.jupyter.org_dedicated", "value": "user", "effect": "NO_SCHEDULE"}


def _pool(name: str, machine_type: str, bounds: tuple[int, int], **owners: str) -> dict[str, Any]:
    purpose = "user" if owners else "core"
    first = {} if owners else {"initialNodeCount": 1}
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
        "upgradeSettings": {"strategy": "SURGE", "maxSurge": 1, "maxUnavailable": 0},
        "networkConfig": {"enablePrivateNodes": True},
        "nodeConfig": {
            "machineType": machine_type,
            "spot": False,
            "imageType": "COS_CONTAINERD",
            "diskType": "pd-balanced",
            "diskSizeGb": 100,
            "gcfsConfig": {"enabled": False},
            "guestAccelerators": [],
            "labels": {"hub.jupyter.org/node-purpose": purpose, "readyroom/pool": name},
            "taints": [TAINT] if owners else [],
            "resourceLabels": {"readyroom-stack": "workshop"} | own,
            "serviceAccount": "[unknown]",
            "oauthScopes": ["https://www.googleapis.com/auth/cloud-platform"],
            "metadata": {"disable-legacy-endpoints": "true"},
            "workloadMetadataConfig": {"mode": "GKE_METADATA"},
            "shieldedInstanceConfig": {
                "enableSecureBoot": True,
                "enableIntegrityMonitoring": True,
            },
        },
    } | first


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
    # No node count: an autoscaled pool would be fought over. No version: GKE upgrades. How many
    # nodes there are at first is said of the core pool alone.
    found = inputs("workshop", "event", f"{TYPE} {pool['name']}")

    assert found == pool


def test_a_staged_pool_waits_at_no_nodes(inputs: Inputs) -> None:
    # The event of another hub, two days later.
    bounds = inputs("datahub", "event", f"{TYPE} stat20-section-e2-highmem-4")["autoscaling"]

    assert (bounds["totalMinNodeCount"], bounds["locationPolicy"]) == (0, "ANY")


def test_a_pool_is_made_of_what_its_hub_asks_for(built: Built, made: Made) -> None:
    asked = NODES | {
        "zones": ["europe-west1-b"],
        "spot": True,
        "bootDisk": "200Gi",
        "imageStreaming": True,
    }
    found = made(built("gke", LINES, hubs={"lab": {"pool": asked}}))[f"{TYPE} lab-n2-standard-8"]
    node = found["nodeConfig"]

    assert found["nodeLocations"] == ["europe-west1-b"]
    assert (node["spot"], node["gcfsConfig"], node["diskSizeGb"]) == (True, {"enabled": True}, 200)
    assert node["resourceLabels"] == {"readyroom-stack": "dev", "readyroom-hub": "lab"}


def test_nodes_with_gpus_get_their_driver_from_gke(built: Built, made: Made) -> None:
    option = {"name": "gpu", "machineType": "g2-standard-24", "maxNodes": 2}
    hubs = {"lab": {"pool": NODES, "options": [option]}}
    found = made(built("gke", LINES, hubs=hubs))[f"{TYPE} lab-gpu-g2-standard-24"]

    assert found["nodeLocations"] == ["europe-west1-b", "europe-west1-c"]
    assert found["nodeConfig"]["guestAccelerators"] == [
        {
            "type": "nvidia-l4",
            "count": 2,
            "gpuDriverInstallationConfig": {"gpuDriverVersion": "DEFAULT"},
        }
    ]


def test_no_node_starts_before_its_way_out_and_its_rights(requests: Requests) -> None:
    found = requests("workshop", "event")
    needed = {
        "gcp:compute/routerNat:RouterNat::workshop-nat",
        "gcp:projects/iAMMember:IAMMember::workshop-nodes",
    }

    missing = {
        key: needed - {urn.rpartition("$")[2] for urn in it.dependencies}
        for key, it in found.items()
        if key.startswith(f"{TYPE} ")
    }
    assert list(missing.values()) == [set()] * 3


@pytest.mark.parametrize(
    ("zones", "most", "first"),
    # GKE counts them by zone: three in three zones, of which the autoscaler takes two away.
    [(1, 1, 1), (2, 1, None), (2, 2, 1), (3, 2, None), (3, 3, 1)],
)
def test_the_core_pool_begins_with_a_node_in_each_zone_or_empty_beyond_its_most(
    zones: int, most: int, first: int | None, built: Built, made: Made
) -> None:
    core = {"machineType": "n2-highmem-2", "maxNodes": most}
    places = [f"europe-west1-{letter}" for letter in "bcd"[:zones]]
    found = made(built("gke", LINES, zones=places, corePool=core))[f"{TYPE} core-n2-highmem-2"]

    assert found.get("initialNodeCount") == first
    assert found["autoscaling"]["totalMinNodeCount"] == 1


def test_how_many_nodes_there_were_at_first_replaces_no_core_pool(requests: Requests) -> None:
    found = requests("workshop", "event")

    ignored = {it.name: list(it.ignoreChanges) for key, it in found.items() if key.startswith(TYPE)}
    assert ignored == {
        "core-n2-highmem-2": ["initialNodeCount"],
        "workshop-n2-highmem-4": [],
        "workshop-intro-n2-highmem-4": [],
    }
