"""What to ask a cloud of its quotas while previewing, and what of the answer to tell. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from capacity.quotas.catalogue import Quota, find_quota
from capacity.quotas.judge import enough_for
from capacity.quotas.need import Need
from capacity.quotas.snapshot import UNLIMITED
from hubs.deployment import Deployment
from hubs.footprint import stack_needs
from hubs.values_access import Values


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuota:
    """A quota that a cloud can be asked for.

    Attributes:
        need: How much of it a stack may need, over all times of its file.
        quota: Its row in the catalogue, with what the cloud calls it.
        dimensions: What it is counted by on Google Cloud, such as the region.
        others: How much of it others use, as far as a snapshot says so.
    """

    need: Need
    quota: Quota
    dimensions: Mapping[str, str]
    others: int

    @property
    def enough(self) -> int:
        """Return the limit to ask for."""
        return enough_for(self.need, self.others)


def asked_quotas(deployment: Deployment) -> tuple[AskedQuota, ...]:
    """Return what to ask for, by key; nothing that a cloud would have to be searched for."""
    cluster, snapshot = deployment.cluster, deployment.stack.quotas
    if cluster.provider == "existing":
        return ()
    planned = tuple(event.planned for event in deployment.events)
    found: list[AskedQuota] = []
    for need in stack_needs(deployment.stack, planned, deployment.now):
        quota = find_quota(need.cloud, need.key)
        if quota is None or not quota.quota_id or need.room is not None:
            continue
        reading = snapshot.readings.get(need.key) if snapshot else None
        found.append(
            AskedQuota(
                need=need,
                quota=quota,
                dimensions=_dimensions(quota, need, cluster.region),
                others=reading.others if reading else 0,
            )
        )
    return tuple(sorted(found, key=lambda one: one.need.key))


def _dimensions(quota: Quota, need: Need, region: str) -> dict[str, str]:
    found = {"region": region} if quota.scope == "region" else {}
    family = need.key.partition("/")[2]
    return found | ({"vm_family": family} if family else {})


def told(asked: tuple[AskedQuota, ...], limits: Mapping[str, int]) -> Values:
    """Return needs and limits as the gate reads them; those without an answer have no limit."""
    return {
        "quotas": {
            one.need.key: {
                "name": one.need.name,
                "unit": one.need.unit,
                "need": one.need.value,
                "others": one.others,
                "limit": limits.get(one.need.key),
            }
            for one in asked
        }
    }


def wanted(asked: tuple[AskedQuota, ...], limits: Mapping[str, int]) -> dict[str, int]:
    """Return the limits to ask for, by key; of what is unknown or has no limit nothing.

    Never less than there is, and also once it is granted: nothing is taken back.
    """
    return {
        one.need.key: max(one.enough, limits[one.need.key])
        for one in asked
        if limits.get(one.need.key, UNLIMITED) != UNLIMITED
    }
