"""Limits of an AWS account, read and asked for."""

import pulumi
import pulumi_aws as aws

from components.quota_check import QuotaCheck, QuotaCheckArgs
from hubs.deployment import Deployment
from hubs.eks import EksConfig
from hubs.quota_check import AskedQuota, asked_quotas


def quota_check(
    name: str, config: EksConfig, deployment: Deployment, provider: aws.Provider
) -> QuotaCheck | None:
    """Read the account's limits, if the stack file asks for it."""
    if not config.quota_check.live:
        return None
    reading = pulumi.InvokeOptions(provider=provider)

    def read(one: AskedQuota) -> int | None:
        found = aws.servicequotas.get_service_quota(
            service_code=one.quota.service, quota_code=one.quota.quota_id, opts=reading
        )
        return _whole(found.value)

    def request(one: AskedQuota, value: int, opts: pulumi.ResourceOptions) -> None:
        # Asks once and returns; AWS answers in days. What was asked for, nothing takes back.
        aws.servicequotas.ServiceQuota(
            f"{name}-quota-{one.quota.quota_id}",
            service_code=one.quota.service,
            quota_code=one.quota.quota_id,
            value=value,
            opts=opts,
        )

    args = QuotaCheckArgs(
        asked=asked_quotas(deployment),
        read=read,
        request=request if config.quota_check.request else None,
    )
    return QuotaCheck(f"{name}-quotas", args, pulumi.ResourceOptions(provider=provider))


def _whole(value: float | None) -> int | None:
    """Return a limit as a whole number, rounded down."""
    return None if value is None else int(value)
