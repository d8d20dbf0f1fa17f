"""An event's users fit its pool at its most nodes, on each kind of cluster."""

from collections.abc import Callable
from typing import Any

import pytest
from pulumi_policy import StackValidationPolicy

from policies.event_fits_pool import event_fits_pool

Resources = dict[str, Any]
Judge = Callable[[StackValidationPolicy, Resources], list[str]]
Change = Callable[[Resources, str, object], None]

OVERRIDE = "release.values.singleuser.profileList.*.kubespawner_override"


def _short(
    users: int, nodes: str, offered: int, each: int | str, knob: str = "pool.maxNodes"
) -> str:
    told = f"{each} each" if isinstance(each, int) else each
    return (
        f"Event intro: {users} users need {users} seats and {nodes} offer {offered} "
        f"({told}); raise {knob} or lower seat.memory or seat.cpu."
    )


@pytest.mark.parametrize(
    ("users", "messages"),
    [(60, []), (61, [_short(61, "10 nodes of n2-highmem-4", 60, 6)])],
)
def test_a_gke_pool_offers_its_most_nodes_times_the_seats_of_one(
    users: int, messages: list[str], gke: Resources, judge: Judge, change: Change
) -> None:
    change(gke, "hub.event.users", users)

    assert judge(event_fits_pool, gke) == messages


@pytest.mark.parametrize(
    ("nodes", "messages"),
    [(10, []), (9, [_short(60, "9 nodes of n2-highmem-4", 54, 6)])],
)
def test_the_fewest_nodes_that_pass_and_one_less(
    nodes: int, messages: list[str], gke: Resources, judge: Judge, change: Change
) -> None:
    change(gke, "gke.autoscaling.totalMaxNodeCount", nodes)

    assert judge(event_fits_pool, gke) == messages


@pytest.mark.parametrize(
    ("users", "messages"),
    [(80, []), (81, [_short(81, "20 nodes of m5.2xlarge", 80, 4)])],
)
def test_an_eks_group_offers_its_most_nodes_times_the_seats_of_one(
    users: int, messages: list[str], eks: Resources, judge: Judge, change: Change
) -> None:
    change(eks, "hub.event.users", users)

    assert judge(event_fits_pool, eks) == messages


@pytest.mark.parametrize(
    ("users", "messages"),
    [(21, []), (22, [_short(22, "3 nodes of declared", 21, 7, "cluster.nodes.count")])],
)
def test_an_existing_cluster_offers_the_nodes_it_has(
    users: int, messages: list[str], existing: Resources, judge: Judge, change: Change
) -> None:
    change(existing, "hub.event.users", users)

    assert judge(event_fits_pool, existing) == messages


@pytest.mark.parametrize(
    ("users", "messages"),
    [
        (12, []),
        (13, [_short(13, "4 nodes of declared", 12, "4 each, less 4 for hub and monitoring",
                     "cluster.nodes.count")]),
    ],
)  # fmt: skip
def test_what_is_ours_takes_seats_of_nodes_as_sold(
    users: int, messages: list[str], existing: Resources, judge: Judge, change: Change
) -> None:
    sold = {"memory": 8 << 30, "cpu": 4000, "pods": 110}
    change(existing, "existing.nodes", {"count": 4, "left": None, "sold": sold, "labels": {}})
    change(existing, f"{OVERRIDE}.mem_guarantee", 1_889_785_610)
    change(existing, "hub.event.users", users)
    asked = {"requests": {"cpu": "100m", "memory": "512Mi"}}
    existing["release"]["values"] |= {
        "hub": {"resources": asked},
        "proxy": {"chp": {"resources": asked}},
    }
    existing["release"]["values"]["scheduling"]["userScheduler"] = {
        "enabled": True,
        "resources": asked,
    }

    assert judge(event_fits_pool, existing) == messages


# A node of n2-highmem-4 leaves 28310651944 bytes and 3320 millicpu to users.
@pytest.mark.parametrize(
    ("field", "value", "messages"),
    [
        ("mem_guarantee", 28310651944 // 6, []),
        ("mem_guarantee", 28310651944 // 6 + 1, [_short(60, "10 nodes of n2-highmem-4", 50, 5)]),
        ("cpu_guarantee", 0.553, []),
        ("cpu_guarantee", 0.554, [_short(60, "10 nodes of n2-highmem-4", 50, 5)]),
        ("mem_guarantee", 28310651945, [_short(60, "10 nodes of n2-highmem-4", 0, 0)]),
    ],
)
def test_the_biggest_seat_that_passes_and_the_next(
    field: str,
    value: float,
    messages: list[str],
    gke: Resources,
    judge: Judge,
    change: Change,
) -> None:
    change(gke, f"{OVERRIDE}.{field}", value)

    assert judge(event_fits_pool, gke) == messages


@pytest.mark.parametrize(
    ("pods", "messages"),
    # 27 pod slots of a GKE node belong to system pods and to our two DaemonSets.
    [(33, []), (32, [_short(60, "10 nodes of n2-highmem-4", 50, 5)])],
)
def test_pod_slots_limit_seats_too(
    pods: int, messages: list[str], gke: Resources, judge: Judge, change: Change
) -> None:
    change(gke, "gke.maxPodsPerNode", pods)

    assert judge(event_fits_pool, gke) == messages


def test_the_biggest_size_on_offer_decides(gke: Resources, judge: Judge, change: Change) -> None:
    small = gke["release"]["values"]["singleuser"]["profileList"][0]
    sizes = small["kubespawner_override"] | {"mem_guarantee": 8 << 30}
    change(
        gke,
        "release.values.singleuser.profileList",
        [small, small | {"kubespawner_override": sizes}],
    )

    assert judge(event_fits_pool, gke) == [_short(60, "10 nodes of n2-highmem-4", 30, 3)]
