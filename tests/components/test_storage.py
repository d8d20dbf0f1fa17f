"""The claim on home directories, on a server and on a storage class."""

from collections.abc import Callable
from typing import Any

import pytest

Inputs = Callable[[str, str, str], dict[str, Any]]

VOLUME = "kubernetes:core/v1:PersistentVolume"
# Source: AWS documentation, "Recommended NFS mount options".
EFS = ["nfsvers=4.1", "rsize=1048576", "wsize=1048576", "hard", "noresvport", "noatime"]
CLAIM = "kubernetes:core/v1:PersistentVolumeClaim"


@pytest.mark.parametrize(
    ("stack", "hub", "size", "path", "options"),
    [
        ("workshop", "workshop", "1024Gi", "/homes", ["noatime"]),
        ("exam", "exam", "2560Gi", "/homes", ["noatime"]),
        ("exam", "course", "2560Gi", "/homes", ["noatime"]),
        # EFS has no size; the volume's is nominal.
        ("icesat2", "icesat2", "1024Gi", "/", EFS),
    ],
)
def test_a_hub_on_a_server_has_a_volume_bound_to_its_claim_and_kept(
    stack: str, hub: str, size: str, path: str, options: list[str], inputs: Inputs
) -> None:
    assert inputs(stack, "quiet", f"{VOLUME} {hub}-homes") == {
        "apiVersion": "v1",
        "kind": "PersistentVolume",
        "metadata": {"name": f"{hub}-homes"},
        "spec": {
            "capacity": {"storage": size},
            "accessModes": ["ReadWriteMany"],
            "persistentVolumeReclaimPolicy": "Retain",
            "mountOptions": options,
            "nfs": {"server": "[unknown]", "path": path},
            "claimRef": {"namespace": hub, "name": "home"},
            "storageClassName": "",
        },
    }


def _claim(hub: str, size: str, storage_class: str, volume: str | None) -> dict[str, Any]:
    return {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": {"name": "home", "namespace": hub},
        "spec": {
            "accessModes": ["ReadWriteMany"],
            "resources": {"requests": {"storage": size}},
            "storageClassName": storage_class,
            "volumeName": volume,
        },
    }


@pytest.mark.parametrize(
    ("stack", "hub"),
    [
        ("workshop", "workshop"),
        ("exam", "course"),
        ("datahub", "stat20"),
        ("icesat2", "icesat2"),
    ],
)
def test_a_claim_on_a_server_names_its_volume_and_no_class_and_never_has_to_grow(
    stack: str, hub: str, inputs: Inputs
) -> None:
    found = inputs(stack, "quiet", f"{CLAIM} {hub}-home")

    assert found == _claim(hub, "1Gi", "", f"{hub}-homes")


def test_a_claim_on_a_storage_class_names_the_class_and_no_volume(inputs: Inputs) -> None:
    found = inputs("campus", "quiet", f"{CLAIM} campus-home")

    assert found == _claim("campus", "200Gi", "nfs-client", None)
