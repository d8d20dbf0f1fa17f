"""What a workflow that deploys may do: switch its stack's events, and no more."""

import pytest
from pydantic import TypeAdapter

from hubs.cluster import ClusterConfig
from hubs.cluster_parts import GitHubActionsConfig, GitHubIds
from hubs.deployers import (
    google_condition,
    google_roles,
    subject,
    trust,
)
from hubs.gke import GkeConfig
from hubs.hub import HubConfig

Raw = dict[str, object]

CLUSTER: TypeAdapter[ClusterConfig] = TypeAdapter(ClusterConfig)
REPOSITORY = GitHubActionsConfig(repository="example-org/hubs", branch="main")
ALWAYS = (
    "roles/compute.networkAdmin",
    "roles/container.admin",
    "roles/file.editor",
    "roles/iam.securityReviewer",
    "roles/iam.serviceAccountViewer",
    "roles/iam.workloadIdentityPoolViewer",
    "roles/serviceusage.serviceUsageConsumer",
)
BUCKET = {"buckets": [{"name": "example-scratch"}]}


def gke_config(raw: Raw) -> GkeConfig:
    """Return a cluster on GKE."""
    found = CLUSTER.validate_python(raw)
    assert isinstance(found, GkeConfig)
    return found


def test_only_one_branch_of_one_repository_is_let_in() -> None:
    assert subject(REPOSITORY) == "repo:example-org/hubs:ref:refs/heads/main"
    assert google_condition(REPOSITORY) == (
        "assertion.repository == 'example-org/hubs' && assertion.ref == 'refs/heads/main'"
    )
    assert trust(REPOSITORY) == {
        "StringEquals": {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": "repo:example-org/hubs:ref:refs/heads/main",
        }
    }


def test_a_repository_with_numbers_is_known_by_them() -> None:
    numbered = REPOSITORY.model_copy(update={"ids": GitHubIds(owner=123, repository=456)})

    assert subject(numbered) == "repo:example-org@123/hubs@456:ref:refs/heads/main"
    assert google_condition(numbered) == (
        f"{google_condition(REPOSITORY)} && "
        "assertion.repository_owner_id == '123' && assertion.repository_id == '456'"
    )


@pytest.mark.parametrize(
    ("cluster", "of_hub", "more"),
    [
        ({}, {}, ["backupdr.viewer"]),
        ({"homes": {"tier": "ZONAL", "capacity": "1Ti", "backups": False}}, {}, []),
        (
            {
                "homes": {"tier": "ZONAL", "capacity": "1Ti", "backups": False},
                "fastStorage": {"tier": "ZONAL", "capacity": "1Ti"},
            },
            {},
            ["backupdr.viewer"],
        ),
        ({}, BUCKET, ["backupdr.viewer", "storage.bucketViewer"]),
        (
            {"database": {}},
            {},
            ["backupdr.viewer", "cloudsql.viewer", "servicenetworking.networksAdmin"],
        ),
        (
            {
                "budget": {
                    "monthly": 1,
                    "emails": ["a@example.org"],
                    "billingAccount": "0A1B2C-3D4E5F-60718A",
                }
            },
            {},
            ["backupdr.viewer", "monitoring.notificationChannelViewer"],
        ),
        ({"quotaCheck": {"live": True}}, {}, ["backupdr.viewer", "cloudquotas.viewer"]),
        (
            {"quotaCheck": {"live": True, "request": True}},
            {},
            ["backupdr.viewer", "cloudquotas.admin"],
        ),
    ],
)
def test_a_role_is_needed_for_what_the_stack_has(
    gke: Raw, hub: Raw, cluster: Raw, of_hub: Raw, more: list[str]
) -> None:
    zonal: Raw = {"homes": {"tier": "ZONAL", "capacity": "1Ti"}}
    found = google_roles(
        gke_config(gke | zonal | cluster), (HubConfig.model_validate(hub | of_hub),)
    )

    assert found == tuple(sorted([*ALWAYS, *(f"roles/{role}" for role in more)]))
