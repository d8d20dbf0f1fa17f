"""Hubs and monitoring have room: the last that is passed, the first that is refused."""

from collections.abc import Callable
from typing import Any

import pytest
from pulumi_policy import EnforcementLevel, StackValidationArgs, StackValidationPolicy
from pulumi_policy.proxy import UNKNOWN_STRING_VALUE

from capacity.quantities import GIB, MIB
from policies.core_fits import core_fits
from preview.resources import Registered

Resources = dict[str, Any]
Judge = Callable[[StackValidationPolicy, Resources], list[str]]
Change = Callable[[Resources, str, object], None]
Collect = Callable[[Resources], None]

CORE = {"hub.jupyter.org/node-purpose": "core", "readyroom/pool": "core"}
# Of n2-highmem-2, after what Google and our DaemonSets take: 11.89 GiB, 1.37 CPU, 83 slots.
MEMORY, MILLIS = 12_768_034_989, 1370
ROOM = "11.89 GiB, 1.37 CPU and 83 pod slots"


def _asks(memory: str, cpu: str) -> Resources:
    return {"resources": {"requests": {"memory": memory, "cpu": cpu}}}


def _core_pool(machine_type: str, most: int) -> Resources:
    return {
        "nodeConfig": {"machineType": machine_type, "labels": CORE},
        "autoscaling": {"totalMinNodeCount": 1, "totalMaxNodeCount": most},
        "maxPodsPerNode": 110,
    }


@pytest.fixture
def cored(gke: Resources) -> Resources:
    """A hub of 2 GiB and a Prometheus of 1 GiB, on a core node of n2-highmem-2."""
    gke["hub"]["event"] = None
    gke["release"]["values"]["hub"] = _asks("2Gi", "200m")
    gke["release prometheus"] = {
        "name": "prometheus",
        "namespace": "monitoring",
        "values": {"server": _asks("1Gi", "200m"), "kube-state-metrics": _asks("64Mi", "20m")},
    }
    gke["gke core"] = _core_pool("n2-highmem-2", 1)
    return gke


@pytest.fixture
def sold(existing: Resources, cored: Resources) -> Resources:
    """The same on two nodes that are there, as sold with 4 GiB and 2 CPUs."""
    amount = {"memory": 4 * GIB, "cpu": 2000, "pods": 110}
    existing["existing"]["nodes"] |= {"left": None, "sold": amount, "count": 2}
    return existing | {key: cored[key] for key in ("hub", "release", "release prometheus")}


def _large(memory: str, cpu: str, node: str, room: str, knob: str) -> list[str]:
    return [
        f"Core nodes: hub of course asks for {memory} and {cpu} CPU, and a node of {node} has "
        f"{room} for it; {knob}."
    ]


def test_what_has_room_is_passed_in_silence(cored: Resources, judge: Judge) -> None:
    assert judge(core_fits, cored) == []


def test_what_has_room_on_nodes_that_are_there_is_passed_in_silence(
    sold: Resources, judge: Judge
) -> None:
    assert judge(core_fits, sold) == []


@pytest.mark.parametrize(
    ("last", "first", "asked"),
    [
        ((str(MEMORY - GIB - 64 * MIB), "200m"), (str(MEMORY + 1), "200m"), ("11.89 GiB", "0.2")),
        (("2Gi", f"{MILLIS - 220}m"), ("2Gi", f"{MILLIS + 1}m"), ("2.00 GiB", "1.371")),
    ],
)
def test_a_pod_larger_than_a_core_node_is_refused(
    cored: Resources,
    last: tuple[str, str],
    first: tuple[str, str],
    asked: tuple[str, str],
    change: Change,
    judge: Judge,
) -> None:
    change(cored, "release.values.hub", _asks(*last))
    assert judge(core_fits, cored) == []

    change(cored, "release.values.hub", _asks(*first))
    bigger = "choose a bigger corePool.machineType"
    assert judge(core_fits, cored) == _large(*asked, "n2-highmem-2", ROOM, bigger)


@pytest.mark.parametrize(
    ("cpu", "nodes", "messages"),
    [
        (f"{MILLIS - 220}m", 1, []),
        (f"{MILLIS - 219}m", 2, []),
        (
            f"{MILLIS - 219}m",
            1,
            [
                "Core nodes: 4 pods of hubs and monitoring ask for 3.06 GiB and 1.371 CPU, which "
                f"is 2 nodes of n2-highmem-2 ({ROOM} each), and there are at most 1; raise "
                "corePool.maxNodes or choose a bigger corePool.machineType."
            ],
        ),
    ],
)
def test_more_than_the_most_core_nodes_hold_is_refused(
    cored: Resources, cpu: str, nodes: int, messages: list[str], change: Change, judge: Judge
) -> None:
    change(cored, "release.values.hub", _asks("2Gi", cpu))
    change(cored, "gke core.autoscaling.totalMaxNodeCount", nodes)

    assert judge(core_fits, cored) == messages


def test_a_core_group_of_eks_is_read_as_well(
    eks: Resources, cored: Resources, judge: Judge
) -> None:
    group = {"instanceTypes": ["t3.small"], "labels": CORE, "scalingConfig": {"maxSize": 3}}
    autoscaler = {
        "name": "cluster-autoscaler",
        "namespace": "kube-system",
        "values": _asks("512Mi", "100m"),
    }
    own = {key: cored[key] for key in ("hub", "release", "release prometheus")}
    found = own | {"eks": eks["eks"], "eks core": group, "release autoscaler": autoscaler}

    room = "986.1 MiB, 1.612 CPU and 4 pod slots"
    bigger = "choose a bigger corePool.machineType"
    assert judge(core_fits, found) == _large("2.00 GiB", "0.2", "t3.small", room, bigger)


def test_nodes_that_are_there_are_judged_by_their_number(
    sold: Resources, change: Change, judge: Judge
) -> None:
    change(sold, "release.values.hub", _asks("3Gi", "200m"))
    assert judge(core_fits, sold) == []

    change(sold, "existing.nodes.count", 1)
    room = "3.44 GiB, 1.901 CPU and 108 pod slots"
    assert judge(core_fits, sold) == [
        "Core nodes: 4 pods of hubs and monitoring ask for 4.06 GiB and 0.42 CPU, which is 2 "
        f"nodes of declared ({room} each), and there are at most 1; raise cluster.nodes.count or "
        "name bigger nodes."
    ]

    change(sold, "release.values.hub", _asks("4Gi", "200m"))
    assert judge(core_fits, sold) == _large(
        "4.00 GiB", "0.2", "declared", room, "name bigger nodes"
    )


def test_what_nodes_leave_to_users_says_nothing_of_the_rest(
    existing: Resources, sold: Resources, judge: Judge
) -> None:
    nodes = existing["existing"]["nodes"] | {"count": 1, "sold": None}
    sold["existing"]["nodes"] = nodes | {"left": {"memory": MIB, "cpu": 1, "pods": 1}}

    assert judge(core_fits, sold) == []


def test_of_nodes_that_are_no_users_nothing_is_known(
    sold: Resources, change: Change, judge: Judge
) -> None:
    change(sold, "release.values.hub", _asks("4Gi", "200m"))
    assert len(judge(core_fits, sold)) == 1

    change(sold, "existing.nodes.labels", {"pool": "users"})
    assert judge(core_fits, sold) == []


@pytest.mark.parametrize(
    ("path", "value", "what"),
    [
        ("gke core.nodeConfig.labels", UNKNOWN_STRING_VALUE, "nodeConfig.labels is not known yet"),
        ("release", ..., "release course in namespace course is missing"),
        ("release prometheus.values", UNKNOWN_STRING_VALUE, "values is not known yet"),
    ],
)
def test_what_cannot_be_read_is_refused(
    cored: Resources, path: str, value: object, what: str, change: Change, judge: Judge
) -> None:
    change(cored, path, value)

    assert judge(core_fits, cored) == [
        f"Core nodes: cannot be judged, {what}; make it plain in the program."
    ]


def test_without_any_node_nothing_is_judged() -> None:
    def unreachable(message: str, urn: str | None = None) -> None:
        raise AssertionError(message, urn)

    core_fits.validate(StackValidationArgs([]), unreachable)


def test_the_rule_is_mandatory() -> None:
    assert core_fits.enforcement_level is EnforcementLevel.MANDATORY


@pytest.mark.parametrize(
    "stack", ["campus", "datahub", "exam", "full-eks", "full-gke", "icesat2", "workshop"]
)
def test_shipped_stacks_have_room(
    stack: str, resources: Callable[[str, str], list[Registered]], judge: Judge
) -> None:
    found = {f"{it.type} {it.name}": it.inputs for it in resources(stack, "event")}

    assert judge(core_fits, found) == []
