"""What a workflow on GitHub may do when it deploys a stack: no more than the stack needs. Pure."""

import json
from collections.abc import Iterator

from hubs.cluster_parts import GitHubActionsConfig
from hubs.eks import EksConfig
from hubs.gke import GkeConfig
from hubs.hub import HubConfig
from hubs.names import physical, role_prefix
from hubs.registries import repositories

# Source: docs.github.com, "About security hardening with OpenID Connect", 2026.
ISSUER = "token.actions.githubusercontent.com"
AUDIENCE = "sts.amazonaws.com"
# Roles that a stack gives to accounts of its own; its deployer may give no other ones.
_GRANTED = (
    "roles/container.defaultNodeServiceAccount",
    "roles/artifactregistry.reader",
    "roles/storage.objectUser",
    "roles/iam.workloadIdentityUser",
)
# Which services a stack's role of AWS may be handed to.
_PASSED_TO = ("ec2.amazonaws.com", "eks.amazonaws.com", "pods.eks.amazonaws.com")


def deployer_name(stack: str) -> str:
    """Return the name of the role on AWS that deploys a stack."""
    return physical("iam-role", stack, "deployer")


def subject(config: GitHubActionsConfig) -> str:
    """Return what GitHub calls the workflows of a branch.

    Of repositories made or renamed since 15 July 2026, and of those that asked for it, it names
    owner and repository by their numbers, too. A pattern for any number would let other
    repositories of the same owner in, whose branches may be called anything.
    Source: github.blog, "Immutable subject claims for GitHub Actions OIDC tokens", 2026-04-23;
    aws-actions/configure-aws-credentials #1889.
    """
    owner, _, name = config.repository.partition("/")
    if config.ids is not None:
        owner, name = f"{owner}@{config.ids.owner}", f"{name}@{config.ids.repository}"
    return f"repo:{owner}/{name}:ref:refs/heads/{config.branch}"


def google_condition(config: GitHubActionsConfig) -> str:
    """Return the condition under which Google Cloud takes a token of GitHub's."""
    asked = {"repository": config.repository, "ref": f"refs/heads/{config.branch}"}
    if config.ids is not None:
        asked["repository_owner_id"] = str(config.ids.owner)
        asked["repository_id"] = str(config.ids.repository)
    return " && ".join(f"assertion.{claim} == '{value}'" for claim, value in asked.items())


def google_roles(config: GkeConfig, hubs: tuple[HubConfig, ...]) -> tuple[str, ...]:
    """Return the roles in the project that deploying a stack needs, sorted.

    Source: Google Cloud IAM, predefined roles, 2026.
    """
    return tuple(sorted(f"roles/{role}" for role in _google_roles(config, hubs)))


def _google_roles(config: GkeConfig, hubs: tuple[HubConfig, ...]) -> Iterator[str]:
    yield "container.admin"
    yield "compute.networkAdmin"
    yield "file.editor"
    yield "iam.serviceAccountAdmin"
    yield "iam.serviceAccountUser"
    yield "iam.workloadIdentityPoolAdmin"
    yield "serviceusage.serviceUsageAdmin"
    if config.homes.backed_up or (config.fast_storage and config.fast_storage.backed_up):
        yield "backupdr.admin"
    if any(hub.buckets for hub in hubs):
        yield "storage.admin"
    if repositories(hubs, config.project):
        yield "artifactregistry.admin"
    if config.database is not None:
        yield "cloudsql.admin"
        yield "servicenetworking.networksAdmin"
    if config.budget is not None:
        yield "monitoring.notificationChannelEditor"
    if config.quota_check.live:
        yield "cloudquotas.admin" if config.quota_check.request else "cloudquotas.viewer"


def grantable() -> str:
    """Return the condition that lets a deployer give only the roles that a stack gives.

    Source: Google Cloud IAM, "Set limits on granting roles", modifiedGrantsByRole, 2026.
    """
    listed = ", ".join(f"'{role}'" for role in _GRANTED)
    attribute = "iam.googleapis.com/modifiedGrantsByRole"
    return f"api.getAttribute('{attribute}', []).hasOnly([{listed}])"


def trust(config: GitHubActionsConfig) -> dict[str, dict[str, str]]:
    """Return the condition under which AWS takes a token of GitHub's."""
    return {"StringEquals": {f"{ISSUER}:aud": AUDIENCE, f"{ISSUER}:sub": subject(config)}}


def aws_policy(config: EksConfig, stack: str, hubs: tuple[HubConfig, ...]) -> str:
    """Return the policy of a role that deploys a stack.

    Args:
        config: The cluster; what it does not have may not be made.
        stack: Its name, from which those of its roles and its budget follow.
        hubs: Whose buckets may be made.
    """
    names = role_prefix(stack)
    statements = [
        _allow(_regional(config), ["*"], {"StringEquals": {"aws:RequestedRegion": config.region}}),
        _allow(_ROLE_ACTIONS, [f"arn:aws:iam::*:role/{names}*"]),
        _allow(
            ["iam:PassRole"],
            [f"arn:aws:iam::*:role/{names}*"],
            {"StringEquals": {"iam:PassedToService": list(_PASSED_TO)}},
        ),
        _allow(_IDENTITY_ACTIONS, [f"arn:aws:iam::*:oidc-provider/{ISSUER}"]),
        _allow(["iam:CreateServiceLinkedRole"], ["arn:aws:iam::*:role/aws-service-role/*"]),
        # It may not give itself more rights; whoever takes the stack down is a person. Every
        # update reads all of the stack again, this role with it.
        {
            "Effect": "Deny",
            "Action": _OWN_WRITES,
            "Resource": [f"arn:aws:iam::*:role/{deployer_name(stack)}"],
        },
    ]
    buckets = [bucket.name for hub in hubs for bucket in hub.buckets]
    if buckets:
        named = [f"arn:aws:s3:::{name}" for name in sorted(buckets)]
        statements.append(_allow(["s3:*Bucket*", "s3:*Configuration"], named))
    if config.budget is not None:
        statements.append(
            _allow(
                ["budgets:ViewBudget", "budgets:ModifyBudget", "budgets:*Tag*"],
                [f"arn:aws:budgets::*:budget/{physical('budget', stack, 'budget')}"],
            )
        )
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


_ROLE_ACTIONS = [
    "iam:*Role",
    "iam:*RolePolicy",
    "iam:*RolePolicies",
    "iam:ListInstanceProfilesForRole",
    "iam:TagRole",
    "iam:UntagRole",
    "iam:UpdateAssumeRolePolicy",
]
# All that change a role. Source: AWS Service Authorization Reference, "Actions, resources, and
# condition keys for AWS IAM", 2026: Get, List and Simulate read.
_OWN_WRITES = [
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
]
_IDENTITY_ACTIONS = ["iam:*OpenIDConnectProvider*"]


def _regional(config: EksConfig) -> list[str]:
    """Return the actions in the stack's own region: whole services, which a stack makes up."""
    found = ["autoscaling:*", "ec2:*", "eks:*", "elasticfilesystem:*", "kms:*", "logs:*"]
    if config.homes.backups:
        found.append("backup:*")
    if config.fast_storage is not None:
        found.append("fsx:*")
    if config.database is not None:
        found.append("rds:*")
    if config.quota_check.live:
        found.append("servicequotas:GetServiceQuota")
    if config.quota_check.request:
        # What the provider asks to make a request, and to read one that is open.
        # Source: terraform-provider-aws, servicequotas/service_quota.go, 2026.
        found += [
            "servicequotas:GetAWSDefaultServiceQuota",
            "servicequotas:GetRequestedServiceQuotaChange",
            "servicequotas:RequestServiceQuotaIncrease",
        ]
    return found


def _allow(
    actions: list[str], on: list[str], only: dict[str, object] | None = None
) -> dict[str, object]:
    found: dict[str, object] = {"Effect": "Allow", "Action": actions, "Resource": on}
    return found | {"Condition": only} if only else found
