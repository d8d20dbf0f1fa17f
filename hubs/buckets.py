"""Buckets of hubs: their order, what they delete and when, and who reaches them. Pure."""

from hubs.cluster_parts import days
from hubs.hub import BucketConfig, HubConfig

# The Kubernetes service account of a hub's user servers, in the hub's namespace.
USERS = "users"
# For how long what people delete or overwrite can be brought back; GCS takes 7 to 90 days.
# Source: Google Cloud, "Soft delete", 2026.
_KEPT_DAYS = 14
# An upload in parts that nobody ends costs like an object, and is none.
UPLOAD_DAYS = 7
_DAY_SECONDS = 24 * 60 * 60


def in_order(hub: HubConfig) -> list[BucketConfig]:
    """Return a hub's buckets in an order that does not depend on its file."""
    return sorted(hub.buckets, key=lambda bucket: bucket.name)


def expiry_days(bucket: BucketConfig) -> int | None:
    """Return after how many days a bucket deletes its objects; None if it keeps them."""
    return None if bucket.delete_after is None else days(bucket.delete_after)


def kept_days(bucket: BucketConfig) -> int:
    """Return for how many days a deleted object can be brought back.

    None where all are deleted in time anyway.
    """
    return _KEPT_DAYS if bucket.delete_after is None else 0


def kept_seconds(bucket: BucketConfig) -> int:
    """Return `kept_days` in seconds, as GCS counts them."""
    return kept_days(bucket) * _DAY_SECONDS
