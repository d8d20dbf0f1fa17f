"""What a workflow on GitHub may do when it deploys a stack: switch its events. Pure.

Scheduled runs refuse everything else (`hubs.permitted`), so nothing else is allowed to them: what
touches roles, networks or storage is deployed by a person.
"""

import json
from collections.abc import Iterator

from hubs.buckets import USERS
from hubs.cluster_parts import GitHubActionsConfig
from hubs.eks import EksConfig
from hubs.gke import GkeConfig
from hubs.hub import HubConfig
from hubs.names import cluster_name, cost_labels, physical

# Source: docs.github.com, "About security hardening with OpenID Connect", 2026.
ISSUER = "token.actions.githubusercontent.com"
AUDIENCE = "sts.amazonaws.com"
# Which services the role of a stack's nodes may be handed to.
_PASSED_TO = ("ec2.amazonaws.com", "eks.amazonaws.com")
# How long it may deploy, in seconds: no less than the workflow's job may take.
SESSION = 7_200


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
    """Return the roles in the project with which a stack's events are switched, sorted.

    They let it read all of the stack, and write what differs between two phases of an event: the
    cluster's maintenance, node pools, the homes' capacity, requests for quota, and what is in the
    cluster. It gives nobody a role and changes no account.
    Source: Google Cloud IAM, predefined roles, 2026.
    """
    return tuple(sorted(f"roles/{role}" for role in _google_roles(config, hubs)))


def _google_roles(config: GkeConfig, hubs: tuple[HubConfig, ...]) -> Iterator[str]:
    yield "container.admin"
    yield "compute.networkAdmin"
    yield "file.editor"
    # Who may do what, of the project and of all that is in it.
    yield "iam.securityReviewer"
    yield "iam.serviceAccountViewer"
    yield "iam.workloadIdentityPoolViewer"
    yield "serviceusage.serviceUsageConsumer"
    if config.homes.backed_up or (config.fast_storage and config.fast_storage.backed_up):
        yield "backupdr.viewer"
    if any(hub.buckets for hub in hubs):
        yield "storage.bucketViewer"
    if config.database is not None:
        yield "cloudsql.viewer"
        yield "servicenetworking.networksAdmin"
    if config.budget is not None:
        yield "monitoring.notificationChannelViewer"
    if config.quota_check.live:
        yield "cloudquotas.admin" if config.quota_check.request else "cloudquotas.viewer"


def trust(config: GitHubActionsConfig) -> dict[str, dict[str, str]]:
    """Return the condition under which AWS takes a token of GitHub's."""
    return {"StringEquals": {f"{ISSUER}:aud": AUDIENCE, f"{ISSUER}:sub": subject(config)}}


def aws_policy(config: EksConfig, stack: str, hubs: tuple[HubConfig, ...]) -> str:
    """Return the policy of a role that switches a stack's events.

    It reads all of the stack, and writes what differs between two phases of an event: node
    groups, their launch templates, the throughput of homes where it is bought, requests for
    quota. Of IAM it writes nothing: it could make itself administrator of the account. Roles are
    named one by one, since what the names of one stack begin with, others may begin with, too.

    Args:
        config: The cluster; what it does not have need not be read.
        stack: Its name, from which those of its roles, cluster and budget follow.
        hubs: Whose buckets are read.
    """
    statements = [
        *_regional(config, stack),
        _allow(["iam:Get*", "iam:List*"], [_role(name) for name in stack_roles(stack, hubs)]),
        _allow(
            ["iam:PassRole"],
            [_role(physical("iam-role", stack, "nodes"))],
            {"StringEquals": {"iam:PassedToService": list(_PASSED_TO)}},
        ),
        _allow(_IDENTITY_ACTIONS, [f"arn:aws:iam::*:oidc-provider/{ISSUER}"]),
        _allow(_LINKED_ACTIONS, [_role("aws-service-role/*")]),
    ]
    buckets = [bucket.name for hub in hubs for bucket in hub.buckets]
    if buckets:
        named = [f"arn:aws:s3:::{name}" for name in sorted(buckets)]
        statements.append(_allow(_BUCKET_ACTIONS, named))
    if config.budget is not None:
        statements.append(
            _allow(
                ["budgets:ViewBudget", "budgets:ListTagsForResource"],
                [f"arn:aws:budgets::*:budget/{physical('budget', stack, 'budget')}"],
            )
        )
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def stack_roles(stack: str, hubs: tuple[HubConfig, ...]) -> tuple[str, ...]:
    """Return the names of all roles on AWS that a stack may have, sorted."""
    parts = [(part,) for part in _ROLES] + [(hub.name, USERS) for hub in hubs if hub.buckets]
    return tuple(sorted(physical("iam-role", stack, *part) for part in parts))


def _role(name: str) -> str:
    return f"arn:aws:iam::*:role/{name}"


_ROLES = ("autoscaler", "control", "deployer", "ebs", "efs", "network", "nodes")
_IDENTITY_ACTIONS = ["iam:GetOpenIDConnectProvider", "iam:ListOpenIDConnectProviderTags"]
# Who makes a node group must be able to see whether EKS has a role of its own, and is who makes
# it; a request for quota makes one, too. Sources: terraform-aws-eks #823; AWS Step Functions
# developer guide, "IAM policies for calling Amazon EKS", 2026.
_LINKED_ACTIONS = ["iam:CreateServiceLinkedRole", "iam:GetRole", "iam:ListAttachedRolePolicies"]
_BUCKET_ACTIONS = [
    "s3:Get*Configuration",
    "s3:GetBucket*",
    "s3:ListBucket",
    "s3:ListTagsForResource",
]


def _regional(config: EksConfig, stack: str) -> Iterator[dict[str, object]]:
    """Yield what may be done in the stack's own region: all is read, little is written."""
    here = {"aws:RequestedRegion": config.region}
    own = here | {"aws:ResourceTag/readyroom-stack": cost_labels(stack)["readyroom-stack"]}
    eks = f"arn:aws:eks:{config.region}:*"
    name = cluster_name(stack)
    yield _allow(_reads(config), ["*"], {"StringEquals": here})
    yield _allow(_creates(config), ["*"], {"StringEquals": here})
    # Of tags only those that something has from its first moment.
    yield _allow(
        ["ec2:CreateTags"],
        ["*"],
        {"StringEquals": here | {"ec2:CreateAction": ["CreateLaunchTemplate", "RunInstances"]}},
    )
    yield _allow(
        ["eks:CreateNodegroup", "eks:DeleteNodegroup", "eks:UpdateNodegroupConfig"],
        [f"{eks}:cluster/{name}", f"{eks}:nodegroup/{name}/*"],
    )
    yield _allow(_changes(config), ["*"], {"StringEquals": own})


def _reads(config: EksConfig) -> list[str]:
    found = [
        *("ec2:Describe*", "eks:Describe*", "eks:List*"),
        *("elasticfilesystem:Describe*", "elasticfilesystem:List*"),
        *("kms:Describe*", "kms:Get*", "kms:List*"),
        *("logs:Describe*", "logs:List*"),
    ]
    if config.fast_storage is not None:
        found += ["fsx:Describe*", "fsx:List*"]
    if config.database is not None:
        found += ["rds:Describe*", "rds:List*"]
    if config.quota_check.live:
        # The default is asked for first, and the account's own limit only then.
        # Source: terraform-provider-aws @01f43111, servicequotas/service_quota_data_source.go.
        found += ["servicequotas:GetAWSDefaultServiceQuota", "servicequotas:GetServiceQuota"]
    if config.quota_check.request:
        found.append("servicequotas:GetRequestedServiceQuotaChange")
    return found


def _creates(config: EksConfig) -> list[str]:
    """Return what makes something new, which has no tags that could be asked for.

    EKS asks whether who makes a node group may launch what its template says.
    Sources: aws-samples/terraform-eks-code #13; karpenter-provider-aws #4434, of tags of groups.
    """
    found = ["ec2:CreateLaunchTemplate", "ec2:RunInstances", "eks:TagResource", "eks:UntagResource"]
    if config.quota_check.request:
        # Source: terraform-provider-aws, servicequotas/service_quota.go, 2026.
        found.append("servicequotas:RequestServiceQuotaIncrease")
    return found


def _changes(config: EksConfig) -> list[str]:
    """Return what changes or ends something that has the stack's tag."""
    found = ["ec2:DeleteLaunchTemplate"]
    if config.homes.throughput_mode == "provisioned":
        found.append("elasticfilesystem:UpdateFileSystem")
    return found


def _allow(
    actions: list[str], on: list[str], only: dict[str, object] | None = None
) -> dict[str, object]:
    found: dict[str, object] = {"Effect": "Allow", "Action": actions, "Resource": on}
    return found | {"Condition": only} if only else found
