"""What was read of quotas, beforehand or by the preview itself, and what was not."""

from collections.abc import Callable
from typing import Any

import pytest
from pulumi_policy import EnforcementLevel, StackValidationPolicy

from policies.quota import quota, quotas_read

Resources = dict[str, Any]
Judge = Callable[[StackValidationPolicy, Resources], list[str]]
Change = Callable[[Resources, str, object], None]

FREE = {"limit": -1, "others": 0}


def _unread(nodes: int) -> list[str]:
    return [
        f"Event intro: quotas were not read, so nobody knows whether {nodes} nodes may be had; "
        "run readyroom quota dev --live --save."
    ]


def test_without_a_snapshot_it_is_said_and_refuses_nothing(gke: Resources, judge: Judge) -> None:
    assert quotas_read.enforcement_level is EnforcementLevel.ADVISORY
    assert judge(quota, gke) == []
    assert judge(quotas_read, gke) == _unread(10)


@pytest.mark.parametrize(
    ("read", "told"),
    [
        (("N2_CPUS", "CPUS_ALL_REGIONS", "SSD_TOTAL_GB", "INSTANCES"), "INSTANCE_GROUPS"),
        (("CPUS_ALL_REGIONS", "SSD_TOTAL_GB", "INSTANCES", "INSTANCE_GROUPS"), "N2_CPUS"),
        ((), "N2_CPUS, CPUS_ALL_REGIONS, SSD_TOTAL_GB, INSTANCES, INSTANCE_GROUPS"),
    ],
)
def test_a_limit_that_is_missing_from_a_snapshot_is_named(
    read: tuple[str, ...], told: str, gke: Resources, judge: Judge, change: Change
) -> None:
    change(gke, "hub.quotas", dict.fromkeys(read, FREE))

    assert judge(quotas_read, gke) == [
        f"Event intro: no limit was read for {told}, so nobody knows whether 10 nodes may be had; "
        "see readyroom quota dev."
    ]


@pytest.mark.parametrize(
    ("read", "nodes"),
    [
        ((), ["N2_CPUS, CPUS_ALL_REGIONS, SSD_TOTAL_GB, INSTANCES, INSTANCE_GROUPS"]),
        (("N2_CPUS", "CPUS_ALL_REGIONS", "SSD_TOTAL_GB", "INSTANCES", "INSTANCE_GROUPS"), []),
    ],
)
def test_a_limit_of_filestore_that_is_missing_is_told_apart(
    read: tuple[str, ...], nodes: list[str], gke: Resources, judge: Judge, change: Change
) -> None:
    change(gke, "hub.quotas", dict.fromkeys(read, FREE))
    gke["filestore"] = {"tier": "ZONAL", "fileShares": {"name": "homes", "capacityGb": 3072}}

    assert judge(quotas_read, gke) == [
        *(
            f"Event intro: no limit was read for {keys}, so nobody knows whether 10 nodes may be "
            "had; see readyroom quota dev."
            for keys in nodes
        ),
        "Event intro: no limit was read for EnterpriseStorageGibPerRegion, so nobody knows "
        "whether 3072 GiB may be had (Filestore: homes 3072 GiB); see readyroom quota dev.",
    ]


def test_when_all_was_read_nothing_is_said(eks: Resources, judge: Judge, change: Change) -> None:
    codes = ("L-1216C47A", "L-7A658B76", "L-DF5E4CA3", "L-6D54EA21", "L-BD136A63")
    change(eks, "hub.quotas", dict.fromkeys(codes, FREE))

    assert judge(quotas_read, eks) == []


def test_without_a_snapshot_of_aws_it_is_said_too(eks: Resources, judge: Judge) -> None:
    assert judge(quotas_read, eks) == _unread(20)


def test_an_existing_cluster_has_no_quotas_here(existing: Resources, judge: Judge) -> None:
    assert judge(quotas_read, existing) == []
    assert judge(quota, existing) == []


def test_a_snapshot_on_an_existing_cluster_says_nothing(
    existing: Resources, judge: Judge, change: Change
) -> None:
    change(existing, "hub.quotas", {"N2_CPUS": {"limit": 0, "others": 0}})

    assert judge(quota, existing) == []


MISSING: Resources = {"limit": None, "others": 0}
SHORT = [
    "Event intro: all pools at their most nodes need 40 vCPU of N2_CPUS (course 10 x 4) beside 0 "
    "of others, and the quota is 39; ask for 48 or lower pool.maxNodes."
]


@pytest.mark.parametrize(
    ("recorded", "live", "messages"),
    [
        ({"N2_CPUS": {"limit": 40, "others": 0}}, {"N2_CPUS": {"limit": 39, "others": 0}}, SHORT),
        ({"N2_CPUS": {"limit": 39, "others": 0}}, {"N2_CPUS": {"limit": 40, "others": 0}}, []),
        ({"N2_CPUS": {"limit": 39, "others": 0}}, {"N2_CPUS": MISSING}, SHORT),
        ({"N2_CPUS": {"limit": 39, "others": 0}}, {"INSTANCES": FREE}, SHORT),
        (None, {"N2_CPUS": {"limit": 39, "others": 0}}, SHORT),
        (None, {"N2_CPUS": MISSING}, []),
    ],
)
def test_what_the_preview_read_takes_the_place_of_what_was_recorded(
    recorded: object,
    live: Resources,
    messages: list[str],
    gke: Resources,
    judge: Judge,
    change: Change,
) -> None:
    change(gke, "hub.quotas", recorded)
    gke["check"] = {"quotas": live}

    assert judge(quota, gke) == messages


@pytest.mark.parametrize("live", [{}, {"N2_CPUS": MISSING}])
def test_a_preview_without_an_answer_has_read_nothing(
    live: Resources, gke: Resources, judge: Judge
) -> None:
    gke["check"] = {"quotas": live}

    assert judge(quotas_read, gke) == _unread(10)


def test_a_limit_without_an_answer_is_named(gke: Resources, judge: Judge) -> None:
    answered = ("CPUS_ALL_REGIONS", "SSD_TOTAL_GB", "INSTANCES", "INSTANCE_GROUPS")
    gke["check"] = {"quotas": {**dict.fromkeys(answered, FREE), "N2_CPUS": MISSING}}

    assert judge(quotas_read, gke) == [
        "Event intro: no limit was read for N2_CPUS, so nobody knows whether 10 nodes may be had; "
        "see readyroom quota dev."
    ]
