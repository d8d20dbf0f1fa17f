"""Checks of a hub against its cluster: what the one asks for and the other has. Pure."""

import re
from collections.abc import Iterator, Sequence

from capacity.choices import share
from capacity.machines import find, regions
from capacity.nodes import sold_node
from hubs.cluster import ClusterConfig
from hubs.eks import EksConfig
from hubs.existing import ExistingConfig
from hubs.gke import GkeConfig
from hubs.hub import HubConfig
from hubs.hub_pools import NodesConfig, OptionConfig
from hubs.mistakes import Mistake, nearest
from hubs.offers import offer, unknown_type
from hubs.usual import usual_choices
from hubs.values_groups import check_shared

_NEEDS_ADDRESS = {
    "github": "GitHub sends users back to it",
    "google": "Google sends users back to it",
    "cilogon": "CILogon sends users back to it",
    "oidc": "the identity provider sends users back to it",
    "lti": "a learning platform launches it by https",
}
# Image streaming reads from Artifact Registry alone.
# Source: GKE documentation, "Use Image streaming to pull container images", 2026.
_STREAMED = re.compile(r"[a-z0-9-]+-docker\.pkg\.dev/")


def check_hub(cluster: ClusterConfig, hub: HubConfig) -> Iterator[Mistake]:
    """Yield every mistake of a hub file on a cluster."""
    file = f"hubs/{hub.name}.yaml"
    if hub.address is None and hub.sign_in.kind != "sharedPassword":
        yield Mistake(
            f"{file}: address",
            f"is missing; {_NEEDS_ADDRESS[hub.sign_in.kind]}, such as "
            "{host: hub.example.org, contact: admin@example.org}",
        )
    yield from check_shared(hub)
    yield from _asks(file, cluster, hub)
    if isinstance(cluster, ExistingConfig):
        if hub.pool is not None:
            yield Mistake(f"{file}: pool", "an existing cluster has no pools; leave it out")
        yield from _profiles(file, cluster, hub)
        return
    if hub.pool is None:
        yield Mistake(f"{file}: pool", "is missing; the hub's usual users need nodes")
    else:
        mistakes = list(_nodes(f"{file}: pool", cluster, hub, hub.pool))
        yield from mistakes
        if not any(mistake.where.endswith("machineType") for mistake in mistakes):
            yield from _profiles(file, cluster, hub)
    for index, option in enumerate(hub.options):
        yield from _option(f"{file}: options[{index}]", cluster, hub, option)


def _asks(file: str, cluster: ClusterConfig, hub: HubConfig) -> Iterator[Mistake]:
    """Yield what a hub asks for and its cluster does not have."""
    if hub.database == "postgres" and cluster.database is None:
        told = "found 'postgres', but the cluster has no database; write cluster.database or sqlite"
        yield Mistake(f"{file}: database", told)
    if not isinstance(cluster, ExistingConfig):
        return
    if hub.buckets:
        yield Mistake(f"{file}: buckets", "an existing cluster has no buckets; leave them out")
    if hub.options:
        told = "an existing cluster has the nodes it has; leave them out"
        yield Mistake(f"{file}: options", told)


def _profiles(file: str, cluster: ClusterConfig, hub: HubConfig) -> Iterator[Mistake]:
    if not isinstance(cluster, ExistingConfig) and cluster.region not in regions(cluster.provider):
        return  # a mistake of its own
    try:
        usual_choices(hub.profiles, offer(cluster, hub.pool and hub.pool.machine_type).node)
    except ValueError as error:
        yield Mistake(f"{file}: profiles", str(error))


def _nodes(
    where: str, cluster: GkeConfig | EksConfig, hub: HubConfig, nodes: NodesConfig
) -> Iterator[Mistake]:
    reason = unknown_type(cluster, nodes.machine_type)
    if reason:
        yield Mistake(f"{where}.machineType", reason)
    for index, zone in enumerate(nodes.zones):
        if zone not in cluster.zones:
            told = f"found {zone!r}, not in cluster.zones; {nearest(zone, list(cluster.zones))}"
            yield Mistake(f"{where}.zones[{index}]", told)
    if isinstance(cluster, GkeConfig):
        if nodes.warm_pool is not None:
            yield Mistake(f"{where}.warmPool", "GKE has no warm pools; leave it out")
        if nodes.image_streaming and not _STREAMED.match(hub.image.name):
            told = f"streams from Artifact Registry alone, and the image is {hub.image.name}"
            yield Mistake(f"{where}.imageStreaming", told)
        return
    if nodes.image_streaming:
        yield Mistake(f"{where}.imageStreaming", "EKS streams no images; leave it out")
    if nodes.warm_pool is not None and nodes.spot:
        yield Mistake(
            f"{where}.warmPool", "EC2 prepares no spot instances; leave out warmPool or spot"
        )


def _option(
    where: str, cluster: GkeConfig | EksConfig, hub: HubConfig, option: OptionConfig
) -> Iterator[Mistake]:
    mistakes = list(_nodes(where, cluster, hub, option))
    yield from mistakes
    if option.storage == "fast" and cluster.fast_storage is None:
        told = "found 'fast', but the cluster has no fastStorage; write it, or homes"
        yield Mistake(f"{where}.storage", told)
    if any(mistake.where.endswith("machineType") for mistake in mistakes):
        return
    machine = find(option.machine_type)
    try:
        share(sold_node(machine), option.per_node)
    except ValueError as error:
        yield Mistake(f"{where}.perNode", str(error))
    if machine.gpus and machine.gpus % option.per_node:
        fair = [str(n) for n in range(1, machine.gpus + 1) if machine.gpus % n == 0]
        told = f"found {option.per_node}, which do not share {machine.gpus} GPUs evenly; "
        told += f"write {' or '.join(fair)}"
        yield Mistake(f"{where}.perNode", told)


def check_buckets(hubs: Sequence[HubConfig]) -> Iterator[Mistake]:
    """Yield buckets that two hubs, or one hub twice, would have."""
    taken: dict[str, str] = {}
    for hub in hubs:
        for index, bucket in enumerate(hub.buckets):
            where = f"hubs/{hub.name}.yaml: buckets[{index}].name"
            if bucket.name in taken:
                told = f"found {bucket.name!r}, the name of {taken[bucket.name]}; rename it"
                yield Mistake(where, told)
            taken.setdefault(bucket.name, where)
