"""What a workflow that deploys may do: what its stack needs, and no more."""

import json
from fnmatch import fnmatchcase
from typing import cast

import pytest
from pydantic import TypeAdapter

from hubs.cluster import ClusterConfig
from hubs.cluster_parts import GitHubActionsConfig, GitHubIds
from hubs.deployers import (
    aws_policy,
    google_condition,
    google_roles,
    grantable,
    subject,
    trust,
)
from hubs.eks import EksConfig
from hubs.gke import GkeConfig
from hubs.hub import HubConfig

Raw = dict[str, object]

CLUSTER: TypeAdapter[ClusterConfig] = TypeAdapter(ClusterConfig)
REPOSITORY = GitHubActionsConfig(repository="example-org/hubs", branch="main")
ALWAYS = (
    "roles/compute.networkAdmin",
    "roles/container.admin",
    "roles/file.editor",
    "roles/iam.serviceAccountAdmin",
    "roles/iam.serviceAccountUser",
    "roles/iam.workloadIdentityPoolAdmin",
    "roles/serviceusage.serviceUsageAdmin",
)
OWN_IMAGE = {
    "name": "us-central1-docker.pkg.dev/example-project/images/lab",
    "tag": "2026-11-02",
    "size": "2Gi",
}
BUCKET = {"buckets": [{"name": "example-scratch"}]}


def gke_config(raw: Raw) -> GkeConfig:
    """Return a cluster on GKE."""
    found = CLUSTER.validate_python(raw)
    assert isinstance(found, GkeConfig)
    return found


def eks_config(raw: Raw) -> EksConfig:
    """Return a cluster on EKS."""
    found = CLUSTER.validate_python(raw)
    assert isinstance(found, EksConfig)
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
        ({}, {}, ["backupdr.admin"]),
        ({"homes": {"tier": "ZONAL", "capacity": "1Ti", "backups": False}}, {}, []),
        (
            {
                "homes": {"tier": "ZONAL", "capacity": "1Ti", "backups": False},
                "fastStorage": {"tier": "ZONAL", "capacity": "1Ti"},
            },
            {},
            ["backupdr.admin"],
        ),
        ({}, BUCKET, ["backupdr.admin", "storage.admin"]),
        (
            {"project": "example-project"},
            {"image": OWN_IMAGE},
            ["artifactregistry.admin", "backupdr.admin"],
        ),
        (
            {"database": {}},
            {},
            ["backupdr.admin", "cloudsql.admin", "servicenetworking.networksAdmin"],
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
            ["backupdr.admin", "monitoring.notificationChannelEditor"],
        ),
        ({"quotaCheck": {"live": True}}, {}, ["backupdr.admin", "cloudquotas.viewer"]),
        (
            {"quotaCheck": {"live": True, "request": True}},
            {},
            ["backupdr.admin", "cloudquotas.admin"],
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


def test_a_deployer_may_give_only_the_roles_of_a_stack() -> None:
    assert grantable() == (
        "api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', [])"
        ".hasOnly(['roles/container.defaultNodeServiceAccount', "
        "'roles/artifactregistry.reader', 'roles/storage.objectUser', "
        "'roles/iam.workloadIdentityUser'])"
    )


def _statements(eks: Raw, hub: Raw) -> list[Raw]:
    text = aws_policy(eks_config(eks), "lab", (HubConfig.model_validate(hub),))
    return json.loads(text)["Statement"]


def test_a_role_on_aws_stays_in_its_region_and_with_roles_of_the_stack(eks: Raw, hub: Raw) -> None:
    eks["homes"] = {"backups": False}
    region, roles, passing, identity, linked, itself = _statements(eks, hub)

    assert region == {
        "Effect": "Allow",
        "Action": [
            "autoscaling:*",
            "ec2:*",
            "eks:*",
            "elasticfilesystem:*",
            "kms:*",
            "logs:*",
        ],
        "Resource": ["*"],
        "Condition": {"StringEquals": {"aws:RequestedRegion": "us-west-2"}},
    }
    assert roles["Resource"] == passing["Resource"] == ["arn:aws:iam::*:role/readyroom-lab*"]
    assert passing["Condition"] == {
        "StringEquals": {
            "iam:PassedToService": [
                "ec2.amazonaws.com",
                "eks.amazonaws.com",
                "pods.eks.amazonaws.com",
            ]
        }
    }
    assert identity["Resource"] == [
        "arn:aws:iam::*:oidc-provider/token.actions.githubusercontent.com"
    ]
    assert linked["Action"] == ["iam:CreateServiceLinkedRole"]
    assert itself == {
        "Effect": "Deny",
        "Action": [
            "iam:Add*",
            "iam:Attach*",
            "iam:Create*",
            "iam:Delete*",
            "iam:Detach*",
            "iam:PassRole",
            "iam:Put*",
            "iam:Remove*",
            "iam:Tag*",
            "iam:Untag*",
            "iam:Update*",
        ],
        "Resource": ["arn:aws:iam::*:role/readyroom-lab-deployer"],
    }


def _covers(statement: Raw, action: str) -> bool:
    listed = statement["Action"]
    assert isinstance(listed, list)
    return any(fnmatchcase(f"iam:{action}", str(one)) for one in cast("list[object]", listed))


# What the provider calls to read a role with its policies, and what changes one.
# Source: terraform-provider-aws, internal/service/iam/role.go and role_policy.go, 2026.
@pytest.mark.parametrize(
    "action",
    ["GetRole", "GetRolePolicy", "ListRolePolicies", "ListAttachedRolePolicies"],
)
def test_a_deployer_reads_itself_in_every_refresh(action: str, eks: Raw, hub: Raw) -> None:
    _, roles, *_, itself = _statements(eks, hub)

    assert _covers(roles, action)
    assert not _covers(itself, action)


@pytest.mark.parametrize(
    "action",
    [
        "AttachRolePolicy",
        "DeleteRole",
        "DeleteRolePermissionsBoundary",
        "PassRole",
        "PutRolePolicy",
        "TagRole",
        "UpdateAssumeRolePolicy",
    ],
)
def test_a_deployer_cannot_change_itself(action: str, eks: Raw, hub: Raw) -> None:
    *_, itself = _statements(eks, hub)

    assert _covers(itself, action)


def test_what_a_stack_has_besides_may_be_made_too(eks: Raw, hub: Raw) -> None:
    eks |= {
        "fastStorage": {"capacity": "1200Gi"},
        "database": {},
        "quotaCheck": {"live": True, "request": True},
        "budget": {"monthly": 1, "emails": ["a@example.org"]},
    }
    region, *_, buckets, budget = _statements(eks, hub | BUCKET)

    assert region["Action"] == [
        "autoscaling:*",
        "ec2:*",
        "eks:*",
        "elasticfilesystem:*",
        "kms:*",
        "logs:*",
        "backup:*",
        "fsx:*",
        "rds:*",
        "servicequotas:GetServiceQuota",
        "servicequotas:GetAWSDefaultServiceQuota",
        "servicequotas:GetRequestedServiceQuotaChange",
        "servicequotas:RequestServiceQuotaIncrease",
    ]
    assert buckets == {
        "Effect": "Allow",
        "Action": ["s3:*Bucket*", "s3:*Configuration"],
        "Resource": ["arn:aws:s3:::example-scratch"],
    }
    assert budget["Action"] == ["budgets:ViewBudget", "budgets:ModifyBudget", "budgets:*Tag*"]
    assert budget["Resource"] == ["arn:aws:budgets::*:budget/readyroom-lab-budget"]


def test_a_policy_is_within_what_a_role_holds(eks: Raw, hub: Raw) -> None:
    many = [{"name": f"example-scratch-{index:045}"} for index in range(40)]
    config = HubConfig.model_validate(hub | {"buckets": many})

    # Source: IAM quotas, 2026: 10,240 characters of inline policies in a role.
    assert len(aws_policy(eks_config(eks), "a" * 40, (config,))) < 10_240
