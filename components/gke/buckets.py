"""Buckets of a hub's users on Cloud Storage, and the identity that reaches them."""

from collections.abc import Mapping

import pulumi
import pulumi_gcp as gcp

from components.gke.place import Place
from hubs.buckets import UPLOAD_DAYS, USERS, expiry_days, in_order, kept_seconds
from hubs.hub import BucketConfig, HubConfig


def hub_buckets(
    place: Place,
    hub: HubConfig,
    workload_pool: pulumi.Input[str],
    cluster: gcp.container.Cluster,
) -> Mapping[str, pulumi.Input[str]]:
    """Create a hub's buckets, and an account that reads and writes objects of theirs alone.

    A bucket of a hub that goes stays, with all objects.

    Args:
        place: Where they belong.
        hub: Whose they are.
        workload_pool: In which the cluster's service accounts are known.
        cluster: Brings the pool into being.

    Returns:
        Annotations of the service account of the hub's users; none without buckets.
    """
    if not hub.buckets:
        return {}
    account = gcp.serviceaccount.Account(
        f"{place.name}-{hub.name}-users",
        account_id=place.physical("service-account", hub.name, USERS),
        display_name=f"Users of {hub.name} on {place.args.name}",
        opts=place.opts,
    )
    for bucket in in_order(hub):
        gcp.storage.BucketIAMMember(
            f"{place.name}-bucket-{bucket.name}",
            bucket=_bucket(place, hub, bucket).name,
            # Objects and folders, and no right to give rights.
            role="roles/storage.objectUser",
            member=account.member,
            opts=place.opts,
        )
    gcp.serviceaccount.IAMMember(
        f"{place.name}-{hub.name}-users",
        service_account_id=account.name,
        role="roles/iam.workloadIdentityUser",
        member=pulumi.Output.concat("serviceAccount:", workload_pool, f"[{hub.name}/{USERS}]"),
        # A project's pool begins with its first cluster that has one.
        opts=pulumi.ResourceOptions.merge(place.opts, pulumi.ResourceOptions(depends_on=[cluster])),
    )
    return {"iam.gke.io/gcp-service-account": account.email}


def _bucket(place: Place, hub: HubConfig, bucket: BucketConfig) -> gcp.storage.Bucket:
    """Create a bucket; it is encrypted by Google's keys without a word about it."""
    return gcp.storage.Bucket(
        f"{place.name}-bucket-{bucket.name}",
        name=bucket.name,
        # As Cloud Storage answers; in lower case it would be another one to some of its readers.
        location=place.config.region.upper(),
        storage_class="STANDARD",
        uniform_bucket_level_access=True,
        public_access_prevention="enforced",
        soft_delete_policy={"retention_duration_seconds": kept_seconds(bucket)},
        lifecycle_rules=_rules(bucket),
        labels=place.args.deployment.labels(hub.name),
        opts=place.kept(place.opts),
    )


def _rules(bucket: BucketConfig) -> list[gcp.storage.BucketLifecycleRuleArgsDict]:
    rules: list[gcp.storage.BucketLifecycleRuleArgsDict] = [
        {
            "action": {"type": "AbortIncompleteMultipartUpload"},
            "condition": {"age": UPLOAD_DAYS},
        }
    ]
    expiry = expiry_days(bucket)
    if expiry is not None:
        rules.append({"action": {"type": "Delete"}, "condition": {"age": expiry}})
    return rules
