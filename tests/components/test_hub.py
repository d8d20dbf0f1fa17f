"""One JupyterHub: its facts, its namespace, its release, and what the release waits for."""

from collections.abc import Callable
from typing import Any

import pytest
from pulumi.runtime.proto.resource_pb2 import RegisterResourceRequest

from preview.loaded import Loaded

Inputs = Callable[[str, str, str], dict[str, Any]]
Made = dict[str, RegisterResourceRequest]
Requests = Callable[[str, str], Made]

HUBS = [
    ("campus", "campus"),
    ("datahub", "data100"),
    ("datahub", "data8"),
    ("datahub", "stat20"),
    ("exam", "course"),
    ("exam", "exam"),
    ("icesat2", "icesat2"),
    ("workshop", "workshop"),
]
of_every_hub = pytest.mark.parametrize(("stack", "hub"), HUBS)


@of_every_hub
@pytest.mark.parametrize("word", ["quiet", "event"])
def test_a_hub_is_a_release_of_its_name_in_its_namespace_at_an_exact_version(
    stack: str, hub: str, word: str, inputs: Inputs
) -> None:
    found = dict(inputs(stack, word, f"kubernetes:helm.sh/v3:Release {hub}"))

    values = found.pop("values")
    assert sorted(values) == ["cull", "hub", "prePuller", "proxy", "scheduling", "singleuser"]
    assert found == {
        "name": hub,
        "namespace": hub,
        "chart": "jupyterhub",
        "version": "4.4.2",
        "repositoryOpts": {"repo": "https://hub.jupyter.org/helm-chart/"},
        "maxHistory": 10,
        # Placeholders stay Pending once users have taken their seats.
        "skipAwait": True,
        "timeout": 900,
        "compat": "true",
    }


@of_every_hub
def test_a_hub_has_a_namespace_of_its_own(stack: str, hub: str, inputs: Inputs) -> None:
    # On nodes of others a privileged container closes the way to their metadata.
    baseline = {"labels": {"pod-security.kubernetes.io/enforce": "baseline"}}
    assert inputs(stack, "quiet", f"kubernetes:core/v1:Namespace {hub}") == {
        "apiVersion": "v1",
        "kind": "Namespace",
        "metadata": {"name": hub} | ({} if stack == "campus" else baseline),
    }


@of_every_hub
def test_without_an_event_a_hubs_facts_are_its_names_and_its_image(
    stack: str, hub: str, inputs: Inputs, loaded: Callable[[str], Loaded]
) -> None:
    found = inputs(stack, "quiet", f"readyroom:hub:JupyterHub {hub}")

    size = loaded(stack).stack.hub(hub).image.size
    assert found == {"name": hub, "release": hub, "image": size}


@pytest.mark.parametrize(
    ("stack", "hub", "event"),
    [
        ("campus", "campus", ("demo", "workshop", 21, 3)),
        ("datahub", "data8", ("lab", "class", 800, 11)),
        ("exam", "exam", ("final", "exam", 100, 8)),
        ("icesat2", "icesat2", ("hackweek", "workshop", 80, 14)),
        ("workshop", "workshop", ("intro", "workshop", 240, 24)),
    ],
)
def test_during_an_event_a_hubs_facts_say_what_the_gate_must_know(
    stack: str, hub: str, event: tuple[str, str, int, int], inputs: Inputs
) -> None:
    name, kind, users, warm_nodes = event
    found = dict(inputs(stack, "event", f"readyroom:hub:JupyterHub {hub}"))

    del found["image"]
    # What people have prepared for an exam, and that nothing may change: tests of their own.
    assert set(found) - {"name", "release", "event"} == ({"frozen"} if kind == "exam" else set())
    readiness = found["event"].pop("readiness", None)
    assert (readiness is not None) == (kind == "exam")
    assert {key: found[key] for key in ("name", "release", "event")} == {
        "name": hub,
        "release": hub,
        "event": {
            "name": name,
            "kind": kind,
            "users": users,
            "fewestPerNode": None,
            "warmNodes": warm_nodes,
        },
    }


# Its own pools, and those that an event brings.
POOLS = {
    "workshop": (["workshop-n2-highmem-4"], ["workshop-intro-n2-highmem-4"]),
    "exam": (["exam-n2-standard-8"], ["exam-final-e2-standard-16"]),
    "campus": ([], []),
}


@pytest.mark.parametrize(
    ("stack", "hub", "secret"),
    [("workshop", "workshop", True), ("campus", "campus", True), ("exam", "exam", False)],
)
@pytest.mark.parametrize("word", ["quiet", "event"])
def test_a_release_waits_for_all_that_it_uses(
    stack: str, hub: str, *, secret: bool, word: str, requests: Requests
) -> None:
    usual, brought = POOLS[hub]
    release = requests(stack, word)[f"kubernetes:helm.sh/v3:Release {hub}"]

    found = {urn.rsplit("$", 1)[1].replace("::", " ") for urn in release.dependencies}
    expected = {
        f"kubernetes:core/v1:PersistentVolumeClaim {hub}-home",
        f"kubernetes:core/v1:Secret {hub}-services",
        f"kubernetes:scheduling.k8s.io/v1:PriorityClass {hub}-users",
    }
    expected |= {f"gcp:container/nodePool:NodePool {pool}" for pool in usual}
    if word == "event":
        expected |= {f"gcp:container/nodePool:NodePool {pool}" for pool in brought}
    if secret:
        expected.add(f"kubernetes:core/v1:Secret {hub}-sign-in")
    if word == "event":
        expected.add(f"kubernetes:policy/v1:PodDisruptionBudget {hub}-users")
    if word == "event" and hub == "exam":
        # It alone has an address.
        expected.add("kubernetes:policy/v1:PodDisruptionBudget exam-autohttps")
    assert found == expected


@of_every_hub
def test_users_come_before_placeholders_and_after_the_core(
    stack: str, hub: str, inputs: Inputs
) -> None:
    found = inputs(stack, "quiet", f"kubernetes:scheduling.k8s.io/v1:PriorityClass {hub}-users")

    assert found == {
        "apiVersion": "scheduling.k8s.io/v1",
        "kind": "PriorityClass",
        "metadata": {"name": f"{hub}-users"},
        "value": 0,
        "description": f"User servers of {hub}: below its core, above placeholders.",
    }


@pytest.mark.parametrize(
    ("stack", "hub", "servers"),
    # Nodes at most, and seats of each.
    [("campus", "campus", 3 * 7), ("exam", "exam", 8 * 15), ("workshop", "workshop", 35 * 7)],
)
def test_in_an_event_nobody_moves_a_users_server(
    stack: str, hub: str, servers: int, inputs: Inputs, requests: Requests
) -> None:
    budget = f"kubernetes:policy/v1:PodDisruptionBudget {hub}-users"

    assert inputs(stack, "event", budget) == {
        "apiVersion": "policy/v1",
        "kind": "PodDisruptionBudget",
        "metadata": {"name": "users", "namespace": hub},
        "spec": {
            "minAvailable": servers,
            "selector": {"matchLabels": {"component": "singleuser-server"}},
            "unhealthyPodEvictionPolicy": "AlwaysAllow",
        },
    }
    assert budget not in requests(stack, "quiet")
    assert budget not in requests(stack, "over")


def test_in_an_event_nobody_moves_what_ends_tls(inputs: Inputs) -> None:
    found = inputs("exam", "event", "kubernetes:policy/v1:PodDisruptionBudget exam-autohttps")

    assert found["metadata"] == {"name": "autohttps", "namespace": "exam"}
    assert found["spec"] == {
        "minAvailable": 1,
        "selector": {"matchLabels": {"component": "autohttps"}},
        "unhealthyPodEvictionPolicy": "AlwaysAllow",
    }


@of_every_hub
def test_a_hub_without_buckets_database_and_nightly_look_has_nothing_of_them(
    stack: str, hub: str, requests: Requests
) -> None:
    found = set(requests(stack, "quiet"))

    assert not found & {
        f"kubernetes:core/v1:ServiceAccount {hub}-users",
        f"kubernetes:core/v1:Secret {hub}-database",
        f"kubernetes:batch/v1:CronJob {hub}-nightly-cull",
    }
