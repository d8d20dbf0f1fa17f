"""The machine catalogue: what is sold, measured and charged."""

import csv
from datetime import date
from pathlib import Path

import pytest

from capacity.machines import (
    Accelerator,
    Cloud,
    Machine,
    Measurement,
    Price,
    UnknownMachineError,
    accelerators,
    catalogue,
    find,
    prices,
    regions,
)

MEASURED = Path(__file__).parents[2] / "capacity" / "data" / "measured.csv"
CLOUDS: tuple[Cloud, ...] = ("gke", "eks")
FLEX_SIZES = ("12xlarge", "16xlarge", "2xlarge", "4xlarge", "8xlarge", "large", "xlarge")


def test_a_machine_carries_what_is_sold_and_the_lowest_measured() -> None:
    assert find("n2-highmem-4") == Machine(
        name="n2-highmem-4",
        cloud="gke",
        vcpus=4,
        memory_mib=32_768,
        pods=110,
        shared_core=False,
        as_of="2026-08-20",
        source="Cyclenerd/google-cloud-pricing-cost-calculator tools/machinetypes.csv @dac31281",
        measured=Measurement(
            memory=33_669_926_912,
            as_of="2023-12-19",
            source="2i2c-org/infrastructure node-capacity-info.json @0e54e8af1",
        ),
    )


def test_a_machine_that_nobody_measured_says_so() -> None:
    assert find("m5.2xlarge") == Machine(
        name="m5.2xlarge",
        cloud="eks",
        vcpus=8,
        memory_mib=32_768,
        pods=58,
        shared_core=False,
        network_mbps=2_500,
        as_of="2026-07-01",
        source="kubernetes/autoscaler ec2_instance_types.go @55c37cd5; "
        "awslabs/amazon-eks-ami instance-info.jsonl @81fec2e8",
        measured=None,
    )


@pytest.mark.parametrize(
    ("cloud", "names"),
    [
        ("gke", ["e2-medium", "e2-small"]),
        (
            "eks",
            [
                *(f"m7i-flex.{size}" for size in FLEX_SIZES),
                *(f"m8i-flex.{size}" for size in FLEX_SIZES),
                *(f"r8i-flex.{size}" for size in FLEX_SIZES),
                *("t3.2xlarge", "t3.large", "t3.medium", "t3.small", "t3.xlarge"),
            ],
        ),
    ],
)
def test_machines_that_burst_are_marked(cloud: Cloud, names: list[str]) -> None:
    bursting = [machine.name for machine in catalogue(cloud).values() if machine.shared_core]
    assert sorted(bursting) == names


@pytest.mark.parametrize(
    ("cloud", "types", "models"),
    [("eks", 148, {"NVIDIA T4", "NVIDIA A10G", "NVIDIA L4"}), ("gke", 150, {"NVIDIA L4"})],
)
def test_the_catalogue_has_types_with_and_without_accelerators(
    cloud: Cloud, types: int, models: set[str]
) -> None:
    machines = catalogue(cloud).values()
    assert len(machines) == types
    assert {machine.gpu_model for machine in machines if machine.gpus} == models
    assert all(bool(machine.gpus) == bool(machine.gpu_model) for machine in machines)


@pytest.mark.parametrize(
    ("name", "gpus"),
    [
        ("g4dn.xlarge", 1),
        ("g4dn.12xlarge", 4),
        ("g5.12xlarge", 4),
        ("g6.16xlarge", 1),
        ("g2-standard-4", 1),
        ("g2-standard-24", 2),
        ("g2-standard-32", 1),
        ("g2-standard-48", 4),
        ("m5.large", 0),
    ],
)
def test_a_machine_tells_how_many_accelerators_it_has(name: str, gpus: int) -> None:
    assert find(name).gpus == gpus


def test_an_accelerator_that_is_attached_has_a_price_of_its_own() -> None:
    assert accelerators() == {
        "nvidia-tesla-t4": Accelerator(
            name="nvidia-tesla-t4",
            model="NVIDIA T4",
            memory_gib=16,
            attached_to="n1",
            price=Price(
                micro_usd_per_hour=350_000,
                as_of="2026-06-23",
                source="kubernetes/autoscaler gce_price_info.go @55c37cd5",
                spot_micro_usd_per_hour=110_000,
            ),
        )
    }


def test_machines_that_boot_only_from_a_hyperdisk_are_marked() -> None:
    # Source: GKE documentation on Hyperdisk, 2026.
    marked = {m.name.partition("-")[0] for m in catalogue("gke").values() if m.hyperdisk_only}
    assert marked == {"c4", "n4"}
    assert not any(machine.hyperdisk_only for machine in catalogue("eks").values())


def test_an_unknown_machine_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownMachineError) as caught:
        find("n2-highmem-5")
    assert str(caught.value) == (
        "machine type 'n2-highmem-5' is not in the catalogue; "
        "nearest: n2-highmem-8, n2-highmem-4, n2-highmem-2"
    )


def test_an_unknown_machine_that_is_near_to_none_is_refused_with_their_number() -> None:
    assert str(UnknownMachineError("zzz", ["n2-highmem-4", "m5.large"])) == (
        "machine type 'zzz' is not in the catalogue; 2 types are known"
    )


def test_an_unknown_machine_is_looked_for_in_both_clouds() -> None:
    with pytest.raises(UnknownMachineError) as caught:
        find("zzz")
    known = len(catalogue("gke")) + len(catalogue("eks"))
    assert str(caught.value) == (
        f"machine type 'zzz' is not in the catalogue; {known} types are known"
    )


def test_no_name_is_sold_by_two_clouds() -> None:
    assert catalogue("gke").keys() & catalogue("eks").keys() == set()


@pytest.mark.parametrize("cloud", CLOUDS)
def test_every_machine_is_plausible_dated_and_sourced(cloud: Cloud) -> None:
    for name, machine in catalogue(cloud).items():
        assert (machine.name, machine.cloud) == (name, cloud)
        assert machine.vcpus >= 1
        assert machine.memory_mib >= 1024
        assert machine.pods >= 8
        assert date.fromisoformat(machine.as_of) <= date(2026, 12, 31)
        assert "@" in machine.source


def test_every_measured_machine_is_in_the_catalogue() -> None:
    with MEASURED.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    measured = {
        (cloud, m.name) for cloud in CLOUDS for m in catalogue(cloud).values() if m.measured
    }
    assert {(row["cloud"], row["machine_type"]) for row in rows} == measured
    assert len(rows) == len(measured)


@pytest.mark.parametrize("cloud", CLOUDS)
def test_a_kubelet_sees_less_than_is_sold(cloud: Cloud) -> None:
    measured = [machine for machine in catalogue(cloud).values() if machine.measured]
    for machine in measured:
        assert machine.measured
        assert machine.measured.memory < machine.memory_mib * 1024 * 1024


def test_prices_carry_date_and_source() -> None:
    assert prices("gke")["n2-highmem-4", "us-central1"] == Price(
        micro_usd_per_hour=262_028,
        as_of="2026-08-03",
        source="cloudpilot-ai/karpenter-provider-gcp initial-prices.json @417f047b",
        spot_micro_usd_per_hour=124_280,
    )
    assert prices("eks")["m5.2xlarge", "us-west-2"] == Price(
        micro_usd_per_hour=384_000,
        as_of="2026-07-20",
        source="us-east-1 price times the ratio of the family in the region; "
        "coroot/cloud-pricing @af03eada",
    )


def test_a_spot_price_is_known_on_gke_and_below_the_usual_one() -> None:
    for price in prices("gke").values():
        spot = price.spot_micro_usd_per_hour
        assert spot is None or 0 < spot < price.micro_usd_per_hour
    # The only public table of EC2's is of 2024, and one type has since risen fourfold.
    assert {price.spot_micro_usd_per_hour for price in prices("eks").values()} == {None}


@pytest.mark.parametrize("cloud", CLOUDS)
def test_every_price_is_of_a_known_machine_and_above_nothing(cloud: Cloud) -> None:
    assert {machine for machine, _ in prices(cloud)} == set(catalogue(cloud))
    assert all(price.micro_usd_per_hour > 0 for price in prices(cloud).values())
    assert all(date.fromisoformat(price.as_of) for price in prices(cloud).values())


REGIONS = {
    "gke": "asia-south1 asia-southeast1 australia-southeast1 europe-west1 europe-west2 "
    "europe-west3 europe-west4 northamerica-northeast1 southamerica-east1 us-central1 "
    "us-east1 us-east4 us-west1 us-west2",
    "eks": "ap-northeast-1 ap-south-1 ap-southeast-1 ap-southeast-2 ca-central-1 eu-central-1 "
    "eu-north-1 eu-west-1 eu-west-2 sa-east-1 us-east-1 us-east-2 us-west-2",
}


@pytest.mark.parametrize("cloud", CLOUDS)
def test_regions_are_sorted(cloud: Cloud) -> None:
    assert regions(cloud) == REGIONS[cloud].split()
