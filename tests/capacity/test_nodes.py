"""What is left to user servers once DaemonSets and slack are taken off."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capacity.allocatable import Allocatable, NodeMemory
from capacity.machines import Cloud, find
from capacity.nodes import (
    IMAGE_PULLER,
    NODE_EXPORTER,
    OWN_DAEMONSETS,
    Node,
    Requests,
    declared_node,
    declared_sold_node,
    less_slack,
    overhead,
    sold_node,
    without_daemonsets,
)
from capacity.quantities import GIB, MIB


def test_requests_add_up() -> None:
    assert Requests(memory=1, cpu=20, pods=3) + Requests(memory=400, cpu=5) == Requests(
        memory=401, cpu=25, pods=4
    )


def test_our_own_daemonsets_are_the_exporter_and_the_puller() -> None:
    assert NODE_EXPORTER + IMAGE_PULLER == OWN_DAEMONSETS
    assert Requests(memory=80 * MIB, cpu=60, pods=2) == OWN_DAEMONSETS


@pytest.mark.parametrize(
    ("cloud", "taken"),
    [
        ("gke", Requests(memory=854 * MIB, cpu=532, pods=27)),
        ("eks", Requests(memory=408 * MIB, cpu=285, pods=7)),
    ],
)
def test_a_node_carries_the_clouds_pods_and_ours(cloud: Cloud, taken: Requests) -> None:
    assert overhead(cloud) == taken


@pytest.mark.parametrize(
    ("given_", "left"),
    [
        ((0, 0), (0, 0)),
        ((100, 100), (98, 98)),
        ((101, 101), (98, 98)),
        ((1, 1), (0, 0)),
        ((100 * GIB, 50_000), (98 * GIB, 49_000)),
        ((200 * GIB, 64_000), (198 * GIB, 63_000)),
    ],
)
def test_slack_is_two_per_cent_rounded_up_and_capped(
    given_: tuple[int, int], left: tuple[int, int]
) -> None:
    # Source: 2i2c-org/infrastructure generate_choices.py @a4b10cae8: 2 GiB and 1 CPU at most.
    assert less_slack(*given_) == left


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=2**50), st.integers(min_value=0, max_value=10**6))
def test_slack_never_leaves_less_than_nothing_or_more_than_98_per_cent(
    memory: int, cpu: int
) -> None:
    left_memory, left_cpu = less_slack(memory, cpu)
    assert max(0, memory - 2 * GIB) <= left_memory <= memory
    assert max(0, cpu - 1_000) <= left_cpu <= cpu
    assert left_memory * 100 <= memory * 98 or memory - left_memory == 2 * GIB
    assert left_cpu * 100 <= cpu * 98 or cpu - left_cpu == 1_000


@pytest.mark.parametrize(
    ("taken", "left"),
    [
        (Requests(memory=1, cpu=2, pods=3), Allocatable(memory=9, cpu=18, pods=27)),
        (Requests(memory=11, cpu=2, pods=3), Allocatable(memory=0, cpu=18, pods=27)),
        (Requests(memory=1, cpu=21, pods=3), Allocatable(memory=9, cpu=0, pods=27)),
        (Requests(memory=1, cpu=2, pods=31), Allocatable(memory=9, cpu=18, pods=0)),
    ],
)
def test_daemonsets_never_leave_less_than_nothing(taken: Requests, left: Allocatable) -> None:
    assert without_daemonsets(Allocatable(memory=10, cpu=20, pods=30), taken) == left


def test_a_measured_machine_shows_its_whole_chain() -> None:
    # (33669926912 - 3706 MiB - 854 MiB) less 2 %; (3920 - 532) less 2 %; 3388 - 100.
    assert sold_node(find("n2-highmem-4")) == Node(
        name="n2-highmem-4",
        memory=28_310_651_944,
        cpu=3_320,
        pods=83,
        template_cpu=3_288,
        because="31.35 GiB seen by the kubelet (measured on a node, lowest seen (2023-12-19)), "
        "27.73 GiB and 3.92 CPU allocatable, less 854.0 MiB and 0.532 CPU of DaemonSets, "
        "less 2 % slack",
        source="2i2c-org/infrastructure node-capacity-info.json @0e54e8af1",
    )


def test_a_predicted_machine_shows_its_whole_chain() -> None:
    # Slack of 2 % of 7625m is more than the 100m of the template.
    assert sold_node(find("m5.2xlarge")) == Node(
        name="m5.2xlarge",
        memory=30_476_669_005,
        cpu=7_472,
        pods=51,
        template_cpu=7_472,
        because="30.33 GiB seen by the kubelet (predicted: 32768 MiB sold less a kernel share "
        "of 1709 MiB; on every node known this is at most 4 % too low and never too high), "
        "29.36 GiB and 7.91 CPU allocatable, less 408.0 MiB and 0.285 CPU of DaemonSets, less "
        "2 % slack",
        source="kubernetes/autoscaler ec2_instance_types.go @55c37cd5; awslabs/amazon-eks-ami "
        "instance-info.jsonl @81fec2e8 (2026-07-01)",
    )


def test_a_measurement_in_hand_replaces_the_catalogues() -> None:
    seen = NodeMemory(
        capacity=33_672_949_760, because="measured just now", source="this cluster", measured=True
    )
    node = sold_node(find("n2-highmem-4"), seen)
    assert node == replace(
        sold_node(find("n2-highmem-4")),
        memory=28_313_614_336,
        because="31.36 GiB seen by the kubelet (measured just now), 27.74 GiB and 3.92 CPU "
        "allocatable, less 854.0 MiB and 0.532 CPU of DaemonSets, less 2 % slack",
        source="this cluster",
    )


def test_a_machine_too_small_for_its_daemonsets_has_nothing_for_users() -> None:
    tiny = replace(find("e2-small"), vcpus=1, memory_mib=1_024, pods=8, measured=None)
    node = sold_node(tiny)
    assert (node.memory, node.cpu, node.pods, node.template_cpu) == (0, 0, 0, 0)


def test_nothing_is_taken_off_what_an_owner_leaves_to_users() -> None:
    assert declared_node("own", Allocatable(memory=14 * GIB, cpu=3_500, pods=60)) == Node(
        name="own",
        memory=14 * GIB,
        cpu=3_500,
        pods=60,
        template_cpu=3_500,
        because="declared as left to users, so nothing is taken off",
        source="stack file, cluster.nodes",
    )


def test_a_node_declared_as_sold_loses_kernel_eviction_daemonsets_and_slack() -> None:
    # 16 GiB - (4.3 % + 300 MiB) - 100 MiB - 80 MiB = 15937818329, less 2 % = 318756367.
    sold = Allocatable(memory=16 * GIB, cpu=4_000, pods=110)
    kept = 738_734_375 + 300 * MIB + 100 * MIB + 80 * MIB
    memory, cpu = less_slack(16 * GIB - kept, 3_940)
    assert declared_sold_node("own", sold) == Node(
        name="own",
        memory=memory,
        cpu=cpu,
        pods=108,
        template_cpu=cpu,
        because="declared as sold (16.00 GiB), less the kernel's share, eviction, our "
        "DaemonSets and 2 % slack",
        source="stack file, cluster.nodes",
    )
    assert (memory, cpu) == (15_619_061_962, 3_861)


def test_a_declared_node_smaller_than_what_is_taken_off_has_nothing_for_users() -> None:
    node = declared_sold_node("own", Allocatable(memory=64 * MIB, cpu=50, pods=1))
    assert (node.memory, node.cpu, node.pods, node.template_cpu) == (0, 0, 0, 0)
