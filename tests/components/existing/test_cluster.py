"""A cluster that exists already: a provider, homes and databases that are there already."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from google.protobuf import json_format

from preview.monitor import RecordingMonitor
from preview.resources import registered

Inputs = Callable[[str, str, str], dict[str, Any]]
Raw = Callable[[Any], dict[str, Any]]

SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - a signature of the wire format
TOLD = "kubernetes:core/v1:ConfigMap"
PROGRAM = """
import json
import pulumi
import pulumi_kubernetes as k8s
from dataclasses import fields
from types import SimpleNamespace
from components.existing.cluster import ExistingCluster
from components.interface import ClusterArgs
from hubs.existing import ExistingConfig
from hubs.hub import HubConfig

def plain(record):
    return {it.name: getattr(record, it.name) for it in fields(record)}

def hub(name, database):
    return SimpleNamespace(config=HubConfig.model_validate({
        "name": name,
        "image": {"name": "quay.io/one", "tag": "1", "size": "1Gi"},
        "signIn": {"kind": "sharedPassword", "admins": ["first"]},
        "profiles": {"halvings": 1},
        "database": database,
    }))

config = ExistingConfig.model_validate({
    "provider": "existing",
    "nodes": {"count": 2, "sold": {"memory": "16Gi", "cpu": 4}},
    "homes": {"capacity": "10Gi"} | HOMES,
    MORE
})
secrets = {
    "campusKubeconfig": pulumi.Output.secret("apiVersion: v1"),
    "postgres": pulumi.Output.secret("s3cr3t"),
}
hubs = [hub("plain", "sqlite")] + [hub(name, "postgres") for name in NAMES]
deployment = SimpleNamespace(hubs=hubs)
args = ClusterArgs(deployment=deployment, name="readyroom-one", secrets=secrets)
cluster = ExistingCluster("one", config, args)
for name, parts in cluster.hubs.items():
    k8s.core.v1.ConfigMap(name, data={
        "volumes": json.dumps({claim: plain(it) for claim, it in parts.volumes.items()}),
        "database": parts.database and pulumi.Output.json_dumps(plain(parts.database)),
        "others": json.dumps([dict(parts.identity), list(parts.ready), cluster.ready]),
    })
"""
CLASS = '{"storageClass": "nfs"}'
SERVER = '{"server": "192.0.2.10", "path": "/homes"}'
POSTGRES = """
    "database": {"host": "db.example.org", "user": "hubs", "password": {"secret": "postgres"}},
"""


def program(more: str = "", homes: str = CLASS, names: str = "[]") -> str:
    """Return a small program that makes a cluster, and tells what it has for each hub."""
    return PROGRAM.replace("MORE", more).replace("HOMES", homes).replace("NAMES", names)


MUTABLE = {"enableConfigMapMutable": "true", "enableSecretMutable": "true"}


def test_the_component_shows_what_was_declared(inputs: Inputs) -> None:
    assert inputs("campus", "event", "readyroom:existing:ExistingCluster campus") == {
        "name": "readyroom-campus",
        "provider": "existing",
        "nodes": {
            "count": 3,
            "left": {"memory": 14 << 30, "cpu": 3500, "pods": 110},
            "sold": None,
            "labels": {},
        },
        "homes": {
            "storageClass": "nfs-client",
            "server": None,
            "path": "/",
            "capacity": 200 << 30,
            "throughput": None,
        },
        "monitoring": {"grafana": None, "retention": 30 * 86400, "storage": 50 << 30},
        "charts": {},
        "service": "ClusterIP",
    }


def test_without_a_kubeconfig_the_ambient_one_is_used(inputs: Inputs) -> None:
    found = inputs("campus", "event", "pulumi:providers:kubernetes campus-kubernetes")

    assert found == MUTABLE


@pytest.mark.parametrize(
    ("access", "given"),
    [
        ("", {}),
        ('"context": "lab",', {"context": "lab"}),
        ('"kubeconfig": {"secret": "campusKubeconfig"},', {"kubeconfig": "[secret]"}),
    ],
)
def test_a_kubeconfig_and_a_context_may_be_given(
    access: str, given: dict[str, str], ran: Callable[[str], RecordingMonitor]
) -> None:
    monitor = ran(program(access))

    [provider] = [it for it in registered(monitor) if it.type == "pulumi:providers:kubernetes"]
    assert provider.inputs == MUTABLE | given


def test_a_kubeconfig_is_no_prop_of_the_component(ran: Callable[[str], RecordingMonitor]) -> None:
    text = program('"kubeconfig": {"secret": "campusKubeconfig"},')

    [component] = [it for it in registered(ran(text)) if it.type.startswith("readyroom:")]
    assert component.inputs["kubeconfig"] == {"secret": "campusKubeconfig"}


def told(monitor: RecordingMonitor) -> dict[str, dict[str, Any]]:
    """Return what the cluster has for each hub."""
    return {it.name: it.inputs["data"] for it in registered(monitor) if it.type == TOLD}


@pytest.mark.parametrize(
    ("homes", "volume"),
    [
        (CLASS, {"gib": 10, "storage_class": "nfs"}),
        (
            SERVER,
            {
                "gib": 10,
                "server": "192.0.2.10",
                "path": "/homes",
                "mount_options": ["noatime"],
            },
        ),
    ],
    ids=["class", "server"],
)
def test_homes_lie_on_a_storage_class_or_on_a_server(
    homes: str, volume: dict[str, Any], ran: Callable[[str], RecordingMonitor]
) -> None:
    [(name, data)] = told(ran(program(homes=homes))).items()

    assert (name, data["database"]) == ("plain", None)
    assert json.loads(data["volumes"]) == {"home": volume}
    assert json.loads(data["others"]) == [{}, [], []]


def test_each_hub_that_wants_one_has_a_database_of_its_name(
    ran: Callable[[str], RecordingMonitor],
) -> None:
    monitor = ran(program(POSTGRES, names='["one", "another"]'))

    raw = {
        request.name: json_format.MessageToDict(request.object)["data"].get("database")
        for _, request in monitor.requests
        if request.type == TOLD
    }
    assert raw.pop("plain") is None
    assert {name: secret[SIGNATURE] for name, secret in raw.items()} == dict.fromkeys(
        ["one", "another"], SECRET
    )
    assert {name: json.loads(secret["value"]) for name, secret in raw.items()} == {
        name: {
            "host": "db.example.org",
            "port": 5432,
            "name": name,
            "user": "hubs",
            "password": "s3cr3t",
        }
        for name in ("one", "another")
    }


def test_a_cluster_that_exists_already_gets_no_resource_but_its_provider(
    ran: Callable[[str], RecordingMonitor],
) -> None:
    text = program(POSTGRES, names='["one", "another"]')

    assert sorted(it.type for it in registered(ran(text)) if it.type != TOLD) == [
        "pulumi:providers:kubernetes",
        "pulumi:pulumi:Stack",
        "readyroom:existing:ExistingCluster",
    ]
