"""Every quota carries its code, its default if one is known, and where that is from."""

import pytest

from capacity.machines import catalogue
from capacity.quotas.catalogue import Interfaces, Quota, find_quota, interfaces, quotas


def test_a_row_is_read_whole() -> None:
    assert quotas("eks")["L-1216C47A"] == Quota(
        cloud="eks",
        service="ec2",
        key="L-1216C47A",
        quota_id="L-1216C47A",
        name="Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances",
        default=5,
        unit="vCPU",
        scope="region",
        verified=True,
        as_of="2026-09",
        source="cross-checked in several public repositories",
    )


def test_the_defaults_that_stop_a_new_google_project_are_known() -> None:
    found = quotas("gke")

    assert (found["SSD_TOTAL_GB"].default, found["SSD_TOTAL_GB"].unit) == (500, "GB")
    assert (found["CPUS_ALL_REGIONS"].default, found["CPUS_ALL_REGIONS"].scope) == (32, "project")
    assert found["N2_CPUS"].default is None
    assert {
        key: (quota.default, quota.unit, quota.scope, quota.verified)
        for key, quota in found.items()
        if quota.service == "file.googleapis.com"
    } == {
        "StandardStorageGbPerRegion": (None, "GiB", "region", True),
        "PremiumStorageGbPerRegion": (None, "GiB", "region", True),
        "EnterpriseStorageGibPerRegion": (0, "GiB", "region", True),
        "HighScaleSSDStorageGibPerRegion": (0, "GiB", "region", False),
    }


def test_what_one_place_or_none_says_stays_marked() -> None:
    marked = {quota.key for cloud in ("gke", "eks") for quota in quotas(cloud).values()
              if not quota.verified}  # fmt: skip

    assert marked >= {"L-E9E9831D", "NVIDIA_T4_GPUS", "GPUS_ALL_REGIONS", "IN_USE_ADDRESSES"}
    assert not marked & {"L-1216C47A", "SSD_TOTAL_GB", "CPUS_ALL_REGIONS"}


def test_every_quota_has_a_source_and_a_month() -> None:
    rows = [quota for cloud in ("gke", "eks") for quota in quotas(cloud).values()]

    assert len(rows) == 61
    assert all(quota.source and quota.as_of and quota.unit for quota in rows)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("N2_CPUS", "N2_CPUS"),
        ("CPUS_PER_VM_FAMILY/N4", "CPUS_PER_VM_FAMILY"),
        ("L-1216C47A", None),
        ("", None),
    ],
)
def test_a_family_after_a_slash_is_of_the_same_quota(key: str, name: str | None) -> None:
    found = find_quota("gke", key)

    assert (found.key if found else None) == name


def test_interfaces_times_addresses_are_the_pods_of_a_type() -> None:
    assert interfaces()["m5.2xlarge"] == Interfaces(count=4, addresses=15)
    for name, machine in catalogue("eks").items():
        found = interfaces()[name]
        assert machine.pods == found.count * (found.addresses - 1) + 2
