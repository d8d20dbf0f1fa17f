"""An EKS cluster with a network of its own."""

import pulumi
import pulumi_aws as aws
import pulumi_eks as eks
import pulumi_kubernetes as k8s

from components.eks.autoscaler import autoscaler
from components.eks.homes import block_storage, efs
from components.eks.network import Network, network
from components.eks.pools import NodeGroupArgs, node_group
from components.eks.roles import node_role
from components.interface import ClusterArgs, HomeShare
from hubs.cluster import EksConfig
from hubs.names import cost_labels


class EksCluster(pulumi.ComponentResource):
    """VPC, control plane, node role, node groups, EFS, EBS driver, Cluster Autoscaler.

    Destroying it keeps the EFS file system with all homes.
    """

    kubernetes: k8s.Provider
    homes: HomeShare
    ready: list[pulumi.Resource]

    def __init__(
        self,
        name: str,
        config: EksConfig,
        args: ClusterArgs,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Create the cluster and what makes it usable."""
        props = config.model_dump(mode="json", by_alias=True) | {"name": args.name}
        super().__init__("readyroom:eks:EksCluster", name, props, opts)
        child = pulumi.ResourceOptions(parent=self)
        net = network(name, config, child)
        control = self._control_plane(name, config, args.name, net)
        self.kubernetes = k8s.Provider(
            f"{name}-kubernetes",
            kubeconfig=control.kubeconfig_json,
            enable_config_map_mutable=True,
            enable_secret_mutable=True,
            opts=child,
        )
        groups = self._node_groups(name, config, args, control, net)
        after = pulumi.ResourceOptions(parent=self, depends_on=groups)
        storage = block_storage(name, args.name, args.name, self.kubernetes, after)
        # The autoscaler gets its rights from the pod identity agent, so that comes first.
        settled = pulumi.ResourceOptions(parent=self, depends_on=storage)
        scaler = autoscaler(name, args.name, config.region, self.kubernetes, settled)
        self.homes, targets = efs(name, args.name, net, config, child)
        self.ready = [*groups, *storage, scaler, *targets]
        self.register_outputs({"cluster": args.name, "region": config.region})

    def _control_plane(
        self, name: str, config: EksConfig, physical: str, net: Network
    ) -> eks.Cluster:
        return eks.Cluster(
            f"{name}-cluster",
            name=physical,
            version=config.kubernetes_version,
            vpc_id=net.vpc.id,
            public_subnet_ids=net.subnet_ids,
            authentication_mode=eks.AuthenticationMode.API,
            skip_default_node_group=True,
            vpc_cni_options={"enable_network_policy": True},
            tags={"Name": physical},
            opts=pulumi.ResourceOptions(parent=self, depends_on=net.routed),
        )

    def _node_groups(
        self, name: str, config: EksConfig, args: ClusterArgs, control: eks.Cluster, net: Network
    ) -> list[aws.eks.NodeGroup]:
        """Create all groups in the first zone.

        A volume of the core nodes cannot follow them to another one, and a group over
        several zones is rebalanced by AWS, which stops servers that people use.
        """
        child = pulumi.ResourceOptions(parent=self)
        role, attached = node_role(name, args.name, child)
        after = pulumi.ResourceOptions(parent=self, depends_on=[control, *attached])
        stack = args.deployment.stack.name
        place = NodeGroupArgs(
            cluster=args.name,
            version=config.kubernetes_version,
            role=role.arn,
            subnet=net.subnet_ids[0],
        )
        return [
            node_group(pool, place, cost_labels(stack, pool.hub, pool.event), after)
            for pool in args.deployment.pools
        ]
