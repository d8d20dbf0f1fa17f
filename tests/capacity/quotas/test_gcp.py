"""What a deployment needs of the quotas of a Google Cloud project."""

from collections.abc import Callable

import pytest

from capacity.quotas.footprint import FileShare, Footprint, PoolSize
from capacity.quotas.gcp import (
    FILESTORE_QUOTAS,
    filestore_metric,
    gpu_metric,
    node_range,
    vcpu_metric,
)
from capacity.quotas.judge import judge
from capacity.quotas.need import UnknownFamilyError
from capacity.quotas.needs import needs
from capacity.quotas.request import request_command
from capacity.quotas.snapshot import Reading, Snapshot
from capacity.storage.filestore import Tier

Made = Callable[..., PoolSize]


@pytest.mark.parametrize(
    ("machine_type", "metric"),
    [
        ("e2-highmem-8", "CPUS"),
        ("n1-standard-4", "CPUS"),
        ("t2d-standard-4", "CPUS"),
        ("n2-highmem-4", "N2_CPUS"),
        ("n2d-highmem-4", "N2D_CPUS"),
        ("c2-standard-4", "C2_CPUS"),
        ("c3-standard-4", "C3_CPUS"),
        ("a2-highgpu-1g", "A2_CPUS"),
        ("g2-standard-4", None),
        ("n4-standard-4", "CPUS_PER_VM_FAMILY/N4"),
        ("c4-standard-4", "CPUS_PER_VM_FAMILY/C4"),
    ],
)
def test_a_family_counts_by_its_own_metric_or_with_others(
    machine_type: str, metric: str | None
) -> None:
    assert vcpu_metric(machine_type, spot=False) == metric
    assert vcpu_metric(machine_type, spot=True) == "PREEMPTIBLE_CPUS"


@pytest.mark.parametrize(
    ("gpu_type", "metric"),
    [
        ("nvidia-tesla-t4", "NVIDIA_T4_GPUS"),
        ("nvidia-l4", "NVIDIA_L4_GPUS"),
        ("NVIDIA L4", "NVIDIA_L4_GPUS"),
        ("nvidia-a100-80gb", "NVIDIA_A100_80GB_GPUS"),
    ],
)
def test_an_accelerator_has_a_metric(gpu_type: str, metric: str) -> None:
    assert gpu_metric(gpu_type) == metric


# Powers of two, at least twice the pods: a /28 for 8 pods, a /24 for 110, a /23 for 256.
@pytest.mark.parametrize(
    ("pods", "addresses"),
    [(8, 16), (9, 32), (16, 32), (64, 128), (65, 256), (110, 256), (128, 256), (129, 512)],
)
def test_a_node_gets_a_range_of_twice_its_pods(pods: int, addresses: int) -> None:
    assert node_range(pods) == addresses


def test_a_cluster_needs_vcpus_twice_disks_nodes_and_its_own_things(pool: Made) -> None:
    found = needs(
        Footprint(
            cloud="gke",
            pools=(
                pool(name="core", machine_type="e2-standard-2", vcpus=2, max_nodes=3),
                pool(name="users", max_nodes=10),
                pool(name="old", max_nodes=1, disk_type="pd-standard"),
                pool(name="none", max_nodes=0),
            ),
            zones=2,
            public_nodes=True,
            load_balancers=2,
            nat_gateways=1,
            volume_gb=52,
            clusters=1,
            file_shares=(
                FileShare(name="homes", tier="REGIONAL", gib=3072),
                FileShare(name="fast", tier="ZONAL", gib=1024),
            ),
            pod_addresses=4096,
        )
    )

    assert [(need.key, need.value, need.unit, need.grows, need.because) for need in found] == [
        ("CPUS", 6, "vCPU", True, "core 3 x 2"),
        ("N2_CPUS", 44, "vCPU", True, "users 10 x 4 + old 1 x 4"),
        ("CPUS_ALL_REGIONS", 50, "vCPU", True, "core 3 x 2 + users 10 x 4 + old 1 x 4"),
        (
            "SSD_TOTAL_GB", 1352, "GB", True,
            "boot disks: core 3 x 100 + users 10 x 100 GB + 52 GB of hubs and monitoring",
        ),
        ("DISKS_TOTAL_GB", 100, "GB", True, "boot disks: old 1 x 100 GB"),
        ("INSTANCES", 14, "VMs", True, "core 3 x 1 + users 10 x 1 + old 1 x 1"),
        ("INSTANCE_GROUPS", 6, "groups", False, "3 pools x 2 zones"),
        (
            "IN_USE_ADDRESSES", 17, "addresses", True,
            "14 public nodes + 2 load balancers + 1 NAT gateways",
        ),
        (
            "pod-addresses", 3584, "addresses", True,
            "3 x 256 + 10 x 256 + 1 x 256: a range of its own for every node",
        ),
        (
            "EnterpriseStorageGibPerRegion", 4096, "GiB", False,
            "Filestore: homes 3072 + fast 1024 GiB",
        ),
        ("FORWARDING_RULES", 2, "rules", False, "one for the proxy of each hub"),
        ("STATIC_ADDRESSES", 1, "addresses", False, "one for each NAT gateway"),
        ("SUBNETWORKS", 1, "subnetworks", False, "the cluster's network"),
    ]  # fmt: skip


def test_private_nodes_have_no_address_of_their_own(pool: Made) -> None:
    found = needs(Footprint(cloud="gke", pools=(pool(),)))

    assert [need.key for need in found] == [
        "N2_CPUS",
        "CPUS_ALL_REGIONS",
        "SSD_TOTAL_GB",
        "INSTANCES",
        "INSTANCE_GROUPS",
    ]


# 2i2c#4238: the project's quota was granted and the region's refused.
def test_gpus_need_a_quota_of_the_region_and_one_of_the_project(pool: Made) -> None:
    gpus = pool(machine_type="n1-standard-4", gpus=2, gpu_type="nvidia-tesla-t4")

    found = needs(Footprint(cloud="gke", pools=(gpus,)))

    assert [(need.key, need.value) for need in found if need.unit == "GPUs"] == [
        ("NVIDIA_T4_GPUS", 10),
        ("GPUS_ALL_REGIONS", 10),
    ]


def test_nodes_that_only_gpus_bound_count_in_all_regions_alone(pool: Made) -> None:
    gpus = pool(machine_type="g2-standard-4", gpus=1, gpu_type="nvidia-l4")

    found = needs(Footprint(cloud="gke", pools=(gpus,)))

    assert [need.key for need in found if need.unit == "vCPU"] == ["CPUS_ALL_REGIONS"]


def test_a_newer_family_counts_by_family(pool: Made) -> None:
    found = needs(Footprint(cloud="gke", pools=(pool(machine_type="n4-highmem-4"),)))

    assert (found[0].key, found[0].value) == ("CPUS_PER_VM_FAMILY/N4", 20)
    assert found[0].source.endswith(", unverified")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"disk_type": "hyperdisk-ml"}, "no quota is known for disks of type hyperdisk-ml"),
        ({"gpus": 1, "gpu_type": "amd-1"}, "no quota NVIDIA_AMD_1_GPUS is known"),
    ],
)
def test_what_no_quota_is_known_for_is_refused(
    changed: dict[str, object], told: str, pool: Made
) -> None:
    with pytest.raises(UnknownFamilyError) as caught:
        needs(Footprint(cloud="gke", pools=(pool(**changed),)))
    assert str(caught.value) == told


# GKE's default boot disk is 100 GB of pd-balanced, and a new project has 500 GB of SSD.
@pytest.mark.parametrize(("nodes", "verdict"), [(4, "ok"), (5, "tight"), (6, "short")])
def test_a_new_project_stops_at_five_default_nodes(
    nodes: int, verdict: str, pool: Made, snapshot: Callable[..., Snapshot]
) -> None:
    found = needs(Footprint(cloud="gke", pools=(pool(max_nodes=nodes),)))
    read = snapshot(SSD_TOTAL_GB=Reading(limit=500, usage=0, own=0))

    [judged] = [one for one in judge(found, read) if one.need.key == "SSD_TOTAL_GB"]
    assert judged.verdict == verdict


def test_a_hyperdisk_is_neither_ssd_nor_standard(pool: Made) -> None:
    found = needs(Footprint(cloud="gke", pools=(pool(disk_type="hyperdisk-balanced"),)))

    assert [(need.key, need.value) for need in found if need.unit == "GB"] == [
        ("HDB_TOTAL_GB", 500)
    ]


@pytest.mark.parametrize(
    ("tier", "gib", "metric"),
    [
        ("BASIC_HDD", 20_480, "StandardStorageGbPerRegion"),
        ("BASIC_SSD", 2560, "PremiumStorageGbPerRegion"),
        ("ZONAL", 9984, "EnterpriseStorageGibPerRegion"),
        ("REGIONAL", 1024, "EnterpriseStorageGibPerRegion"),
        ("ZONAL", 10_240, "HighScaleSSDStorageGibPerRegion"),
        ("REGIONAL", 10_240, "HighScaleSSDStorageGibPerRegion"),
    ],
)
def test_filestore_counts_by_tier_and_band(tier: Tier, gib: int, metric: str) -> None:
    assert filestore_metric(tier, gib) == metric
    assert metric in FILESTORE_QUOTAS


def test_shares_of_different_quotas_count_apart() -> None:
    shares = (
        FileShare(name="homes", tier="BASIC_HDD", gib=1024),
        FileShare(name="fast", tier="ZONAL", gib=10_240),
    )

    found = needs(Footprint(cloud="gke", pools=(), file_shares=shares))
    assert [(need.key, need.value, need.because) for need in found] == [
        ("StandardStorageGbPerRegion", 1024, "Filestore: homes 1024 GiB"),
        ("HighScaleSSDStorageGibPerRegion", 10_240, "Filestore: fast 10240 GiB"),
    ]
    assert [need.source.endswith(", unverified") for need in found] == [False, True]


# hashicorp/terraform-provider-google#13075: "my projects are provisioned with exactly 0 quota".
def test_a_new_project_has_no_zonal_filestore_and_is_told_how_to_ask() -> None:
    shares = (FileShare(name="homes", tier="ZONAL", gib=1024),)

    [judged] = judge(
        needs(Footprint(cloud="gke", pools=(), file_shares=shares)), None, assume_defaults=True
    )
    assert (judged.verdict, judged.limit, judged.request) == ("short", 0, 1100)
    assert request_command(judged, "us-central1", "my-project") == (
        "gcloud quotas preferences create --service=file.googleapis.com --project=my-project "
        "--quota-id=EnterpriseStorageGibPerRegion --preferred-value=1100 "
        "--dimensions=region=us-central1 --email=EMAIL"
    )


def test_nothing_needs_nothing() -> None:
    assert needs(Footprint(cloud="gke", pools=())) == []
