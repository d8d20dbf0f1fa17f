"""The directories that users see, in pods that the real KubeSpawner makes of our values."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from contexts import GIVES_AWAY

from hubs.cluster_parts import Provider
from hubs.hub import HubConfig
from hubs.values_storage import INIT_RESOURCES, extra_config, fast_override, shared_hook, storage
from tests.hubs.pods import kubeconfig, person, user_pod

Raw = dict[str, Any]

PROVIDERS: tuple[Provider, ...] = ("gke", "eks", "existing")
IMAGE = "quay.io/jupyter/base-notebook:2026-11-02"
DIGEST = f"sha256:{'0123456789abcdef' * 4}"
FAST: Raw = {"name": "large", "machineType": "n2-standard-8", "maxNodes": 2, "storage": "fast"}
GITHUB: Raw = {
    "kind": "github",
    "clientId": "id",
    "clientSecret": {"secret": "key"},
    "organizations": ["school"],
    "admins": ["boss"],
}
SHARED: Raw = {"leads": ["Lead", "backup"], "groups": ["School:Teachers"]}

HOME: Raw = {"mountPath": "/home/jovyan", "name": "home", "subPath": "lab/ann"}
WRITE: Raw = {"mountPath": "/home/jovyan/shared-write", "name": "home", "subPath": "lab/_shared"}
READ: Raw = WRITE | {"mountPath": "/home/jovyan/shared", "readOnly": True}
ON_EKS: Raw = {"mountPath": "/home/jovyan", "name": "home", "subPath": "ann"}
READ_ON_EKS: Raw = {"mountPath": "/home/jovyan/shared", "name": "shared-read", "readOnly": True}
WRITE_ON_EKS: Raw = {"mountPath": "/home/jovyan/shared-write", "name": "shared-write"}
BLOCK = "block-cloud-metadata"


@pytest.fixture(autouse=True)
def _somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUBECONFIG", str(kubeconfig(tmp_path / "kubeconfig.yaml")))


def parsed(hub: Raw, **changed: object) -> HubConfig:
    """Return the config of a hub file with some keys of another value."""
    return HubConfig.model_validate(hub | changed)


def claimed(name: str, claim: str, **more: object) -> Raw:
    """Return a volume of a claim."""
    return {"name": name, "persistentVolumeClaim": {"claimName": claim} | more}


@pytest.fixture
def spec(hub: Raw) -> Callable[..., Raw]:
    """Return the spec of the pod of a user of a hub file with some keys changed."""

    def found(
        provider: Provider, user: SimpleNamespace, option: str | None = None, **changed: object
    ) -> Raw:
        config = parsed(hub, **changed)
        profiles: list[Raw] = [{"display_name": "Usual", "slug": "usual", "default": True}]
        if option:
            override = fast_override(config)
            profiles.append(
                {"display_name": option, "slug": option, "kubespawner_override": override}
            )
        single = storage(provider, config) | {
            "networkTools": {"resources": INIT_RESOURCES},
            "profileList": profiles,
        }
        chosen: Raw = {"profile": option} if option else {}
        return user_pod(single, extra_config(provider, config), user, **chosen)["spec"]

    return found


def mounts(spec: Raw) -> list[Raw]:
    """Return what the user's own container mounts."""
    [container] = spec["containers"]
    return container["volumeMounts"]


@pytest.mark.parametrize(("provider", "home"), [("gke", HOME), ("eks", ON_EKS), ("existing", HOME)])
def test_a_user_has_a_home(provider: Provider, home: Raw, spec: Callable[..., Raw]) -> None:
    found = spec(provider, person("ann"))

    assert mounts(found) == [home]
    assert found["volumes"] == [claimed("home", "home")]


@pytest.mark.parametrize("name", ["_shared", "../other", "a/b", "Ünal"])
def test_no_name_of_a_user_leads_out_of_the_hubs_homes(name: str, spec: Callable[..., Raw]) -> None:
    [home] = mounts(spec("gke", person(name)))

    assert home["subPath"].startswith("lab/")
    assert "/" not in home["subPath"].removeprefix("lab/")
    assert home["subPath"] != "lab/_shared"


def owner(command: list[str], *mounted: Raw) -> Raw:
    """Return the init container that gives new directories to their user."""
    return {
        "name": "home-owner",
        "image": IMAGE,
        "command": command,
        "securityContext": GIVES_AWAY,
        "resources": INIT_RESOURCES,
        "volumeMounts": list(mounted),
    }


@pytest.mark.parametrize("provider", ["gke", "existing"])
def test_a_new_home_is_given_to_its_user(provider: Provider, spec: Callable[..., Raw]) -> None:
    own, block = spec(provider, person("ann"))["initContainers"]

    assert own == owner(["chown", "1000:1000", "/home/jovyan"], HOME)
    assert block["name"] == BLOCK


@pytest.mark.parametrize("provider", ["gke", "existing"])
def test_a_new_shared_directory_is_made_where_its_readers_do_not_see_it(
    provider: Provider, spec: Callable[..., Raw]
) -> None:
    own, _ = spec(provider, person("ann"), shared={})["initContainers"]

    command = "chown 1000:1000 /home/jovyan /shared && chmod g+w /shared"
    alone = {"mountPath": "/shared", "name": "home", "subPath": "lab/_shared"}
    assert own == owner(["sh", "-c", command], HOME, alone)


@pytest.mark.parametrize("changed", [{}, {"shared": {}}])
def test_an_access_point_gives_nothing_away(changed: Raw, spec: Callable[..., Raw]) -> None:
    [block] = spec("eks", person("ann"), **changed)["initContainers"]

    assert block["name"] == BLOCK


def test_init_containers_run_the_users_image_by_its_digest(hub: Raw) -> None:
    image = {"name": "quay.io/one", "digest": DIGEST, "size": "1Gi"}

    [found] = storage("gke", parsed(hub, image=image))["initContainers"]  # pyright: ignore[reportGeneralTypeIssues] - JSON

    assert found["image"] == f"quay.io/one@{DIGEST}"


def test_init_containers_have_equal_requests_and_limits() -> None:
    assert INIT_RESOURCES == {
        "requests": {"cpu": "50m", "memory": "64Mi"},
        "limits": {"cpu": "50m", "memory": "64Mi"},
    }


LEADS = [
    person("lead"),
    person("backup", "school:others"),
    person("ann", "school:others", "school:teachers"),
    person("boss", admin=True),
]
OTHERS = [person("ann"), person("ann", "school:others"), person("teachers", "teachers")]


def called(user: SimpleNamespace) -> str:
    """Return what tells a user from others in the name of a test."""
    return f"{user.name}-{len(user.groups)}"


def of(mount: Raw, user: SimpleNamespace) -> Raw:
    """Return a mount of another user's home."""
    return mount | {"subPath": mount["subPath"].replace("ann", user.name)}


@pytest.mark.parametrize("user", LEADS, ids=called)
@pytest.mark.parametrize(
    ("provider", "home", "shared", "volumes"),
    [
        ("gke", HOME, [READ, WRITE], []),
        ("existing", HOME, [READ, WRITE], []),
        (
            "eks",
            ON_EKS,
            [READ_ON_EKS, WRITE_ON_EKS],
            [
                claimed("shared-read", "shared-read", readOnly=True),
                claimed("shared-write", "shared-write"),
            ],
        ),
    ],
)
def test_leads_by_name_by_group_and_admins_read_and_write_the_shared_directory(
    provider: Provider,
    home: Raw,
    shared: list[Raw],
    volumes: list[Raw],
    user: SimpleNamespace,
    spec: Callable[..., Raw],
) -> None:
    found = spec(provider, user, signIn=GITHUB, shared=SHARED)

    assert mounts(found) == [of(home, user), *shared]
    assert found["volumes"] == [claimed("home", "home"), *volumes]


@pytest.mark.parametrize("user", OTHERS, ids=called)
@pytest.mark.parametrize(
    ("provider", "home", "shared", "volumes"),
    [
        ("gke", HOME, READ, []),
        ("existing", HOME, READ, []),
        ("eks", ON_EKS, READ_ON_EKS, [claimed("shared-read", "shared-read", readOnly=True)]),
    ],
)
def test_all_others_only_read_it(
    provider: Provider,
    home: Raw,
    shared: Raw,
    volumes: list[Raw],
    user: SimpleNamespace,
    spec: Callable[..., Raw],
) -> None:
    found = spec(provider, user, signIn=GITHUB, shared=SHARED)

    assert mounts(found) == [of(home, user), shared]
    assert found["volumes"] == [claimed("home", "home"), *volumes]


def test_without_a_shared_directory_an_admin_has_a_home_and_nothing_else(
    spec: Callable[..., Raw],
) -> None:
    assert mounts(spec("gke", person("ann", admin=True))) == [HOME]


FAST_MOUNT: Raw = {"mountPath": "/home/jovyan/fast", "name": "fast", "subPath": "lab/ann"}


@pytest.mark.parametrize(
    ("provider", "home", "owners"),
    [("gke", HOME, ["home-owner"]), ("eks", ON_EKS, [])],
)
def test_an_option_with_fast_storage_adds_to_what_everybody_has(
    provider: Provider, home: Raw, owners: list[str], spec: Callable[..., Raw]
) -> None:
    found = spec(provider, person("ann"), "large", options=[FAST])

    assert mounts(found) == [home, FAST_MOUNT]
    assert found["volumes"] == [claimed("fast", "fast"), claimed("home", "home")]
    assert [one["name"] for one in found["initContainers"]] == [BLOCK, "fast-owner", *owners]
    assert found["initContainers"][1] == {
        "name": "fast-owner",
        "image": IMAGE,
        "command": ["chown", "1000:1000", "/fast"],
        "securityContext": GIVES_AWAY,
        "resources": INIT_RESOURCES,
        "volumeMounts": [FAST_MOUNT | {"mountPath": "/fast"}],
    }


def test_a_lead_with_fast_storage_has_everything(spec: Callable[..., Raw]) -> None:
    found = spec("gke", person("boss", admin=True), "large", options=[FAST], shared={})

    assert mounts(found) == [
        HOME | {"subPath": "lab/boss"},
        FAST_MOUNT | {"subPath": "lab/boss"},
        READ,
        WRITE,
    ]


def test_without_that_option_nothing_of_it_is_mounted(spec: Callable[..., Raw]) -> None:
    found = spec("gke", person("ann"), options=[FAST])

    assert mounts(found) == [HOME]
    assert [one["name"] for one in found["initContainers"]] == [BLOCK, "home-owner"]


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize(
    ("changed", "keys"),
    [
        ({}, []),
        ({"options": [FAST | {"storage": "homes"}]}, []),
        ({"shared": {}}, ["20-shared"]),
        ({"options": [FAST]}, ["21-fast"]),
        ({"shared": {}, "options": [FAST]}, ["20-shared", "21-fast"]),
    ],
)
def test_the_hub_runs_only_what_its_storage_needs(
    provider: Provider, changed: Raw, keys: list[str], hub: Raw
) -> None:
    assert sorted(extra_config(provider, parsed(hub, **changed))) == keys


@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_order_of_leads_means_nothing(provider: Provider, hub: Raw) -> None:
    written, turned = ({"leads": leads} for leads in (["a", "b", "C"], ["C", "b", "a"]))

    first = shared_hook(provider, parsed(hub, shared=written))
    assert first == shared_hook(provider, parsed(hub, shared=turned))
    assert first is not None
