"""Buckets of a hub's users on S3, and the role that reaches them."""

import json

import pulumi
import pulumi_aws as aws

from components.eks.place import Place
from components.eks.roles import pod_role
from hubs.buckets import UPLOAD_DAYS, USERS, expiry_days, in_order, kept_days
from hubs.hub import BucketConfig, HubConfig
from hubs.names import physical


def hub_buckets(
    place: Place, hub: HubConfig, cluster_name: str, after: pulumi.ResourceOptions
) -> list[pulumi.Resource]:
    """Create a hub's buckets, and a role that reads and writes objects of theirs alone.

    A bucket of a hub that goes stays, with all objects and settings.

    Args:
        place: Where they belong.
        hub: Whose they are.
        cluster_name: In which the hub's users get the role.
        after: Options of what needs the cluster and its pod identity agent.

    Returns:
        What must be there before a server of the hub starts; nothing without buckets.
    """
    if not hub.buckets:
        return []
    tags = place.args.deployment.labels(hub.name)
    buckets = [_bucket(place, bucket, tags) for bucket in in_order(hub)]
    logical = f"{place.name}-{hub.name}-users"
    role = pod_role(logical, physical("iam-role", place.name, hub.name, USERS), place.opts)
    policy = aws.iam.RolePolicy(
        logical,
        name="buckets",
        role=role.id,
        policy=users_policy([bucket.name for bucket in in_order(hub)]),
        opts=place.opts,
    )
    association = aws.eks.PodIdentityAssociation(
        logical,
        cluster_name=cluster_name,
        namespace=hub.name,
        service_account=USERS,
        role_arn=role.arn,
        tags=tags,
        opts=pulumi.ResourceOptions.merge(after, pulumi.ResourceOptions(depends_on=[policy])),
    )
    return [*buckets, policy, association]


def _bucket(place: Place, bucket: BucketConfig, tags: dict[str, str]) -> aws.s3.Bucket:
    made = aws.s3.Bucket(
        f"{place.name}-bucket-{bucket.name}",
        bucket=bucket.name,
        tags=tags,
        opts=place.kept(place.opts),
    )
    # A bucket that stays must not be public, or without encryption, once nobody names it.
    keep = pulumi.ResourceOptions.merge(place.opts, pulumi.ResourceOptions(retain_on_delete=True))
    _protections(f"{place.name}-bucket-{bucket.name}", bucket, made, keep)
    aws.s3.BucketVersioning(
        f"{place.name}-bucket-{bucket.name}",
        bucket=made.id,
        versioning_configuration={"status": "Enabled" if kept_days(bucket) else "Suspended"},
        opts=keep,
    )
    aws.s3.BucketLifecycleConfiguration(
        f"{place.name}-bucket-{bucket.name}",
        bucket=made.id,
        rules=[_rule(bucket)],
        opts=keep,
    )
    return made


def _protections(
    logical: str, bucket: BucketConfig, made: aws.s3.Bucket, keep: pulumi.ResourceOptions
) -> None:
    """Keep a bucket private, encrypted, and reached by TLS alone."""
    aws.s3.BucketOwnershipControls(
        logical, bucket=made.id, rule={"object_ownership": "BucketOwnerEnforced"}, opts=keep
    )
    private = aws.s3.BucketPublicAccessBlock(
        logical,
        bucket=made.id,
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
        opts=keep,
    )
    aws.s3.BucketServerSideEncryptionConfiguration(
        logical,
        bucket=made.id,
        rules=[{"apply_server_side_encryption_by_default": {"sse_algorithm": "AES256"}}],
        opts=keep,
    )
    aws.s3.BucketPolicy(
        logical,
        bucket=made.id,
        policy=_tls_only(bucket.name),
        # S3 refuses two changes of a bucket's access at once.
        opts=pulumi.ResourceOptions.merge(keep, pulumi.ResourceOptions(depends_on=[private])),
    )


def _rule(bucket: BucketConfig) -> aws.s3.BucketLifecycleConfigurationRuleArgsDict:
    """Return what a bucket deletes by itself; a day at least for what is not current."""
    expiry = expiry_days(bucket)
    return {
        "id": "readyroom",
        "status": "Enabled",
        "filter": {"prefix": ""},
        "abort_incomplete_multipart_upload": {"days_after_initiation": UPLOAD_DAYS},
        "expiration": {"expired_object_delete_marker": True}
        if expiry is None
        else {"days": expiry},
        "noncurrent_version_expiration": {"noncurrent_days": max(kept_days(bucket), 1)},
    }


def _arn(bucket: str) -> str:
    return f"arn:aws:s3:::{bucket}"


def _document(*statements: dict[str, object]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def _tls_only(bucket: str) -> str:
    return _document(
        {
            "Sid": "TlsOnly",
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:*",
            "Resource": [_arn(bucket), f"{_arn(bucket)}/*"],
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        }
    )


def users_policy(buckets: list[str]) -> str:
    """Return what a hub's users may do: list its buckets, read, write and delete objects."""
    return _document(
        {
            "Effect": "Allow",
            "Action": [
                "s3:GetBucketLocation",
                "s3:ListBucket",
                "s3:ListBucketMultipartUploads",
            ],
            "Resource": [_arn(bucket) for bucket in buckets],
        },
        {
            "Effect": "Allow",
            "Action": [
                "s3:AbortMultipartUpload",
                "s3:DeleteObject",
                "s3:GetObject",
                "s3:ListMultipartUploadParts",
                "s3:PutObject",
            ],
            "Resource": [f"{_arn(bucket)}/*" for bucket in buckets],
        },
    )
