"""Limits equal guarantees while an event is on."""

from collections.abc import Callable
from typing import Any

import pytest
from pulumi_policy import StackValidationPolicy

from policies.no_oversubscription import no_oversubscription

Resources = dict[str, Any]
Judge = Callable[[StackValidationPolicy, Resources], list[str]]
Change = Callable[[Resources, str, object], None]

SINGLE = "release.values.singleuser"
OVERRIDE = f"{SINGLE}.profileList.*.kubespawner_override"
SEAT = 4294967296


@pytest.mark.parametrize("limit", [SEAT, SEAT - 1, "4G", "4096M"])
def test_a_memory_limit_up_to_the_guarantee_is_passed(
    limit: int | str, gke: Resources, judge: Judge, change: Change
) -> None:
    # "4G" is 4 GiB to KubeSpawner. Source: jupyterhub/traitlets.py, ByteSpecification.
    change(gke, f"{OVERRIDE}.mem_limit", limit)

    assert judge(no_oversubscription, gke) == []


def test_a_memory_limit_of_one_byte_more_is_refused(
    gke: Resources, judge: Judge, change: Change
) -> None:
    change(gke, f"{OVERRIDE}.mem_limit", SEAT + 1)

    assert judge(no_oversubscription, gke) == [
        (
            "Event intro: size 'intro' may use 4.00 GiB (4294967297 bytes) and is guaranteed "
            "4.00 GiB (4294967296 bytes); leave out seat.memoryLimit or raise seat.memory."
        )
    ]


def test_no_memory_limit_is_refused(gke: Resources, judge: Judge, change: Change) -> None:
    change(gke, f"{OVERRIDE}.mem_limit", None)

    assert judge(no_oversubscription, gke) == [
        (
            "Event intro: size 'intro' is guaranteed 4.00 GiB and has no memory limit; set memory "
            "limit = guarantee."
        )
    ]


@pytest.mark.parametrize("limit", [0.5, 0.499, 0.4])
def test_a_cpu_limit_up_to_the_guarantee_is_passed(
    limit: float, gke: Resources, judge: Judge, change: Change
) -> None:
    change(gke, f"{OVERRIDE}.cpu_limit", limit)

    assert judge(no_oversubscription, gke) == []


def test_a_cpu_limit_of_a_thousandth_of_a_core_more_is_refused(
    gke: Resources, judge: Judge, change: Change
) -> None:
    change(gke, f"{OVERRIDE}.cpu_limit", 0.501)

    assert judge(no_oversubscription, gke) == [
        (
            "Event intro: size 'intro' may use 0.501 CPU and is guaranteed 0.5; leave out "
            "seat.cpuLimit or raise seat.cpu."
        )
    ]


def test_memory_and_cpu_are_reported_together(gke: Resources, judge: Judge, change: Change) -> None:
    change(gke, f"{OVERRIDE}.mem_limit", 2 * SEAT)
    change(gke, f"{OVERRIDE}.cpu_limit", 4)

    assert judge(no_oversubscription, gke) == [
        (
            "Event intro: size 'intro' may use 8.00 GiB (8589934592 bytes) and is guaranteed "
            "4.00 GiB (4294967296 bytes); leave out seat.memoryLimit or raise seat.memory."
        ),
        (
            "Event intro: size 'intro' may use 4 CPU and is guaranteed 0.5; leave out "
            "seat.cpuLimit or raise seat.cpu."
        ),
    ]


def test_limits_without_guarantees_count_as_guarantees(
    gke: Resources, judge: Judge, change: Change
) -> None:
    # The API server copies a limit into a missing request.
    change(gke, f"{OVERRIDE}.mem_guarantee", None)
    change(gke, f"{OVERRIDE}.cpu_guarantee", None)

    assert judge(no_oversubscription, gke) == []


def test_every_size_on_offer_is_judged_by_its_own_name(
    gke: Resources, judge: Judge, change: Change
) -> None:
    good = {"display_name": "small"}
    bad = {"display_name": "large", "kubespawner_override": {"mem_limit": 3 * SEAT}}
    change(gke, f"{SINGLE}.profileList", [good, bad])

    assert judge(no_oversubscription, gke) == [
        (
            "Event intro: size 'large' may use 12.00 GiB (12884901888 bytes) and is guaranteed "
            "4.00 GiB (4294967296 bytes); leave out seat.memoryLimit or raise seat.memory."
        )
    ]


def test_a_size_without_any_memory_is_refused_as_unreadable(
    gke: Resources, judge: Judge, change: Change
) -> None:
    change(gke, f"{OVERRIDE}.mem_guarantee", None)
    change(gke, f"{OVERRIDE}.mem_limit", None)

    assert judge(no_oversubscription, gke) == [
        (
            "Event intro: cannot be judged, size 'intro' guarantees no memory; make it plain in "
            "the program."
        )
    ]


@pytest.mark.parametrize("limit", [None, 0])
def test_no_limit_is_no_limit_to_what_a_server_may_use(
    limit: int | None, gke: Resources, judge: Judge, change: Change
) -> None:
    change(gke, f"{OVERRIDE}.mem_limit", limit)
    change(gke, f"{OVERRIDE}.cpu_limit", limit)

    assert judge(no_oversubscription, gke) == [
        (
            "Event intro: size 'intro' is guaranteed 4.00 GiB and has no memory limit; set memory "
            "limit = guarantee."
        ),
        (
            "Event intro: size 'intro' is guaranteed 0.5 CPU and has no CPU limit; set CPU limit "
            "= guarantee."
        ),
    ]
