"""What a node leaves to pods, from what is sold and what the kubelet sees."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capacity.allocatable import (
    Allocatable,
    NodeMemory,
    allocatable,
    eks_reserved_mib,
    gke_reserved_mib,
    kernel_share,
    machine_kernel_share,
    node_memory,
    reserved_millis,
)
from capacity.machines import Cloud, Machine, find
from capacity.quantities import GIB, MIB


def _machine(cloud: Cloud = "gke", *, vcpus: int = 4, shared_core: bool = False) -> Machine:
    return Machine(
        name="own",
        cloud=cloud,
        vcpus=vcpus,
        memory_mib=32_768,
        pods=110 if cloud == "gke" else 58,
        shared_core=shared_core,
        as_of="2026-01-01",
        source="a test",
        measured=None,
    )


# Source: Google's published GKE autoscaler, kube-reserved calculator (2026).
@pytest.mark.parametrize(
    ("sold", "kept"),
    [
        (614, 255),
        (1_000, 255),
        (1_001, 250),
        (4_000, 1_000),
        (4_004, 1_000),
        (4_005, 1_001),
        (8_000, 1_800),
        (16_000, 2_600),
        (16_016, 2_600),
        (16_017, 2_601),
        (32_768, 3_606),
        (65_536, 5_572),
        (128_000, 9_320),
        (128_048, 9_320),
        (128_050, 9_321),
        (131_072, 9_381),
    ],
)
def test_gke_keeps_slices_of_what_is_sold_in_whole_mib(sold: int, kept: int) -> None:
    assert gke_reserved_mib(sold) == kept


@settings(deadline=None)
@given(st.integers(min_value=1_001, max_value=4_000_000))
def test_gke_keeps_more_of_more_but_never_a_whole_mib_per_mib(sold: int) -> None:
    assert 0 <= gke_reserved_mib(sold + 1) - gke_reserved_mib(sold) <= 1
    assert gke_reserved_mib(sold) < sold


# Source: awslabs/amazon-eks-ami nodeadm/internal/kubelet/config.go @81fec2e8.
@pytest.mark.parametrize(("pods", "kept"), [(17, 442), (29, 574), (58, 893), (234, 2_829)])
def test_eks_keeps_memory_by_pod_slots(pods: int, kept: int) -> None:
    assert eks_reserved_mib(pods) == kept


# Source: GKE "Plan node sizes"; the same slices in amazon-eks-ami's kubelet config.
@pytest.mark.parametrize("cloud", ["gke", "eks"])
@pytest.mark.parametrize(
    ("vcpus", "kept"),
    [(1, 60), (2, 70), (3, 75), (4, 80), (5, 83), (8, 90), (16, 110), (32, 150), (64, 230)],
)
def test_both_clouds_keep_the_same_slices_of_cpu(cloud: Cloud, vcpus: int, kept: int) -> None:
    assert reserved_millis(_machine(cloud, vcpus=vcpus), 110) == kept


@pytest.mark.parametrize(
    ("cloud", "pods", "kept"),
    [("gke", 110, 80), ("gke", 111, 480), ("gke", 256, 480), ("eks", 250, 80)],
)
def test_gke_keeps_400m_more_above_110_pods(cloud: Cloud, pods: int, kept: int) -> None:
    assert reserved_millis(_machine(cloud), pods) == kept


@pytest.mark.parametrize(("cloud", "kept"), [("gke", 1_060), ("eks", 70)])
def test_only_gke_keeps_a_fixed_amount_of_shared_cores(cloud: Cloud, kept: int) -> None:
    assert reserved_millis(_machine(cloud, vcpus=2, shared_core=True), 110) == kept


def test_a_measured_capacity_is_taken_as_it_is() -> None:
    assert node_memory(find("m5.large")) == NodeMemory(
        capacity=8_011_187_748,
        because="measured on a node, lowest seen (2024-09-10)",
        source="2i2c-org/infrastructure instance_capacities.yaml @7ccde9a6d (2024-09-10)",
        measured=True,
    )


def test_an_unmeasured_capacity_is_predicted_and_says_how() -> None:
    # 32768 MiB x 4.3 % + 300 MiB, in bytes: 1477468750 + 314572800, rounded up.
    assert node_memory(_machine("eks")) == NodeMemory(
        capacity=32_768 * MIB - 1_792_041_550,
        because="predicted: 32768 MiB sold less a kernel share of 1709 MiB; on every node known "
        "this is at most 4 % too low and never too high",
        source="a test (2026-01-01)",
        measured=False,
    )


@pytest.mark.parametrize(
    ("cloud", "sold", "share"),
    [
        # RAM/64 + 16 + 8 + 64 MiB + 0.175 % + 0.25 %, then 64 MiB more above 3 GiB.
        ("gke", 3 * GIB, 48 * MIB + 88 * MIB + 5_637_145 + 8_053_064),
        ("gke", 3 * GIB + 1, 48 * MIB + 1 + 152 * MIB + 5_637_145 + 8_053_064),
        # 8 MiB less above 8 GiB.
        ("gke", 8 * GIB, 128 * MIB + 152 * MIB + 15_032_386 + 21_474_837),
        ("gke", 8 * GIB + 1, 128 * MIB + 1 + 144 * MIB + 15_032_386 + 21_474_837),
        # 0.175 % is at most 248 MiB.
        ("gke", 256 * GIB, 4_096 * MIB + 144 * MIB + 248 * MIB + 687_194_768),
        ("eks", 4 * GIB, 184_683_594 + 146_028_889),
        # 3.4 % are at most 300 MiB.
        ("eks", 8 * GIB, 369_367_188 + 292_057_777),
        ("eks", 16 * GIB, 738_734_375 + 300 * MIB),
        ("eks", 128 * GIB, 5_909_875_000 + 300 * MIB),
    ],
)
def test_the_kernel_keeps_a_share_that_is_rounded_up(cloud: Cloud, sold: int, share: int) -> None:
    assert kernel_share(sold, cloud) == share


@pytest.mark.parametrize(
    ("name", "more"),
    [("g6.xlarge", 206_158_431), ("g4dn.xlarge", 0), ("g2-standard-4", 0), ("m6i.xlarge", 0)],
)
def test_on_g6_the_hypervisor_hides_1_2_per_cent_more(name: str, more: int) -> None:
    machine = find(name)
    share = kernel_share(16_384 * MIB, machine.cloud)
    assert machine.memory_mib == 16_384
    assert machine_kernel_share(machine) == share + more


@pytest.mark.parametrize("cloud", ["gke", "eks"])
@settings(deadline=None)
@given(sold=st.integers(min_value=1, max_value=4096).map(lambda count: count * 512 * MIB))
def test_the_kernel_never_keeps_more_than_a_quarter(cloud: Cloud, sold: int) -> None:
    assert 0 < kernel_share(sold, cloud) <= sold // 4


def test_gke_takes_reserved_and_eviction_from_what_the_kubelet_sees() -> None:
    assert allocatable(find("n2-standard-16"), 67_428_651_008) == Allocatable(
        memory=67_428_651_008 - (5_572 + 100) * MIB, cpu=15_890, pods=110
    )


@pytest.mark.parametrize("pods", [29, 50, 110])
def test_other_pod_slots_change_no_reserved_memory_on_eks(pods: int) -> None:
    # Source: awslabs/amazon-eks-ami: reserved memory follows the ENI limit of the type.
    assert allocatable(find("m5.large"), 8_033_861_632, pods) == Allocatable(
        memory=8_033_861_632 - (574 + 100) * MIB, cpu=1_930, pods=pods
    )


@pytest.mark.parametrize(("pods", "cpu"), [(None, 3_920), (110, 3_920), (111, 3_520)])
def test_more_than_110_pod_slots_cost_cpu_on_gke(pods: int | None, cpu: int) -> None:
    assert allocatable(_machine(), 30 * GIB, pods) == Allocatable(
        memory=30 * GIB - 3_706 * MIB, cpu=cpu, pods=pods or 110
    )


def test_no_pod_slots_are_not_the_default_ones() -> None:
    assert allocatable(replace(_machine(), pods=32), 30 * GIB, 0).pods == 0
