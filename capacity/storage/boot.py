"""Whether a node's boot disk holds the image and its users' scratch, in time. Pure."""

from dataclasses import dataclass
from math import ceil

from capacity.machines import Cloud
from capacity.quantities import GIB, ceil_div
from capacity.storage.disks import Hyperdisk, SizedDisk, included, set_disk, sized_disk
from capacity.storage.facts import Fact, facts
from capacity.storage.judgement import Judgement, judge
from capacity.storage.need import StorageNeed
from capacity.storage.store import Store

# Source: GKE documentation, "Plan node sizes" (ephemeral storage), 2026: the least of half
# of the disk, 6 GiB and 35 % of it, and 100 GiB.
_GKE_HALF, _GKE_PERCENT, _GKE_BASE, _GKE_MOST = 50, 35, 6 * GIB, 100 * GIB
# Source: awslabs/amazon-eks-ami nodeadm/internal/kubelet/config.go: 1 GiB reserved; nodefs
# eviction at 10 % free.
_EKS_RESERVED, _EKS_EVICTION_PERCENT = GIB, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class BootDisk:
    """What comes of an image and of scratch on the boot disk of a full node.

    Attributes:
        disk: The disk.
        needed: Bytes of the image on disk, and of the scratch of a node full of users.
        room: Bytes that the kubelet lets them have.
        image: Bytes of the image on disk.
        image_seconds: Least seconds in which the disk can take the image, rounded up.
        scratch: Whether scratch is written in time.
        unpacking: By how much an image grows on disk.
    """

    disk: Store
    needed: int
    room: int
    image: int
    image_seconds: int
    scratch: Judgement
    unpacking: Fact

    @property
    def fits(self) -> bool:
        """Return whether image and scratch fit the disk."""
        return self.needed <= self.room


def boot_room(cloud: Cloud, disk_gib: int) -> int:
    """Return the bytes of a boot disk that images and pods may use, rounded down."""
    size = disk_gib * GIB
    if cloud == "eks":
        return size - _EKS_RESERVED - ceil_div(size * _EKS_EVICTION_PERCENT, 100)
    half = ceil_div(size * _GKE_HALF, 100)
    return size - min(half, _GKE_BASE + ceil_div(size * _GKE_PERCENT, 100), _GKE_MOST)


def _unpacking() -> Fact:
    return facts("image")["disk_bytes_per_compressed_byte"]


def unpacked(compressed: int) -> int:
    """Return the bytes of an image on disk, rounded up, by its bytes as it is pulled."""
    return ceil(compressed * _unpacking().value)


def gke_boot_disk(disk_type: SizedDisk | Hyperdisk, gib: int) -> Store:
    """Return the boot disk of a GKE node, by its type and size in GiB."""
    if disk_type == "hyperdisk-balanced":
        return set_disk(disk_type, gib, *included(disk_type))
    return sized_disk(disk_type, gib)


def eks_boot_disk(gib: int) -> Store:
    """Return the boot disk of a node of a managed node group: gp3 at what it includes."""
    iops, mib_per_s = included("ebs-gp3")
    return set_disk("ebs-gp3", gib, iops, mib_per_s)


def boot_disk(
    need: StorageNeed, compressed: int, cloud: Cloud, disk: Store, disk_gib: int
) -> BootDisk:
    """Return what comes of an image and of scratch on a disk.

    Args:
        need: The event's data; `scratch` and `users_per_node` count here.
        compressed: Bytes of the image as it is pulled.
        cloud: Whose rule for the disk's room applies.
        disk: The disk.
        disk_gib: Its size in GiB.
    """
    unpacking = _unpacking()
    image = unpacked(compressed)
    throughput = min(cap.offered for cap in disk.caps if cap.of == "bytes")
    return BootDisk(
        disk=disk,
        needed=image + need.users_per_node * need.scratch,
        room=boot_room(cloud, disk_gib),
        image=image,
        image_seconds=ceil_div(image, throughput),
        scratch=judge(need.scratch_demand(), disk),
        unpacking=unpacking,
    )
