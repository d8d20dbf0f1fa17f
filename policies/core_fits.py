"""Mandatory, always. Hubs and monitoring have room where they run.

Source: `corePool` of e2-small, whose nodes leave less than Prometheus asks for: a release that
waits for a pod that never starts. Pods that the clouds bring along themselves, such as CoreDNS,
are no part of it.
"""

from collections.abc import Iterator

from pulumi_policy import (
    EnforcementLevel,
    ReportViolation,
    StackValidationArgs,
    StackValidationPolicy,
)

from capacity.beside import Pod, packed, too_large, total
from capacity.quantities import show_cpu, show_memory
from hubs.names import PURPOSE_LABEL
from policies.collected import EKS_POOL, EXISTING, GKE_POOL, Resource
from policies.core_pods import core_pods
from policies.pools import PoolNodes, labels, pool_nodes
from policies.reading import UnreadableError, of_type


def messages(pool: PoolNodes, pods: tuple[Pod, ...]) -> Iterator[str]:
    """Yield a message if a pod fits no node, or all of them do not fit the most nodes."""
    node, most = pool.node, pool.max_nodes
    bigger = "choose a bigger corePool.machineType" if pool.scales else "name bigger nodes"
    room = f"{show_memory(node.memory)}, {show_cpu(node.cpu)} CPU and {node.pods} pod slots"
    largest = too_large(node, pods)
    if largest is not None:
        yield (
            f"{largest.name} asks for {show_memory(largest.memory)} and {show_cpu(largest.cpu)} "
            f"CPU, and a node of {node.name} has {room} for it; {bigger}."
        )
        return
    wanted = len(packed(node, pods))
    if wanted > most:
        asked = total(pods)
        knob = "corePool.maxNodes" if pool.scales else "cluster.nodes.count"
        yield (
            f"{asked.pods} pods of hubs and monitoring ask for {show_memory(asked.memory)} and "
            f"{show_cpu(asked.cpu)} CPU, which is {wanted} nodes of {node.name} ({room} each), "
            f"and there are at most {most}; raise {knob} or {bigger}."
        )


def _pools() -> Iterator[Resource]:
    """Yield the core pools, or the nodes of an existing cluster if users may be on any of them.

    Where labels keep users on some, hubs may be on others, of which nothing is known.
    """
    for pool in of_type(EXISTING, GKE_POOL, EKS_POOL):
        has = labels(pool)
        if not has if pool.type == EXISTING else has.get(PURPOSE_LABEL) == "core":
            yield pool


def validate(args: StackValidationArgs, report: ReportViolation) -> None:
    """Report what has no room on core nodes, or on those of an existing cluster."""
    del args
    try:
        for resource in _pools():
            pool = pool_nodes(resource)
            for message in messages(pool, core_pods() if pool.scales else pool.beside):
                report(f"Core nodes: {message}", resource.urn)
    except UnreadableError as error:
        report(f"Core nodes: cannot be judged, {error}; make it plain in the program.", None)


core_fits = StackValidationPolicy(
    name="core-fits",
    description="Hubs and monitoring have room where they run.",
    enforcement_level=EnforcementLevel.MANDATORY,
    validate=validate,
)
