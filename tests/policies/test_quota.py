"""All pools at their most nodes fit the quotas that were read; if none were, it is said."""

from collections.abc import Callable
from typing import Any

import pytest
from pulumi_policy import StackValidationPolicy

from policies.quota import quota

Resources = dict[str, Any]
Judge = Callable[[StackValidationPolicy, Resources], list[str]]
Change = Callable[[Resources, str, object], None]

FREE = {"limit": -1, "others": 0}


def _read(limit: int, others: int = 0) -> dict[str, int]:
    return {"limit": limit, "others": others}


def _short(need: str, because: str, others: int, limit: int, ask: int) -> str:
    return (
        f"Event intro: all pools at their most nodes need {need} ({because}) beside {others} of "
        f"others, and the quota is {limit}; ask for {ask} or lower pool.maxNodes."
    )


# GKE's default boot disk is 100 GB of pd-balanced, and a new project has 500 GB of SSD.
@pytest.mark.parametrize(
    ("nodes", "messages"),
    [
        (5, []),
        (6, [_short("600 GB of SSD_TOTAL_GB", "boot disks: course 6 x 100 GB", 0, 500, 720)]),
    ],
)
def test_a_new_google_project_refuses_the_sixth_node(
    nodes: int, messages: list[str], gke: Resources, judge: Judge, change: Change
) -> None:
    change(gke, "gke.autoscaling.totalMaxNodeCount", nodes)
    change(gke, "gke.nodeConfig.diskSizeGb", 100)
    change(gke, "gke.nodeConfig.diskType", "pd-balanced")
    change(gke, "hub.quotas", {"SSD_TOTAL_GB": _read(500), "CPUS_ALL_REGIONS": _read(32)})

    assert judge(quota, gke) == messages


@pytest.mark.parametrize(
    ("read", "messages"),
    [
        (_read(40), []),
        (_read(39), [_short("40 vCPU of N2_CPUS", "course 10 x 4", 0, 39, 48)]),
        (_read(50, 10), []),
        (_read(49, 10), [_short("40 vCPU of N2_CPUS", "course 10 x 4", 10, 49, 58)]),
        (FREE, []),
    ],
)
def test_what_others_use_comes_on_top(
    read: Resources, messages: list[str], gke: Resources, judge: Judge, change: Change
) -> None:
    change(gke, "hub.quotas", {"N2_CPUS": read})

    assert judge(quota, gke) == messages


@pytest.mark.parametrize(
    ("limit", "messages"),
    [
        (60, []),
        (
            59,
            [_short("60 vCPU of N2_CPUS", "course 10 x 4 + other 5 x 4", 0, 59, 72)],
        ),
    ],
)
def test_all_registered_pools_count_together(
    limit: int, messages: list[str], gke: Resources, judge: Judge, change: Change
) -> None:
    other = {"nodeConfig": {"machineType": "n2-highmem-4", "labels": {}}}
    gke["gke other"] = other | {"autoscaling": {"totalMaxNodeCount": 5}}
    change(gke, "hub.quotas", {"N2_CPUS": _read(limit)})

    assert judge(quota, {**gke, "gcp:container/nodePool:NodePool other": gke.pop("gke other")}) == (
        messages
    )


@pytest.mark.parametrize(
    ("changed", "key", "because"),
    [
        ({"spot": True}, "PREEMPTIBLE_CPUS", "40 vCPU of PREEMPTIBLE_CPUS (course 10 x 4)"),
        (
            {"guestAccelerators": [{"type": "nvidia-tesla-t4", "count": 2}]},
            "NVIDIA_T4_GPUS",
            "20 GPUs of NVIDIA_T4_GPUS (course 10 x 2)",
        ),
        ({}, "INSTANCE_GROUPS", "2 groups of INSTANCE_GROUPS (1 pools x 2 zones)"),
    ],
)
def test_spot_nodes_gpus_and_zones_are_read(
    changed: Resources, key: str, because: str, gke: Resources, judge: Judge, change: Change
) -> None:
    gke["gke"]["nodeConfig"] |= changed
    change(gke, "gke.nodeLocations", ["us-central1-a", "us-central1-b"])
    change(gke, "hub.quotas", {key: _read(0)})

    [message] = judge(quota, gke)
    assert f" need {because} beside 0 of others, and the quota is 0; " in message


STANDARD = "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances"
SPOT = "All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests"


@pytest.mark.parametrize(
    ("given", "messages"),
    [
        (("ON_DEMAND", "L-1216C47A", 160), []),
        (
            ("ON_DEMAND", "L-1216C47A", 159),
            [_short(f"160 vCPU of {STANDARD}", "course 20 x 8 vCPU", 0, 159, 200)],
        ),
        (
            ("SPOT", "L-34B43A08", 5),
            [_short(f"160 vCPU of {SPOT}", "course 20 x 8 vCPU", 0, 5, 200)],
        ),
        (("SPOT", "L-1216C47A", 5), []),
        (
            ("ON_DEMAND", "L-7A658B76", 0),
            [
                _short(
                    "1 TiB of Storage for General Purpose SSD (gp3) volumes",
                    "boot disks: course 20 x 20 GiB",
                    0,
                    0,
                    2,
                )
            ],
        ),
    ],
)
def test_node_groups_count_by_the_codes_of_aws(
    given: tuple[str, str, int], messages: list[str], eks: Resources, judge: Judge, change: Change
) -> None:
    capacity, code, limit = given
    change(eks, "eks.capacityType", capacity)
    change(eks, "hub.quotas", {code: _read(limit)})

    assert judge(quota, eks) == messages


@pytest.fixture
def with_files(gke: Resources) -> Resources:
    """Zonal homes and fast storage beside them, and pools whose quotas nobody read."""
    gke["hub"]["quotas"] = {}
    gke["filestore"] = {"tier": "ZONAL", "fileShares": {"name": "homes", "capacityGb": 3072}}
    gke["filestore fast"] = {"tier": "ZONAL", "fileShares": {"name": "fast", "capacityGb": 1024}}
    return gke


@pytest.mark.parametrize(
    ("read", "messages"),
    [
        (_read(4096), []),
        (_read(4196, 100), []),
        (FREE, []),
        (
            _read(4095),
            [
                "Event intro: homes and fast storage need 4096 GiB of "
                "EnterpriseStorageGibPerRegion (Filestore: homes 3072 + fast 1024 GiB) beside 0 of "
                "others, and the quota is 4095; ask for 4100 or lower the capacity of "
                "cluster.homes or cluster.fastStorage, or what users move (events.storage)."
            ],
        ),
    ],
)
def test_filestore_counts_as_registered(
    read: Resources, messages: list[str], with_files: Resources, judge: Judge, change: Change
) -> None:
    change(with_files, "hub.quotas", {"EnterpriseStorageGibPerRegion": read})

    assert judge(quota, with_files) == messages


def test_filestore_that_cannot_be_read_is_refused(
    with_files: Resources, judge: Judge, change: Change
) -> None:
    change(with_files, "filestore fast.tier", "ENTERPRISE")

    assert judge(quota, with_files) == [
        _refused("tier is 'ENTERPRISE', not one of BASIC_HDD, BASIC_SSD, ZONAL, REGIONAL")
    ]


@pytest.mark.parametrize(
    ("path", "value", "what"),
    [
        ("hub.quotas", "none", "quotas is 'none', not a mapping"),
        ("hub.quotas", {"N2_CPUS": {"others": 0}}, "limit is missing"),
        (
            "hub.quotas",
            {"N2_CPUS": {"limit": 1.5, "others": 0}},
            "limit is 1.5, not a whole number",
        ),
        ("gke.nodeConfig.diskType", "floppy", "no quota is known for disks of type floppy"),
    ],
)
def test_what_cannot_be_read_is_refused(
    path: str, value: object, what: str, gke: Resources, judge: Judge, change: Change
) -> None:
    change(gke, "hub.quotas", {})
    change(gke, path, value)

    assert judge(quota, gke) == [_refused(what)]


@pytest.mark.parametrize(
    ("types", "what"),
    [
        ([], "instanceTypes is [], not exactly one type"),
        ("m5", "instanceTypes is 'm5', not exactly one type"),
    ],
)
def test_a_node_group_of_no_type_is_refused(
    types: object, what: str, eks: Resources, judge: Judge, change: Change
) -> None:
    change(eks, "hub.quotas", {})
    change(eks, "eks.instanceTypes", types)

    assert judge(quota, eks) == [_refused(what)]


def test_a_machine_that_nobody_knows_is_refused(
    gke: Resources, judge: Judge, change: Change
) -> None:
    change(gke, "hub.quotas", {})
    change(gke, "gke.nodeConfig.machineType", "n2-highmen-4")

    [message] = judge(quota, gke)
    told = "Event intro: cannot be judged, machine type 'n2-highmen-4' is not in the catalogue; "
    assert message.startswith(told)


def _refused(what: str) -> str:
    return f"Event intro: cannot be judged, {what}; make it plain in the program."
