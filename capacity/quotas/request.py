"""How to ask a cloud for more of a quota, and how long that takes. Pure."""

import shlex
from dataclasses import dataclass

from capacity.quotas.catalogue import Quota, find_quota
from capacity.quotas.judge import Judgement
from capacity.quotas.need import Need


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadTime:
    """Days to allow between asking and having, the reason, and its source."""

    days: int
    because: str
    source: str


# Approval is not capacity: machines may still be out of stock on the day.
AWS_LEAD = LeadTime(
    days=7,
    because="several working days, taken as five and a weekend",
    source="2i2c new-aws-account.md",
)
GCP_LEAD = LeadTime(
    days=7,
    because="no figure is published, taken as on AWS; new billing accounts are often refused",
    source="unverified",
)
GPU_LEAD = LeadTime(
    days=14,
    because="GPUs were granted in weekly steps, taken as two; region and project are asked apart",
    source="2i2c#2099, 2i2c#4238",
)


def lead_time(need: Need) -> LeadTime:
    """Return the days to allow for an increase."""
    if need.cloud == "eks":
        return AWS_LEAD
    return GPU_LEAD if need.unit == "GPUs" else GCP_LEAD


def request_command(judgement: Judgement, region: str, account: str) -> str | None:
    """Return the command that asks for what is missing; None where nothing need be asked.

    Args:
        judgement: What is short or tight.
        region: The deployment's region.
        account: Google Cloud project; not used for AWS, whose credentials name the account.
    """
    need, value = judgement.need, judgement.request
    quota = find_quota(need.cloud, need.key)
    if value is None or quota is None:
        return None
    if need.cloud == "eks":
        return (
            f"aws service-quotas request-service-quota-increase --service-code {quota.service} "
            f"--quota-code {quota.quota_id} --desired-value {value} --region {region}"
        )
    return _gcloud(quota, need, value, region, shlex.quote(account or "PROJECT"))


def _gcloud(quota: Quota, need: Need, value: int, region: str, project: str) -> str:
    """Source: gcloud reference, `gcloud quotas preferences create` and `info list`."""
    place = f"--service={quota.service} --project={project}"
    if not quota.quota_id:
        listed = f"gcloud quotas info list {place} --format='value(quotaId,metric)'"
        return f"{listed} | grep /{quota.key.lower()}  # then ask for {value} by the id it shows"
    dimensions = [f"region={region}"] if quota.scope == "region" else []
    family = need.key.partition("/")[2]
    dimensions += [f"vm_family={family}"] if family else []
    where = f" --dimensions={','.join(dimensions)}" if dimensions else ""
    return (
        f"gcloud quotas preferences create {place} --quota-id={quota.quota_id} "
        f"--preferred-value={value}{where} --email=EMAIL"
    )
