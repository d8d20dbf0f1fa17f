"""The identity with which a workflow on GitHub deploys a GKE stack, without a key."""

import pulumi
import pulumi_gcp as gcp

from components.gke.place import Place
from hubs.cluster_parts import GitHubActionsConfig
from hubs.deployers import ISSUER, google_condition, google_roles

_MAPPING = {
    # GitHub's own subject may be longer than the 127 characters that there are for it.
    "google.subject": "'repo:' + assertion.repository + ':ref:' + assertion.ref",
    "attribute.repository": "assertion.repository",
    "attribute.ref": "assertion.ref",
}


def github_actions(place: Place, nodes: gcp.serviceaccount.Account) -> None:
    """Let workflows of one branch of one repository act as an account of the stack's own.

    Nodes of an event act as the account of the stack's nodes, which whoever makes them may use.
    """
    config = place.config.github_actions
    if config is None:
        return
    account = gcp.serviceaccount.Account(
        f"{place.name}-github",
        account_id=place.physical("service-account", "deployer"),
        display_name=f"Deploys {place.args.name}",
        opts=place.opts,
    )
    _rights(place, account, nodes)
    _let_in(place, config, account)


def _let_in(place: Place, config: GitHubActionsConfig, account: gcp.serviceaccount.Account) -> None:
    name, opts = f"{place.name}-github", place.opts
    pool = gcp.iam.WorkloadIdentityPool(
        name,
        workload_identity_pool_id=place.physical("workload-pool", "github"),
        description=f"Workflows of {config.repository}",
        opts=opts,
    )
    provider = gcp.iam.WorkloadIdentityPoolProvider(
        name,
        workload_identity_pool_id=pool.workload_identity_pool_id,
        workload_identity_pool_provider_id="github",
        attribute_mapping=_MAPPING,
        attribute_condition=google_condition(config),
        oidc={"issuer_uri": f"https://{ISSUER}"},
        opts=opts,
    )
    member = pulumi.Output.concat(
        "principalSet://iam.googleapis.com/",
        pool.name,
        f"/attribute.repository/{config.repository}",
    )
    gcp.serviceaccount.IAMMember(
        name,
        service_account_id=account.name,
        role="roles/iam.workloadIdentityUser",
        member=member,
        opts=pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(depends_on=[provider])),
    )


def _rights(
    place: Place, account: gcp.serviceaccount.Account, nodes: gcp.serviceaccount.Account
) -> None:
    """Give the account what switching events takes; it may give nobody a role."""
    gcp.serviceaccount.IAMMember(
        f"{place.name}-github-nodes",
        service_account_id=nodes.name,
        role="roles/iam.serviceAccountUser",
        member=account.member,
        opts=place.opts,
    )
    hubs = place.args.deployment.stack.hubs
    for role in google_roles(place.config, hubs):
        gcp.projects.IAMMember(
            f"{place.name}-github-{role.removeprefix('roles/')}",
            project=place.project,
            role=role,
            member=account.member,
            opts=place.opts,
        )
