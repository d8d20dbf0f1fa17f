"""Pools and snapshots that the tests of this folder share."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from capacity.machines import Cloud
from capacity.quotas.footprint import PoolSize
from capacity.quotas.snapshot import Reading, Snapshot

TAKEN = datetime(2026, 11, 21, 13, tzinfo=UTC)


@pytest.fixture
def pool() -> Callable[..., PoolSize]:
    """Return a pool of n2-highmem-4 with some fields changed."""

    def made(**changed: Any) -> PoolSize:  # noqa: ANN401 - any field
        given: dict[str, Any] = {
            "name": "users",
            "machine_type": "n2-highmem-4",
            "vcpus": 4,
            "max_nodes": 5,
            "disk_gb": 100,
            "disk_type": "pd-balanced",
        }
        return PoolSize(**(given | changed))

    return made


@pytest.fixture
def snapshot() -> Callable[..., Snapshot]:
    """Return a snapshot of some readings."""

    def made(cloud: Cloud = "gke", **readings: Reading) -> Snapshot:
        return Snapshot(
            cloud=cloud,
            region="us-central1",
            account="my-project",
            taken=TAKEN,
            origin="recorded",
            sample=False,
            readings=readings,
        )

    return made
