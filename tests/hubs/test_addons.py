"""Versions of EKS add-ons for each version of Kubernetes."""

import re
from typing import get_args

import pytest

from hubs.addons import AddonName, addon_versions, version_mistakes
from hubs.mistakes import Mistake


@pytest.mark.parametrize("kubernetes", ["1.35", "1.36"])
def test_every_addon_has_an_exact_build(kubernetes: str) -> None:
    found = addon_versions(kubernetes)

    assert set(found) == set(get_args(AddonName))
    written = {
        name: re.fullmatch(r"v\d+\.\d+\.\d+-eksbuild\.\d+", it) for name, it in found.items()
    }
    assert [name for name, match in written.items() if match is None] == []


@pytest.mark.parametrize("kubernetes", ["1.35", "1.36"])
def test_the_proxy_of_services_is_of_the_clusters_own_minor_version(kubernetes: str) -> None:
    assert addon_versions(kubernetes)["kube-proxy"].startswith(f"v{kubernetes}.")


@pytest.mark.parametrize("kubernetes", ["1.35", "1.36"])
def test_a_version_whose_addons_are_pinned_is_no_mistake(kubernetes: str) -> None:
    assert list(version_mistakes(kubernetes)) == []


@pytest.mark.parametrize(
    ("kubernetes", "message"),
    [
        (
            "1.37",
            "found '1.37', whose add-ons are not pinned; allowed: 1.35, 1.36; nearest: 1.36",
        ),
        ("latest", "found 'latest', whose add-ons are not pinned; allowed: 1.35, 1.36"),
    ],
)
def test_another_version_is_a_mistake(kubernetes: str, message: str) -> None:
    expected = Mistake("cluster.kubernetesVersion", message)

    assert list(version_mistakes(kubernetes)) == [expected]
    with pytest.raises(KeyError):
        addon_versions(kubernetes)
