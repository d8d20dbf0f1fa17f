"""What makes GPUs of nodes known to Kubernetes."""

import pulumi
import pulumi_kubernetes as k8s

from components.eks.place import Place
from components.eks.pools import GPU_LABEL

# EKS' NVIDIA image of Amazon Linux 2023 has the driver and the container toolkit, and no plugin.
# Source: Amazon EKS user guide, "Install Kubernetes device plugin for GPUs", 2026. The version is
# the last of its line, as deployments/static/nvidia-device-plugin.yml of
# NVIDIA/k8s-device-plugin v0.19.3 (2026-06-16) has it.
_IMAGE = "nvcr.io/nvidia/k8s-device-plugin:v0.19.3"
_NAME, _NAMESPACE = "nvidia-device-plugin", "kube-system"
_SOCKETS = "/var/lib/kubelet/device-plugins"


def gpu_plugin(
    place: Place, provider: k8s.Provider, after: pulumi.ResourceOptions
) -> list[pulumi.Resource]:
    """Create NVIDIA's device plugin where a pool has GPUs, for nodes with GPUs alone.

    Not by its chart, which brings the discovery of features with it: our nodes say of
    themselves that they have GPUs.
    """
    if not any(pool.gpus for pool in place.args.deployment.pools):
        return []
    labels = {"app.kubernetes.io/name": _NAME}
    plugin = k8s.apps.v1.DaemonSet(
        f"{place.name}-gpus",
        metadata={
            "name": _NAME,
            "namespace": _NAMESPACE,
            "labels": labels,
            # Most of the time there is no node that could run it.
            "annotations": {"pulumi.com/skipAwait": "true"},
        },
        spec={
            "selector": {"match_labels": labels},
            "update_strategy": {"type": "RollingUpdate"},
            "template": {"metadata": {"labels": labels}, "spec": _POD},
        },
        opts=pulumi.ResourceOptions.merge(after, pulumi.ResourceOptions(provider=provider)),
    )
    return [plugin]


_POD: k8s.core.v1.PodSpecArgsDict = {
    "node_selector": {GPU_LABEL: "true"},
    # Nodes of users, too, and those that are drained.
    "tolerations": [{"operator": "Exists"}],
    "priority_class_name": "system-node-critical",
    "automount_service_account_token": False,
    "containers": [
        {
            "name": _NAME,
            "image": _IMAGE,
            "security_context": {
                "allow_privilege_escalation": False,
                "capabilities": {"drop": ["ALL"]},
            },
            "volume_mounts": [{"name": "sockets", "mount_path": _SOCKETS}],
        }
    ],
    "volumes": [{"name": "sockets", "host_path": {"path": _SOCKETS, "type": "Directory"}}],
}
