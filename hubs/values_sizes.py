"""z2jh values for the sizes that users choose from, usual ones or an event's. Pure."""

from collections.abc import Iterable

from capacity.choices import Choice, profile, resources, share
from capacity.machines import find
from capacity.quantities import cores, show_cpu, show_memory
from hubs.active import EventNow
from hubs.boot_disks import event_scratch
from hubs.claims import SCRATCH_PATH
from hubs.existing import ExistingConfig
from hubs.hub import HubConfig
from hubs.hub_pools import OptionConfig
from hubs.offers import offer
from hubs.options import on_offer, usual_start
from hubs.pools import option_pool
from hubs.usual import usual_choices
from hubs.values_access import Values
from hubs.values_joined import joined
from hubs.values_place import Place
from hubs.values_storage import fast_override

_SCRATCH, _GPU = "scratch", "nvidia.com/gpu"


def sizes(hub: HubConfig, place: Place, event: EventNow | None) -> Values:
    """Return the `singleuser` values of sizes and scratch.

    An event hides the usual sizes, and the options that it does not keep.
    """
    config = event.planned.config if event else None
    values, own = _usual(hub, place) if event is None else _event(hub, event, place)
    kept = on_offer(hub, config)
    return {
        **values,
        "profileList": own + _options(hub, place, kept, guaranteed=event is not None),
        **_tolerations(kept),
        **_scratch(hub.scratch or 0),
    }


def _usual(hub: HubConfig, place: Place) -> tuple[Values, list[Values]]:
    """Return the values of usual sizes, and their profiles."""
    choices = usual_choices(hub.profiles, place.node)
    smallest = choices[0]
    values: Values = {
        "startTimeout": usual_start(place.cluster, hub),
        "memory": {"guarantee": smallest.memory, "limit": smallest.memory},
        "cpu": {"guarantee": cores(smallest.cpu), "limit": cores(smallest.cpu_limit)},
    }
    return values, [
        profile(choice, place.selector, default=choice is smallest) for choice in choices
    ]


def _event(hub: HubConfig, event: EventNow, place: Place) -> tuple[Values, list[Values]]:
    """Return the values of an event's seat, and its profile.

    Its scratch is in the profile: an option that it keeps has a disk for what is usual.
    """
    config, seat = event.planned.config, event.planned.config.seat
    limit, cpu_limit = seat.limits
    amounts = resources(seat.memory, limit, seat.cpu, cpu_limit)
    values: Values = {
        "startTimeout": event.planned.plan.start_timeout,
        "memory": {"guarantee": amounts["mem_guarantee"], "limit": amounts["mem_limit"]},
        "cpu": {"guarantee": amounts["cpu_guarantee"], "limit": amounts["cpu_limit"]},
    }
    scratch = event_scratch(config, hub)
    own: Values = {
        "display_name": config.name,
        "description": f"{show_memory(seat.memory)} memory, {amounts['cpu_guarantee']} CPU",
        "slug": config.name,
        "default": True,
        "kubespawner_override": {
            **amounts,
            "node_selector": dict(place.selector),
            **_scratch_override(scratch if scratch != hub.scratch else None),
        },
    }
    return values, [own]


def _volume(amount: int) -> Values:
    """Return a directory on the node's own disk; a server that fills it is evicted.

    No `ephemeral-storage` is asked for: an autoscaler does not know how much of it a node
    has that is not there yet, so that such a server would wait for good on EKS. The disk is
    made for a node full of users instead (`hubs.boot_disks`).
    """
    return {"name": _SCRATCH, "emptyDir": {"sizeLimit": str(amount)}}


_MOUNT: Values = {"name": _SCRATCH, "mountPath": SCRATCH_PATH}


def _scratch(amount: int) -> Values:
    """Return the `singleuser.storage` values of so many bytes of scratch; nothing for none."""
    if not amount:
        return {}
    return {
        "storage": {
            "extraVolumes": {_SCRATCH: _volume(amount)},
            "extraVolumeMounts": {_SCRATCH: dict(_MOUNT)},
        }
    }


def _tolerations(options: Iterable[OptionConfig]) -> Values:
    """Return what lets servers onto nodes with GPUs, which others than ours may have tainted.

    GKE taints them where a cluster has other nodes, too, and lets in whoever asks for a GPU;
    elsewhere nobody does that. Source: GKE, "Run GPUs in Standard node pools", 2026.
    """
    if not any(find(option.machine_type).gpus for option in options):
        return {}
    return {
        "extraTolerations": [{"key": _GPU, "operator": "Exists", "effect": "NoSchedule"}],
    }


def _options(
    hub: HubConfig, place: Place, options: Iterable[OptionConfig], *, guaranteed: bool
) -> list[Values]:
    """Return the profiles of options on nodes of their own, smallest first.

    In an event nobody's CPU is used by others, so that where people share a node each is
    `guaranteed` what they may use, there as well.
    """
    cluster = place.cluster
    if isinstance(cluster, ExistingConfig):
        return []
    found: list[tuple[int, str, Values]] = []
    for option in options:
        node = offer(cluster, option.machine_type).node
        choice = share(node, option.per_node, guaranteed=guaranteed)
        selector = option_pool(cluster, hub, option).labels
        found.append((choice.memory, option.name, _option(hub, option, choice, selector)))
    return [entry for *_, entry in sorted(found, key=lambda one: one[:2])]


def _option(
    hub: HubConfig, option: OptionConfig, choice: Choice, selector: dict[str, str]
) -> Values:
    gpus = find(option.machine_type).gpus // option.per_node
    found = profile(choice, selector, default=False)
    override = joined(
        {**resources(choice.memory, choice.memory, choice.cpu, choice.cpu_limit)},
        {"node_selector": selector},
        _gpus(gpus),
        _scratch_override(option.scratch),
        fast_override(hub) if option.storage == "fast" else {},
    )
    return found | {
        "display_name": option.title or found["display_name"],
        "description": _told(choice, option.scratch or hub.scratch, gpus),
        "slug": option.name,
        "kubespawner_override": override,
    }


def _gpus(count: int) -> Values:
    """Return the override of a server with GPUs of its own; they are never shared.

    Limits and guarantees of such a resource must be equal, and are whole numbers.
    Source: kubernetes.io, "Schedule GPUs", 2026.
    """
    if not count:
        return {}
    return {
        "extra_resource_limits": {_GPU: str(count)},
        "extra_resource_guarantees": {_GPU: str(count)},
    }


def _scratch_override(amount: int | None) -> Values:
    """Return the override of a profile's own scratch, in the place of the hub's."""
    if not amount:
        return {}
    return {
        "volumes": {_SCRATCH: _volume(amount)},
        "volume_mounts": {_SCRATCH: dict(_MOUNT)},
    }


def _told(choice: Choice, scratched: int | None, gpus: int) -> str:
    """Return in words what an option gives to each of its users."""
    cpu = f"{show_cpu(choice.cpu)} CPU"
    if choice.cpu != choice.cpu_limit:
        cpu += f", up to {show_cpu(choice.cpu_limit)}"
    parts = [f"{show_memory(choice.memory)} memory", cpu]
    if gpus:
        parts.append("1 GPU" if gpus == 1 else f"{gpus} GPUs")
    if scratched:
        parts.append(f"{show_memory(scratched)} of scratch")
    return "; ".join(parts)
