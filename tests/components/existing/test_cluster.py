"""A cluster that exists already: a provider, and homes on its storage class."""

from collections.abc import Callable
from typing import Any

import pytest

from preview.monitor import RecordingMonitor
from preview.resources import registered

Inputs = Callable[[str, str, str], dict[str, Any]]
Raw = Callable[[Any], dict[str, Any]]

PROGRAM = """
import pulumi
from types import SimpleNamespace
from components.existing.cluster import ExistingCluster
from components.interface import ClusterArgs
from hubs.cluster import ExistingConfig

config = ExistingConfig.model_validate({
    "provider": "existing",
    "nodes": {"count": 2, "sold": {"memory": "16Gi", "cpu": 4}},
    "homes": {"storageClass": "nfs", "capacity": "10Gi"},
    ACCESS
})
secrets = {"campusKubeconfig": pulumi.Output.secret("apiVersion: v1")}
ExistingCluster("one", config, ClusterArgs(deployment=None, name="readyroom-one", secrets=secrets))
"""
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
        "homes": {"storageClass": "nfs-client", "capacity": 200 << 30, "throughput": None},
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
    monitor = ran(PROGRAM.replace("ACCESS", access))

    [provider] = [it for it in registered(monitor) if it.type == "pulumi:providers:kubernetes"]
    assert provider.inputs == MUTABLE | given


def test_a_kubeconfig_is_no_prop_of_the_component(ran: Callable[[str], RecordingMonitor]) -> None:
    text = PROGRAM.replace("ACCESS", '"kubeconfig": {"secret": "campusKubeconfig"},')

    [component] = [it for it in registered(ran(text)) if it.type.startswith("readyroom:")]
    assert component.inputs["kubeconfig"] == {"secret": "campusKubeconfig"}
