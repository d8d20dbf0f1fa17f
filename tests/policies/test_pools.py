"""The pool of an event is found by its labels and read on each kind of cluster."""

from collections.abc import Callable
from typing import Any

import pytest
from pulumi_policy import StackValidationPolicy

from policies.event_fits_pool import event_fits_pool
from policies.placeholders import placeholders
from policies.pools import seating
from policies.reading import Event, UnreadableError, active_events
from policies.users_per_node import users_per_node

Resources = dict[str, Any]
Judge = Callable[[StackValidationPolicy, Resources], list[str]]
Collect = Callable[[Resources], None]
Change = Callable[[Resources, str, object], None]


def _event(resources: Resources, collect: Collect) -> Event:
    collect(resources)
    return next(active_events())


def _read(resources: Resources, collect: Collect) -> tuple[Any, ...]:
    found = seating(_event(resources, collect))
    node = found.pool.node
    return (node.name, node.memory, node.cpu, node.pods, found.pool.max_nodes, found.pool.scales)


def test_a_gke_pool_is_read(gke: Resources, collect: Collect) -> None:
    assert _read(gke, collect) == ("n2-highmem-4", 28310651944, 3320, 83, 10, True)


def test_an_eks_group_is_read(eks: Resources, collect: Collect) -> None:
    assert _read(eks, collect) == ("m5.2xlarge", 30476669005, 7472, 51, 20, True)


def test_what_nodes_of_an_existing_cluster_leave_is_taken_as_declared(
    existing: Resources, collect: Collect
) -> None:
    assert _read(existing, collect) == ("declared", 14 << 30, 3500, 110, 3, False)


def test_what_nodes_of_an_existing_cluster_are_sold_with_is_reduced(
    existing: Resources, collect: Collect, change: Change
) -> None:
    change(existing, "existing.nodes.left", None)
    change(existing, "existing.nodes.sold", {"memory": 16 << 30, "cpu": 4000, "pods": 110})

    assert _read(existing, collect) == ("declared", 15619061962, 3861, 108, 3, False)


@pytest.mark.parametrize("amount", [None, ...])
def test_nodes_of_an_existing_cluster_without_an_amount_are_refused(
    amount: object, existing: Resources, collect: Collect, change: Change
) -> None:
    change(existing, "existing.nodes.left", amount)

    with pytest.raises(UnreadableError) as caught:
        seating(_event(existing, collect))
    assert str(caught.value) == "memory is missing"


@pytest.mark.parametrize(
    ("pods", "left"), [(..., 83), (110, 83), (256, 229), (28, 1), (27, 0), (8, 0)]
)
def test_a_gke_pools_own_number_of_pods_moves_its_pod_slots(
    pods: object, left: int, gke: Resources, collect: Collect, change: Change
) -> None:
    change(gke, "gke.maxPodsPerNode", pods)

    assert seating(_event(gke, collect)).pool.node.pods == left


@pytest.mark.parametrize("types", [[], ["m5.2xlarge", "m5a.2xlarge"], "m5.2xlarge"])
def test_a_group_of_other_than_one_type_is_refused(
    types: object, eks: Resources, collect: Collect, change: Change
) -> None:
    change(eks, "eks.instanceTypes", types)

    with pytest.raises(UnreadableError) as caught:
        seating(_event(eks, collect))
    assert str(caught.value) == f"instanceTypes is {types!r}, not exactly one type"


@pytest.mark.parametrize("cloud", ["gke", "eks"])
def test_a_machine_type_that_is_not_in_the_catalogue_is_refused(
    cloud: str, gke: Resources, eks: Resources, collect: Collect, change: Change
) -> None:
    change(gke, "gke.nodeConfig.machineType", "n2-highmem-5")
    change(eks, "eks.instanceTypes", ["n2-highmem-5"])

    with pytest.raises(UnreadableError) as caught:
        seating(_event({"gke": gke, "eks": eks}[cloud], collect))
    assert str(caught.value) == (
        "machine type 'n2-highmem-5' is not in the catalogue; nearest: n2-highmem-8, "
        "n2-highmem-4, n2-highmem-2"
    )


def test_the_pool_is_the_one_with_every_label_of_the_selector(
    gke: Resources, collect: Collect, change: Change
) -> None:
    both = {"readyroom/pool": "course-intro", "purpose": "user"}
    change(gke, "release.values.singleuser.profileList.*.kubespawner_override.node_selector", both)
    other = {"machineType": "n2-highmem-2", "labels": {"readyroom/pool": "course-intro"}}
    gke["gke a-pool-that-comes-first"] = gke["gke"] | {"nodeConfig": other}
    change(gke, "gke.nodeConfig.labels", both | {"more": "labels"})

    assert seating(_event(gke, collect)).pool.node.name == "n2-highmem-4"


def test_a_selector_that_no_pool_has_is_refused_with_all_its_labels(
    gke: Resources, collect: Collect, change: Change
) -> None:
    both = {"readyroom/pool": "course-intro", "purpose": "user"}
    change(gke, "release.values.singleuser.profileList.*.kubespawner_override.node_selector", both)

    with pytest.raises(UnreadableError) as caught:
        seating(_event(gke, collect))
    assert str(caught.value) == "no pool has nodes with readyroom/pool=course-intro, purpose=user"


def test_without_any_pool_and_selector_there_is_nothing_to_judge_by(
    existing: Resources, collect: Collect
) -> None:
    del existing["existing"]

    with pytest.raises(UnreadableError) as caught:
        seating(_event(existing, collect))
    assert str(caught.value) == "no pool has nodes with no label"


def test_the_seat_with_most_memory_decides_and_then_the_one_with_most_cpu(
    gke: Resources, collect: Collect, change: Change
) -> None:
    small = gke["release"]["values"]["singleuser"]["profileList"][0]
    more: list[Resources] = [
        small | {"display_name": name, "kubespawner_override": small["kubespawner_override"] | own}
        for name, own in {
            "memory": {"mem_guarantee": 8 << 30},
            "both": {"mem_guarantee": 8 << 30, "cpu_guarantee": 1},
            "cpu": {"cpu_guarantee": 2},
        }.items()
    ]
    change(gke, "release.values.singleuser.profileList", [small, *more])

    found = seating(_event(gke, collect))
    assert (found.size.name, found.per_node) == ("both", 3)


@pytest.fixture
def keeping(gke: Resources) -> Resources:
    """The event on GKE with an option of a whole node of another pool, which it keeps."""
    labels = {"readyroom/pool": "course-large"}
    config = {"machineType": "n2-standard-8", "labels": labels}
    gke["gke large"] = gke["gke"] | {"nodeConfig": config}
    override = {"mem_guarantee": 26 << 30, "cpu_guarantee": 7, "node_selector": labels}
    option = {"display_name": "A node", "slug": "large", "kubespawner_override": override}
    gke["release"]["values"]["singleuser"]["profileList"].append(option)
    gke["hub"]["event"]["options"] = ["large"]
    return gke


def _seats(resources: Resources, collect: Collect) -> tuple[str, str, int]:
    found = seating(_event(resources, collect))
    return found.size.name, found.pool.node.name, found.per_node


def test_an_option_that_an_event_keeps_is_no_seat_of_its_own(
    keeping: Resources, collect: Collect
) -> None:
    assert _seats(keeping, collect) == ("intro", "n2-highmem-4", 6)


@pytest.mark.parametrize(
    ("kept", "refusing"),
    [(["large"], []), (..., ["event-fits-pool", "users-per-node"])],
    ids=["kept", "not kept"],
)
def test_the_gate_judges_an_event_by_its_own_seat(
    kept: object, refusing: list[str], keeping: Resources, change: Change, judge: Judge
) -> None:
    change(keeping, "hub.event.options", kept)

    rules = (event_fits_pool, placeholders, users_per_node)
    assert [rule.name for rule in rules if judge(rule, keeping)] == refusing


@pytest.mark.parametrize("kept", [[], ["gpu"], ...])
def test_an_option_that_an_event_does_not_keep_is_a_seat_like_others(
    kept: object, keeping: Resources, collect: Collect, change: Change
) -> None:
    change(keeping, "hub.event.options", kept)

    assert _seats(keeping, collect) == ("A node", "n2-standard-8", 1)


def test_an_option_on_an_events_own_nodes_takes_their_seats(
    keeping: Resources, collect: Collect, change: Change
) -> None:
    where = "release.values.singleuser.profileList.1.kubespawner_override"
    change(keeping, f"{where}.node_selector", {"readyroom/pool": "course-intro"})
    change(keeping, f"{where}.mem_guarantee", 8 << 30)
    change(keeping, f"{where}.cpu_guarantee", 1)

    assert _seats(keeping, collect) == ("A node", "n2-highmem-4", 3)


def test_an_event_without_a_seat_of_its_own_is_refused(
    keeping: Resources, collect: Collect, change: Change
) -> None:
    change(keeping, "release.values.singleuser.profileList.0.slug", "large")

    with pytest.raises(UnreadableError) as caught:
        seating(_event(keeping, collect))
    assert str(caught.value) == "every size on offer is an option's, and none the event's"


def test_users_without_a_node_selector_may_run_on_any_pool(
    gke: Resources, collect: Collect, change: Change
) -> None:
    change(gke, "release.values.singleuser.profileList.*.kubespawner_override.node_selector", {})

    with pytest.raises(UnreadableError) as caught:
        seating(_event(gke, collect))
    assert str(caught.value) == "singleuser.nodeSelector is empty, so users run on any pool"
