"""Mandatory, always. Every size on offer fits a node of its pool, with its GPUs and scratch.

Source: 2i2c#806, guarantees larger than the node on a hub whose machine type had changed:
servers that could never start.
"""

from collections.abc import Iterator

from pulumi_policy import (
    EnforcementLevel,
    ReportViolation,
    StackValidationArgs,
    StackValidationPolicy,
)

from capacity.machines import find
from capacity.packing import seats_per_node
from capacity.quantities import kubernetes_memory, show_cpu, show_memory
from capacity.storage.boot import boot_room, unpacked
from policies.collected import EKS_POOL, EXISTING, HUB, Resource
from policies.node_disks import node_disk
from policies.pods import overrides
from policies.pools import pool_nodes, pool_resource
from policies.reading import (
    Json,
    UnreadableError,
    hub_values,
    list_at,
    look,
    mapping_at,
    of_type,
    whole,
)
from policies.sizes import Size, sizes

_GPU = "nvidia.com/gpu"


def messages(hub: Resource) -> Iterator[str]:
    """Yield a message for every size of a hub that no node of its pool can hold."""
    values = hub_values(str(look(hub.props, "release")))
    given = dict(overrides(values))
    for size in sizes(values):
        pool = pool_resource(size.selector)
        yield from _seat(size, pool)
        if pool.type != EXISTING:
            yield from _gpus(size, pool, given.get(size.name, {}))
            scratch = _scratch(values, given.get(size.name, {}))
            yield from _disk(size, pool, scratch, whole(hub.props, "image"))


def _seat(size: Size, pool: Resource) -> Iterator[str]:
    node = pool_nodes(pool).node
    if not seats_per_node(node, size.seat).seats:
        yield (
            f"size {size.name!r} asks for {show_memory(size.seat.memory)} and "
            f"{show_cpu(size.seat.cpu)} CPU, and a node of {node.name} has "
            f"{show_memory(node.memory)} and {show_cpu(node.cpu)} CPU for users; lower the size "
            "or choose a bigger machineType."
        )


def _gpus(size: Size, pool: Resource, override: Json) -> Iterator[str]:
    asked = mapping_at(override, "extra_resource_limits").get(_GPU, "0")
    has = _node_gpus(pool)
    if int(asked) > has:
        yield (
            f"size {size.name!r} asks for {int(asked)} GPUs, and a node has {has}; choose a "
            "machineType with more."
        )


def _node_gpus(pool: Resource) -> int:
    if pool.type == EKS_POOL:
        return find(pool_nodes(pool).node.name).gpus
    attached = list_at(pool.props, "nodeConfig.guestAccelerators")
    return sum(whole(one, "count") for one in attached)


def _scratch(values: Json, override: Json) -> int:
    """Return the bytes of scratch of a size: its own, or those of all."""
    for holder, path in ((override, "volumes"), (values, "singleuser.storage.extraVolumes")):
        volumes = look(holder, path, None)
        limit = look(volumes, "scratch.emptyDir.sizeLimit", None)
        if limit is not None:
            return kubernetes_memory(limit) or 0
    return 0


def _disk(size: Size, pool: Resource, scratch: int, image: int) -> Iterator[str]:
    disk = node_disk(pool)
    if disk is None or not scratch:
        return
    seats = seats_per_node(pool_nodes(pool).node, size.seat).seats
    wanted = unpacked(image) + seats * scratch
    room = boot_room(disk.cloud, disk.gib)
    if wanted > room:
        yield (
            f"size {size.name!r} gives {seats} users to a node {show_memory(scratch)} of scratch "
            f"each, which wants {show_memory(wanted)} with the image, and a disk of {disk.gib} GiB "
            f"has room for {show_memory(room)}; raise bootDisk or lower scratch."
        )


def validate(args: StackValidationArgs, report: ReportViolation) -> None:
    """Report every size of every hub that no node can hold."""
    del args
    for hub in of_type(HUB):
        name = hub.urn.rsplit("::", 1)[1]
        try:
            for message in messages(hub):
                report(f"Hub {name}: {message}", hub.urn)
        except UnreadableError as error:
            told = f"cannot be judged, {error}; make it plain in the program."
            report(f"Hub {name}: {told}", hub.urn)


sizes_fit = StackValidationPolicy(
    name="sizes-fit",
    description="Every size on offer fits a node of its pool, with its GPUs and scratch.",
    enforcement_level=EnforcementLevel.MANDATORY,
    validate=validate,
)
