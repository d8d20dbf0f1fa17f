"""The account of a GKE cluster's nodes."""

from dataclasses import dataclass

import pulumi
import pulumi_gcp as gcp

from components.gke.place import Place
from hubs.registries import repositories


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeAccount:
    """Whom nodes act as, and the rights without which they should not start."""

    account: gcp.serviceaccount.Account
    rights: list[pulumi.Resource]


def node_account(place: Place) -> NodeAccount:
    """Create an account that writes logs and metrics, reads its images, and nothing else.

    It reads those repositories of Artifact Registry that the hubs' images are in, if the
    project owns them; the owner of another one lets it in.
    """
    account = gcp.serviceaccount.Account(
        f"{place.name}-nodes",
        account_id=place.physical("service-account", "nodes"),
        display_name=f"Nodes of {place.args.name}",
        opts=place.opts,
    )
    agent = gcp.projects.IAMMember(
        f"{place.name}-nodes",
        project=place.project,
        role="roles/container.defaultNodeServiceAccount",
        member=account.member,
        opts=place.opts,
    )
    readers = [
        gcp.artifactregistry.RepositoryIamMember(
            f"{place.name}-images-{repository.location}-{repository.name}",
            project=repository.project,
            location=repository.location,
            repository=repository.name,
            role="roles/artifactregistry.reader",
            member=account.member,
            opts=place.opts,
        )
        for repository in repositories(place.args.deployment.stack.hubs, place.config.project)
    ]
    return NodeAccount(account=account, rights=[agent, *readers])
