"""4 to 100 users share a node, fewer only where declared, within its pod slots."""

from collections.abc import Callable
from typing import Any

import pytest
from pulumi_policy import StackValidationPolicy

from policies.users_per_node import users_per_node

Resources = dict[str, Any]
Judge = Callable[[StackValidationPolicy, Resources], list[str]]
Change = Callable[[Resources, str, object], None]

OVERRIDE = "release.values.singleuser.profileList.*.kubespawner_override"
# What a node of n2-highmem-4 leaves to users.
MEMORY = 28310651944


def _few(seats: int, fewest: int) -> str:
    return (
        f"Event intro: n2-highmem-4 holds {seats} users and at least {fewest} are wanted; choose "
        "a bigger pool.machineType, or declare usersPerNode.min."
    )


@pytest.mark.parametrize(
    ("memory", "fewest", "messages"),
    [
        (MEMORY // 4, None, []),
        (MEMORY // 4 + 1, None, [_few(3, 4)]),
        (MEMORY // 4 + 1, 3, []),
        (MEMORY // 3 + 1, 3, [_few(2, 3)]),
        (MEMORY, 1, []),
        (MEMORY + 1, 1, [_few(0, 1)]),
        (MEMORY // 6, 6, []),
        (MEMORY // 6, 7, [_few(6, 7)]),
    ],
)
def test_the_fewest_users_of_a_node_are_4_or_as_declared(
    memory: int,
    fewest: int | None,
    messages: list[str],
    gke: Resources,
    judge: Judge,
    change: Change,
) -> None:
    change(gke, f"{OVERRIDE}.mem_guarantee", memory)
    change(gke, "hub.event.fewestPerNode", fewest)

    assert judge(users_per_node, gke) == messages


@pytest.mark.parametrize(
    ("seats", "messages"),
    [
        (100, []),
        (
            101,
            [
                (
                    "Event intro: n2-highmem-4 holds 101 users and at most 100 may share a node; "
                    "choose a smaller pool.machineType."
                )
            ],
        ),
    ],
)
def test_at_most_100_users_share_a_node(
    seats: int, messages: list[str], gke: Resources, judge: Judge, change: Change
) -> None:
    change(gke, "gke.maxPodsPerNode", 200)
    change(gke, f"{OVERRIDE}.mem_guarantee", MEMORY // seats)
    change(gke, f"{OVERRIDE}.cpu_guarantee", 0.01)

    assert judge(users_per_node, gke) == messages


@pytest.mark.parametrize(
    ("seats", "messages"),
    [
        (83, []),
        (
            84,
            [
                (
                    "Event intro: memory and CPU of n2-highmem-4 are for 84 users and its pod "
                    "slots for 83; choose a smaller pool.machineType."
                )
            ],
        ),
    ],
)
def test_a_node_has_pod_slots_for_all_that_its_memory_and_cpu_could_hold(
    seats: int, messages: list[str], gke: Resources, judge: Judge, change: Change
) -> None:
    # 2i2c-org/infrastructure#8956: nodes met the pod ceiling of their type at under 20 % CPU.
    change(gke, f"{OVERRIDE}.mem_guarantee", MEMORY // seats)
    change(gke, f"{OVERRIDE}.cpu_guarantee", 0.01)

    assert judge(users_per_node, gke) == messages


def test_too_few_seats_for_want_of_pod_slots_are_reported_as_both(
    gke: Resources, judge: Judge, change: Change
) -> None:
    change(gke, "gke.maxPodsPerNode", 30)

    assert judge(users_per_node, gke) == [
        _few(3, 4),
        (
            "Event intro: memory and CPU of n2-highmem-4 are for 6 users and its pod slots for 3; "
            "choose a smaller pool.machineType."
        ),
    ]


def test_fewer_pod_slots_than_system_pods_leave_none_to_users(
    gke: Resources, judge: Judge, change: Change
) -> None:
    change(gke, "gke.maxPodsPerNode", 8)

    assert judge(users_per_node, gke) == [
        _few(0, 4),
        (
            "Event intro: memory and CPU of n2-highmem-4 are for 6 users and its pod slots for 0; "
            "choose a smaller pool.machineType."
        ),
    ]


def test_the_fewest_are_judged_on_an_existing_cluster_too(
    existing: Resources, judge: Judge, change: Change
) -> None:
    change(existing, "hub.event.fewestPerNode", 8)

    assert judge(users_per_node, existing) == [
        (
            "Event intro: declared holds 7 users and at least 8 are wanted; choose a bigger "
            "pool.machineType, or declare usersPerNode.min."
        )
    ]
