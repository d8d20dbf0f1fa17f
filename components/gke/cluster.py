"""A GKE cluster with a network of its own."""

import pulumi
import pulumi_gcp as gcp
import pulumi_kubernetes as k8s

from components.gke.homes import filestore
from components.gke.kubeconfig import kubeconfig
from components.gke.pools import node_pool
from components.interface import ClusterArgs, HomeShare
from hubs.cluster import GkeConfig
from hubs.names import cost_labels, cut
from hubs.network import subnet_cidrs

# Off in a new project, and left on when a stack goes.
_ACCOUNT_ID_LIMIT = 30
_SERVICES = ("compute", "container", "file", "iam")


class GkeCluster(pulumi.ComponentResource):
    """Network, control plane, node account, pools, Filestore, and a Kubernetes provider.

    Destroying it keeps the Filestore instance with all homes, and the network it is in.
    """

    kubernetes: k8s.Provider
    homes: HomeShare
    ready: list[pulumi.Resource]

    def __init__(
        self,
        name: str,
        config: GkeConfig,
        args: ClusterArgs,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Create the cluster and everything in it that is not Kubernetes'."""
        props = config.model_dump(mode="json", by_alias=True) | {"name": args.name}
        super().__init__("readyroom:gke:GkeCluster", name, props, opts)
        enabled = self._services(name, config)
        child = pulumi.ResourceOptions(parent=self, depends_on=enabled)
        network, subnetwork = self._network(name, config, args, child)
        account = self._node_account(name, args, child)
        cluster = self._control_plane(name, config, args, subnetwork, account)
        stack = args.deployment.stack.name
        self.ready = [
            node_pool(
                pool,
                config,
                cluster,
                account.email,
                cost_labels(stack, pool.hub, pool.event),
                child,
            )
            for pool in args.deployment.pools
        ]
        self.homes = filestore(name, args.name, config, network, child)
        self.kubernetes = k8s.Provider(
            f"{name}-kubernetes",
            kubeconfig=kubeconfig(cluster),
            enable_config_map_mutable=True,
            enable_secret_mutable=True,
            opts=child,
        )
        self.register_outputs({"cluster": args.name, "location": config.region})

    def _network(
        self, name: str, config: GkeConfig, args: ClusterArgs, child: pulumi.ResourceOptions
    ) -> tuple[gcp.compute.Network, gcp.compute.Subnetwork]:
        network = gcp.compute.Network(
            f"{name}-network", name=args.name, auto_create_subnetworks=False, opts=child
        )
        subnetwork = gcp.compute.Subnetwork(
            f"{name}-subnetwork",
            name=args.name,
            region=config.region,
            network=network.id,
            ip_cidr_range=subnet_cidrs(1)[0],
            private_ip_google_access=True,
            opts=child,
        )
        return network, subnetwork

    def _control_plane(
        self,
        name: str,
        config: GkeConfig,
        args: ClusterArgs,
        subnetwork: gcp.compute.Subnetwork,
        account: gcp.serviceaccount.Account,
    ) -> gcp.container.Cluster:
        return gcp.container.Cluster(
            f"{name}-cluster",
            name=args.name,
            location=config.region,
            node_locations=list(config.zones),
            network=subnetwork.network,
            subnetwork=subnetwork.id,
            ip_allocation_policy={},
            # Its pools are ours; the default one is removed once the cluster is up.
            remove_default_node_pool=True,
            initial_node_count=1,
            node_config={"service_account": account.email},
            release_channel={"channel": config.release_channel},
            # Packs users onto few nodes, so that empty ones can go.
            cluster_autoscaling={
                "enabled": False,
                "autoscaling_profile": "OPTIMIZE_UTILIZATION",
            },
            # Enforces network policies; cannot be changed later.
            datapath_provider="ADVANCED_DATAPATH",
            deletion_protection=config.deletion_protection,
            resource_labels=cost_labels(args.deployment.stack.name),
            # What the removed pool was made of; the pools of the cluster say nothing of it.
            opts=pulumi.ResourceOptions(parent=self, ignore_changes=["nodeConfig"]),
        )

    def _services(self, name: str, config: GkeConfig) -> list[pulumi.Resource]:
        return [
            gcp.projects.Service(
                f"{name}-{service}",
                project=config.project,
                service=f"{service}.googleapis.com",
                disable_on_destroy=False,
                opts=pulumi.ResourceOptions(parent=self),
            )
            for service in _SERVICES
        ]

    def _node_account(
        self, name: str, args: ClusterArgs, child: pulumi.ResourceOptions
    ) -> gcp.serviceaccount.Account:
        account = gcp.serviceaccount.Account(
            f"{name}-nodes",
            account_id=cut(f"{args.name}-nodes", _ACCOUNT_ID_LIMIT),
            display_name=f"Nodes of {args.name}",
            opts=child,
        )
        gcp.projects.IAMMember(
            f"{name}-nodes",
            project=account.project,
            role="roles/container.defaultNodeServiceAccount",
            member=account.member,
            opts=child,
        )
        return account
