"""One JupyterHub: its facts, its namespace, its release, and what the release waits for."""

from collections.abc import Callable
from typing import Any

import pytest
from pulumi.runtime.proto.resource_pb2 import RegisterResourceRequest

Inputs = Callable[[str, str, str], dict[str, Any]]
Requests = Callable[[str, str], dict[str, RegisterResourceRequest]]

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
    assert inputs(stack, "quiet", f"kubernetes:core/v1:Namespace {hub}") == {
        "apiVersion": "v1",
        "kind": "Namespace",
        "metadata": {"name": hub},
    }


@of_every_hub
def test_without_an_event_a_hubs_facts_are_its_names(stack: str, hub: str, inputs: Inputs) -> None:
    found = inputs(stack, "quiet", f"readyroom:hub:JupyterHub {hub}")

    assert found == {"name": hub, "release": hub}


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

    assert inputs(stack, "event", f"readyroom:hub:JupyterHub {hub}") == {
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


@pytest.mark.parametrize(
    ("stack", "hub", "secret"),
    [("workshop", "workshop", True), ("campus", "campus", True), ("exam", "exam", False)],
)
def test_a_release_waits_for_the_claim_and_for_a_secret_where_there_is_one(
    stack: str, hub: str, *, secret: bool, requests: Requests
) -> None:
    release = requests(stack, "event")[f"kubernetes:helm.sh/v3:Release {hub}"]

    found = {urn.rsplit("$", 1)[1].replace("::", " ") for urn in release.dependencies}
    claim = {f"kubernetes:core/v1:PersistentVolumeClaim {hub}-home"}
    assert found == claim | ({f"kubernetes:core/v1:Secret {hub}-sign-in"} if secret else set())
