"""A cluster that exists already, reached by a kubeconfig."""

from collections.abc import Mapping

import pulumi
import pulumi_kubernetes as k8s

from components.interface import ClassVolume, ClusterArgs, Database, HubParts, NfsVolume, Volume
from hubs.claims import HOME
from hubs.existing import ExistingConfig, ExistingHomesConfig, PostgresConfig
from hubs.hub import HubConfig
from hubs.props import props


class ExistingCluster(pulumi.ComponentResource):
    """A Kubernetes provider, and no cloud resource at all."""

    kubernetes: k8s.Provider
    hubs: Mapping[str, HubParts]
    ready: list[pulumi.Resource]

    def __init__(
        self,
        name: str,
        config: ExistingConfig,
        args: ClusterArgs,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Create the provider; without a kubeconfig in config it uses the ambient one."""
        shown = props(config) | {"name": args.name}
        super().__init__("readyroom:existing:ExistingCluster", name, shown, opts)
        self.kubernetes = k8s.Provider(
            f"{name}-kubernetes",
            kubeconfig=args.secrets[config.kubeconfig.secret] if config.kubeconfig else None,
            context=config.context,
            enable_config_map_mutable=True,
            enable_secret_mutable=True,
            opts=pulumi.ResourceOptions(parent=self),
        )
        homes = _homes(config.homes)
        self.hubs = {
            hub.config.name: HubParts(
                volumes={HOME: homes}, database=_database(hub.config, config.database, args)
            )
            for hub in args.deployment.hubs
        }
        self.ready = []
        self.register_outputs({"nodes": config.nodes.count})


def _homes(config: ExistingHomesConfig) -> Volume:
    if config.storage_class is not None:
        return ClassVolume(gib=config.capacity_gib, storage_class=config.storage_class)
    if config.server is None:
        raise AssertionError(config)  # the model wants one of both
    return NfsVolume(gib=config.capacity_gib, server=config.server, path=config.path)


def _database(hub: HubConfig, server: PostgresConfig | None, args: ClusterArgs) -> Database | None:
    """Return the database of a hub's name, which somebody has created on the server."""
    if hub.database != "postgres":
        return None
    if server is None:
        raise AssertionError(hub.name)  # a mistake of the hub file, told as it is loaded
    return Database(
        host=server.host,
        port=server.port,
        name=hub.name,
        user=server.user,
        password=args.secrets[server.password.secret],
    )
