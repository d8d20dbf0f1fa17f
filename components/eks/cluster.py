"""An EKS cluster with a network of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pulumi
import pulumi_aws as aws
import pulumi_eks as eks
import pulumi_kubernetes as k8s

from components.eks.addons import after_nodes, before_nodes, block_storage
from components.eks.autoscaler import autoscaler
from components.eks.buckets import hub_buckets
from components.eks.budget import budget
from components.eks.control_plane import control_plane
from components.eks.database import databases
from components.eks.fast import fast_storage
from components.eks.github import github_actions
from components.eks.gpus import gpu_plugin
from components.eks.homes import Homes, homes, hub_volumes
from components.eks.network import network
from components.eks.place import Place
from components.eks.pools import Nodes, node_group
from components.eks.roles import node_role
from components.interface import ClusterArgs, HubParts
from hubs.eks import EksConfig
from hubs.props import props


class EksCluster(pulumi.ComponentResource):
    """VPC, control plane, roles, node groups, add-ons, storage, Cluster Autoscaler.

    Destroying it keeps what holds data: EFS with its backups, FSx for Lustre, databases,
    buckets, and the network that they are in.
    """

    kubernetes: k8s.Provider
    hubs: Mapping[str, HubParts]
    ready: list[pulumi.Resource]

    def __init__(
        self,
        name: str,
        config: EksConfig,
        args: ClusterArgs,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Create the cluster and what makes it usable."""
        shown = props(config) | {"name": args.name}
        super().__init__("readyroom:eks:EksCluster", name, shown, opts)
        child = pulumi.ResourceOptions(parent=self)
        net = network(name, config, args, child)
        place = Place(name=name, config=config, args=args, network=net, opts=child)
        control = control_plane(place)
        self.kubernetes = k8s.Provider(
            f"{name}-kubernetes",
            kubeconfig=control.kubeconfig_json,
            enable_config_map_mutable=True,
            enable_secret_mutable=True,
            opts=child,
        )
        agent = before_nodes(place, self._after([control]))
        groups = self._node_groups(place, control, agent)
        home = homes(place)
        self.ready = self._made_ready(place, home, groups)
        self.hubs = self._hubs(place, home, groups, agent)
        budget(place)
        # What deploys the stack administers the cluster, which must be there for that.
        github_actions(replace(place, opts=self._after([control])))
        self.register_outputs({"cluster": args.name, "region": config.region})

    def _after(self, needed: Sequence[pulumi.Resource]) -> pulumi.ResourceOptions:
        return pulumi.ResourceOptions(parent=self, depends_on=list(needed))

    def _node_groups(
        self, place: Place, control: eks.Cluster, agent: Sequence[pulumi.Resource]
    ) -> Mapping[str, aws.eks.NodeGroup]:
        role, rights = node_role(place)
        zones = sorted(place.config.zones)
        nodes = Nodes(
            role=role.arn,
            group=control.cluster_security_group_id,
            subnets=dict(zip(zones, place.network.private_ids, strict=True)),
        )
        after = self._after([control, *rights, *agent])
        return {
            pool.name: node_group(place, pool, nodes, after) for pool in place.args.deployment.pools
        }

    def _made_ready(
        self, place: Place, home: Homes, groups: Mapping[str, aws.eks.NodeGroup]
    ) -> list[pulumi.Resource]:
        """Create what runs on the core nodes; returns what every hub waits for."""
        core = [groups[pool.name] for pool in place.args.deployment.pools if pool.hub is None]
        addons = after_nodes(place, home, self._after(core))
        # Pods get addresses and rights of AWS from what came before the nodes.
        settled = self._after([*core, *addons])
        return [
            *core,
            *addons,
            *home.ready,
            block_storage(place, self.kubernetes, settled),
            autoscaler(place, self.kubernetes, settled),
            *gpu_plugin(place, self.kubernetes, settled),
        ]

    def _hubs(
        self,
        place: Place,
        home: Homes,
        groups: Mapping[str, aws.eks.NodeGroup],
        agent: Sequence[pulumi.Resource],
    ) -> Mapping[str, HubParts]:
        fast, database_of = fast_storage(place), databases(place)
        after, pools = self._after(agent), place.args.deployment.pools
        return {
            hub.name: HubParts(
                volumes=hub_volumes(place, home, hub, fast),
                database=database_of.get(hub.name),
                ready=[
                    *(groups[pool.name] for pool in pools if pool.hub == hub.name),
                    *hub_buckets(place, hub, place.args.name, after),
                ],
            )
            for hub in place.args.deployment.stack.hubs
        }
