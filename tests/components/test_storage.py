"""The claims of a hub, on a server, on a file system of a driver, on a storage class."""

from collections.abc import Callable
from typing import Any

import pytest
from pulumi.runtime.proto.resource_pb2 import RegisterResourceRequest

from preview.monitor import RecordingMonitor
from preview.resources import Registered, registered

Ran = Callable[[str], RecordingMonitor]
Inputs = Callable[[str, str, str], dict[str, Any]]

VOLUME = "kubernetes:core/v1:PersistentVolume"
CLAIM = "kubernetes:core/v1:PersistentVolumeClaim"
PROGRAM = """
import pulumi
import pulumi_kubernetes as k8s
from components.interface import ClassVolume, CsiVolume, NfsVolume
from components.storage import hub_claims, hub_volumes

replace = frozenset(REPLACE)
volumes = {VOLUMES}
behind = hub_volumes("lab", volumes, pulumi.ResourceOptions(), replace)
told = pulumi.ResourceOptions(depends_on=behind)
namespace = k8s.core.v1.Namespace("lab", metadata={"name": "lab"}, opts=told)
opts = pulumi.ResourceOptions(depends_on=[namespace])
hub_claims("lab", volumes, namespace, opts, replace)
"""
NFS = '"home": NfsVolume(gib=1024, server="192.0.2.10", path="/homes")'
TUNED = (
    '"home": NfsVolume(gib=1, server="a.example.org", path="/", mount_options=("hard", "noatime"))'
)
LUSTRE = (
    '"fast": CsiVolume(gib=2400, driver="fsx.csi.aws.com", handle="fs-1", mount_options=("flock",),'
    ' attributes={"dnsname": "a", "mountname": "b"})'
)
READ = (
    '"shared-read": CsiVolume(gib=1, driver="efs.csi.aws.com", handle="fs-1::fsap-1",'
    " read_only=True)"
)
CLASS = '"home": ClassVolume(gib=200, storage_class="nfs-client")'


def program(volumes: str, *replace: str) -> str:
    """Return the program for volumes, as they are written, and some names in `replace`."""
    return PROGRAM.replace("VOLUMES", volumes).replace("REPLACE", repr(replace))


def csi(driver: str, handle: str, attributes: dict[str, str], *, read_only: bool) -> dict[str, Any]:
    """Return what a volume of a driver comes from."""
    return {
        "csi": {
            "driver": driver,
            "volumeHandle": handle,
            "volumeAttributes": attributes,
            "readOnly": read_only,
        }
    }


@pytest.fixture
def made(ran: Ran) -> Callable[[str, str], list[Registered]]:
    """Return what volumes, as they are written, register of a type."""

    def found(volumes: str, kind: str) -> list[Registered]:
        text = program(volumes)
        return [it for it in registered(ran(text)) if it.type == kind]

    return found


@pytest.mark.parametrize(
    ("written", "claim", "size", "options", "source"),
    [
        (
            NFS,
            "home",
            "1024Gi",
            ["noatime"],
            {"nfs": {"server": "192.0.2.10", "path": "/homes"}},
        ),
        (
            TUNED,
            "home",
            "1Gi",
            ["hard", "noatime"],
            {"nfs": {"server": "a.example.org", "path": "/"}},
        ),
        (
            LUSTRE,
            "fast",
            "2400Gi",
            ["flock"],
            csi("fsx.csi.aws.com", "fs-1", {"dnsname": "a", "mountname": "b"}, read_only=False),
        ),
        # The driver of EFS is told of it by its mount options alone.
        (
            READ,
            "shared-read",
            "1Gi",
            ["ro"],
            csi("efs.csi.aws.com", "fs-1::fsap-1", {}, read_only=True),
        ),
    ],
    ids=["nfs", "nfs, tuned", "driver", "driver, to read"],
)
def test_a_volume_is_bound_to_its_claim_and_kept(
    written: str,
    claim: str,
    size: str,
    options: list[str],
    source: dict[str, Any],
    made: Callable[[str, str], list[Registered]],
) -> None:
    [found] = made(written, VOLUME)

    assert (found.name, found.inputs) == (
        f"lab-{claim}",
        {
            "apiVersion": "v1",
            "kind": "PersistentVolume",
            "metadata": {"name": f"lab-{claim}"},
            "spec": {
                "capacity": {"storage": size},
                "accessModes": ["ReadWriteMany"],
                "persistentVolumeReclaimPolicy": "Retain",
                "mountOptions": options,
                "claimRef": {"namespace": "lab", "name": claim},
                "storageClassName": "",
            }
            | source,
        },
    )


def _claim(hub: str, claim: str, size: str, **bound: str) -> dict[str, Any]:
    return {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": {"name": claim, "namespace": hub},
        "spec": {
            "accessModes": ["ReadWriteMany"],
            "resources": {"requests": {"storage": size}},
        }
        | bound,
    }


@pytest.mark.parametrize(
    ("written", "claim"), [(NFS, "home"), (LUSTRE, "fast"), (READ, "shared-read")]
)
def test_a_claim_on_a_volume_names_it_and_no_class_and_never_has_to_grow(
    written: str, claim: str, made: Callable[[str, str], list[Registered]]
) -> None:
    [found] = made(written, CLAIM)

    assert (found.name, found.inputs) == (
        f"lab-{claim}",
        _claim("lab", claim, "1Gi", storageClassName="", volumeName=f"lab-{claim}"),
    )


def test_a_claim_on_a_storage_class_names_the_class_and_no_volume(
    made: Callable[[str, str], list[Registered]], inputs: Inputs
) -> None:
    [found] = made(CLASS, CLAIM)

    assert (found.name, found.inputs) == (
        "lab-home",
        _claim("lab", "home", "200Gi", storageClassName="nfs-client"),
    )
    assert made(CLASS, VOLUME) == []
    assert inputs("campus", "quiet", f"{CLAIM} campus-home") == _claim(
        "campus", "home", "200Gi", storageClassName="nfs-client"
    )


def test_each_claim_of_a_hub_has_a_volume_of_its_own(
    made: Callable[[str, str], list[Registered]],
) -> None:
    volumes = f"{NFS}, {LUSTRE}, {READ}"

    names = ["lab-fast", "lab-home", "lab-shared-read"]
    assert [sorted(it.name for it in made(volumes, kind)) for kind in (VOLUME, CLAIM)] == [
        names,
        names,
    ]


def _kept(request: RegisterResourceRequest) -> tuple[bool, bool, str]:
    return request.protect, request.retainOnDelete, request.deletedWith.rpartition("::")[2]


@pytest.mark.parametrize(
    ("written", "kept"), [(NFS, (False, False, "lab")), (CLASS, (True, True, ""))]
)
def test_a_claim_that_holds_data_is_kept_and_one_that_points_to_it_goes_with_its_namespace(
    written: str, kept: tuple[bool, bool, str], ran: Ran
) -> None:
    monitor = ran(program(written))

    [found] = [request for _, request in monitor.requests if request.type == CLAIM]
    assert _kept(found) == kept


def test_a_claim_comes_after_its_namespace(ran: Ran) -> None:
    monitor = ran(program(NFS))

    [found] = [request for _, request in monitor.requests if request.type == CLAIM]
    assert [urn.rpartition("::")[2] for urn in found.dependencies] == ["lab"]


def test_a_volume_waits_for_nothing_that_its_claim_goes_with(ran: Ran) -> None:
    monitor = ran(program(NFS))

    [found] = [request for _, request in monitor.requests if request.type == VOLUME]
    assert list(found.dependencies) == []


@pytest.mark.parametrize(
    ("replace", "ignored"),
    [((), {"lab-fast": ["spec.csi.volumeAttributes"]}), (("dev-fast",), {})],
    ids=["usually", "while something is replaced"],
)
def test_where_a_file_system_is_reached_stays_unless_another_one_takes_its_place(
    replace: tuple[str, ...], ignored: dict[str, list[str]], ran: Ran
) -> None:
    monitor = ran(program(LUSTRE, *replace))

    found = {it.name: list(it.ignoreChanges) for _, it in monitor.requests if it.ignoreChanges}
    assert found == ignored


@pytest.mark.parametrize(
    ("replace", "kept"),
    [((), (True, True, "")), (("lab-home",), (False, True, ""))],
    ids=["usually", "while it is replaced"],
)
def test_a_claim_that_holds_data_is_let_go_by_its_name(
    replace: tuple[str, ...], kept: tuple[bool, bool, str], ran: Ran
) -> None:
    monitor = ran(program(CLASS, *replace))

    assert [_kept(it) for _, it in monitor.requests if it.type == CLAIM] == [kept]
    stashed = [it.name for _, it in monitor.requests if it.type == "pulumi:index:Stash"]
    assert stashed == ["lab-home-identity"]
