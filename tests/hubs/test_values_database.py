"""Where a hub keeps its list of users: a file on a volume, or PostgreSQL."""

from collections.abc import Callable
from typing import Any

import pytest

Raw = dict[str, Any]
ValuesAt = Callable[[Raw, Raw, Raw, str], Raw]

USUAL = "2027-01-01T00:00"
# The library's own names of what a URL says; the URL says none of it.
CONNECTION = ["PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGDATABASE"]


def from_secret(key: str) -> Raw:
    """Return a variable whose value is in the hub's Secret."""
    return {"valueFrom": {"secretKeyRef": {"name": "database", "key": key}}}


@pytest.fixture
def cloud(gke: Raw) -> Raw:
    """A cluster on GKE with a database instance."""
    return gke | {"database": {}}


def test_postgres_is_reached_by_what_a_secret_says_and_encrypted(
    cloud: Raw, hub: Raw, event: Raw, values_at: ValuesAt
) -> None:
    found = values_at(cloud, hub | {"database": "postgres"}, event, USUAL)["hub"]

    assert found["db"] == {"type": "postgres", "url": "postgresql+psycopg2://", "upgrade": True}
    told = {key: value for key, value in found["extraEnv"].items() if key.startswith("PG")}
    assert told == {**{key: from_secret(key) for key in CONNECTION}, "PGSSLMODE": "require"}


@pytest.mark.parametrize(
    ("more", "db"),
    [({}, None), ({"storageClass": "fast-disks"}, {"pvc": {"storageClassName": "fast-disks"}})],
)
def test_a_file_is_on_the_class_that_an_existing_cluster_names(
    more: Raw, db: Raw | None, existing: Raw, hub: Raw, event: Raw, values_at: ValuesAt
) -> None:
    del hub["pool"]

    found = values_at(existing | more, hub, event, USUAL)["hub"]

    assert found.get("db") == db
    assert not [key for key in found["extraEnv"] if key.startswith("PG")]


def test_a_file_is_on_an_encrypted_disk_of_eks(
    eks: Raw, hub: Raw, event: Raw, values_at: ValuesAt
) -> None:
    hub["pool"] = {"machineType": "m5.2xlarge", "maxNodes": 5}

    assert values_at(eks, hub, event, USUAL)["hub"]["db"] == {"pvc": {"storageClassName": "gp3"}}


def test_a_file_is_on_the_usual_disk_of_gke(
    cloud: Raw, hub: Raw, event: Raw, values_at: ValuesAt
) -> None:
    assert "db" not in values_at(cloud, hub, event, USUAL)["hub"]
