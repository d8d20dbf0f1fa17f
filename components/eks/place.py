"""What every part of an EKS stack needs to know of the others."""

from dataclasses import dataclass

import pulumi

from components.eks.network import Network
from components.interface import ClusterArgs
from components.kept import kept, remembered
from hubs.eks import EksConfig
from hubs.pools import core_zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a part of a stack belongs.

    Attributes:
        name: Prefix of logical names: the stack's name.
        config: What the stack file says of the cluster.
        args: What must exist.
        network: The stack's own VPC, its subnets, and the security group of its nodes.
        opts: The component as parent.
    """

    name: str
    config: EksConfig
    args: ClusterArgs
    network: Network
    opts: pulumi.ResourceOptions

    def kept(self, opts: pulumi.ResourceOptions) -> pulumi.ResourceOptions:
        """Return the options of what holds data: protected, retained, remembered."""
        return kept(opts, self.args.deployment.stack.replace, region=self.config.region)

    def remembered(self, opts: pulumi.ResourceOptions) -> pulumi.ResourceOptions:
        """Return the options of the cluster: remembered, and free to go with the stack."""
        return remembered(
            opts,
            self.args.deployment.stack.replace,
            region=self.config.region,
            core_zone=core_zone(self.config),
        )
