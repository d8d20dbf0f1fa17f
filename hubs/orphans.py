"""What carries a stack's tags and is not in its state. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from hubs.cloud_names import Named, named

STACK_TAG, HUB_TAG, EVENT_TAG = "readyroom-stack", "readyroom-hub", "readyroom-event"
# What clusters write on what they make. Sources: GKE, "Create and manage cluster and node pool
# labels"; EKS, "Tag your Amazon EKS resources", and the EKS user guide on managed node groups,
# 2026.
_GKE_CLUSTER, _GKE_POOL = "goog-k8s-cluster-name", "goog-k8s-node-pool-name"
_GKE_PLACE = "goog-k8s-cluster-location"
_EKS_CLUSTERS = ("eks:cluster-name", "aws:eks:cluster-name")
_OWNED = "kubernetes.io/cluster/"
_CLUSTERS = ("gcp:container/cluster:Cluster", "aws:eks/cluster:Cluster")
# A project before the rest of a name, with a service or an address before that.
_PROJECT = re.compile(r"^(?:(?:https:)?//\S+?/|/)?projects/[^/]+/")
_POOL, _MACHINE = "gcp:container/nodePool:NodePool", "gcp:compute/instance:Instance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """Something that a cloud lists.

    Attributes:
        named: What it is called.
        listed: Its name as it was listed.
        tags: Its tags or labels.
        since: When it was made, as it was listed; empty if that is not told.
    """

    named: Named
    listed: str
    tags: Mapping[str, str]
    since: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What of a stack's state tells its resources apart from others.

    Attributes:
        urns: Every resource in it.
        ids: Types and ids.
        names: ARNs and names with a project, which no two types share.
    """

    urns: frozenset[str] = frozenset()
    ids: frozenset[tuple[str, str]] = frozenset()
    names: frozenset[str] = frozenset()

    def has(self, thing: Thing) -> bool:
        """Return whether a thing is in the state."""
        id_ = placeless(thing.named.id)
        names = {id_, placeless(thing.listed)}
        return (thing.named.type, id_) in self.ids or not names.isdisjoint(self.names)

    def has_cluster(self, name: str) -> bool:
        """Return whether a cluster of this name is in the state."""
        return any(type_ in _CLUSTERS and id_.split("/")[-1] == name for type_, id_ in self.ids)

    def has_pool(self, cluster: str, name: str) -> bool:
        """Return whether a cluster's node pool is in the state."""
        end = f"/clusters/{cluster}/nodePools/{name}"
        return any(type_ == _POOL and id_.endswith(end) for type_, id_ in self.ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a comparison found.

    Attributes:
        orphans: What is not in the state, in the order in which it can be deleted.
        held: How many things are in the state.
        made: How many belong to a cluster that is in the state, which made them.
    """

    orphans: tuple[Thing, ...] = ()
    held: int = 0
    made: int = 0


def placeless(name: str) -> str:
    """Return a name without service and project, which Google Cloud writes in several ways."""
    return _PROJECT.sub("projects/-/", name)


def compare(things: Iterable[Thing], state: State, label: str) -> Found:
    """Return which things of a stack are not in its state, and count the others.

    Args:
        things: What a cloud lists.
        state: The stack's state.
        label: What things of the stack carry as `readyroom-stack`; others do not count.
    """
    orphans: dict[tuple[str, str], Thing] = {}
    held = made = 0
    for thing in things:
        if thing.tags.get(STACK_TAG) != label:
            continue
        if state.has(thing):
            held += 1
            continue
        maker = _maker(thing)
        if maker is None or not state.has_cluster(maker):
            orphans.setdefault((thing.named.type, thing.named.id), thing)
            continue
        pool = _pool(thing)
        if pool is None or state.has_pool(maker, thing.tags[_GKE_POOL]):
            made += 1
        elif (known := orphans.get((_POOL, pool.named.id))) is None or pool.since < known.since:
            orphans[_POOL, pool.named.id] = pool
    found = sorted(orphans.values(), key=lambda it: (it.named.rank, it.named.type, it.named.id))
    return Found(orphans=tuple(found), held=held, made=made)


def _maker(thing: Thing) -> str | None:
    """Return the name of the cluster that made a thing, if one did."""
    for tag in (_GKE_CLUSTER, *_EKS_CLUSTERS):
        if tag in thing.tags:
            return thing.tags[tag]
    owners = (key for key, value in thing.tags.items() if value == "owned")
    return next((key.removeprefix(_OWNED) for key in owners if key.startswith(_OWNED)), None)


def _pool(thing: Thing) -> Thing | None:
    """Return the node pool that a machine of GKE belongs to; a disk outlives its pool."""
    tags = thing.tags
    if thing.named.type != _MACHINE or not {_GKE_CLUSTER, _GKE_POOL, _GKE_PLACE} <= tags.keys():
        return None
    project = thing.named.id.split("/")[1]
    place = f"projects/{project}/locations/{tags[_GKE_PLACE]}"
    name = f"{place}/clusters/{tags[_GKE_CLUSTER]}/nodePools/{tags[_GKE_POOL]}"
    return replace(thing, named=named(_POOL, name, {}), listed=name)
