"""Quotas for a reader and for machines."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from capacity.quotas.judge import judge
from capacity.quotas.need import need
from capacity.quotas.snapshot import Reading, Snapshot
from preview.show_quotas import (
    QuotaReport,
    quota_table,
    quotas_json,
    read_when,
    reasons,
    requests,
)

Lines = Callable[..., list[str]]
TAKEN = datetime(2026, 11, 21, 13, tzinfo=UTC)
READ = Snapshot(
    cloud="gke",
    region="us-central1",
    account="my-project",
    taken=TAKEN,
    origin="recorded",
    sample=False,
    readings={
        "N2_CPUS": Reading(limit=500, usage=24, own=24),
        "SSD_TOTAL_GB": Reading(limit=500, usage=0, own=0),
        "INSTANCES": Reading(limit=-1, usage=3, own=3),
    },
)
NEEDS = [
    need("gke", "N2_CPUS", 40, "users 10 x 4"),
    need("gke", "SSD_TOTAL_GB", 600, "boot disks: users 6 x 100 GB"),
    need("gke", "INSTANCES", 10, "users 10 x 1"),
    need("gke", "C3_CPUS", 4, "users 1 x 4"),
]


def _report(snapshot: Snapshot | None = READ) -> QuotaReport:
    return QuotaReport(
        stack="lab",
        region="us-central1",
        account="my-project",
        now=TAKEN + timedelta(days=3),
        snapshot=snapshot,
        judgements=judge(NEEDS, snapshot),
    )


@pytest.mark.parametrize(
    ("report", "told"),
    [
        (
            _report(),
            "Quotas of my-project in us-central1, recorded at 2026-11-21 13:00 UTC, 3d before.",
        ),
        (
            _report(None),
            "Quotas were not read. readyroom quota lab --live --save reads and keeps them.",
        ),
        (
            _report(replace(READ, origin="live", account="", taken=TAKEN + timedelta(days=3))),
            "Quotas of an account in us-central1, live at 2026-11-24 13:00 UTC.",
        ),
        (
            _report(replace(READ, taken=TAKEN - timedelta(days=11))),
            "Quotas of my-project in us-central1, recorded at 2026-11-10 13:00 UTC, 14d before.",
        ),
        (
            _report(replace(READ, taken=TAKEN - timedelta(days=11, minutes=1))),
            "Quotas of my-project in us-central1, recorded at 2026-11-10 12:59 UTC, 14d1m before: "
            "older than 14 days, read them again.",
        ),
        (
            _report(replace(READ, sample=True)),
            "Quotas of my-project in us-central1, recorded at 2026-11-21 13:00 UTC, 3d before. "
            "SAMPLE DATA: the numbers are made up.",
        ),
    ],
)
def test_age_and_origin_are_said(report: QuotaReport, told: str) -> None:
    assert read_when(report) == told


def _words(lines: list[str]) -> list[str]:
    return [" ".join(line.split()) for line in lines]


def test_people_read_one_row_per_quota(lines: Lines) -> None:
    assert _words(lines(quota_table(_report()))) == [
        "needed of need limit in use verdict code ask for lead",
        "N2_CPUS 40 vCPU 500 24 ok N2_CPUS",
        "SSD_TOTAL_GB 600 GB 500 0 short SSD_TOTAL_GB 720 7 days",
        "INSTANCES 10 VMs no limit 3 ok INSTANCES",
        "C3_CPUS 4 vCPU - - unknown C3_CPUS",
    ]


def test_every_number_has_its_reason_and_source(lines: Lines) -> None:
    told = " ".join(_words(lines(reasons(_report()))))

    assert (
        "SSD_TOTAL_GB 500 < 600. Need: boot disks: users 6 x 100 GB [cross-checked in several "
        "public repositories, 2026-09]"
    ) in told


def test_requests_are_ready_to_paste_with_their_lead_time() -> None:
    assert [str(line) for line in requests(_report())] == [
        "Ask for more",
        "gcloud quotas preferences create --service=compute.googleapis.com --project=my-project "
        "--quota-id=SSD-TOTAL-GB-per-project-region --preferred-value=720 "
        "--dimensions=region=us-central1 --email=EMAIL",
        "Allow 7 days: no figure is published, taken as on AWS; new billing accounts are often "
        "refused  [unverified]",
        "An approval is not capacity: machines may be out of stock.",
    ]
    assert list(requests(_report(None))) == []


def test_machines_read_everything() -> None:
    found = quotas_json(_report())

    rows = found.pop("quotas")
    assert found == {
        "stack": "lab",
        "at": "2026-11-24T13:00:00+00:00",
        "read": {
            "origin": "recorded",
            "taken": "2026-11-21T13:00:00+00:00",
            "ageSeconds": 259200,
            "old": False,
            "sample": False,
        },
        "short": True,
    }
    assert [row["verdict"] for row in rows] == ["ok", "short", "ok", "unknown"]
    assert rows[1] == {
        "code": "SSD_TOTAL_GB",
        "name": "SSD_TOTAL_GB",
        "unit": "GB",
        "need": 600,
        "limit": 500,
        "usage": 0,
        "others": 0,
        "origin": "recorded",
        "verdict": "short",
        "because": "500 < 600. Need: boot disks: users 6 x 100 GB",
        "source": "cross-checked in several public repositories, 2026-09",
        "request": 720,
        "command": "gcloud quotas preferences create --service=compute.googleapis.com "
        "--project=my-project --quota-id=SSD-TOTAL-GB-per-project-region --preferred-value=720 "
        "--dimensions=region=us-central1 --email=EMAIL",
        "leadDays": 7,
    }


def test_machines_read_that_nothing_was_read() -> None:
    found = quotas_json(_report(None))

    assert (found["read"], found["short"]) == (None, False)
