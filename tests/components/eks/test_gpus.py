"""What makes GPUs of nodes known to Kubernetes."""

from collections.abc import Callable
from typing import Any

from preview.monitor import RecordingMonitor

Built = Callable[..., RecordingMonitor]
Made = Callable[[RecordingMonitor], dict[str, dict[str, Any]]]
Needed = Callable[[RecordingMonitor, str], set[str]]

LINES = """
from components.eks.gpus import gpu_plugin
provider = k8s.Provider("cluster", kubeconfig="{}")
after = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(depends_on=[vpc]))
found = gpu_plugin(place, provider, after)
k8s.core.v1.Pod("pod", opts=pulumi.ResourceOptions(depends_on=found))
"""
HUBS = {"eighty": {"pool": {"machineType": "g4dn.xlarge", "maxNodes": 1}}}
PLUGIN = "kubernetes:apps/v1:DaemonSet dev-gpus"
SOCKETS = "/var/lib/kubelet/device-plugins"


def test_a_cluster_without_gpus_has_no_plugin(built: Built, made: Made) -> None:
    assert made(built("eks", LINES, hubs={"eighty": {}})) == {}


def test_the_plugin_runs_on_nodes_with_gpus_whoever_they_are_for(built: Built, made: Made) -> None:
    labels = {"app.kubernetes.io/name": "nvidia-device-plugin"}

    assert made(built("eks", LINES, hubs=HUBS)) == {
        PLUGIN: {
            "apiVersion": "apps/v1",
            "kind": "DaemonSet",
            "metadata": {
                "name": "nvidia-device-plugin",
                "namespace": "kube-system",
                "labels": labels,
                "annotations": {"pulumi.com/skipAwait": "true"},
            },
            "spec": {
                "selector": {"matchLabels": labels},
                "updateStrategy": {"type": "RollingUpdate"},
                "template": {
                    "metadata": {"labels": labels},
                    "spec": {
                        "nodeSelector": {"nvidia.com/gpu.present": "true"},
                        "tolerations": [{"operator": "Exists"}],
                        "priorityClassName": "system-node-critical",
                        "automountServiceAccountToken": False,
                        "containers": [
                            {
                                "name": "nvidia-device-plugin",
                                "image": "nvcr.io/nvidia/k8s-device-plugin:v0.19.3",
                                "securityContext": {
                                    "allowPrivilegeEscalation": False,
                                    "capabilities": {"drop": ["ALL"]},
                                },
                                "volumeMounts": [{"name": "sockets", "mountPath": SOCKETS}],
                            }
                        ],
                        "volumes": [
                            {"name": "sockets", "hostPath": {"path": SOCKETS, "type": "Directory"}}
                        ],
                    },
                },
            },
        }
    }


def test_hubs_wait_for_it_and_it_waits_for_the_core_nodes(built: Built, needed: Needed) -> None:
    monitor = built("eks", LINES, hubs=HUBS)

    assert needed(monitor, "kubernetes:core/v1:Pod pod") == {PLUGIN}
    assert needed(monitor, PLUGIN) == {"aws:ec2/vpc:Vpc dev"}
