"""The identity with which a workflow on GitHub deploys a GKE stack, without a key."""

import pulumi
import pulumi_gcp as gcp

from components.gke.place import Place
from hubs.deployers import ISSUER, google_condition, google_roles, grantable

_MAPPING = {
    # GitHub's own subject may be longer than the 127 characters that there are for it.
    "google.subject": "'repo:' + assertion.repository + ':ref:' + assertion.ref",
    "attribute.repository": "assertion.repository",
    "attribute.ref": "assertion.ref",
}


def github_actions(place: Place) -> None:
    """Let workflows of one branch of one repository act as an account of the stack's own."""
    config = place.config.github_actions
    if config is None:
        return
    name, opts = f"{place.name}-github", place.opts
    account = gcp.serviceaccount.Account(
        name,
        account_id=place.physical("service-account", "deployer"),
        display_name=f"Deploys {place.args.name}",
        opts=opts,
    )
    _rights(place, account)
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


def _rights(place: Place, account: gcp.serviceaccount.Account) -> None:
    """Give the account what deploying takes; of roles it may give on only those of a stack."""
    hubs = place.args.deployment.stack.hubs
    for role in google_roles(place.config, hubs):
        gcp.projects.IAMMember(
            f"{place.name}-github-{role.removeprefix('roles/')}",
            project=place.project,
            role=role,
            member=account.member,
            opts=place.opts,
        )
    gcp.projects.IAMMember(
        f"{place.name}-github-grants",
        project=place.project,
        role="roles/resourcemanager.projectIamAdmin",
        member=account.member,
        condition={"title": "grants-of-a-stack", "expression": grantable()},
        opts=place.opts,
    )
