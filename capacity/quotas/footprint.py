"""How large a deployment may grow, in plain words: what its quotas must hold. Pure."""

from dataclasses import dataclass

from capacity.machines import Cloud
from capacity.storage.filestore import Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolSize:
    """A node pool at its most nodes.

    Attributes:
        name: What messages call it.
        machine_type: The cloud's name of the type.
        vcpus: Virtual CPUs of one node.
        max_nodes: Most nodes.
        spot: Whether its nodes are spot or preemptible.
        disk_gb: Size of a node's boot disk: GB on Google Cloud, GiB on AWS.
        disk_type: The cloud's name of the disk's type, such as `pd-balanced` or `gp3`.
        gpus: GPUs of one node.
        gpu_type: What they are, such as `nvidia-tesla-t4` or `NVIDIA L4`.
        pods: Pods that a node admits, which decides its share of the pod range on GKE.
    """

    name: str
    machine_type: str
    vcpus: int
    max_nodes: int
    spot: bool = False
    disk_gb: int
    disk_type: str
    gpus: int = 0
    gpu_type: str = ""
    pods: int = 110


@dataclass(frozen=True, slots=True, kw_only=True)
class FileShare:
    """The share of an instance of Filestore at its largest.

    Attributes:
        name: What messages call it.
        tier: Its service tier.
        gib: Its capacity in GiB.
    """

    name: str
    tier: Tier
    gib: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Footprint:
    """A deployment at its largest.

    Attributes:
        cloud: Whose quotas apply.
        pools: Node pools that exist at the same time.
        zones: Zones that each pool spans.
        public_nodes: Whether every node has a public address of its own.
        load_balancers: Services of type LoadBalancer.
        nat_gateways: NAT gateways, each with an address.
        volume_gb: Disks of hubs and monitoring together, of the kind that nodes have.
        clusters: Clusters, each with a network of its own.
        file_systems: File systems for homes.
        file_shares: Instances of Filestore, which count by their capacity.
        pod_addresses: Addresses in the range that pods get theirs from; None if the cloud
            chooses it.
    """

    cloud: Cloud
    pools: tuple[PoolSize, ...]
    zones: int = 1
    public_nodes: bool = False
    load_balancers: int = 0
    nat_gateways: int = 0
    volume_gb: int = 0
    clusters: int = 0
    file_systems: int = 0
    file_shares: tuple[FileShare, ...] = ()
    pod_addresses: int | None = None

    @property
    def nodes(self) -> int:
        """Return the most nodes of all pools together."""
        return sum(pool.max_nodes for pool in self.pools)
