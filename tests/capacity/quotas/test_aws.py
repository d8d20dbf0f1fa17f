"""What a deployment needs of AWS quotas."""

from collections.abc import Callable
from typing import Any

import pytest

from capacity.quotas.aws import vcpu_quota
from capacity.quotas.footprint import Footprint, PoolSize
from capacity.quotas.need import UnknownFamilyError
from capacity.quotas.needs import needs

Made = Callable[..., PoolSize]


@pytest.fixture
def group(pool: Made) -> Made:
    """Return a node group of m5.2xlarge with some fields changed."""

    def made(**changed: Any) -> PoolSize:  # noqa: ANN401 - any field
        given = {"machine_type": "m5.2xlarge", "vcpus": 8, "disk_type": "gp3"}
        return pool(**(given | changed))

    return made


@pytest.mark.parametrize(
    ("machine_type", "on_demand", "spot"),
    [
        *((f"{name}.large", "L-1216C47A", "L-34B43A08")
          for name in ("a1", "c5", "d3", "h1", "i3", "im4gn", "is4gen", "m5", "r7i", "t3", "z1d")),
        *((f"{name}.xlarge", "L-DB2E81BA", "L-3819A6DF") for name in ("g4dn", "gr6", "vt1")),
        ("p5.48xlarge", "L-417A185B", "L-7212CCBC"),
        ("f2.6xlarge", "L-74FC7D96", "L-88CF9481"),
        ("inf2.xlarge", "L-1945791B", "L-B5D1601B"),
        ("trn1.2xlarge", "L-2C3B7624", "L-6B0D517C"),
        ("x2iedn.xlarge", "L-7295265B", "L-E3A00192"),
    ],
)  # fmt: skip
def test_a_type_counts_by_the_letters_before_its_generation(
    machine_type: str, on_demand: str, spot: str
) -> None:
    assert vcpu_quota(machine_type, spot=False) == on_demand
    assert vcpu_quota(machine_type, spot=True) == spot


@pytest.mark.parametrize(
    ("machine_type", "spot", "told"),
    [
        ("mac2.metal", False, "no vCPU quota is known for mac2.metal on demand"),
        ("u-6tb1.metal", True, "no vCPU quota is known for u-6tb1.metal spot"),
        ("", False, "no vCPU quota is known for  on demand"),
    ],
)
def test_a_family_without_a_quota_is_refused(machine_type: str, spot: bool, told: str) -> None:  # noqa: FBT001 - a row of the table
    with pytest.raises(UnknownFamilyError) as caught:
        vcpu_quota(machine_type, spot=spot)
    assert str(caught.value) == told


def test_high_memory_has_a_quota_on_demand() -> None:
    assert vcpu_quota("u-6tb1.metal", spot=False) == "L-43DA4232"


def test_a_cluster_needs_vcpus_disks_interfaces_addresses_and_its_own_things(group: Made) -> None:
    found = needs(
        Footprint(
            cloud="eks",
            pools=(
                group(name="core", machine_type="m5.xlarge", vcpus=4, max_nodes=3),
                group(name="users", max_nodes=33),
                group(name="workers", max_nodes=2, spot=True),
                group(name="none", max_nodes=0),
            ),
            load_balancers=2,
            nat_gateways=2,
            zones=2,
            volume_gb=52,
            clusters=1,
            file_systems=1,
            pod_addresses=16379,
        )
    )

    assert [(need.key, need.value, need.unit, need.grows, need.because) for need in found] == [
        ("L-1216C47A", 276, "vCPU", True, "core 3 x 4 + users 33 x 8 vCPU"),
        ("L-34B43A08", 16, "vCPU", True, "workers 2 x 8 vCPU"),
        (
            "L-7A658B76", 4, "TiB", True,
            "boot disks: core 3 x 100 + users 33 x 100 + workers 2 x 100 GiB + 52 GiB of hubs and "
            "monitoring",
        ),
        (
            "L-DF5E4CA3", 152, "interfaces", True,
            "3 x 4 + 33 x 4 + 2 x 4 interfaces, all that the types can have",
        ),
        (
            "pod-addresses", 2280, "addresses", True,
            "3 x 4 interfaces x 15 + 33 x 4 interfaces x 15 + 2 x 4 interfaces x 15, taken whether "
            "pods use them or not",
        ),
        ("L-6D54EA21", 3, "node groups", False, "3 node groups"),
        ("L-BD136A63", 33, "nodes", False, "the largest node group"),
        ("L-0263D0A3", 2, "addresses", False, "one for each NAT gateway"),
        ("L-FE5A380F", 1, "gateways", False, "NAT gateways in a zone"),
        ("L-E9E9831D", 2, "load balancers", False, "one for the proxy of each hub"),
        ("L-848C634D", 1, "file systems", False, "homes"),
        ("L-1194D53C", 1, "clusters", False, "the cluster"),
        ("L-F678F1CE", 1, "VPCs", False, "the cluster's network"),
    ]  # fmt: skip
    assert next(need.room for need in found if need.key == "pod-addresses") == 16379


@pytest.mark.parametrize(("gib", "tib"), [(1024, 1), (1025, 2)])
def test_tebibytes_are_rounded_up(gib: int, tib: int, group: Made) -> None:
    found = needs(Footprint(cloud="eks", pools=(group(max_nodes=1, disk_gb=gib),)))

    assert [need.value for need in found if need.key == "L-7A658B76"] == [tib]


def test_gp2_disks_have_a_quota_of_their_own_and_volumes_are_gp3(group: Made) -> None:
    pools = (group(disk_type="gp2"),)

    found = needs(Footprint(cloud="eks", pools=pools, volume_gb=50))

    assert [need.because for need in found if need.key == "L-D18FCD1D"] == [
        "boot disks: users 5 x 100 GiB"
    ]


def test_a_disk_of_another_type_is_refused(group: Made) -> None:
    with pytest.raises(UnknownFamilyError, match=r"^no quota is known for disks of type io2$"):
        needs(Footprint(cloud="eks", pools=(group(disk_type="io2"),)))


def test_a_type_whose_interfaces_are_not_known_needs_none_that_could_be_said(group: Made) -> None:
    pools = (group(machine_type="g99.xlarge"),)

    found = needs(Footprint(cloud="eks", pools=pools, pod_addresses=16379))

    assert [need.key for need in found] == [
        "L-DB2E81BA",
        "L-7A658B76",
        "L-6D54EA21",
        "L-BD136A63",
    ]


def test_nothing_needs_nothing() -> None:
    assert needs(Footprint(cloud="eks", pools=())) == []
