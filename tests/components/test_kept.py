"""What is kept is remembered beside it, protected, and let go for one update by its name."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pulumi.runtime.proto.resource_pb2 import RegisterResourceRequest

from hubs.kept_names import kept_names
from preview.loaded import Loaded
from preview.monitor import RecordingMonitor
from preview.pack import running

Ran = Callable[[str], RecordingMonitor]
Raw = Callable[[RegisterResourceRequest], dict[str, Any]]
Requested = Callable[..., dict[str, RegisterResourceRequest]]

PROGRAM = """
import pulumi
import pulumi_eks as eks
import pulumi_gcp as gcp
import pulumi_kubernetes as k8s
from components.kept import kept, remembered

replace = frozenset(REPLACE)

class Lab(pulumi.ComponentResource):
    def __init__(self):
        super().__init__("readyroom:test:Lab", "lab", {"prop": 1})
        child = pulumi.ResourceOptions(parent=self)
        network = gcp.compute.Network("lab", opts=child)
        cluster = gcp.container.Cluster(
            "lab-cluster",
            name="lab",
            location="us-central1",
            network=network.id,
            datapath_provider="ADVANCED_DATAPATH",
            opts=remembered(child, replace, project="lab-project"),
        )
        homes = gcp.filestore.Instance(
            "lab-homes",
            name="lab-homes",
            location="us-central1-a",
            tier="ZONAL",
            file_shares={"name": "homes", "capacity_gb": 1024},
            networks=[{"network": network.name, "modes": ["MODE_IPV4"]}],
            opts=kept(child, replace, project=None),
        )
        k8s.core.v1.Namespace("lab-inside", opts=pulumi.ResourceOptions(parent=homes))
        eks.Cluster(
            "lab-eks", name="lab", vpc_id=network.id, opts=remembered(child, replace, region="here")
        )
        self.register_outputs({"output": 2})

Lab()
k8s.core.v1.PersistentVolumeClaim(
    "lab-home",
    metadata={"name": "home", "namespace": "lab"},
    spec={"access_modes": ["ReadWriteMany"], "storage_class_name": "nfs"},
    opts=kept(pulumi.ResourceOptions(), replace),
)
"""
STASH = "pulumi:index:Stash"
FILESTORE = "gcp:filestore/instance:Instance"
GKE = "gcp:container/cluster:Cluster"
CLAIM = "kubernetes:core/v1:PersistentVolumeClaim"
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
HOMES = {
    "name": "lab-homes",
    "location": "us-central1-a",
    "tier": "ZONAL",
    "fileShares.name": "homes",
    "networks[0].modes": '["MODE_IPV4"]',
}
NAMED = "nothing keeps it from being replaced; take it out again after this update"


def _program(*replace: str) -> str:
    return PROGRAM.replace("REPLACE", repr(replace))


@pytest.fixture
def requested(ran: Ran) -> Requested:
    """Run the program with some names in `replace`; its requests by `type name`."""

    def run(*replace: str) -> dict[str, RegisterResourceRequest]:
        monitor = ran(_program(*replace))
        return {f"{request.type} {request.name}": request for _, request in monitor.requests}

    return run


def _set(identity: dict[str, str]) -> dict[str, str]:
    return {path: text for path, text in identity.items() if text != "(not set)"}


def _options(request: RegisterResourceRequest) -> dict[str, Any]:
    before = request.deleteBeforeReplace if request.deleteBeforeReplaceDefined else None
    return {
        "protect": request.protect,
        "retain": request.retainOnDelete,
        "delete first": before,
    }


def test_beside_each_of_them_is_a_stash_of_what_it_is(requested: Requested, raw: Raw) -> None:
    found = {
        request.name: raw(request)["input"]
        for key, request in requested().items()
        if key.startswith(STASH)
    }

    assert {
        name: (told["name"], told["type"], _set(told["now"])) for name, told in found.items()
    } == {
        "lab-cluster-identity": (
            "lab-cluster",
            GKE,
            {
                "name": "lab",
                "project": "lab-project",
                "location": "us-central1",
                "datapathProvider": "ADVANCED_DATAPATH",
            },
        ),
        "lab-homes-identity": ("lab-homes", FILESTORE, HOMES),
        "lab-eks-identity": ("lab-eks", "eks:index:Cluster", {"name": "lab", "region": "here"}),
        "lab-home-identity": (
            "lab-home",
            CLAIM,
            {
                "metadata.name": "home",
                "metadata.namespace": "lab",
                "spec.accessModes": '["ReadWriteMany"]',
                "spec.storageClassName": "nfs",
            },
        ),
    }
    assert [name for name, told in found.items() if told["made"] != told["now"]] == []
    # Outputs are not remembered: all of a stash is plain, in every preview.
    assert "network" not in found["lab-cluster-identity"]["now"]
    assert "networks[0].network" not in found["lab-homes-identity"]["now"]
    assert UNKNOWN not in str(found)


def test_a_stash_comes_after_its_resource_and_belongs_to_the_same_parent(
    requested: Requested,
) -> None:
    found = {
        request.name: (
            request.parent.rpartition("::")[2],
            [urn.rpartition("$")[2] for urn in request.dependencies],
            request.provider,
        )
        for key, request in requested().items()
        if key.startswith(STASH)
    }

    assert found == {
        "lab-cluster-identity": ("lab", [f"{GKE}::lab-cluster"], ""),
        "lab-homes-identity": ("lab", [f"{FILESTORE}::lab-homes"], ""),
        "lab-eks-identity": ("lab", ["eks:index:Cluster::lab-eks"], ""),
        "lab-home-identity": ("readyroom-dev", [f"{CLAIM}::lab-home"], ""),
    }


@pytest.mark.parametrize(
    ("key", "options"),
    [
        (f"{FILESTORE} lab-homes", {"protect": True, "retain": True}),
        (f"{CLAIM} lab-home", {"protect": True, "retain": True}),
        # They go when the stack goes.
        (f"{GKE} lab-cluster", {"protect": False, "retain": False}),
        ("eks:index:Cluster lab-eks", {"protect": False, "retain": False}),
        (f"{STASH} lab-homes-identity", {"protect": False, "retain": False}),
    ],
)
def test_storage_is_protected_and_retained_and_a_cluster_is_not(
    key: str, options: dict[str, bool], requested: Requested
) -> None:
    assert _options(requested()[key]) == options | {"delete first": None}


def test_the_engine_keeps_what_each_of_them_was_made_as(requested: Requested) -> None:
    assert {
        request.name: list(request.ignoreChanges)
        for key, request in requested("lab-homes", "lab-eks").items()
        if key.startswith(STASH)
    } == {
        "lab-cluster-identity": ["input.made"],
        "lab-homes-identity": [],
        "lab-eks-identity": [],
        "lab-home-identity": ["input.made"],
    }


def test_what_is_named_may_be_replaced_by_one_that_is_made_first(requested: Requested) -> None:
    found = requested("lab-homes", "lab-home", "lab-cluster")

    first = {"protect": False, "retain": True, "delete first": False}
    assert _options(found[f"{FILESTORE} lab-homes"]) == first
    assert _options(found[f"{CLAIM} lab-home"]) == first
    # A cluster goes first: the new one has its name.
    assert _options(found[f"{GKE} lab-cluster"]) == {
        "protect": False, "retain": False, "delete first": None,
    }  # fmt: skip


def test_what_is_named_is_warned_of(ran: Ran, caplog: pytest.LogCaptureFixture) -> None:
    ran(_program("lab-homes", "lab-cluster"))

    assert sorted(caplog.messages) == [
        f"lab-cluster is in readyroom:replace: {NAMED}",
        f"lab-homes is in readyroom:replace: {NAMED}",
    ]


def test_what_is_put_below_something_kept_is_not_kept_by_that(requested: Requested) -> None:
    namespace = requested()["kubernetes:core/v1:Namespace lab-inside"]

    # Protection is inherited, as ever; memory is not.
    assert (namespace.protect, namespace.retainOnDelete) == (True, False)


@pytest.mark.parametrize("replace", [(), ("lab-homes", "lab-cluster")])
def test_a_preview_without_an_engine_has_nothing_against_it(
    replace: tuple[str, ...], root: Path, ran: Ran
) -> None:
    monitor = ran(_program(*replace))

    with running(root / "policies") as pack:
        verdict = pack.judge(monitor)

    assert "no-replacement" in verdict.rules
    assert "no-replacement" not in verdict.not_applicable
    assert verdict.violations == ()


@pytest.mark.parametrize(
    "stack", ["campus", "datahub", "exam", "full-eks", "full-gke", "icesat2", "workshop"]
)
def test_what_is_remembered_is_what_config_may_name(
    stack: str, recorded: Callable[[str, str], RecordingMonitor], loaded: Callable[[str], Loaded]
) -> None:
    remembered = {
        request.name.removesuffix("-identity")
        for _, request in recorded(stack, "event").requests
        if request.type == "pulumi:index:Stash"
    }

    known = loaded(stack).stack
    assert remembered == kept_names(stack, known.cluster, known.hubs)
