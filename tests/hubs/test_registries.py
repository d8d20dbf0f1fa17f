"""Repositories of Artifact Registry that images come from."""

from collections.abc import Callable

import pytest

from hubs.hub import HubConfig
from hubs.registries import Repository, repositories

Raw = dict[str, object]
WithImages = Callable[..., list[HubConfig]]

SCHOOL = "us-central1-docker.pkg.dev/school/images/lab"
MINE = Repository("us-central1", "school", "images")


@pytest.fixture
def with_images(hub: Raw) -> WithImages:
    """Return hubs with these images, one each."""

    def built(*names: str) -> list[HubConfig]:
        image = {"tag": "2026-11-02", "size": "1Gi"}
        return [HubConfig.model_validate(hub | {"image": image | {"name": it}}) for it in names]

    return built


@pytest.mark.parametrize(
    ("image", "found"),
    [
        (SCHOOL, (MINE,)),
        ("europe-docker.pkg.dev/school/a/b/c/d", (Repository("europe", "school", "a"),)),
        ("us-central1-docker.pkg.dev/of-others/images/lab", ()),
        ("quay.io/jupyter/base-notebook", ()),
        ("gcr.io/school/lab", ()),
        ("us-central1-docker.pkg.dev.example.org/school/images/lab", ()),
        ("us-central1-docker.pkg.dev/school/images", ()),
    ],
)
def test_only_repositories_of_the_own_project_are_found(
    with_images: WithImages, image: str, found: tuple[Repository, ...]
) -> None:
    assert repositories(with_images(image), "school") == found


def test_without_a_project_in_the_file_every_repository_is_the_own(
    with_images: WithImages,
) -> None:
    assert repositories(with_images(SCHOOL), None) == (MINE,)


def test_a_repository_is_found_once_whatever_the_order_of_hubs(with_images: WithImages) -> None:
    hubs = with_images(SCHOOL, f"{SCHOOL}-again", "asia-docker.pkg.dev/school/z/lab")
    expected = (Repository("asia", "school", "z"), MINE)

    assert repositories(hubs, "school") == repositories(reversed(hubs), "school") == expected
