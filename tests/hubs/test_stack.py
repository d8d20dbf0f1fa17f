"""A stack's parts together: its hubs, the secrets that they refer to, its nodes."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from pydantic import TypeAdapter

from hubs.active import PlannedEvent
from hubs.cluster import ClusterConfig
from hubs.hub import HubConfig
from hubs.mistakes import MistakesError
from hubs.stack import Stack, load_stack, secret_keys

Raw = dict[str, object]
Planned = tuple[Stack, tuple[PlannedEvent, ...]]
Build = Callable[[Raw, Raw, Sequence[Raw]], Planned]

CLUSTER: TypeAdapter[ClusterConfig] = TypeAdapter(ClusterConfig)
GITHUB = {
    "kind": "github",
    "clientId": "abc",
    "clientSecret": {"secret": "githubSecret"},
    "organizations": ["school"],
    "admins": ["teacher"],
}
ADDRESS = {"host": "hub.example.org", "contact": "teacher@example.org"}
ALLOWED = "allowed: cluster, hubs, events, replace, at, githubSecret"


def test_a_hub_is_found_by_its_name(shipped: dict[str, Planned]) -> None:
    stack, _ = shipped["datahub"]

    assert [stack.hub(name).name for name in ("stat20", "data8")] == ["stat20", "data8"]


def test_secrets_of_cluster_and_hubs_are_told_once(existing: Raw, hub: Raw) -> None:
    cluster = CLUSTER.validate_python(existing | {"kubeconfig": {"secret": "clusterSecret"}})
    one = HubConfig.model_validate(hub | {"signIn": GITHUB, "address": ADDRESS})

    assert secret_keys(cluster, [one, one]) == ["clusterSecret", "githubSecret"]
    assert secret_keys(None, [one]) == ["githubSecret"]
    assert secret_keys(None, [HubConfig.model_validate(hub)]) == []


@pytest.mark.parametrize(
    ("own", "secrets", "message"),
    [
        ({}, [], "githubSecret: is missing; pulumi config set --secret githubSecret"),
        (
            {"githubSecret": "abc"},
            [],
            "githubSecret: is not encrypted; pulumi config set --secret githubSecret",
        ),
        (
            {"githubSecret": "[secret]", "gitlabSecret": "[secret]"},
            ["githubSecret", "gitlabSecret"],
            f"gitlabSecret: unknown key; {ALLOWED}; nearest: githubSecret",
        ),
        (
            {"githubSecret": "[secret]", "at": "[secret]"},
            ["githubSecret", "at"],
            "at: holds a secret; give it a key of its own and refer to that",
        ),
    ],
    ids=["missing", "in plain text", "of nobody", "in a key of ours"],
)
def test_a_secret_is_a_key_that_a_file_refers_to(
    tmp_path: Path, gke: Raw, own: Raw, secrets: list[str], message: str
) -> None:
    (tmp_path / "lab.yaml").write_text(
        f"""
        name: lab
        image: {{name: quay.io/jupyter/base-notebook, tag: "2026-11-02", size: 1Gi}}
        signIn: {GITHUB}
        address: {ADDRESS}
        pool: {{machineType: n2-highmem-4, maxNodes: 5}}
        profiles: {{halvings: 2}}
        """,
        "utf-8",
    )

    with pytest.raises(MistakesError) as caught:
        load_stack(
            "small",
            {"cluster": gke, "hubs": ["lab"]} | own,
            tmp_path,
            secrets=frozenset(secrets),
        )

    assert str(caught.value) == message


def test_an_unknown_key_is_not_told_while_a_hub_that_may_refer_to_it_is_unread(
    tmp_path: Path, existing: Raw
) -> None:
    (tmp_path / "lap.yaml").touch()
    own = {"cluster": existing, "hubs": ["lab"], "events": [], "githubSecret": "[secret]"}

    with pytest.raises(MistakesError) as caught:
        load_stack("small", own, tmp_path, secrets=frozenset({"githubSecret"}))

    assert str(caught.value) == "hubs[0]: no file hubs/lab.yaml; allowed: lap; nearest: lap"


def test_mistakes_of_every_event_are_told_together(
    build: Build, existing: Raw, hub: Raw, event: Raw
) -> None:
    del hub["pool"]
    big = {"memory": "20Gi", "cpu": 1}

    with pytest.raises(MistakesError) as caught:
        build(existing, hub, [event | {"seat": big}, event | {"name": "again", "seat": big}])

    assert [mistake.where for mistake in caught.value.mistakes] == [
        "events[0].seat",
        "events[1].seat",
    ]


def test_a_program_that_gets_its_config_alone_tells_what_stands_beside_it(
    tmp_path: Path, existing: Raw
) -> None:
    (tmp_path / "hubs").mkdir()
    (tmp_path / "Pulumi.small.yaml").write_text("config: {}\nevents: []\n", "utf-8")
    own: Raw = {"cluster": existing, "hubs": ["lab"]}

    with pytest.raises(MistakesError) as caught:
        load_stack("small", own, tmp_path / "hubs")

    assert str(caught.value).splitlines() == [
        "Pulumi.small.yaml: events: belongs under config, as readyroom:events",
        "hubs[0]: no file hubs/lab.yaml; allowed: ",
    ]


def test_where_nothing_is_made_a_secret_may_be_missing(
    tmp_path: Path, existing: Raw, hub: Raw
) -> None:
    del hub["pool"]
    (tmp_path / "lab.yaml").write_text(yaml.safe_dump(hub), "utf-8")
    own: Raw = {"cluster": existing | {"kubeconfig": {"secret": "lab"}}, "hubs": ["lab"]}

    found = load_stack("small", own, tmp_path, stand_in=True)
    assert found.missing == ("lab",)
    whole = load_stack(
        "small", own | {"lab": "[secret]"}, tmp_path, secrets=frozenset({"lab"}), stand_in=True
    )
    assert whole == replace(found, missing=())
    with pytest.raises(MistakesError) as caught:
        load_stack("small", own, tmp_path)
    assert str(caught.value) == "lab: is missing; pulumi config set --secret lab"
