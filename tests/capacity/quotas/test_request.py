"""How to ask a cloud for more of a quota, and how long that takes."""

import pytest

from capacity.machines import Cloud
from capacity.quotas.judge import Judgement, judge
from capacity.quotas.need import Need, need
from capacity.quotas.request import AWS_LEAD, GCP_LEAD, GPU_LEAD, LeadTime, lead_time
from capacity.quotas.request import request_command as command


def _short(cloud: Cloud, key: str, value: int) -> Judgement:
    [found] = judge([need(cloud, key, value, "")], None, assume_defaults=True)
    return found


def test_aws_is_asked_by_service_and_code() -> None:
    assert command(_short("eks", "L-1216C47A", 512), "us-west-2", "123") == (
        "aws service-quotas request-service-quota-increase --service-code ec2 "
        "--quota-code L-1216C47A --desired-value 620 --region us-west-2"
    )


@pytest.mark.parametrize(
    ("key", "told"),
    [
        (
            "CPUS_ALL_REGIONS",
            "gcloud quotas preferences create --service=compute.googleapis.com --project=mine "
            "--quota-id=CPUS-ALL-REGIONS-per-project --preferred-value=620 --email=EMAIL",
        ),
        (
            "SSD_TOTAL_GB",
            "gcloud quotas preferences create --service=compute.googleapis.com --project=mine "
            "--quota-id=SSD-TOTAL-GB-per-project-region --preferred-value=620 "
            "--dimensions=region=us-central1 --email=EMAIL",
        ),
        (
            "NVIDIA_T4_GPUS",
            "gcloud quotas info list --service=compute.googleapis.com --project=mine "
            "--format='value(quotaId,metric)' | grep /nvidia_t4_gpus  # then ask for 620 by the "
            "id it shows",
        ),
    ],
)
def test_google_is_asked_by_quota_id_and_dimensions(key: str, told: str) -> None:
    judged = judge([need("gke", key, 512, "")], None, assume_defaults=True)

    # 512 is above 500, 32 and 0, the defaults.
    assert [command(one, "us-central1", "mine") for one in judged] == [told]


def test_a_newer_family_is_a_dimension_and_a_project_that_is_not_known_is_left_open() -> None:
    wanted = need("gke", "CPUS_PER_VM_FAMILY/N4", 100, "")
    judged = Judgement(
        need=wanted,
        verdict="short",
        limit=24,
        usage=None,
        others=0,
        origin="live",
        request=120,
        because="",
    )

    assert command(judged, "us-central1", "") == (
        "gcloud quotas preferences create --service=compute.googleapis.com --project=PROJECT "
        "--quota-id=CPUS-PER-VM-FAMILY-per-project-region --preferred-value=120 "
        "--dimensions=region=us-central1,vm_family=N4 --email=EMAIL"
    )


@pytest.mark.parametrize("value", [1, 5])
def test_where_nothing_is_missing_nothing_is_asked(value: int) -> None:
    [found] = judge([need("eks", "L-0263D0A3", value, "", grows=False)], None, assume_defaults=True)

    assert command(found, "us-west-2", "") is None


@pytest.mark.parametrize(
    ("wanted", "lead"),
    [
        (need("eks", "L-1216C47A", 1, ""), AWS_LEAD),
        (need("gke", "N2_CPUS", 1, ""), GCP_LEAD),
        (need("gke", "NVIDIA_T4_GPUS", 1, ""), GPU_LEAD),
    ],
)
def test_a_lead_time_has_a_reason_and_a_source(wanted: Need, lead: LeadTime) -> None:
    assert lead_time(wanted) == lead
    assert lead.days >= 7
    assert lead.because
    assert lead.source
