"""Which claims a hub's servers mount, and which part of them, by the provider."""

import pytest

from hubs.claims import Mount, claims, fast_mount, home_mount, shared_mounts
from hubs.cluster_parts import Provider
from hubs.hub import HubConfig

Raw = dict[str, object]

PROVIDERS: tuple[Provider, ...] = ("gke", "eks", "existing")
OPTION: Raw = {"name": "large", "machineType": "n2-standard-8", "maxNodes": 2}
HOMES, FAST = OPTION | {"storage": "homes"}, OPTION | {"name": "fast", "storage": "fast"}


def parsed(hub: Raw, **changed: object) -> HubConfig:
    """Return the config of a hub file with some keys of another value."""
    return HubConfig.model_validate(hub | changed)


@pytest.mark.parametrize(
    ("provider", "part"),
    [("gke", "lab/{username}"), ("eks", "{username}"), ("existing", "lab/{username}")],
)
def test_a_home_lies_below_its_hub_where_the_claim_does_not_begin_there(
    hub: Raw, provider: Provider, part: str
) -> None:
    expected = Mount(claim="home", sub_path=part, path="/home/jovyan")

    assert home_mount(provider, parsed(hub)) == expected


@pytest.mark.parametrize("provider", PROVIDERS)
def test_without_a_shared_directory_nothing_is_mounted_for_it(hub: Raw, provider: Provider) -> None:
    assert shared_mounts(provider, parsed(hub)) == ()


@pytest.mark.parametrize("provider", ["gke", "existing"])
def test_a_shared_directory_lies_beside_the_homes_of_its_hub(hub: Raw, provider: Provider) -> None:
    assert shared_mounts(provider, parsed(hub, shared={})) == (
        Mount(claim="home", sub_path="lab/_shared", path="/home/jovyan/shared", read_only=True),
        Mount(claim="home", sub_path="lab/_shared", path="/home/jovyan/shared-write"),
    )


def test_on_eks_a_shared_directory_has_one_way_to_read_it_and_another_to_write(hub: Raw) -> None:
    assert shared_mounts("eks", parsed(hub, shared={})) == (
        Mount(claim="shared-read", sub_path="", path="/home/jovyan/shared", read_only=True),
        Mount(claim="shared-write", sub_path="", path="/home/jovyan/shared-write"),
    )


def test_fast_storage_has_a_directory_for_each_user_of_each_hub(hub: Raw) -> None:
    expected = Mount(claim="fast", sub_path="lab/{username}", path="/home/jovyan/fast")

    assert fast_mount(parsed(hub)) == expected


@pytest.mark.parametrize("provider", PROVIDERS)
def test_all_but_scratch_is_within_the_home_that_the_image_has(
    hub: Raw, provider: Provider
) -> None:
    image = {"name": "docker.io/rocker/binder", "tag": "4.3", "size": "1Gi"}
    rocker = parsed(hub, image=image | {"home": "/home/rstudio"}, shared={})
    found = [home_mount(provider, rocker), *shared_mounts(provider, rocker), fast_mount(rocker)]

    assert [mount.path for mount in found] == [
        "/home/rstudio",
        "/home/rstudio/shared",
        "/home/rstudio/shared-write",
        "/home/rstudio/fast",
    ]


@pytest.mark.parametrize(
    ("provider", "changed", "expected"),
    [
        *((provider, {}, ("home",)) for provider in PROVIDERS),
        *((provider, {"options": [HOMES]}, ("home",)) for provider in PROVIDERS),
        ("gke", {"shared": {}}, ("home",)),
        ("existing", {"shared": {}}, ("home",)),
        ("eks", {"shared": {}}, ("home", "shared-read", "shared-write")),
        ("gke", {"options": [HOMES, FAST]}, ("home", "fast")),
        (
            "eks",
            {"shared": {}, "options": [HOMES, FAST]},
            ("home", "shared-read", "shared-write", "fast"),
        ),
    ],
)
def test_a_hub_has_the_claims_that_it_mounts(
    hub: Raw, provider: Provider, changed: Raw, expected: tuple[str, ...]
) -> None:
    assert claims(provider, parsed(hub, **changed)) == expected
