"""The services of Google Cloud that people switch on by hand are those that a stack uses."""

import re
from pathlib import Path

import pytest

from hubs.gke import GkeConfig
from hubs.services import services
from tests.cloud_pages import Raw, hub_of, lines, loaded, rows, stack_of, table, with_options

IMAGE = {"tag": "2026-11-02", "size": "4Gi"}
# What the table of services says, as a stack file and a hub file say it.
SERVICES_WITH: dict[str, tuple[Raw, Raw]] = {
    "homes or fast storage on `ZONAL` or `REGIONAL`, unless `backups` is false": (
        {"homes": {"tier": "REGIONAL", "capacity": "1Ti"}},
        {},
    ),
    "images in Artifact Registry of the same project": (
        {},
        {"image": IMAGE | {"name": "us-docker.pkg.dev/my-project/images/school"}},
    ),
    "imageStreaming": (
        {},
        {
            "pool": {"machineType": "n2-highmem-4", "maxNodes": 10, "imageStreaming": True},
            "image": IMAGE | {"name": "us-docker.pkg.dev/of-others/images/school"},
        },
    ),
    "buckets": ({}, {"buckets": [{"name": "example-school-scratch"}]}),
    "database": ({"database": {}}, {}),
    "githubActions": ({"githubActions": {"repository": "example-org/hubs"}}, {}),
    "quotaCheck": ({"quotaCheck": {"live": True}}, {}),
    "budget": (
        {
            "budget": {
                "monthly": 100,
                "emails": ["finance@example.edu"],
                "billingAccount": "0A1B2C-3D4E5F-60718A",
            }
        },
        {},
    ),
}


def services_of(own: Raw, hubs: list[Raw], folder: Path) -> set[str]:
    """Return what the program switches on for a stack."""
    stack = loaded(own, hubs, folder)
    assert isinstance(stack.cluster, GkeConfig)
    return {f"{name}.googleapis.com" for name in services(stack.cluster, stack.hubs)}


def switched_on() -> set[str]:
    """Return what the page has people switch on for every stack."""
    [line] = lines("gke", "console", "$ gcloud services enable")
    names, _ = line.removeprefix("gcloud services enable ").split(" --project ")
    return set(names.split())


def services_with(row: list[str]) -> set[str]:
    return set(re.findall(r"`([a-z.]+)`", row[1]))


def test_the_services_of_every_stack_are_switched_on_by_hand_with_that_of_the_key(
    tmp_path: Path,
) -> None:
    own = stack_of("gke")
    needed = services_of(own, [hub_of("gke", "school")], tmp_path)
    assert switched_on() == needed | {"cloudkms.googleapis.com", "serviceusage.googleapis.com"}


@pytest.mark.parametrize("row", table("gke", "with"), ids=lambda row: row[0])
def test_an_option_brings_the_services_that_are_told(row: list[str], tmp_path: Path) -> None:
    own, hub = stack_of("gke"), hub_of("gke", "school")
    of_cluster, of_hub = SERVICES_WITH[row[0].strip("`")]
    changed = own | {"cluster": own["cluster"] | of_cluster}
    more = services_of(changed, [hub | of_hub], tmp_path) - services_of(own, [hub], tmp_path)
    assert services_with(row) == more


def test_no_option_brings_a_service_that_is_not_told(tmp_path: Path) -> None:
    told = switched_on().union(*(services_with(row) for row in table("gke", "with")))
    assert services_of(*with_options("gke"), tmp_path) - told == set()
    assert rows("gke", "with") == [*SERVICES_WITH]
