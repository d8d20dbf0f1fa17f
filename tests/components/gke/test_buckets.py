"""Buckets of a hub's users on Cloud Storage."""

from collections.abc import Callable
from typing import Any

from components.gke.buckets import hub_buckets
from preview.monitor import RecordingMonitor

Built = Callable[..., RecordingMonitor]
CloudTells = Callable[[dict[str, dict[str, Any]]], None]
Kept = Callable[[RecordingMonitor], dict[str, tuple[bool, bool]]]
Made = Callable[[RecordingMonitor], dict[str, dict[str, Any]]]
Told = Callable[[RecordingMonitor], dict[str, Any]]

LINES = f"""
from {hub_buckets.__module__} import hub_buckets
cluster = gcp.container.Cluster("cluster")
found = [
    hub_buckets(place, hub, "example-project.svc.id.goog", cluster)
    for hub in place.args.deployment.stack.hubs
]
tell(**found[0])
"""
HUBS = {
    "eighty": {
        "buckets": [{"name": "example-scratch", "deleteAfter": "30d"}, {"name": "example-keep"}]
    }
}
MEMBER = "serviceAccount:readyroom-dev-eighty-users@example-project.iam.gserviceaccount.com"
ACCOUNT = {
    "gcp:serviceaccount/account:Account": {
        "name": "projects/example-project/serviceAccounts/users",
        "email": MEMBER.removeprefix("serviceAccount:"),
        "member": MEMBER,
    }
}


def _bucket(name: str, kept_seconds: int, *deletes: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "location": "EUROPE-WEST1",
        "storageClass": "STANDARD",
        "uniformBucketLevelAccess": True,
        "publicAccessPrevention": "enforced",
        "softDeletePolicy": {"retentionDurationSeconds": kept_seconds},
        "lifecycleRules": [
            {"action": {"type": "AbortIncompleteMultipartUpload"}, "condition": {"age": 7}},
            *deletes,
        ],
        "labels": {"readyroom-stack": "dev", "readyroom-hub": "eighty"},
    }


def test_a_hub_has_its_buckets_and_an_account_that_reaches_them_alone(
    built: Built, made: Made, cloud_tells: CloudTells
) -> None:
    cloud_tells(ACCOUNT)
    monitor = built("gke", LINES, hubs=HUBS)

    rights = {"member": MEMBER, "role": "roles/storage.objectUser"}
    assert made(monitor) == {
        "gcp:storage/bucket:Bucket dev-bucket-example-keep": _bucket("example-keep", 1_209_600),
        "gcp:storage/bucket:Bucket dev-bucket-example-scratch": _bucket(
            "example-scratch", 0, {"action": {"type": "Delete"}, "condition": {"age": 30}}
        ),
        "gcp:serviceaccount/account:Account dev-eighty-users": {
            "accountId": "readyroom-dev-eighty-users",
            "displayName": "Users of eighty on readyroom-dev",
        },
        "gcp:storage/bucketIAMMember:BucketIAMMember dev-bucket-example-keep": rights
        | {"bucket": "example-keep"},
        "gcp:storage/bucketIAMMember:BucketIAMMember dev-bucket-example-scratch": rights
        | {"bucket": "example-scratch"},
        "gcp:serviceaccount/iAMMember:IAMMember dev-eighty-users": {
            "serviceAccountId": "projects/example-project/serviceAccounts/users",
            "role": "roles/iam.workloadIdentityUser",
            "member": "serviceAccount:example-project.svc.id.goog[eighty/users]",
        },
    }


def test_the_users_service_account_is_told_whom_it_acts_as(
    built: Built, told: Told, cloud_tells: CloudTells
) -> None:
    cloud_tells(ACCOUNT)

    assert told(built("gke", LINES, hubs=HUBS)) == {
        "iam.gke.io/gcp-service-account": MEMBER.removeprefix("serviceAccount:")
    }


def test_a_hub_without_buckets_has_nothing_of_all_that(
    built: Built, made: Made, told: Told
) -> None:
    monitor = built("gke", LINES, hubs={"eighty": {}})

    assert (made(monitor), told(monitor)) == ({}, {})


def test_buckets_are_protected_and_stay_with_their_objects(built: Built, kept: Kept) -> None:
    assert kept(built("gke", LINES, hubs=HUBS)) == {
        "gcp:storage/bucket:Bucket dev-bucket-example-keep": (True, True),
        "gcp:storage/bucket:Bucket dev-bucket-example-scratch": (True, True),
    }


def test_the_account_is_bound_once_the_cluster_has_brought_the_pool(built: Built) -> None:
    monitor = built("gke", LINES, hubs=HUBS)

    [binding] = [it for _, it in monitor.requests if it.type.endswith(":IAMMember")]
    awaited = [urn.rpartition("::")[2] for urn in binding.dependencies]
    assert sorted(awaited) == ["cluster", "dev-eighty-users"]


def test_neither_another_hub_nor_another_order_changes_a_bucket(built: Built, made: Made) -> None:
    alone = made(built("gke", LINES, hubs=HUBS))
    turned = {"eighty": {"buckets": HUBS["eighty"]["buckets"][::-1]}}
    beside = made(built("gke", LINES, hubs={"a": {"buckets": [{"name": "a-b"}]}} | turned))

    assert {key: beside.pop(key) for key in alone} == alone
    assert sorted(beside) == [
        "gcp:serviceaccount/account:Account dev-a-users",
        "gcp:serviceaccount/iAMMember:IAMMember dev-a-users",
        "gcp:storage/bucket:Bucket dev-bucket-a-b",
        "gcp:storage/bucketIAMMember:BucketIAMMember dev-bucket-a-b",
    ]
