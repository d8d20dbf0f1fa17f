"""What every part of a GKE stack needs to know of the others."""

from dataclasses import dataclass

import pulumi
import pulumi_gcp as gcp

from components.interface import ClusterArgs
from components.kept import kept, remembered
from hubs.gke import GkeConfig
from hubs.names import Kind, physical


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a part of a stack belongs.

    Attributes:
        name: Prefix of logical names: the stack's name.
        config: What the stack file says of the cluster.
        args: What must exist.
        network: The stack's own network.
        opts: The component as parent, and the services of Google Cloud that must be on.
    """

    name: str
    config: GkeConfig
    args: ClusterArgs
    network: gcp.compute.Network
    opts: pulumi.ResourceOptions

    @property
    def project(self) -> pulumi.Input[str]:
        """Return the project: the file's, or the one that the provider found by itself."""
        return self.config.project or self.network.project

    @property
    def workload_pool(self) -> pulumi.Output[str]:
        """Return the pool of identities that Google Cloud knows the project's pods by."""
        return pulumi.Output.concat(self.project, ".svc.id.goog")

    def physical(self, kind: Kind, *parts: str) -> str:
        """Return the name that Google Cloud knows a part of the stack by."""
        return physical(kind, self.args.deployment.stack.name, *parts)

    def kept(self, opts: pulumi.ResourceOptions) -> pulumi.ResourceOptions:
        """Return the options of what holds data: protected, retained, remembered."""
        return kept(opts, self.args.deployment.stack.replace, project=self.config.project)

    def remembered(self, opts: pulumi.ResourceOptions) -> pulumi.ResourceOptions:
        """Return the options of the cluster: remembered, and free to go with the stack."""
        return remembered(opts, self.args.deployment.stack.replace, project=self.config.project)
