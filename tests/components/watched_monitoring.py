"""A small cluster whose monitoring is built, for hubs of a test's own."""

from collections.abc import Sequence
from typing import Any

from pulumi.runtime.proto.resource_pb2 import RegisterResourceRequest

from preview.monitor import RecordingMonitor
from preview.resources import registered

Raw = dict[str, Any]

CLOUD: Raw = {
    "provider": "gke",
    "region": "europe-west1",
    "zones": ["europe-west1-b"],
    "authorizedNetworks": [],
    "corePool": {"machineType": "n2-highmem-2", "maxNodes": 1},
    "homes": {"tier": "BASIC_HDD", "capacity": "1Ti"},
    "costCentre": "Teaching",
}
HUB: Raw = {
    "image": {"name": "quay.io/jupyter/base-notebook", "tag": "2026-11-02", "size": "1Gi"},
    "signIn": {"kind": "sharedPassword", "admins": ["lead"]},
    "profiles": {"perNode": [8]},
    "pool": {"machineType": "n2-highmem-2", "maxNodes": 2},
    "address": {"host": "lab.example.org", "contact": "teacher@example.org"},
}
PROGRAM = """
from datetime import UTC, datetime
import pulumi
import pulumi_kubernetes as k8s
from pydantic import TypeAdapter
from components.monitoring import Monitoring, MonitoringArgs
from components.service_tokens import services_secret
from hubs.cluster import ClusterConfig
from hubs.deployment import deployment
from hubs.hub import HubConfig
from hubs.stack import Stack

cluster = TypeAdapter(ClusterConfig).validate_python(CLOUD)
stack = Stack(
    name="dev", cluster=cluster, hubs=tuple(map(HubConfig.model_validate, HUBS)), events=()
)
args = MonitoringArgs(deployment=deployment(stack, (), datetime(2027, 3, 1, 12, tzinfo=UTC)))
found = Monitoring("monitoring", args)
for hub, tokens in found.tokens.items():
    services_secret(hub, tokens, pulumi.ResourceOptions())
told = {hub: sorted(tokens) for hub, tokens in found.tokens.items()}
k8s.core.v1.ConfigMap("told", data={"tokens": str(told), "namespace": found.namespace})
pulumi.export("password", found.admin_password)
"""
SHOWN: Raw = {"grafana": {"hub": "lab", "admins": [], "editors": [], "public": False}}


def watched(hubs: Sequence[str] = ("lab",), charts: Raw | None = None, **monitoring: object) -> str:
    """Return a program that builds the monitoring of a small cluster with such hubs."""
    cluster = CLOUD | {"charts": charts or {}, "monitoring": monitoring}
    written = [HUB | {"name": name} for name in hubs]
    return f"CLOUD = {cluster!r}\nHUBS = {written!r}\n{PROGRAM}"


def made(monitor: RecordingMonitor) -> dict[str, Raw]:
    """Return inputs by `type name`; those that are secret are masked."""
    return {f"{it.type} {it.name}": it.inputs for it in registered(monitor)}


def sent(monitor: RecordingMonitor) -> dict[str, RegisterResourceRequest]:
    """Return raw requests by `type name`."""
    return {f"{it.type} {it.name}": it for _, it in monitor.requests}
