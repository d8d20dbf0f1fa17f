"""In an exam every container of a user pod has equal requests and limits."""

from collections.abc import Callable
from typing import Any

import pytest
from pulumi_policy import StackValidationPolicy

from policies.guaranteed_qos import guaranteed_qos

Resources = dict[str, Any]
Judge = Callable[[StackValidationPolicy, Resources], list[str]]
Change = Callable[[Resources, str, object], None]

SINGLE = "release.values.singleuser"
OVERRIDE = f"{SINGLE}.profileList.*.kubespawner_override"


def _container(name: str, resource: str, request: object, limit: object) -> str:
    return (
        f"Event intro: container {name!r} has {resource} request {request} and limit {limit}, "
        "so no user pod is Guaranteed; give it equal CPU and memory requests and limits."
    )


def _size(resource: str, guarantee: int, limit: int, unit: str) -> str:
    return (
        f"Event intro: size 'intro' has {resource} guarantee {guarantee} and limit {limit} "
        f"{unit}, so its pods are not Guaranteed; set both to the seat."
    )


@pytest.mark.parametrize(
    ("field", "default", "messages"),
    [
        # The chart guarantees 1G, which is 2^30 bytes to KubeSpawner, where nothing is set.
        (
            "mem_guarantee",
            "memory.guarantee",
            [_size("memory", 1073741824, 4294967296, "bytes")],
        ),
        ("mem_limit", "memory.limit", [_size("memory", 4294967296, 0, "bytes")]),
        # A limit is copied into a missing request, so the pod is Guaranteed all the same.
        ("cpu_guarantee", "cpu.guarantee", []),
        ("cpu_limit", "cpu.limit", [_size("CPU", 500, 0, "millicpu")]),
    ],
)
def test_a_seat_without_one_of_its_four_fields(
    field: str,
    default: str,
    messages: list[str],
    exam: Resources,
    judge: Judge,
    change: Change,
) -> None:
    change(exam, f"{OVERRIDE}.{field}", ...)
    change(exam, f"{SINGLE}.{default}", ...)

    assert judge(guaranteed_qos, exam) == messages


def test_a_field_left_out_of_a_profile_falls_back_to_the_hubs_default(
    exam: Resources, judge: Judge, change: Change
) -> None:
    change(exam, f"{OVERRIDE}.mem_limit", ...)
    change(exam, f"{SINGLE}.memory.limit", 4294967297)

    assert judge(guaranteed_qos, exam) == [_size("memory", 4294967296, 4294967297, "bytes")]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("mem_limit", 4294967297, _size("memory", 4294967296, 4294967297, "bytes")),
        ("mem_limit", 4294967295, _size("memory", 4294967296, 4294967295, "bytes")),
        ("cpu_limit", 0.501, _size("CPU", 500, 501, "millicpu")),
        ("cpu_guarantee", 0.499, _size("CPU", 499, 500, "millicpu")),
        ("cpu_limit", 0, _size("CPU", 500, 0, "millicpu")),
        ("mem_limit", None, _size("memory", 4294967296, 0, "bytes")),
    ],
)
def test_the_first_value_that_is_not_equal_is_refused(
    field: str, value: float | None, message: str, exam: Resources, judge: Judge, change: Change
) -> None:
    change(exam, f"{OVERRIDE}.{field}", value)

    assert judge(guaranteed_qos, exam) == [message]


@pytest.mark.parametrize("path", ["networkTools.resources", "networkTools"])
def test_the_charts_own_init_container_without_resources_is_refused(
    path: str, exam: Resources, judge: Judge, change: Change
) -> None:
    # zero-to-jupyterhub-k8s#2428: block-cloud-metadata has no resources by default.
    change(exam, f"{SINGLE}.{path}", ...)

    assert judge(guaranteed_qos, exam) == [
        _container("block-cloud-metadata", "cpu", 0, 0),
        _container("block-cloud-metadata", "memory", 0, 0),
    ]


def test_without_the_charts_own_init_container_its_resources_do_not_matter(
    exam: Resources, judge: Judge, change: Change
) -> None:
    change(exam, f"{SINGLE}.networkTools", ...)
    change(exam, f"{SINGLE}.cloudMetadata", {"blockWithIptables": False})

    assert judge(guaranteed_qos, exam) == []


def test_an_init_container_without_resources_is_refused(
    exam: Resources, judge: Judge, change: Change
) -> None:
    change(exam, f"{SINGLE}.initContainers.0.resources", ...)

    assert judge(guaranteed_qos, exam) == [
        _container("home-owner", "cpu", 0, 0),
        _container("home-owner", "memory", 0, 0),
    ]


def test_init_containers_by_name_are_judged_too(
    exam: Resources, judge: Judge, change: Change
) -> None:
    small = {"cpu": "10m", "memory": "16Mi"}
    unequal = {"requests": small, "limits": {"cpu": "10m", "memory": "17Mi"}}
    change(exam, f"{SINGLE}.initContainers", {"one": {"name": "one", "resources": unequal}})

    assert judge(guaranteed_qos, exam) == [_container("one", "memory", "16Mi", "17Mi")]


@pytest.mark.parametrize(
    ("resources", "messages"),
    [
        ({"limits": {"cpu": 1, "memory": "1Gi"}}, []),
        (
            {"limits": {"cpu": 1, "memory": "1Gi"}, "requests": {"cpu": "1000m", "memory": "1Gi"}},
            [],
        ),
        (
            {"limits": {"cpu": 1, "memory": "1Gi"}, "requests": {"cpu": "999m"}},
            [_container("sidecar", "cpu", "999m", "1")],
        ),
        (
            {"requests": {"cpu": 1, "memory": "1Gi"}},
            [
                _container("sidecar", "cpu", "1", 0),
                _container("sidecar", "memory", "1Gi", 0),
            ],
        ),
        (
            {"limits": {"cpu": 1, "memory": "1Gb"}, "requests": {"cpu": 1, "memory": "1Gb"}},
            [_container("sidecar", "memory", "1Gb", "1Gb")],
        ),
    ],
)
def test_an_extra_container_needs_equal_requests_and_limits_too(
    resources: Resources, messages: list[str], exam: Resources, judge: Judge, change: Change
) -> None:
    sidecar = {"name": "sidecar", "image": "one:1", "resources": resources}
    change(exam, f"{SINGLE}.extraContainers", [sidecar])

    assert judge(guaranteed_qos, exam) == messages


def test_a_container_without_a_name_is_named_after_its_list(
    exam: Resources, judge: Judge, change: Change
) -> None:
    change(exam, f"{SINGLE}.extraContainers", [{"resources": {"limits": {"cpu": 1}}}])

    assert judge(guaranteed_qos, exam) == [_container("extraContainers", "memory", 0, 0)]


@pytest.mark.parametrize("kind", ["workshop", "class"])
def test_what_is_not_an_exam_may_burst(
    kind: str, exam: Resources, judge: Judge, change: Change
) -> None:
    change(exam, "hub.event.kind", kind)
    change(exam, f"{OVERRIDE}.cpu_limit", 4)
    change(exam, f"{SINGLE}.networkTools", ...)

    assert judge(guaranteed_qos, exam) == []
