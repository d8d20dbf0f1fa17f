"""Nodes that others measured, against what is computed and predicted of their types."""

import pytest

from capacity.allocatable import allocatable, kernel_share
from capacity.machines import find
from capacity.quantities import MIB

INFO = "2i2c-org/infrastructure node-capacity-info.json"
SPAN = "2i2c-org/infrastructure instance_capacities.yaml @7ccde9a6d"
TEXT = "kubectl describe node in public repository text"

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
]

# Machine type, memory capacity, source; capacity or allocatable written from GiB with
# three decimals.
ROUNDED = [
    ("m5.xlarge", 16_290_810_954, f"{SPAN}, lowest"),
    ("m5.xlarge", 16_475_494_547, f"{SPAN}, highest"),
    ("n1-standard-16", 63_206_886_212, f"{SPAN}, lowest"),
    ("n1-standard-2", 7_808_250_544, f"{SPAN}, lowest"),
    ("n1-standard-64", 253_346_162_147, f"{SPAN}, lowest"),
    ("n2-highmem-2", 16_779_363_484, f"{SPAN}, lowest"),
    ("n2-highmem-4", 33_669_926_912, f"{INFO} @e18908e18"),
    ("r5.4xlarge", 133_523_017_039, f"{INFO} @c0528dcb8"),
    ("r5.xlarge", 33_163_589_976, f"{INFO} @c0528dcb8"),
]
SEEN = [(name, capacity) for name, capacity, *_ in [*EXACT, *ROUNDED]]


@pytest.mark.parametrize(("name", "capacity", "memory", "cpu", "source"), EXACT)
def test_allocatable_is_exact_to_the_byte_and_the_millicpu(
    name: str, capacity: int, memory: int, cpu: int, source: str
) -> None:
    found = allocatable(find(name), capacity)
    assert (found.memory, found.cpu) == (memory, cpu), source


@pytest.mark.parametrize(("name", "capacity"), SEEN)
def test_predicted_capacity_is_at_most_4_per_cent_below_and_never_above(
    name: str, capacity: int
) -> None:
    machine = find(name)
    sold = machine.memory_mib * MIB
    predicted = sold - kernel_share(sold, machine.cloud)
    assert capacity * 96 <= predicted * 100 <= capacity * 100


@pytest.mark.parametrize("name", sorted({name for name, _ in SEEN} - {"e2-small"}))
def test_the_catalogue_knows_the_lowest_capacity_seen(name: str) -> None:
    # The e2-small's type was inferred from its size, so the catalogue does not rely on it.
    measured = find(name).measured
    assert measured
    assert measured.memory == min(capacity for seen, capacity in SEEN if seen == name)
