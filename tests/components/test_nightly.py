"""The nightly look at idle servers: when, as whom, and with what."""

from collections.abc import Callable
from typing import Any

import pytest
from pulumi.runtime.proto.resource_pb2 import RegisterResourceRequest

from hubs.values_culling import CULL_ONCE
from preview.monitor import RecordingMonitor

Raw = Callable[[RegisterResourceRequest], dict[str, Any]]

PROGRAM = """
import pulumi
from components.nightly import nightly_job
from hubs.values_culling import NightlyCull

cull = NightlyCull(
    schedule="30 2 * * *",
    timezone="America/Chicago",
    idle=600,
    image="quay.io/jupyterhub/k8s-hub:4.4.2",
    suspended={suspended},
    selector={selector},
)
nightly_job("lab", cull, pulumi.ResourceOptions(protect=True))
"""


@pytest.mark.parametrize("suspended", [True, False])
@pytest.mark.parametrize("selector", [{}, {"hub.jupyter.org/node-purpose": "core"}])
def test_a_job_runs_once_a_night_with_the_hubs_token_and_no_rights_of_its_own(
    *,
    suspended: bool,
    selector: dict[str, str],
    ran: Callable[[str], RecordingMonitor],
    raw: Raw,
) -> None:
    monitor = ran(PROGRAM.format(suspended=suspended, selector=selector))

    [job] = [it for _, it in monitor.requests if it.type == "kubernetes:batch/v1:CronJob"]
    assert (job.name, job.protect) == ("lab-nightly-cull", True)
    found = raw(job)
    pod = found["spec"]["jobTemplate"]["spec"].pop("template")
    assert found == {
        "apiVersion": "batch/v1",
        "kind": "CronJob",
        "metadata": {"name": "nightly-cull", "namespace": "lab"},
        "spec": {
            "schedule": "30 2 * * *",
            "timeZone": "America/Chicago",
            "suspend": suspended,
            "concurrencyPolicy": "Forbid",
            "startingDeadlineSeconds": 3600,
            "successfulJobsHistoryLimit": 1,
            "failedJobsHistoryLimit": 1,
            "jobTemplate": {"spec": {"backoffLimit": 2, "activeDeadlineSeconds": 1800}},
        },
    }
    # The hub's network policy lets in who has this label.
    assert pod["metadata"] == {"labels": {"hub.jupyter.org/network-access-hub": "true"}}
    [container] = pod["spec"].pop("containers")
    assert pod["spec"] == {
        "restartPolicy": "Never",
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "nodeSelector": selector,
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": 1000,
            "runAsGroup": 1000,
            "seccompProfile": {"type": "RuntimeDefault"},
        },
    }
    assert container == {
        "name": "cull",
        "image": "quay.io/jupyterhub/k8s-hub:4.4.2",
        "command": ["python3", "-c", CULL_ONCE],
        "env": [
            {"name": "JUPYTERHUB_API_URL", "value": "http://hub:8081/hub/api"},
            {"name": "IDLE_SECONDS", "value": "600"},
            {
                "name": "JUPYTERHUB_API_TOKEN",
                "valueFrom": {
                    "secretKeyRef": {"name": "hub", "key": "hub.services.nightly-cull.apiToken"}
                },
            },
        ],
        "resources": {
            "requests": {"cpu": "10m", "memory": "64Mi"},
            "limits": {"memory": "256Mi"},
        },
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        },
    }
