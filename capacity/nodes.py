"""From allocatable to what user servers may have: DaemonSets and slack taken off. Pure."""

from dataclasses import dataclass, replace

from capacity.allocatable import (
    EVICTION_MIB,
    Allocatable,
    NodeMemory,
    allocatable,
    kernel_share,
    node_memory,
)
from capacity.machines import Cloud, Machine
from capacity.quantities import GIB, MIB, ceil_div, show_cpu, show_memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Requests:
    """What a set of pods asks of one node: bytes, millicpu, pod slots."""

    memory: int
    cpu: int
    pods: int = 1

    def __add__(self, other: "Requests") -> "Requests":
        """Return both together."""
        return Requests(
            memory=self.memory + other.memory,
            cpu=self.cpu + other.cpu,
            pods=self.pods + other.pods,
        )


# The upper end of what 2i2c measured on each cloud (node-capacity-info.json over its
# clusters, @9ad7cd0f, 2024-09): GKE 454-472m and 654-774 MiB, EKS 195-225m and 250-328
# MiB. Pod slots: GKE about 25 system pods (IBM/jupyter-tools, runs of 3,000 pods); EKS
# the DaemonSets of our own cluster: aws-node, kube-proxy, the node
# drivers of EBS CSI and EFS CSI, pod identity agent.
SYSTEM_PODS: dict[Cloud, Requests] = {
    "gke": Requests(memory=774 * MIB, cpu=472, pods=25),
    "eks": Requests(memory=328 * MIB, cpu=225, pods=5),
}

# DaemonSets that this program deploys itself; components set exactly these requests.
NODE_EXPORTER = Requests(memory=64 * MIB, cpu=50)
IMAGE_PULLER = Requests(memory=16 * MIB, cpu=10)
OWN_DAEMONSETS = NODE_EXPORTER + IMAGE_PULLER

# Cluster Autoscaler's template of a node holds a kube-proxy pod of 100m that the real
# node may have counted already: a placeholder must fit beside it, or no node is added.
# Measured with cluster-autoscaler 1.36.1, where 8 x 422m fitted the node and not the template.
TEMPLATE_CPU = 100

# Source: 2i2c-org/infrastructure generate_choices.py @a4b10cae8, "wiggle".
_SLACK_PERCENT, _SLACK_MEMORY_CAP, _SLACK_CPU_CAP = 2, 2 * GIB, 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What one node has for user servers, and how that was arrived at.

    Attributes:
        name: Machine type, or the name of a declared group of nodes.
        memory: Bytes for user servers.
        cpu: Millicpu for user servers.
        pods: Pod slots for user servers.
        template_cpu: Millicpu for placeholders in the autoscaler's eyes.
        because: The chain, from capacity to here.
        source: Where the first link of the chain comes from.
    """

    name: str
    memory: int
    cpu: int
    pods: int
    template_cpu: int
    because: str
    source: str


def less_slack(memory: int, cpu: int) -> tuple[int, int]:
    """Return memory and CPU less 2 %, at most 2 GiB and one core, rounded down."""
    return (
        memory - min(ceil_div(memory * _SLACK_PERCENT, 100), _SLACK_MEMORY_CAP),
        cpu - min(ceil_div(cpu * _SLACK_PERCENT, 100), _SLACK_CPU_CAP),
    )


def overhead(cloud: Cloud) -> Requests:
    """Return what DaemonSets and system pods ask of every node of a cloud."""
    return SYSTEM_PODS[cloud] + OWN_DAEMONSETS


def without_daemonsets(given: Allocatable, taken: Requests) -> Allocatable:
    """Return what is left of a node's allocatable, never less than nothing."""
    return Allocatable(
        memory=max(given.memory - taken.memory, 0),
        cpu=max(given.cpu - taken.cpu, 0),
        pods=max(given.pods - taken.pods, 0),
    )


def sold_node(machine: Machine, measured: NodeMemory | None = None) -> Node:
    """Return what a node of a machine type has for user servers.

    `measured` takes the place of what the catalogue knows or predicts of its memory.
    """
    seen = measured or node_memory(machine)
    given = allocatable(machine, seen.capacity)
    taken = overhead(machine.cloud)
    left = without_daemonsets(given, taken)
    memory, cpu = less_slack(left.memory, left.cpu)
    return Node(
        name=machine.name,
        memory=memory,
        cpu=cpu,
        pods=left.pods,
        template_cpu=max(min(cpu, left.cpu - TEMPLATE_CPU), 0),
        because=(
            f"{show_memory(seen.capacity)} seen by the kubelet ({seen.because}), "
            f"{show_memory(given.memory)} and {show_cpu(given.cpu)} CPU allocatable, less "
            f"{show_memory(taken.memory)} and {show_cpu(taken.cpu)} CPU of DaemonSets, "
            f"less {_SLACK_PERCENT} % slack"
        ),
        source=seen.source,
    )


def declared_node(name: str, left: Allocatable) -> Node:
    """Return a node of which its owner says what is left to users; nothing is taken off."""
    return Node(
        name=name,
        memory=left.memory,
        cpu=left.cpu,
        pods=left.pods,
        template_cpu=left.cpu,
        because="declared as left to users, so nothing is taken off",
        source="stack file, cluster.nodes",
    )


def declared_sold_node(name: str, sold: Allocatable) -> Node:
    """Return a node declared as sold: kernel, eviction, our DaemonSets and slack taken off.

    A kubelet without flags reserves nothing but the eviction threshold of 100 MiB; the
    kernel's share is estimated as on EKS.
    Source: kubernetes.io "Node-pressure Eviction" (defaults), 2026.
    """
    seen = sold.memory - kernel_share(sold.memory, "eks") - EVICTION_MIB * MIB
    left = without_daemonsets(
        Allocatable(memory=max(seen, 0), cpu=sold.cpu, pods=sold.pods), OWN_DAEMONSETS
    )
    memory, cpu = less_slack(left.memory, left.cpu)
    node = declared_node(name, Allocatable(memory=memory, cpu=cpu, pods=left.pods))
    return replace(
        node,
        because=f"declared as sold ({show_memory(sold.memory)}), less the kernel's share, "
        f"eviction, our DaemonSets and {_SLACK_PERCENT} % slack",
    )
