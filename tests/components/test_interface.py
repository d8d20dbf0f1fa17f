"""One contract of clusters: what each of the three providers offers to every hub."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pulumi
import pulumi_kubernetes as k8s
import pytest

from components.interface import ClusterComponent, Database, HubParts
from hubs.claims import claims
from preview.loaded import Loaded
from preview.monitor import RecordingMonitor

Clusters = Callable[[str], ClusterComponent]
Requests = Callable[[str, str], dict[str, Any]]
Stacks = Callable[[str], Loaded]

POOLS = ("gcp:container/nodePool:NodePool", "aws:eks/nodeGroup:NodeGroup")
every_stack = pytest.mark.parametrize(
    "stack", ["campus", "datahub", "exam", "full-eks", "full-gke", "icesat2", "workshop"]
)


@pytest.fixture(scope="module")
def cluster_of(run_again: Callable[[str, str], RecordingMonitor]) -> Clusters:
    """Return the cluster component of a stack at its event."""

    @cache
    def of(stack: str) -> Any:  # noqa: ANN401 - what it offers is the question
        found: list[pulumi.ComponentResource] = []
        registers = pulumi.ComponentResource.register_outputs

        def register(component: pulumi.ComponentResource, outputs: Any) -> None:  # noqa: ANN401 - Pulumi's
            found.append(component)
            registers(component, outputs)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pulumi.ComponentResource, "register_outputs", register)
            run_again(stack, "event")
        [cluster] = [it for it in found if it.pulumi_resource_type.endswith("Cluster")]
        return cluster

    return of


@every_stack
def test_a_cluster_offers_its_provider_and_parts_of_every_hub(
    stack: str, cluster_of: Clusters, loaded: Stacks
) -> None:
    cluster = cluster_of(stack)

    assert isinstance(cluster.kubernetes, k8s.Provider)
    assert cluster.kubernetes.pulumi_resource_name == f"{stack}-kubernetes"
    assert sorted(cluster.hubs) == sorted(hub.name for hub in loaded(stack).stack.hubs)
    assert {type(parts) for parts in cluster.hubs.values()} == {HubParts}


@every_stack
def test_a_hub_has_exactly_the_claims_that_its_servers_mount(
    stack: str, cluster_of: Clusters, loaded: Stacks
) -> None:
    known = loaded(stack).stack

    found = {hub: sorted(parts.volumes) for hub, parts in cluster_of(stack).hubs.items()}
    assert found == {hub.name: sorted(claims(known.cluster.provider, hub)) for hub in known.hubs}


@every_stack
def test_a_hub_has_a_database_where_its_file_wants_one(
    stack: str, cluster_of: Clusters, loaded: Stacks
) -> None:
    found = {hub: type(parts.database) for hub, parts in cluster_of(stack).hubs.items()}

    assert found == {
        hub.name: Database if hub.database == "postgres" else type(None)
        for hub in loaded(stack).stack.hubs
    }


@every_stack
def test_every_pool_is_awaited_by_all_hubs_or_by_its_own(
    stack: str, cluster_of: Clusters, requests: Requests
) -> None:
    cluster = cluster_of(stack)
    awaited = [*cluster.ready, *(it for parts in cluster.hubs.values() for it in parts.ready)]

    assert [it for it in awaited if not isinstance(it, pulumi.Resource)] == []
    names = sorted(it.pulumi_resource_name for it in awaited if it.pulumi_resource_type in POOLS)
    assert names == sorted(it.name for it in requests(stack, "event").values() if it.type in POOLS)
