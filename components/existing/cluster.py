"""A cluster that exists already, reached by a kubeconfig."""

import pulumi
import pulumi_kubernetes as k8s

from components.interface import ClusterArgs, HomeShare
from hubs.cluster import ExistingConfig


class ExistingCluster(pulumi.ComponentResource):
    """A Kubernetes provider, and no cloud resource at all."""

    kubernetes: k8s.Provider
    homes: HomeShare
    ready: list[pulumi.Resource]

    def __init__(
        self,
        name: str,
        config: ExistingConfig,
        args: ClusterArgs,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Create the provider; without a kubeconfig in config it uses the ambient one."""
        props = config.model_dump(mode="json", by_alias=True) | {"name": args.name}
        super().__init__("readyroom:existing:ExistingCluster", name, props, opts)
        self.kubernetes = k8s.Provider(
            f"{name}-kubernetes",
            kubeconfig=args.secrets[config.kubeconfig.secret] if config.kubeconfig else None,
            context=config.context,
            enable_config_map_mutable=True,
            enable_secret_mutable=True,
            opts=pulumi.ResourceOptions(parent=self),
        )
        homes = config.homes
        self.homes = HomeShare(gib=homes.capacity_gib, storage_class=homes.storage_class)
        self.ready = []
        self.register_outputs({"nodes": config.nodes.count})
