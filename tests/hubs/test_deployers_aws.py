"""What a role on AWS that deploys a stack may do: switch its events, and no more."""

import json
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

import pytest
from pydantic import TypeAdapter

from hubs.cluster import ClusterConfig
from hubs.deployers import aws_policy, deployer_name, stack_roles
from hubs.eks import EksConfig
from hubs.hub import HubConfig

Raw = dict[str, object]

CLUSTER: TypeAdapter[ClusterConfig] = TypeAdapter(ClusterConfig)
BUCKET = {"buckets": [{"name": "example-scratch"}]}
Statements = list[dict[str, Any]]
OWN = {"StringEquals": {"aws:RequestedRegion": "us-west-2"}}
ROLE = "arn:aws:iam::*:role/"
EVERYTHING: Raw = {
    "homes": {"throughputMode": "provisioned", "throughput": 40},
    "fastStorage": {"capacity": "1200Gi"},
    "database": {},
    "quotaCheck": {"live": True, "request": True},
    "budget": {"monthly": 1, "emails": ["a@example.org"]},
}


def eks_config(raw: Raw) -> EksConfig:
    """Return a cluster on EKS."""
    found = CLUSTER.validate_python(raw)
    assert isinstance(found, EksConfig)
    return found


def _statements(eks: Raw, hub: Raw, stack: str = "lab") -> Statements:
    text = aws_policy(eks_config(eks), stack, (HubConfig.model_validate(hub),))
    return json.loads(text)["Statement"]


def _allowed(
    action: list[str], resource: list[str], condition: dict[str, Any] | None = None
) -> dict[str, Any]:
    found: dict[str, Any] = {"Effect": "Allow", "Action": action, "Resource": resource}
    return found | ({"Condition": condition} if condition else {})


def _where(**more: object) -> dict[str, Any]:
    return {
        "StringEquals": OWN["StringEquals"]
        | {key.replace("__", ":"): it for key, it in more.items()}
    }


def test_on_aws_a_deployer_reads_its_stack_and_writes_what_an_event_has(eks: Raw, hub: Raw) -> None:
    own_tag = {"aws:ResourceTag/readyroom-stack": "lab"}

    assert _statements(eks, hub) == [
        _allowed(
            [
                "ec2:Describe*",
                "eks:Describe*",
                "eks:List*",
                "elasticfilesystem:Describe*",
                "elasticfilesystem:List*",
                "kms:Describe*",
                "kms:Get*",
                "kms:List*",
                "logs:Describe*",
                "logs:List*",
            ],
            ["*"],
            OWN,
        ),
        _allowed(
            [
                "ec2:CreateLaunchTemplate",
                "ec2:RunInstances",
                "eks:TagResource",
                "eks:UntagResource",
            ],
            ["*"],
            OWN,
        ),
        _allowed(
            ["ec2:CreateTags"],
            ["*"],
            _where(ec2__CreateAction=["CreateLaunchTemplate", "RunInstances"]),
        ),
        _allowed(
            ["eks:CreateNodegroup", "eks:DeleteNodegroup", "eks:UpdateNodegroupConfig"],
            [
                "arn:aws:eks:us-west-2:*:cluster/readyroom-lab",
                "arn:aws:eks:us-west-2:*:nodegroup/readyroom-lab/*",
            ],
        ),
        _allowed(["ec2:DeleteLaunchTemplate"], ["*"], _where(**own_tag)),
        _allowed(
            ["iam:Get*", "iam:List*"],
            [
                f"{ROLE}readyroom-lab-{part}"
                for part in ("autoscaler", "control", "deployer", "ebs", "efs", "network", "nodes")
            ],
        ),
        _allowed(
            ["iam:PassRole"],
            [f"{ROLE}readyroom-lab-nodes"],
            {"StringEquals": {"iam:PassedToService": ["ec2.amazonaws.com", "eks.amazonaws.com"]}},
        ),
        _allowed(
            ["iam:GetOpenIDConnectProvider", "iam:ListOpenIDConnectProviderTags"],
            ["arn:aws:iam::*:oidc-provider/token.actions.githubusercontent.com"],
        ),
        _allowed(
            ["iam:CreateServiceLinkedRole", "iam:GetRole", "iam:ListAttachedRolePolicies"],
            [f"{ROLE}aws-service-role/*"],
        ),
    ]


def test_a_deployer_is_one_of_its_stacks_roles() -> None:
    assert deployer_name("lab") == "readyroom-lab-deployer"
    assert deployer_name("lab") in stack_roles("lab", ())


def test_what_a_stack_has_besides_is_read_too(eks: Raw, hub: Raw) -> None:
    plain = _statements(eks, hub)
    reads, creates, *_, changes, roles = _statements(eks | EVERYTHING, hub | BUCKET)[:6]

    assert reads["Action"] == [
        *plain[0]["Action"],
        "fsx:Describe*",
        "fsx:List*",
        "rds:Describe*",
        "rds:List*",
        "servicequotas:GetAWSDefaultServiceQuota",
        "servicequotas:GetServiceQuota",
        "servicequotas:GetRequestedServiceQuotaChange",
    ]
    assert creates["Action"] == [
        *plain[1]["Action"],
        "servicequotas:RequestServiceQuotaIncrease",
    ]
    assert changes["Action"] == ["ec2:DeleteLaunchTemplate", "elasticfilesystem:UpdateFileSystem"]
    assert roles["Resource"] == sorted(
        [*plain[5]["Resource"], f"{ROLE}readyroom-lab-{hub['name']}-users"]
    )
    assert _statements(eks | EVERYTHING, hub | BUCKET)[-2:] == [
        _allowed(
            ["s3:Get*Configuration", "s3:GetBucket*", "s3:ListBucket", "s3:ListTagsForResource"],
            ["arn:aws:s3:::example-scratch"],
        ),
        _allowed(
            ["budgets:ViewBudget", "budgets:ListTagsForResource"],
            ["arn:aws:budgets::*:budget/readyroom-lab-budget"],
        ),
    ]


def test_limits_are_read_without_a_request_for_more(eks: Raw, hub: Raw) -> None:
    reads, creates, *_ = _statements(eks | {"quotaCheck": {"live": True}}, hub)

    assert reads["Action"][-2:] == [
        "servicequotas:GetAWSDefaultServiceQuota",
        "servicequotas:GetServiceQuota",
    ]
    assert "servicequotas:RequestServiceQuotaIncrease" not in creates["Action"]


def _on(statements: Statements, action: str) -> Iterator[str]:
    """Yield what an action is allowed on."""
    for it in statements:
        if any(fnmatchcase(action, one) for one in it["Action"]):
            yield from it["Resource"]


# All that change a role, or let somebody be one. Source: AWS Service Authorization Reference,
# "Actions, resources, and condition keys for AWS IAM", 2026.
@pytest.mark.parametrize(
    "action",
    [
        "AttachRolePolicy",
        "CreatePolicyVersion",
        "CreateRole",
        "DeleteRole",
        "DeleteRolePermissionsBoundary",
        "DetachRolePolicy",
        "PutRolePermissionsBoundary",
        "PutRolePolicy",
        "TagRole",
        "UpdateAssumeRolePolicy",
        "UpdateOpenIDConnectProviderThumbprint",
        "UpdateRole",
    ],
)
def test_a_deployer_changes_no_role(action: str, eks: Raw, hub: Raw) -> None:
    assert list(_on(_statements(eks | EVERYTHING, hub | BUCKET), f"iam:{action}")) == []


@pytest.mark.parametrize(
    "action",
    [
        "ec2:AuthorizeSecurityGroupIngress",
        "eks:AssociateAccessPolicy",
        "eks:CreateAccessEntry",
        "eks:CreatePodIdentityAssociation",
        "elasticfilesystem:DeleteFileSystem",
        "kms:Decrypt",
        "kms:PutKeyPolicy",
        "logs:GetLogEvents",
        "rds:DeleteDBInstance",
        "s3:DeleteBucketPolicy",
        "s3:GetObject",
        "s3:PutBucketPolicy",
    ],
)
def test_nothing_else_is_its_business(action: str, eks: Raw, hub: Raw) -> None:
    assert list(_on(_statements(eks | EVERYTHING, hub | BUCKET), action)) == []


def test_only_the_role_of_nodes_is_handed_on(eks: Raw, hub: Raw) -> None:
    found = _statements(eks | EVERYTHING, hub | BUCKET)

    assert list(_on(found, "iam:PassRole")) == [f"{ROLE}readyroom-lab-nodes"]


def test_a_stack_reads_no_role_of_one_whose_name_begins_alike(hub: Raw, eks: Raw) -> None:
    hubs = (HubConfig.model_validate(hub | BUCKET),)
    patterns = list(_on(_statements(eks, hub | BUCKET, "exam"), "iam:GetRolePolicy"))

    assert len(patterns) == len(stack_roles("exam", hubs)) == 8
    others = [f"{ROLE}{name}" for name in stack_roles("exam-2026", hubs)]
    assert [it for it in others if any(fnmatchcase(it, one) for one in patterns)] == []


def test_a_policy_is_within_what_a_role_holds(eks: Raw, hub: Raw) -> None:
    many = [{"name": f"example-scratch-{index:045}"} for index in range(40)]
    config = HubConfig.model_validate(hub | {"buckets": many})

    # Source: IAM quotas, 2026: 10,240 characters of inline policies in a role.
    assert len(aws_policy(eks_config(eks | EVERYTHING), "a" * 40, (config,))) < 10_240
