"""All checks, and what they find."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from security.checks_aws import AWS
from security.checks_gcp import GCP
from security.checks_iam import IAM
from security.checks_kubernetes import KUBERNETES
from security.reading import Check

from preview.resources import Registered

CHECKS: Sequence[Check] = (*AWS, *IAM, *GCP, *KUBERNETES)
# What a bucket of S3 has beside it, by the same logical name.
BESIDE = (
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    "aws:s3/bucketPolicy:BucketPolicy",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "aws:s3/bucketVersioning:BucketVersioning",
)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A check that does not hold of a resource."""

    check: str
    type: str
    name: str


def covers(check: Check, type_: str) -> bool:
    """Return whether a check is for a type; no check of a cloud is for another's."""
    cloud = "kubernetes:" if check in KUBERNETES else "gcp:" if check in GCP else ("aws:", "eks:")
    return type_.startswith(cloud) and check.covers(type_)


def findings(resources: Iterable[Registered]) -> list[Finding]:
    """Return everything that does not hold, sorted."""
    return sorted(
        Finding(check.name, it.type, it.name)
        for it in resources
        for check in CHECKS
        if covers(check, it.type) and not check.holds(it.inputs)
    )


def bare_buckets(resources: Sequence[Registered]) -> list[tuple[str, str]]:
    """Return what buckets of S3 lack beside them (CKV2_AWS_6 and the like)."""
    there = {(it.type, it.name) for it in resources}
    buckets = [it.name for it in resources if it.type == "aws:s3/bucket:Bucket"]
    return [(name, type_) for name in buckets for type_ in BESIDE if (type_, name) not in there]
