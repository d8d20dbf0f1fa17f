"""Buckets of a hub's users on S3."""

import json
from collections.abc import Callable
from typing import Any

from components.eks.buckets import hub_buckets
from preview.monitor import RecordingMonitor

Built = Callable[..., RecordingMonitor]
CloudTells = Callable[[dict[str, dict[str, Any]]], None]
Kept = Callable[[RecordingMonitor], dict[str, tuple[bool, bool]]]
Made = Callable[[RecordingMonitor], dict[str, dict[str, Any]]]
Told = Callable[[RecordingMonitor], dict[str, Any]]

LINES = f"""
from {hub_buckets.__module__} import hub_buckets
agent = aws.eks.Addon("agent", cluster_name="readyroom-dev", addon_name="eks-pod-identity-agent")
after = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(depends_on=[agent]))
ready = [
    it
    for hub in place.args.deployment.stack.hubs
    for it in hub_buckets(place, hub, "readyroom-dev", after)
]
tell(**{{f"{{i}}": it.urn for i, it in enumerate(ready)}})
"""
HUBS = {
    "eighty": {
        "buckets": [{"name": "example-scratch", "deleteAfter": "30d"}, {"name": "example-keep"}]
    }
}
TAGS = {"readyroom-stack": "dev", "readyroom-hub": "eighty"}


def _bucket(name: str, versioning: str, rule: dict[str, Any]) -> dict[str, Any]:
    """Return a bucket and everything that is said of it, but its policy."""
    logical, of = f"dev-bucket-{name}", {"bucket": f"dev-bucket-{name}-id"}
    blocks = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
    every = {
        "id": "readyroom",
        "status": "Enabled",
        "filter": {"prefix": ""},
        "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7},
    }
    encryption = {"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}}
    said: dict[str, dict[str, Any]] = {
        "bucketOwnershipControls:BucketOwnershipControls": {
            "rule": {"objectOwnership": "BucketOwnerEnforced"}
        },
        "bucketPublicAccessBlock:BucketPublicAccessBlock": dict.fromkeys(blocks, True),
        "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
            "rules": [encryption]
        },
        "bucketVersioning:BucketVersioning": {"versioningConfiguration": {"status": versioning}},
        "bucketLifecycleConfiguration:BucketLifecycleConfiguration": {"rules": [every | rule]},
    }
    return {f"aws:s3/bucket:Bucket {logical}": {"bucket": name, "tags": TAGS}} | {
        f"aws:s3/{kind} {logical}": of | inputs for kind, inputs in said.items()
    }


def _documents(made: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Take the policies out of what was made, and return them as what they say."""
    return {
        key: json.loads(made[key].pop("policy"))
        for key in made
        if key.startswith(("aws:iam/rolePolicy:", "aws:s3/bucketPolicy:"))
    }


def _tls_only(name: str) -> dict[str, Any]:
    statement = {
        "Sid": "TlsOnly",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    return {"Version": "2012-10-17", "Statement": [statement]}


def test_a_hub_has_its_buckets_and_a_role_for_its_users(
    built: Built, made: Made, cloud_tells: CloudTells
) -> None:
    cloud_tells({"aws:iam/role:Role": {"arn": "arn:aws:iam::123456789012:role/users"}})
    found = made(built("eks", LINES, hubs=HUBS))
    documents = _documents(found)
    trust = json.loads(found["aws:iam/role:Role dev-eighty-users"].pop("assumeRolePolicy"))

    assert found == {
        **_bucket(
            "example-keep",
            "Enabled",
            {
                "expiration": {"expiredObjectDeleteMarker": True},
                "noncurrentVersionExpiration": {"noncurrentDays": 14},
            },
        ),
        **_bucket(
            "example-scratch",
            "Suspended",
            {
                "expiration": {"days": 30},
                "noncurrentVersionExpiration": {"noncurrentDays": 1},
            },
        ),
        "aws:s3/bucketPolicy:BucketPolicy dev-bucket-example-keep": {
            "bucket": "dev-bucket-example-keep-id"
        },
        "aws:s3/bucketPolicy:BucketPolicy dev-bucket-example-scratch": {
            "bucket": "dev-bucket-example-scratch-id"
        },
        "aws:iam/role:Role dev-eighty-users": {"name": "readyroom-dev-eighty-users"},
        "aws:iam/rolePolicy:RolePolicy dev-eighty-users": {
            "name": "buckets",
            "role": "dev-eighty-users-id",
        },
        "aws:eks/podIdentityAssociation:PodIdentityAssociation dev-eighty-users": {
            "clusterName": "readyroom-dev",
            "namespace": "eighty",
            "serviceAccount": "users",
            "roleArn": "arn:aws:iam::123456789012:role/users",
            "tags": TAGS,
        },
    }
    assert trust["Statement"][0]["Principal"] == {"Service": "pods.eks.amazonaws.com"}
    assert {key: document for key, document in documents.items() if "bucketPolicy" in key} == {
        "aws:s3/bucketPolicy:BucketPolicy dev-bucket-example-keep": _tls_only("example-keep"),
        "aws:s3/bucketPolicy:BucketPolicy dev-bucket-example-scratch": _tls_only("example-scratch"),
    }


def test_its_users_read_and_write_objects_of_these_buckets_and_nothing_else(
    built: Built, made: Made
) -> None:
    documents = _documents(made(built("eks", LINES, hubs=HUBS)))

    arns = ["arn:aws:s3:::example-keep", "arn:aws:s3:::example-scratch"]
    assert documents["aws:iam/rolePolicy:RolePolicy dev-eighty-users"] == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": [
                    "s3:GetBucketLocation",
                    "s3:ListBucket",
                    "s3:ListBucketMultipartUploads",
                ],
                "Resource": arns,
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
                "Resource": [f"{arn}/*" for arn in arns],
            },
        ],
    }


def test_buckets_stay_with_their_objects_and_everything_that_protects_them(
    built: Built, kept: Kept
) -> None:
    kinds = (
        "bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        "bucketOwnershipControls:BucketOwnershipControls",
        "bucketPolicy:BucketPolicy",
        "bucketPublicAccessBlock:BucketPublicAccessBlock",
        "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        "bucketVersioning:BucketVersioning",
    )
    names = ("dev-bucket-example-keep", "dev-bucket-example-scratch")

    assert kept(built("eks", LINES, hubs=HUBS)) == {
        **{f"aws:s3/bucket:Bucket {name}": (True, True) for name in names},
        **{f"aws:s3/{kind} {name}": (False, True) for kind in kinds for name in names},
    }


def test_servers_wait_for_the_association_and_that_for_policy_and_agent(
    built: Built, told: Told, cloud_tells: CloudTells
) -> None:
    cloud_tells({})
    monitor = built("eks", LINES, hubs=HUBS)

    awaited = [urn.rpartition("$")[2] for urn in told(monitor).values()]
    association = "aws:eks/podIdentityAssociation:PodIdentityAssociation::dev-eighty-users"
    assert sorted(awaited) == [
        association,
        "aws:iam/rolePolicy:RolePolicy::dev-eighty-users",
        "aws:s3/bucket:Bucket::dev-bucket-example-keep",
        "aws:s3/bucket:Bucket::dev-bucket-example-scratch",
    ]
    [request] = [it for _, it in monitor.requests if it.type in association.split("::")]
    assert sorted(urn.rpartition("::")[2] for urn in request.dependencies) == [
        "agent",
        "dev-eighty-users",
        "dev-eighty-users",
    ]


def test_a_hub_without_buckets_has_nothing_of_all_that(
    built: Built, made: Made, told: Told
) -> None:
    monitor = built("eks", LINES, hubs={"eighty": {}})

    assert (made(monitor), told(monitor)) == ({}, {})


def test_neither_another_hub_nor_another_order_changes_a_bucket(built: Built, made: Made) -> None:
    alone = made(built("eks", LINES, hubs=HUBS))
    turned = {"eighty": {"buckets": HUBS["eighty"]["buckets"][::-1]}}
    beside = made(built("eks", LINES, hubs={"a": {"buckets": [{"name": "a-b"}]}} | turned))

    assert {key: beside.pop(key) for key in alone} == alone
    assert {key.rpartition(" ")[2] for key in beside} == {"dev-bucket-a-b", "dev-a-users"}
