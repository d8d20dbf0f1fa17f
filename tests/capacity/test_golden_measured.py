"""Nodes that others measured, against what is computed and predicted of their types."""

import pytest

from capacity.allocatable import (
    PREDICTION_ERROR_PERCENT,
    NodeMemory,
    allocatable,
    machine_kernel_share,
    node_memory,
)
from capacity.machines import Machine, catalogue, find
from capacity.nodes import sold_node
from capacity.packing import Seat, seats_per_node
from capacity.quantities import GIB, KIB, MIB

INFO = "2i2c-org/infrastructure node-capacity-info.json"
SPAN = "2i2c-org/infrastructure instance_capacities.yaml @7ccde9a6d"
TEXT = "kubectl describe node in public repository text"
ISSUE = "kubectl describe node in public issue text"

# Machine type, memory capacity, allocatable memory and millicpu as the kubelet reported
# them, source.
EXACT = [
    ("e2-small", 2_072_739_840, 1_431_011_328, 940, f"{TEXT}, 2024-07-23"),
    ("m5.large", 8_033_861_632, 7_327_121_408, 1_930, f"{TEXT}, EKS workshop, 2023-06-11"),
    ("m5.xlarge", 16_301_182_976, 15_259_947_008, 3_920, f"{TEXT}, EKS blueprints, 2022-07"),
    ("m5.xlarge", 16_303_788_032, 15_262_552_064, 3_920, f"{TEXT}, 2021-07-01"),
    ("n1-standard-2", 7_815_778_304, 5_890_592_768, 1_930, f"{TEXT}, Volcano guide, 2022"),
    ("n2-highmem-4", 33_669_926_912, 29_783_904_256, 3_920, f"{INFO} @0e54e8af1"),
    ("n2-highmem-4", 33_669_984_256, 29_783_961_600, 3_920, f"{INFO} @b22c23f9b"),
    ("n2-highmem-4", 33_672_949_760, 29_786_927_104, 3_920, f"{INFO} @235c51364"),
    (
        "n2-highmem-64",
        541_045_960_704,
        522_858_409_984,
        63_770,
        "2i2c-org/infrastructure issue 2121, comment of 2023-03-12",
    ),
    ("n2-standard-16", 67_428_651_008, 61_481_127_936, 15_890, f"{INFO} @f197c36a7"),
    ("n2-standard-8", 33_734_860_800, 29_848_838_144, 7_910, f"{TEXT}, 2020-11-26"),
    ("r5.4xlarge", 133_523_050_496, 130_451_771_392, 15_890, f"{INFO} @c822e4d6c"),
    ("r5.4xlarge", 133_545_017_344, 130_473_738_240, 15_890, f"{INFO} @2a9609b73"),
    ("r5.xlarge", 33_164_840_960, 32_123_604_992, 3_920, f"{INFO} @c822e4d6c"),
    ("r5.xlarge", 33_186_611_200, 32_145_375_232, 3_920, f"{INFO} @2a9609b73"),
    ("r7i.xlarge", 33_089_273_856, 32_048_037_888, 3_920, f"{INFO} @7ccde9a6d"),
    ("t3.medium", 4_062_695_424, 3_494_367_232, 1_930, f"{TEXT}, 2022-08-11"),
    ("e2-medium", 4_025_932 * KIB, 2_880_076 * KIB, 940, f"{TEXT}, 2022-12-04"),
    ("m5.4xlarge", 64_333_324 * KIB, 61_334_028 * KIB, 15_890, f"{ISSUE}, 2024-03-14"),
    ("n1-highmem-4", 27_328_200_704, 23_829_102_592, 3_920, f"{INFO} @b22c23f9b"),
    ("n2-highmem-16", 135_074_349_056, 125_132_800_000, 15_890, f"{INFO} @e27d0299c"),
    ("n2-highmem-16", 135_081_324_544, 125_139_775_488, 15_890, f"{INFO} @b5204bf49"),
    ("n2-highmem-32", 270_473_359_360, 257_783_492_608, 31_850, f"{INFO} @b22c23f9b"),
    ("n2-highmem-64", 541_041_803_264, 522_854_252_544, 63_770, f"{INFO} @b5204bf49"),
    ("n2-standard-4", 16_380_004 * KIB, 13_591_652 * KIB, 3_920, f"{TEXT}, 2026-10-08"),
    ("n2-standard-64", 270_450_806_784, 257_760_940_032, 63_770, f"{INFO} @af24b973d"),
    ("n4-standard-16", 67_428_655_104, 61_481_132_032, 15_890, f"{INFO} @128693498"),
    ("r5.2xlarge", 66_681_921_536, 65_640_685_568, 7_910, f"{INFO} @58b35ae25"),
    ("r7i.4xlarge", 132_918_992_896, 129_847_713_792, 15_890, f"{INFO} @7ccde9a6d"),
]

# Machine type, memory capacity, source; capacity or allocatable written from GiB with
# three decimals.
ROUNDED = [
    ("e2-highmem-16", 135_084_237_651, "2i2c-org/infrastructure instance_capacities @026837dd4"),
    ("g4dn.2xlarge", 33_163_589_976, SPAN),
    ("g4dn.xlarge", 16_454_019_711, f"{SPAN}, lowest"),
    ("m5.large", 8_011_187_748, f"{SPAN}, lowest"),
    ("m5.large", 8_099_234_578, f"{SPAN}, highest"),
    ("m5.xlarge", 16_290_810_954, f"{SPAN}, lowest"),
    ("m5.xlarge", 16_475_494_547, f"{SPAN}, highest"),
    ("n1-standard-16", 63_206_886_212, f"{SPAN}, lowest"),
    ("n1-standard-2", 7_808_250_544, f"{SPAN}, lowest"),
    ("n1-standard-32", 126_621_004_595, SPAN),
    ("n1-standard-64", 253_346_162_147, f"{SPAN}, lowest"),
    ("n1-standard-8", 31_550_829_756, f"{SPAN}, lowest"),
    ("n2-highmem-2", 16_779_363_484, f"{SPAN}, lowest"),
    ("n2-highmem-32", 270_472_344_240, SPAN),
    ("n2-highmem-4", 33_669_926_912, f"{INFO} @e18908e18"),
    ("n2-highmem-8", 67_440_650_223, SPAN),
    ("r5.16xlarge", 535_122_860_310, f"{INFO} @c0528dcb8"),
    ("r5.16xlarge", 535_146_246_144, f"{INFO} @15dcdcad6"),
    ("r5.2xlarge", 66_583_804_248, SPAN),
    ("r5.4xlarge", 133_521_943_298, f"{SPAN}, lowest"),
    ("r5.4xlarge", 133_523_017_039, f"{INFO} @c0528dcb8"),
    ("r5.xlarge", 33_163_589_976, f"{INFO} @c0528dcb8"),
]

# Machine type, memory capacity, source; undated, so not in the catalogue.
UNDATED = [
    ("n1-standard-4", 15_406_128 * KIB, f"{TEXT}, about 2017"),
    ("t3.xlarge", 16_181_724 * KIB, f"{TEXT}, date unknown"),
]
DATED = [(name, capacity) for name, capacity, *_ in [*EXACT, *ROUNDED]]
SEEN = [*DATED, *((name, capacity) for name, capacity, _ in UNDATED)]

# MemTotal in MiB of booted machines: of every family, where it is near the prediction.
# Source: vantage-sh/ec2instances.info manually_fetched_data.json @4ef36cd2 (2026-07-06).
BOOTED = [
    ("c5.large", 3_785),
    ("c5.9xlarge", 70_301),
    ("c6i.16xlarge", 126_742),
    ("g4dn.12xlarge", 191_162),
    ("g5.16xlarge", 254_996),
    ("g6.xlarge", 15_359),
    ("g6.4xlarge", 61_904),
    ("g6.16xlarge", 248_276),
    ("m5.16xlarge", 252_466),
    ("m6a.2xlarge", 31_378),
    ("m6a.16xlarge", 252_466),
    ("m6i.12xlarge", 190_154),
    ("m7a.8xlarge", 126_076),
    ("m8i.16xlarge", 253_654),
    ("r6a.12xlarge", 378_648),
    ("r7a.16xlarge", 504_980),
    ("r7i.16xlarge", 507_670),
    ("r8i.16xlarge", 507_670),
]


def _predicted(machine: Machine) -> int:
    return machine.memory_mib * MIB - machine_kernel_share(machine)


@pytest.mark.parametrize(("name", "capacity", "memory", "cpu", "source"), EXACT)
def test_allocatable_is_exact_to_the_byte_and_the_millicpu(
    name: str, capacity: int, memory: int, cpu: int, source: str
) -> None:
    found = allocatable(find(name), capacity)
    assert (found.memory, found.cpu) == (memory, cpu), source


@pytest.mark.parametrize(
    ("name", "capacity"), [*SEEN, *((name, mib * MIB) for name, mib in BOOTED)]
)
def test_predicted_capacity_is_at_most_4_per_cent_below_and_never_above(
    name: str, capacity: int
) -> None:
    predicted = _predicted(find(name))
    assert capacity * (100 - PREDICTION_ERROR_PERCENT) <= predicted * 100 <= capacity * 100


@pytest.mark.parametrize(("name", "capacity"), SEEN)
def test_a_predicted_node_never_has_more_seats_than_a_measured_one(
    name: str, capacity: int
) -> None:
    machine = find(name)
    predicted, measured = (
        sold_node(machine, NodeMemory(capacity=seen, because="", source="", measured=True))
        for seen in (_predicted(machine), capacity)
    )
    for halves in range(1, 65):
        seat = Seat(memory=halves * GIB // 2, cpu=0)
        assert seats_per_node(predicted, seat).seats <= seats_per_node(measured, seat).seats


@pytest.mark.parametrize("name", sorted({name for name, _ in DATED} - {"e2-small"}))
def test_the_catalogue_knows_the_lowest_capacity_seen(name: str) -> None:
    # The e2-small's type was inferred from its size, so the catalogue does not rely on it.
    measured = find(name).measured
    assert measured
    assert measured.memory == min(capacity for seen, capacity in DATED if seen == name)


def test_every_node_says_whether_it_is_measured_or_predicted_and_with_what_error() -> None:
    for machine in [*catalogue("gke").values(), *catalogue("eks").values()]:
        because = node_memory(machine).because
        told = (
            "measured on a node, lowest seen"
            if machine.measured
            else "on every node known this is at most 4 % too low and never too high"
        )
        assert told in because
