"""What a cloud is asked of its quotas, what the gate is told, and what is asked for."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from capacity.quotas.catalogue import find_quota
from capacity.quotas.need import need
from capacity.quotas.snapshot import Reading, Snapshot
from hubs.active import PlannedEvent
from hubs.deployment import deployment
from hubs.quota_check import AskedQuota, asked_quotas, told, wanted
from hubs.stack import Stack

Raw = dict[str, object]
Planned = tuple[Stack, tuple[PlannedEvent, ...]]
Build = Callable[[Raw, Raw, Sequence[Raw]], Planned]

NOW = datetime(2027, 1, 1, tzinfo=UTC)


def asked(planned: Planned) -> dict[str, tuple[str, dict[str, str]]]:
    """Return what is asked for: what the cloud calls it, and where."""
    stack, events = planned
    found = asked_quotas(deployment(stack, events, NOW))
    return {one.need.key: (one.quota.quota_id, dict(one.dimensions)) for one in found}


def test_google_cloud_is_asked_by_region_and_family(gke: Raw, hub: Raw, build: Build) -> None:
    here = {"region": "us-central1"}

    found = asked(build(gke, hub, []))

    assert {key: where for key, (_, where) in found.items()} == {
        key: here | ({"vm_family": key.partition("/")[2]} if "/" in key else {})
        for key in found
        if key != "CPUS_ALL_REGIONS"
    } | ({"CPUS_ALL_REGIONS": {}} if "CPUS_ALL_REGIONS" in found else {})
    assert all(quota_id for quota_id, _ in found.values())
    assert list(found) == sorted(found)


def test_aws_is_asked_by_code(eks: Raw, hub: Raw, event: Raw, build: Build) -> None:
    hub["pool"] = {"machineType": "m5.2xlarge", "maxNodes": 5}

    found = asked(build(eks, hub, [event]))

    # Standard vCPU, addresses, gp3, clusters, node groups, nodes of one, file systems.
    assert "L-1216C47A" in found
    assert {key: key for key in found} == {key: quota_id for key, (quota_id, _) in found.items()}
    # The addresses of pods are ours to give.
    assert "pod-addresses" not in found


def test_nobody_is_asked_for_own_nodes(existing: Raw, hub: Raw, build: Build) -> None:
    del hub["pool"]

    assert asked(build(existing, hub, [])) == {}


@pytest.fixture
def two() -> tuple[AskedQuota, ...]:
    """Two quotas, of one of which others use some."""
    return tuple(
        AskedQuota(need=need("eks", key, value, "nodes"), quota=quota, dimensions={}, others=others)
        for key, value, others in (("L-1216C47A", 100, 20), ("L-7A658B76", 3, 0))
        if (quota := find_quota("eks", key)) is not None
    )


def test_the_gate_is_told_needs_and_the_limits_that_are_known(
    two: tuple[AskedQuota, ...],
) -> None:
    assert told(two, {"L-1216C47A": 64}) == {
        "quotas": {
            "L-1216C47A": {
                "name": "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances",
                "unit": "vCPU",
                "need": 100,
                "others": 20,
                "limit": 64,
            },
            "L-7A658B76": {
                "name": "Storage for General Purpose SSD (gp3) volumes",
                "unit": "TiB",
                "need": 3,
                "others": 0,
                "limit": None,
            },
        }
    }


@pytest.mark.parametrize(
    ("limits", "asked_for"),
    [
        ({}, {}),
        # 20 of others, 100 and a fifth of it.
        ({"L-1216C47A": 64}, {"L-1216C47A": 140}),
        ({"L-1216C47A": 500}, {"L-1216C47A": 500}),
        ({"L-1216C47A": -1}, {}),
    ],
)
def test_more_is_asked_for_and_never_less(
    two: tuple[AskedQuota, ...], limits: dict[str, int], asked_for: dict[str, int]
) -> None:
    assert wanted(two, limits) == asked_for


def test_what_others_use_is_what_a_snapshot_says(eks: Raw, hub: Raw, build: Build) -> None:
    hub["pool"] = {"machineType": "m5.2xlarge", "maxNodes": 5}
    stack, events = build(eks, hub, [])
    snapshot = Snapshot(
        cloud="eks",
        region="us-west-2",
        account="",
        taken=NOW,
        origin="recorded",
        sample=False,
        readings={"L-1216C47A": Reading(limit=500, usage=48, own=8)},
    )

    found = asked_quotas(deployment(replace(stack, quotas=snapshot), events, NOW))

    assert {one.need.key: one.others for one in found if one.others} == {"L-1216C47A": 40}
