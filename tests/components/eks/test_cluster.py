"""An EKS cluster: control plane only from its remote component, all else ours."""

from collections.abc import Callable
from typing import Any

from pulumi.runtime.proto.resource_pb2 import RegisterResourceRequest

from preview.monitor import RecordingMonitor
from preview.resources import registered

CloudTells = Callable[[dict[str, dict[str, Any]]], None]
Inputs = Callable[[str, str, str], dict[str, Any]]
Requests = Callable[[str, str], dict[str, RegisterResourceRequest]]


def test_the_control_plane_comes_without_nodes_and_with_network_policies(
    inputs: Inputs,
) -> None:
    assert inputs("icesat2", "quiet", "eks:index:Cluster icesat2-cluster") == {
        "name": "readyroom-icesat2",
        "version": "1.35",
        "vpcId": "[unknown]",
        "publicSubnetIds": ["[unknown]", "[unknown]"],
        "authenticationMode": "API",
        "skipDefaultNodeGroup": True,
        "vpcCniOptions": {"enableNetworkPolicy": True},
        "tags": {"Name": "readyroom-icesat2"},
    }


def test_the_component_shows_what_was_asked_for(inputs: Inputs) -> None:
    assert inputs("icesat2", "event", "readyroom:eks:EksCluster icesat2") == {
        "name": "readyroom-icesat2",
        "provider": "eks",
        "region": "us-west-2",
        "zones": ["us-west-2a", "us-west-2b"],
        "nodeReady": 360,
        "kubernetesVersion": "1.35",
        "corePool": {"machineType": "m5.xlarge", "maxNodes": 3},
        "homes": {"throughputMode": "elastic", "throughput": None},
    }


def test_nodes_wait_for_the_control_plane_and_for_their_roles_policies(requests: Requests) -> None:
    # In the first zone alone: a volume of the core nodes could not follow them to another.
    group = requests("icesat2", "event")["aws:eks/nodeGroup:NodeGroup core-m5-xlarge"]

    found = {urn.rsplit("$", 1)[1].replace("::", " ") for urn in group.dependencies}
    attached = "aws:iam/rolePolicyAttachment:RolePolicyAttachment icesat2-nodes"
    assert found == {
        "eks:index:Cluster icesat2-cluster",
        "aws:ec2/subnet:Subnet icesat2-us-west-2a",
        "aws:iam/role:Role icesat2-nodes",
        f"{attached}-AmazonEC2ContainerRegistryReadOnly",
        f"{attached}-AmazonEKSWorkerNodePolicy",
        f"{attached}-AmazonEKS_CNI_Policy",
    }


def test_hubs_wait_for_nodes_storage_and_the_autoscaler(requests: Requests) -> None:
    hub = requests("icesat2", "event")["readyroom:hub:JupyterHub icesat2"]

    assert {urn.rsplit("$", 1)[1].replace("::", " ") for urn in hub.dependencies} == {
        "aws:eks/nodeGroup:NodeGroup core-m5-xlarge",
        "aws:eks/nodeGroup:NodeGroup icesat2-r5-xlarge",
        "aws:eks/nodeGroup:NodeGroup icesat2-hackweek-m5-2xlarge",
        "aws:eks/addon:Addon icesat2-pod-identity",
        "aws:eks/addon:Addon icesat2-ebs",
        "kubernetes:storage.k8s.io/v1:StorageClass icesat2-gp3",
        "kubernetes:helm.sh/v3:Release icesat2-autoscaler",
        "aws:efs/mountTarget:MountTarget icesat2-homes-0",
        "aws:efs/mountTarget:MountTarget icesat2-homes-1",
    }


def test_the_kubernetes_provider_uses_the_control_planes_kubeconfig(
    inputs: Inputs,
    run_again: Callable[[str, str], RecordingMonitor],
    cloud_tells: CloudTells,
) -> None:
    # Recorded before the cloud is told anything, since recordings are shared.
    unknown = inputs("icesat2", "quiet", "pulumi:providers:kubernetes icesat2-kubernetes")
    cloud_tells({"eks:index:Cluster": {"kubeconfigJson": '{"kind": "Config"}'}})
    monitor = run_again("icesat2", "quiet")

    [known] = [it.inputs for it in registered(monitor) if it.type == "pulumi:providers:kubernetes"]
    rest = {"enableConfigMapMutable": "true", "enableSecretMutable": "true"}
    assert unknown == rest | {"kubeconfig": "[unknown]"}
    assert known == rest | {"kubeconfig": '{"kind": "Config"}'}
