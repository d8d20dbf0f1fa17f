"""Events that are on at the same time share the homes of their cluster."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from pulumi_policy import StackValidationArgs

from policies.storage_throughput import storage_throughput

Resources = dict[str, Any]
Change = Callable[[Resources, str, object], None]

GIB = 1 << 30


def _facts(**changed: int) -> Resources:
    """Return 2i2c#8815, 140 users reading 7 GB and writing 1 GB, within ten minutes."""
    moved = {"sharedRead": 7 * GIB, "homeWrite": GIB, "scratch": 0, "image": 3 * GIB}
    return moved | {"arrive": 600, "within": 600} | changed


@pytest.fixture
def on_filestore(gke: Resources) -> Resources:
    """The story of 2i2c#8815 on the default Filestore."""
    gke["hub"]["event"] |= {"users": 140, "storage": _facts()}
    gke["filestore"] = {
        "tier": "BASIC_HDD",
        "fileShares": {"name": "homes", "capacityGb": 1024},
    }
    return gke


def _beside(resources: Resources, storage: Resources | None) -> Resources:
    """Return an event on another hub, at the same time and on the same storage."""
    hub, release = deepcopy(resources["hub"]), deepcopy(resources["release"])
    hub["release"] = "lecture"
    hub["event"] |= {"name": "lecture", "storage": storage}
    release |= {"name": "lecture", "namespace": "lecture"}
    return resources | {"hub lecture": hub, "release lecture": release}


def _judge_all(resources: Resources, collect: Callable[[Resources], None]) -> list[str]:
    collect(resources)
    found: list[str] = []

    def report(message: str, urn: str | None = None) -> None:
        assert urn
        found.append(message)

    storage_throughput.validate(StackValidationArgs([]), report)
    return found


def test_an_event_beside_that_moves_nothing_changes_nothing(
    on_filestore: Resources, change: Change, collect: Callable[[Resources], None]
) -> None:
    change(on_filestore, "hub.event.users", 8)

    assert _judge_all(_beside(on_filestore, None), collect) == []


def test_events_at_the_same_time_share_the_homes(
    on_filestore: Resources, change: Change, collect: Callable[[Resources], None]
) -> None:
    change(on_filestore, "hub.event.users", 8)

    # 8 x 7 GiB and 8 x 1 GiB in ten minutes.
    told = (
        "which wants 109.3 MiB/s of read throughput, and Filestore BASIC_HDD of 1024 GiB has "
        "100.0 MiB/s and takes at least 10m56s; set cluster.homes to {tier: BASIC_HDD, capacity: "
        "10241Gi} ($2048.20 a month instead of $204.80), or copy homes to another instance with "
        "cluster.homes {tier: ZONAL, capacity: 1024Gi} ($266.24 a month instead of $204.80), or "
        "lower storage.sharedReadPerUser or storage.homeWritePerUser."
    )
    assert _judge_all(_beside(on_filestore, _facts(sharedRead=GIB)), collect) == [
        "Event intro: 8 users read 7.00 GiB and write 1.00 GiB each within 10m beside event "
        f"lecture, {told}",
        "Event lecture: 8 users read 1.00 GiB and write 1.00 GiB each within 10m beside event "
        f"intro, {told}",
    ]
