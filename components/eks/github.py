"""The identity with which a workflow on GitHub deploys an EKS stack, without a key."""

import json

import pulumi
import pulumi_aws as aws

from components.eks.control_plane import ADMIN_POLICY
from components.eks.place import Place
from hubs.deployers import AUDIENCE, ISSUER, SESSION, aws_policy, deployer_name, trust
from hubs.eks import EksGitHubConfig


def github_actions(place: Place) -> None:
    """Let workflows of one branch of one repository take a role of the stack's own.

    The role may administer the cluster, too: the settings of an event are those of releases.
    """
    config = place.config.github_actions
    if config is None:
        return
    name, stack = f"{place.name}-github", place.args.deployment.stack
    tags = place.args.deployment.labels()
    role = aws.iam.Role(
        name,
        name=deployer_name(stack.name),
        description=f"Deploys {place.args.name} from {config.repository}",
        assume_role_policy=_trust(place, config),
        max_session_duration=SESSION,
        tags=tags,
        opts=place.opts,
    )
    aws.iam.RolePolicy(
        name,
        name="deploys",
        role=role.name,
        policy=aws_policy(place.config, stack.name, stack.hubs),
        opts=place.opts,
    )
    _access(place, role)


def _access(place: Place, role: aws.iam.Role) -> None:
    entry = aws.eks.AccessEntry(
        f"{place.name}-github",
        cluster_name=place.args.name,
        principal_arn=role.arn,
        type="STANDARD",
        tags=place.args.deployment.labels(),
        opts=place.opts,
    )
    aws.eks.AccessPolicyAssociation(
        f"{place.name}-github",
        cluster_name=place.args.name,
        principal_arn=entry.principal_arn,
        policy_arn=ADMIN_POLICY,
        access_scope={"type": "cluster"},
        opts=place.opts,
    )


def _trust(place: Place, config: EksGitHubConfig) -> pulumi.Output[str]:
    federated = config.provider_arn or _provider(place).arn
    return pulumi.Output.from_input(federated).apply(
        lambda arn: json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Action": "sts:AssumeRoleWithWebIdentity",
                        "Principal": {"Federated": arn},
                        "Condition": trust(config),
                    }
                ],
            }
        )
    )


def _provider(place: Place) -> aws.iam.OpenIdConnectProvider:
    """Create the account's trust in GitHub, of which there can be only one."""
    return aws.iam.OpenIdConnectProvider(
        f"{place.name}-github",
        url=f"https://{ISSUER}",
        client_id_lists=[AUDIENCE],
        tags=place.args.deployment.labels(),
        opts=place.opts,
    )
