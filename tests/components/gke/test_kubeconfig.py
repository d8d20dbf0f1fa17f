"""The kubeconfig of a GKE cluster asks for tokens and holds none."""

import json
from collections.abc import Callable
from typing import Any

from preview.monitor import RecordingMonitor
from preview.resources import registered

CloudTells = Callable[[dict[str, dict[str, Any]]], None]

PROGRAM = """
import pulumi_gcp as gcp
import pulumi_kubernetes as k8s
from components.gke.kubeconfig import kubeconfig

k8s.Provider("one", kubeconfig=kubeconfig(gcp.container.Cluster("one", name="one")))
"""


def test_a_kubeconfig_points_at_the_endpoint_and_runs_the_plugin(
    ran: Callable[[str], RecordingMonitor], cloud_tells: CloudTells
) -> None:
    cloud_tells(
        {
            "gcp:container/cluster:Cluster": {
                "endpoint": "192.0.2.7",
                "masterAuth": {"clusterCaCertificate": "Q0E="},
            }
        }
    )
    [provider] = [it for it in registered(ran(PROGRAM)) if it.type.endswith(":kubernetes")]

    assert json.loads(provider.inputs["kubeconfig"]) == {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": "gke",
        "clusters": [
            {
                "name": "gke",
                "cluster": {
                    "server": "https://192.0.2.7",
                    "certificate-authority-data": "Q0E=",
                },
            }
        ],
        "contexts": [{"name": "gke", "context": {"cluster": "gke", "user": "gke"}}],
        "users": [
            {
                "name": "gke",
                "user": {
                    "exec": {
                        "apiVersion": "client.authentication.k8s.io/v1beta1",
                        "command": "gke-gcloud-auth-plugin",
                        "installHint": (
                            "Install gke-gcloud-auth-plugin, a component of the gcloud CLI."
                        ),
                        "provideClusterInfo": True,
                    }
                },
            }
        ],
    }
