"""Limits of a Google Cloud project, read and asked for."""

from collections.abc import Sequence

import pulumi
import pulumi_gcp as gcp

from components.quota_check import QuotaCheck, QuotaCheckArgs
from hubs.deployment import Deployment
from hubs.gke import GkeConfig
from hubs.names import physical, plain
from hubs.quota_check import AskedQuota, asked_quotas


def quota_check(
    name: str, config: GkeConfig, deployment: Deployment, provider: gcp.Provider
) -> QuotaCheck | None:
    """Read the project's limits, if the stack file asks for it."""
    if not config.quota_check.live:
        return None
    parent = f"projects/{config.project}"
    reading = pulumi.InvokeOptions(provider=provider)

    def read(one: AskedQuota) -> int | None:
        found = gcp.cloudquota.get_s_quota_info(
            parent=parent, service=one.quota.service, quota_id=one.quota.quota_id, opts=reading
        )
        return _limit(found.dimensions_infos or [], one)

    def request(one: AskedQuota, value: int, opts: pulumi.ResourceOptions) -> None:
        own = plain(one.need.key)
        # Asks once and returns; Google Cloud answers in days. Another place is another request.
        once = pulumi.ResourceOptions(
            replace_on_changes=["service", "quotaId", "dimensions", "name"]
        )
        gcp.cloudquota.SQuotaPreference(
            f"{name}-quota-{own}",
            parent=parent,
            name=physical("quota-preference", name, f"{own}-{config.region}"),
            service=one.quota.service,
            quota_id=one.quota.quota_id,
            dimensions=dict(one.dimensions),
            quota_config={"preferred_value": str(value)},
            contact_email=config.quota_check.contact,
            justification=f"{one.need.because}, for teaching",
            opts=pulumi.ResourceOptions.merge(opts, once),
        )

    args = QuotaCheckArgs(
        asked=asked_quotas(deployment),
        read=read,
        request=request if config.quota_check.request else None,
    )
    return QuotaCheck(f"{name}-quotas", args, pulumi.ResourceOptions(provider=provider))


def _limit(
    infos: Sequence[gcp.cloudquota.outputs.GetSQuotaInfoDimensionsInfoResult], one: AskedQuota
) -> int | None:
    """Return the limit in a quota's own place; the smallest where several are of it."""
    found = [
        int(detail.value)
        for info in infos
        if _is_of(info, one)
        for detail in info.details
        if detail.value
    ]
    return min(found, default=None)


def _is_of(info: gcp.cloudquota.outputs.GetSQuotaInfoDimensionsInfoResult, one: AskedQuota) -> bool:
    """Return whether an entry is of the quota's region and family, or says that it is of all."""
    places = {**one.dimensions}
    given = info.dimensions or {}
    region = places.pop("region", None)
    here = region is None or region in (info.applicable_locations or [region])
    return here and all(given.get(key, value) == value for key, value in places.items())
