"""What a node leaves to pods: capacity seen by the kubelet less what the cloud reserves. Pure.

Chain: sold memory -> capacity (sold less the kernel's share) -> allocatable (capacity
less kube-reserved and the eviction threshold).
"""

from dataclasses import dataclass

from capacity.machines import Cloud, Machine
from capacity.quantities import GIB, MIB, ceil_div

EVICTION_MIB = 100

# GKE keeps a share of *sold* memory, in slices of whole MiB with decimal bounds:
# (width, per cent), then `_GKE_ABOVE`. At or below `_GKE_SMALLEST` a fixed amount.
# Source: Google's published GKE autoscaler, kube-reserved calculator (2026).
_GKE_SLICES = ((4_000, 25), (4_000, 20), (8_000, 10), (112_000, 6))
_GKE_ABOVE = 2
_GKE_SMALLEST, _GKE_SMALLEST_RESERVED = 1_000, 255

# Hundredths of a millicpu kept per millicpu of the 1st, 2nd, 3rd-4th core, and beyond.
# Source: GKE "Plan node sizes"; awslabs/amazon-eks-ami nodeadm kubelet config (2026-07).
_CPU_SLICES = ((1_000, 600), (1_000, 100), (2_000, 50))
_CPU_ABOVE = 25
_GKE_SHARED_CORE_MILLIS = 1_060
_GKE_MANY_PODS, _GKE_MANY_PODS_MILLIS = 110, 400

# Source: awslabs/amazon-eks-ami nodeadm/internal/kubelet/config.go @81fec2e8.
_EKS_MIB_PER_POD, _EKS_MIB = 11, 255


# What a predicted capacity may be below a measured one, in per cent of the latter.
PREDICTION_ERROR_PERCENT = 4
# Booted g6 machines report 2.6 % of RAM less than g4dn and g5 of their size.
# Source: vantage-sh/ec2instances.info manually_fetched_data.json @4ef36cd2 (2026-07-06).
_HIDES_MORE = ("g6.",)


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeMemory:
    """Memory that a kubelet sees on a machine, in bytes, and how that is known."""

    capacity: int
    because: str
    source: str
    measured: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocatable:
    """What Kubernetes gives to pods on one node: bytes, millicpu, pod slots."""

    memory: int
    cpu: int
    pods: int


def gke_reserved_mib(sold_mib: int) -> int:
    """Return the MiB that GKE keeps on a machine sold with `sold_mib`, rounded down."""
    if sold_mib <= _GKE_SMALLEST:
        return _GKE_SMALLEST_RESERVED
    return _sliced(sold_mib, _GKE_SLICES, _GKE_ABOVE) // 100


def eks_reserved_mib(pods: int) -> int:
    """Return the MiB that EKS keeps, by the ENI pod limit of the type."""
    return _EKS_MIB_PER_POD * pods + _EKS_MIB


def reserved_millis(machine: Machine, pods: int) -> int:
    """Return the millicpu that the cloud keeps on a machine with `pods` pod slots."""
    if machine.cloud == "gke" and machine.shared_core:
        return _GKE_SHARED_CORE_MILLIS
    extra = _GKE_MANY_PODS_MILLIS if machine.cloud == "gke" and pods > _GKE_MANY_PODS else 0
    kept = _sliced(machine.vcpus * 1_000, _CPU_SLICES, _CPU_ABOVE)
    return ceil_div(kept, 10_000) + extra


def _sliced(amount: int, slices: tuple[tuple[int, int], ...], above: int) -> int:
    kept = 0
    for width, share in slices:
        taken = min(amount, width)
        kept += taken * share
        amount -= taken
    return kept + amount * above


def node_memory(machine: Machine) -> NodeMemory:
    """Return what a kubelet sees: measured where known, else predicted on the safe side."""
    seen = machine.measured
    if seen is not None:
        return NodeMemory(
            capacity=seen.memory,
            because=f"measured on a node, lowest seen ({seen.as_of})",
            source=seen.source,
            measured=True,
        )
    share = machine_kernel_share(machine)
    return NodeMemory(
        capacity=machine.memory_mib * MIB - share,
        because=f"predicted: {machine.memory_mib} MiB sold less a kernel share of "
        f"{share // MIB} MiB; on every node known this is at most {PREDICTION_ERROR_PERCENT} % "
        "too low and never too high",
        source=f"{machine.source} ({machine.as_of})",
        measured=False,
    )


def machine_kernel_share(machine: Machine) -> int:
    """Return the bytes that firmware and kernel keep on a machine, rounded up.

    1.2 % of RAM more than `kernel_share` where the hypervisor is known to hide more.
    """
    sold = machine.memory_mib * MIB
    hidden = ceil_div(sold * 12, 1_000) if machine.name.startswith(_HIDES_MORE) else 0
    return kernel_share(sold, machine.cloud) + hidden


def kernel_share(sold: int, cloud: Cloud) -> int:
    """Return the bytes that firmware and kernel keep of `sold` bytes, rounded up.

    At or above every node known, and less than 4 % of capacity above the least of them.
    GKE: the estimate of kubernetes/autoscaler gce_reserved.go (RAM/64 + 16 MiB, + 64 above
    3 GiB, + 8 up to 8 GiB, + 0.175 % up to 248 MiB) plus 64 MiB and 0.25 %, since measured
    nodes exceed it by up to 23 MiB (n2-standard-4, kernel 6.12) and newer kernels keep more.
    EKS: 4.3 % plus 3.4 % up to 300 MiB, an envelope over measured nodes from t3.medium to
    r5.16xlarge (2i2c-org/infrastructure @9ad7cd0f) and over what booted machines of every
    type reported (vantage-sh/ec2instances.info @4ef36cd2).
    """
    if cloud == "eks":
        return ceil_div(sold * 43, 1_000) + min(ceil_div(sold * 34, 1_000), 300 * MIB)
    small = 8 if sold <= 8 * GIB else 0
    big = 64 if sold > 3 * GIB else 0
    fixed = (16 + big + small + 64) * MIB
    estimate = ceil_div(sold, 64) + fixed + min(ceil_div(sold * 175, 100_000), 248 * MIB)
    return estimate + ceil_div(sold, 400)


def allocatable(machine: Machine, capacity: int, pods: int | None = None) -> Allocatable:
    """Return what a node of this machine gives to pods when the kubelet sees `capacity` bytes.

    `pods` overrides the default number of pod slots. It changes no reserved memory on
    EKS, where that follows the ENI limit of the type whatever the kubelet is told.
    """
    slots = machine.pods if pods is None else pods
    kept = (
        gke_reserved_mib(machine.memory_mib)
        if machine.cloud == "gke"
        else eks_reserved_mib(machine.pods)
    )
    return Allocatable(
        memory=capacity - (kept + EVICTION_MIB) * MIB,
        cpu=machine.vcpus * 1_000 - reserved_millis(machine, slots),
        pods=slots,
    )
