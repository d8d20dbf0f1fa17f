"""The account of nodes, and what it may do."""

from collections.abc import Callable
from typing import Any

from components.gke.accounts import node_account
from preview.monitor import RecordingMonitor

Built = Callable[..., RecordingMonitor]
CloudTells = Callable[[dict[str, dict[str, Any]]], None]
Made = Callable[[RecordingMonitor], dict[str, dict[str, Any]]]
Told = Callable[[RecordingMonitor], dict[str, Any]]

LINES = f"""
from {node_account.__module__} import node_account
found = node_account(place)
tell(rights=",".join(it._name for it in found.rights), email=found.account.email)
"""
TYPE = "gcp:serviceaccount/account:Account"
MEMBER = "serviceAccount:nodes@example.com"
ACCOUNT = {"accountId": "readyroom-dev-nodes", "displayName": "Nodes of readyroom-dev"}
AGENT = {
    "project": "example-project",
    "role": "roles/container.defaultNodeServiceAccount",
    "member": MEMBER,
}
IMAGE = {"tag": "2026-11-02", "size": "1Gi"}


def test_nodes_write_logs_and_metrics_and_nothing_else(
    built: Built, made: Made, cloud_tells: CloudTells
) -> None:
    cloud_tells({TYPE: {"member": MEMBER, "email": "nodes@example.com"}})

    assert made(built("gke", LINES, hubs={"data-8": {}})) == {
        f"{TYPE} dev-nodes": ACCOUNT,
        "gcp:projects/iAMMember:IAMMember dev-nodes": AGENT,
    }


def test_nodes_read_the_repositories_that_images_are_in(
    built: Built, made: Made, told: Told, cloud_tells: CloudTells
) -> None:
    cloud_tells({TYPE: {"member": MEMBER, "email": "nodes@example.com"}})
    images = {"a": "europe-docker.pkg.dev/example-project/lab/a", "b": "quay.io/jupyter/b"}
    hubs = {name: {"image": IMAGE | {"name": image}} for name, image in images.items()}

    monitor = built("gke", LINES, hubs=hubs)

    assert made(monitor) == {
        f"{TYPE} dev-nodes": ACCOUNT,
        "gcp:projects/iAMMember:IAMMember dev-nodes": AGENT,
        "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember dev-images-europe-lab": {
            "project": "example-project",
            "location": "europe",
            "repository": "lab",
            "role": "roles/artifactregistry.reader",
            "member": MEMBER,
        },
    }
    assert told(monitor) == {
        "rights": "dev-nodes,dev-images-europe-lab",
        "email": "nodes@example.com",
    }
