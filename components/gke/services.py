"""The services of Google Cloud that a stack uses."""

import pulumi
import pulumi_gcp as gcp

from components.interface import ClusterArgs
from hubs.gke import GkeConfig
from hubs.services import services


def enabled(
    name: str, config: GkeConfig, args: ClusterArgs, opts: pulumi.ResourceOptions
) -> list[pulumi.Resource]:
    """Switch them on; they stay on when a stack goes, since others may use them."""
    return [
        gcp.projects.Service(
            f"{name}-{service}",
            project=config.project,
            service=f"{service}.googleapis.com",
            disable_on_destroy=False,
            opts=opts,
        )
        for service in services(config, args.deployment.stack.hubs)
    ]
