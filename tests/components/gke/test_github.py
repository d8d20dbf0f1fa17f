"""The account as which a workflow deploys a GKE stack: enough for every event, and no more."""

from collections.abc import Callable

from hubs.deployers import google_roles
from hubs.gke import GkeConfig
from preview.loaded import Loaded
from preview.resources import Registered
from tests.components.switched import switched

Load = Callable[[str], Loaded]
Resources = Callable[[str, str], list[Registered]]
STACK, WORDS = "full-gke", ("quiet", "warm", "event", "over")
# What its roles let it write; nothing else of Google Cloud may differ between two instants.
WRITTEN = {
    "gcp:container/cluster:Cluster",
    "gcp:container/nodePool:NodePool",
    "gcp:filestore/instance:Instance",
}


def test_it_has_the_roles_that_an_event_takes_and_no_other(
    resources: Resources, loaded: Load
) -> None:
    given = [
        it
        for it in resources(STACK, "event")
        if it.type == "gcp:projects/iAMMember:IAMMember" and it.name.startswith(f"{STACK}-github")
    ]
    stack = loaded(STACK).stack
    assert isinstance(stack.cluster, GkeConfig)

    assert sorted(it.inputs["role"] for it in given) == list(
        google_roles(stack.cluster, stack.hubs)
    )
    assert [it.name for it in given if "condition" in it.inputs] == []


def test_all_of_google_cloud_that_an_event_switches_may_be_written(resources: Resources) -> None:
    assert switched([resources(STACK, word) for word in WORDS], "gcp:") == WRITTEN


def test_it_may_make_nodes_that_act_as_the_stacks_own_alone(resources: Resources) -> None:
    users = [
        it.name
        for it in resources(STACK, "event")
        if it.inputs.get("role") == "roles/iam.serviceAccountUser"
    ]

    assert users == [f"{STACK}-github-nodes"]
