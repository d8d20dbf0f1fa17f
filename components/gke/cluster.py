"""A GKE cluster with a network of its own."""

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_gcp as gcp
import pulumi_kubernetes as k8s

from components.gke.accounts import NodeAccount, node_account
from components.gke.buckets import hub_buckets
from components.gke.budget import budget
from components.gke.control_plane import control_plane
from components.gke.database import databases
from components.gke.fast import fast_storage
from components.gke.github import github_actions
from components.gke.homes import filestore
from components.gke.kubeconfig import kubeconfig
from components.gke.network import Network, network
from components.gke.place import Place
from components.gke.pools import node_pool
from components.gke.services import enabled
from components.interface import ClusterArgs, HubParts, Volume
from hubs.claims import FAST, HOME, claims
from hubs.gke import GkeConfig
from hubs.maintenance import maintenance
from hubs.pools import Pool
from hubs.props import props


class GkeCluster(pulumi.ComponentResource):
    """Network, control plane, node account, pools, storage, and a Kubernetes provider.

    Destroying it keeps what holds data: Filestore with its backups, buckets, databases, and the
    network that they are in, which cannot go before them.
    """

    kubernetes: k8s.Provider
    hubs: Mapping[str, HubParts]
    ready: list[pulumi.Resource]

    def __init__(
        self,
        name: str,
        config: GkeConfig,
        args: ClusterArgs,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Create the cluster and everything in it that is not Kubernetes'."""
        shown = props(config) | {"name": args.name}
        super().__init__("readyroom:gke:GkeCluster", name, shown, opts)
        services = enabled(name, config, args, pulumi.ResourceOptions(parent=self))
        child = pulumi.ResourceOptions(parent=self, depends_on=services)
        net = network(name, config, args, child)
        place = Place(name=name, config=config, args=args, network=net.network, opts=child)
        account = node_account(place)
        cluster, pools = self._cluster(place, net, services, account)
        # Hubs wait for the core nodes, and each for its own: not every one for every other's.
        self.ready = [made for pool, made in pools if pool.hub is None]
        stores = databases(place)
        # Filestore takes any range that is free when it is made: not one that is about to be used.
        volumes = _volumes(place, [net.subnetwork, *stores.reserved])
        self.hubs = {
            hub.name: HubParts(
                volumes={claim: volumes[claim] for claim in claims("gke", hub)},
                database=stores.of.get(hub.name),
                identity=hub_buckets(place, hub, place.workload_pool, cluster),
                ready=[made for pool, made in pools if pool.hub == hub.name],
            )
            for hub in args.deployment.stack.hubs
        }
        self.kubernetes = k8s.Provider(
            f"{name}-kubernetes",
            kubeconfig=kubeconfig(cluster),
            enable_config_map_mutable=True,
            enable_secret_mutable=True,
            opts=child,
        )
        budget(place)
        github_actions(place, account.account)
        self.register_outputs({"cluster": args.name, "location": config.region})

    def _cluster(
        self,
        place: Place,
        net: Network,
        services: Sequence[pulumi.Resource],
        account: NodeAccount,
    ) -> tuple[gcp.container.Cluster, list[tuple[Pool, gcp.container.NodePool]]]:
        """Create control plane and pools; servers of hubs come when the pools are there."""
        deployment = place.args.deployment
        told = maintenance(place.config, deployment.events, deployment.now)
        # Without a way out nodes find no image, and without rights no private one.
        needed = [net.nat, *account.rights]
        cluster = control_plane(place, net.subnetwork, account.account.email, told, needed)
        after = pulumi.ResourceOptions(parent=self, depends_on=[*services, *needed])
        return cluster, [
            (pool, node_pool(pool, place, cluster, account.account.email, after))
            for pool in deployment.pools
        ]


def _volumes(place: Place, after: Sequence[pulumi.Resource]) -> Mapping[str, Volume]:
    """Create what claims stand for, by the claim's name."""
    homes, fast = (
        filestore(place, "homes", place.config.homes, after, place.args.deployment.homes),
        fast_storage(place, after),
    )
    return {HOME: homes} if fast is None else {HOME: homes, FAST: fast}
