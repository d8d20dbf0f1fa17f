"""Small programs that build one part of a cluster, for hubs of a test's own."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from preview.monitor import RecordingMonitor
from preview.resources import registered

GKE: dict[str, Any] = {
    "provider": "gke",
    "project": "example-project",
    "region": "europe-west1",
    "zones": ["europe-west1-c", "europe-west1-b"],
    "authorizedNetworks": [],
    "corePool": {"machineType": "n2-highmem-2", "maxNodes": 1},
    "homes": {"tier": "BASIC_HDD", "capacity": "1Ti"},
}
EKS: dict[str, Any] = {
    "provider": "eks",
    "region": "eu-north-1",
    "zones": ["eu-north-1b", "eu-north-1a"],
    "authorizedNetworks": [],
    "corePool": {"machineType": "m5.xlarge", "maxNodes": 1},
}
HUB: dict[str, Any] = {
    "image": {"name": "quay.io/jupyter/base-notebook", "tag": "2026-11-02", "size": "1Gi"},
    "signIn": {"kind": "sharedPassword", "admins": ["lead"]},
    "profiles": {"perNode": [8]},
}
START = """
from datetime import UTC, datetime
import pulumi
import pulumi_kubernetes as k8s
from components.interface import ClusterArgs
from hubs.deployment import Deployment
from hubs.hub import HubConfig
from hubs.pools import pools
from hubs.home_times import usual_size
from hubs.stack import Stack

def args_of(cluster, hubs):
    stack = Stack(
        name="dev", cluster=cluster, hubs=tuple(map(HubConfig.model_validate, hubs)), events=()
    )
    found = Deployment(
        stack=stack,
        now=datetime(2027, 3, 1, 12, tzinfo=UTC),
        pools=pools(cluster, stack.hubs, (), {}),
        hubs=(),
        homes=usual_size(cluster),
    )
    return ClusterArgs(deployment=found, name="readyroom-dev")

class Parent(pulumi.ComponentResource):
    def __init__(self):
        super().__init__("readyroom:dev:Parent", "dev")

def tell(**values):
    k8s.core.v1.ConfigMap("told", data=values)

opts = pulumi.ResourceOptions(parent=Parent())
"""
ON_GKE = """
import pulumi_gcp as gcp
from components.gke.place import Place
from hubs.gke import GkeConfig

config = GkeConfig.model_validate(CLUSTER)
network = gcp.compute.Network("dev", name="readyroom-dev", project="example-project")
place = Place(name="dev", config=config, args=args_of(config, HUBS), network=network, opts=opts)
"""
ON_EKS = """
import pulumi_aws as aws
from components.eks.network import Network
from components.eks.place import Place
from hubs.eks import EksConfig

config = EksConfig.model_validate(CLUSTER)
vpc = aws.ec2.Vpc("dev")
private = [aws.ec2.Subnet(zone, vpc_id=vpc.id) for zone in sorted(config.zones)]
network = Network(vpc=vpc, private=private, public=[], routed=[], nodes="sg-nodes")
place = Place(name="dev", config=config, args=args_of(config, HUBS), network=network, opts=opts)
"""
PARTS = {"gke": (GKE, ON_GKE), "eks": (EKS, ON_EKS)}
PARENT = "readyroom:dev:Parent::dev"
# Beside what is kept, and a matter of test_kept.py alone.
REMEMBERED = "pulumi:index:Stash"
Built = Callable[..., RecordingMonitor]


@pytest.fixture
def built(ran: Callable[[str], RecordingMonitor]) -> Built:
    """Build a part of a cluster by a few lines that find a `place` and may `tell` values.

    Its zones are not in the order of their names; its hubs are those given, by name.
    """

    def build(
        provider: str,
        lines: str,
        *,
        hubs: Mapping[str, Mapping[str, Any]] | None = None,
        **cluster: object,
    ) -> RecordingMonitor:
        usual, place = PARTS[provider]
        machine = usual["corePool"] | {"maxNodes": 2}
        known = [
            HUB | {"name": name, "pool": machine} | dict(own) for name, own in (hubs or {}).items()
        ]
        given = f"CLUSTER = {usual | cluster!r}\nHUBS = {known!r}\n"
        return ran(START + given + place + lines)

    return build


@pytest.fixture
def made() -> Callable[[RecordingMonitor], dict[str, dict[str, Any]]]:
    """Return the inputs of what such a part has as its own, by `type name`, but no memory of it."""
    return lambda monitor: {
        f"{it.type} {it.name}": it.inputs
        for it in registered(monitor)
        if it.parent.endswith(PARENT) and it.type != REMEMBERED
    }


@pytest.fixture
def kept() -> Callable[[RecordingMonitor], dict[str, tuple[bool, bool]]]:
    """Return what of it is protected, and what stays in the cloud, where either is so."""
    return lambda monitor: {
        f"{it.type} {it.name}": (it.protect, it.retainOnDelete)
        for _, it in monitor.requests
        if it.protect or it.retainOnDelete
    }


@pytest.fixture
def told() -> Callable[[RecordingMonitor], dict[str, Any]]:
    """Return the values that such a program told."""

    def of(monitor: RecordingMonitor) -> dict[str, Any]:
        [found] = [it for it in registered(monitor) if it.type.endswith(":ConfigMap")]
        return found.inputs["data"]

    return of
