"""A GKE cluster, what is in it, and what it offers to hubs."""

from collections.abc import Callable
from typing import Any

import pytest

from components.gke.cluster import GkeCluster
from hubs.gke import EVERY_DAY
from preview.monitor import RecordingMonitor
from preview.resources import registered

Built = Callable[..., RecordingMonitor]
Inputs = Callable[[str, str, str], dict[str, Any]]
Told = Callable[[RecordingMonitor], dict[str, Any]]

LINES = f"""
from {GkeCluster.__module__} import GkeCluster
made = GkeCluster("dev", config, args_of(config, HUBS))
tell(ready=" ".join(it._name for it in made.ready), **{{
    hub: " ".join([
        *(f"{{claim}}={{volume.path}}" for claim, volume in sorted(parts.volumes.items())),
        parts.database.name if parts.database else "sqlite",
        *parts.identity,
        *(it._name for it in parts.ready),
    ])
    for hub, parts in made.hubs.items()
}})
"""
COMPONENT = "readyroom:gke:GkeCluster::dev"
ZONES = ["europe-west1-b", "europe-west1-c", "europe-west1-d"]
NETWORKS = ["198.51.100.0/24", "203.0.113.7/32"]
FAST = {"tier": "ZONAL", "capacity": "1Ti"}
LARGE = {"name": "large", "machineType": "n2-standard-8", "maxNodes": 1, "storage": "fast"}
PLAIN: dict[str, Any] = {"shared": {"leads": ["lead"]}}
RICH: dict[str, Any] = {
    "image": {
        "name": "europe-docker.pkg.dev/example-project/lab/school",
        "tag": "2026-11-02",
        "size": "1Gi",
    },
    "options": [LARGE],
    "database": "postgres",
    "buckets": [{"name": "example-school-scratch"}],
}
# Where each type that costs something has its labels.
LABELS = {
    "gcp:backupdisasterrecovery/backupVault:BackupVault": ("labels",),
    "gcp:container/cluster:Cluster": ("resourceLabels",),
    "gcp:container/nodePool:NodePool": ("nodeConfig", "resourceLabels"),
    "gcp:filestore/instance:Instance": ("labels",),
    "gcp:sql/databaseInstance:DatabaseInstance": ("settings", "userLabels"),
    "gcp:storage/bucket:Bucket": ("labels",),
}


def _made(monitor: RecordingMonitor) -> dict[str, dict[str, Any]]:
    """Return what the cluster itself has made."""
    return {
        f"{it.type} {it.name}": it.inputs
        for it in registered(monitor)
        if it.parent.endswith(COMPONENT)
    }


def test_every_hub_gets_what_it_asked_for_and_no_more(built: Built, told: Told) -> None:
    monitor = built(
        "gke", LINES, hubs={"plain": PLAIN, "rich": RICH}, fastStorage=FAST, database={}
    )

    assert told(monitor) == {
        "ready": "core-n2-highmem-2",
        "plain": "home=/homes sqlite plain-n2-highmem-2",
        "rich": "fast=/fast home=/homes hub_rich iam.gke.io/gcp-service-account "
        "rich-n2-highmem-2 rich-large-n2-standard-8",
    }


def test_neither_order_of_a_list_nor_another_hub_changes_what_is_there(built: Built) -> None:
    hubs = {"plain": PLAIN, "rich": RICH}
    keys = {"fastStorage": FAST, "database": {}}
    both = _made(built("gke", LINES, hubs=hubs, zones=ZONES, authorizedNetworks=NETWORKS, **keys))

    turned = built(
        "gke",
        LINES,
        hubs=dict(reversed(hubs.items())),
        zones=ZONES[::-1],
        authorizedNetworks=NETWORKS[::-1],
        **keys,
    )
    assert _made(turned) == both
    alone = built(
        "gke", LINES, hubs={"plain": PLAIN}, zones=ZONES, authorizedNetworks=NETWORKS, **keys
    )
    kept = _made(alone)
    assert kept == {key: both[key] for key in kept}


def test_all_that_costs_something_is_labelled_and_no_two_share_a_name(built: Built) -> None:
    found = _made(built("gke", LINES, hubs={"rich": RICH}, fastStorage=FAST, database={}))

    labels: dict[str, list[Any]] = {}
    for key, inputs in found.items():
        kind = key.partition(" ")[0]
        for step in LABELS.get(kind, ()):
            inputs = inputs[step]  # noqa: PLW2901 - a path is walked
        if kind in LABELS:
            labels.setdefault(kind, []).append(inputs["readyroom-stack"])
    assert {kind: set(stacks) for kind, stacks in labels.items()} == {
        kind: {"dev"} for kind in LABELS
    }
    names = [(key.partition(" ")[0], it["name"]) for key, it in found.items() if "name" in it]
    assert len(names) == len(set(names)) == 15


BESIDE = {
    "budget": {
        "monthly": 100,
        "emails": ["finance@example.edu"],
        "billingAccount": "0A1B2C-3D4E5F-60718A",
    },
    "githubActions": {"repository": "example-org/hubs"},
}


@pytest.mark.parametrize(("keys", "there"), [({}, False), (BESIDE, True)])
def test_a_budget_and_a_deployer_are_there_where_the_file_asks_for_them(
    keys: dict[str, Any], built: Built, *, there: bool
) -> None:
    kinds = {key.partition(" ")[0] for key in _made(built("gke", LINES, **keys))}

    assert ("gcp:billing/budget:Budget" in kinds) is there
    assert ("gcp:iam/workloadIdentityPool:WorkloadIdentityPool" in kinds) is there


def test_what_a_stack_uses_is_switched_on_and_left_on(built: Built) -> None:
    found = {
        key.rpartition(" ")[2]: inputs
        for key, inputs in _made(built("gke", LINES)).items()
        if key.startswith("gcp:projects/service:Service ")
    }
    used = (
        "cloudresourcemanager",
        "compute",
        "container",
        "file",
        "iam",
        "logging",
        "monitoring",
    )

    assert found == {
        f"dev-{service}": {
            "project": "example-project",
            "service": f"{service}.googleapis.com",
            "disableOnDestroy": False,
        }
        for service in used
    }


def test_the_component_shows_what_was_asked_for(inputs: Inputs) -> None:
    assert inputs("workshop", "event", "readyroom:gke:GkeCluster workshop") == {
        "name": "readyroom-workshop",
        "provider": "gke",
        "region": "us-central1",
        "zones": ["us-central1-b"],
        "authorizedNetworks": ["198.51.100.0/24"],
        "nodeReady": 600,
        "releaseChannel": "REGULAR",
        "deletionProtection": True,
        "corePool": {"machineType": "n2-highmem-2", "maxNodes": 3},
        "homes": {
            "tier": "BASIC_HDD",
            "capacity": 1 << 40,
            "backups": None,
            "keepBackups": 14 * 86_400,
        },
        "maintenance": {
            "starts": "02:00",
            "lasts": 4 * 3_600,
            "days": sorted(EVERY_DAY),
            "timezone": "UTC",
        },
        "monitoring": {"retention": 30 * 86_400, "storage": 50 << 30, "grafana": None},
        "quotaCheck": {"live": False, "request": False, "contact": None},
        "charts": {},
    }


def test_the_kubernetes_provider_may_change_maps_and_secrets_in_place(inputs: Inputs) -> None:
    found = inputs("workshop", "event", "pulumi:providers:kubernetes workshop-kubernetes")

    assert found == {
        "kubeconfig": "[unknown]",
        "enableConfigMapMutable": "true",
        "enableSecretMutable": "true",
    }
