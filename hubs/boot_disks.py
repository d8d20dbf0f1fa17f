"""How large the boot disks of nodes are: for images and scratch, never below a floor. Pure."""

from dataclasses import dataclass

from capacity.machines import Cloud, find
from capacity.nodes import sold_node
from capacity.quantities import GIB, ceil_div
from capacity.storage.boot import boot_room, eks_boot_disk, gke_boot_disk, unpacked
from capacity.storage.store import Store
from hubs.event import EventConfig
from hubs.hub import HubConfig
from hubs.hub_pools import OptionConfig, UsualPoolConfig
from hubs.usual import usual_choices

# No disk below it: its throughput, which on GKE grows with its size, decides how long a pull
# takes. It is GKE's own default. Sizes go in steps, so that a little more data is no new disk.
FLOOR_GIB, _STEP_GIB = 100, 10
# An image and the next one: the kubelet removes the old one only when room runs short.
_IMAGES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeDisk:
    """A boot disk: its type as the cloud names it, and its size in GiB."""

    kind: str
    gib: int


def disk_kind(machine_type: str) -> str:
    """Return the type of a node's boot disk; some types boot only from a Hyperdisk."""
    machine = find(machine_type)
    if machine.cloud == "eks":
        return "gp3"
    return "hyperdisk-balanced" if machine.hyperdisk_only else "pd-balanced"


def disk_store(machine_type: str, gib: int) -> Store:
    """Return what the boot disk of a node can do."""
    if find(machine_type).cloud == "eks":
        return eks_boot_disk(gib)
    hyperdisk = find(machine_type).hyperdisk_only
    return gke_boot_disk("hyperdisk-balanced" if hyperdisk else "pd-balanced", gib)


def disk_gib(cloud: Cloud, image: int, scratch: int) -> int:
    """Return the smallest size in GiB, in steps, that holds images and scratch.

    Args:
        cloud: Whose kubelet keeps a part of the disk for itself.
        image: Bytes of the image as it is pulled; two of them are held.
        scratch: Bytes of scratch of a node full of users.
    """
    needed = _IMAGES * unpacked(image) + scratch
    gib = FLOOR_GIB
    while boot_room(cloud, gib) < needed:
        gib += _STEP_GIB
    return gib


def _disk(machine_type: str, asked: int | None, image: int, scratch: int) -> NodeDisk:
    cloud = find(machine_type).cloud
    gib = disk_gib(cloud, image, scratch) if asked is None else ceil_div(asked, GIB)
    return NodeDisk(kind=disk_kind(machine_type), gib=gib)


def core_disk(machine_type: str) -> NodeDisk:
    """Return the boot disk of a core node, which has neither user images nor scratch."""
    return NodeDisk(kind=disk_kind(machine_type), gib=FLOOR_GIB)


def usual_disk(hub: HubConfig, pool: UsualPoolConfig) -> NodeDisk:
    """Return the boot disk of a hub's usual pool, full of its smallest size."""
    smallest = usual_choices(hub.profiles, sold_node(find(pool.machine_type)))[0]
    scratch = smallest.per_node * (hub.scratch or 0)
    return _disk(pool.machine_type, pool.boot_disk, hub.image.size, scratch)


def option_disk(hub: HubConfig, option: OptionConfig) -> NodeDisk:
    """Return the boot disk of an option's nodes."""
    scratch = option.per_node * (option.scratch or hub.scratch or 0)
    return _disk(option.machine_type, option.boot_disk, hub.image.size, scratch)


def event_scratch(event: EventConfig, hub: HubConfig) -> int:
    """Return the bytes of scratch of each of an event's users; 0 without any."""
    told = event.storage.scratch_per_user if event.storage else None
    return max(told or 0, hub.scratch or 0)


def event_disk(event: EventConfig, hub: HubConfig, machine_type: str, seats: int) -> NodeDisk:
    """Return the boot disk of an event's nodes, with so many seats each."""
    scratch = seats * event_scratch(event, hub)
    return _disk(machine_type, event.pool.boot_disk, hub.image.size, scratch)
