"""The control plane of an EKS cluster: its logs, its key, its role, who may administer it."""

from collections.abc import Mapping

import pulumi
import pulumi_aws as aws
import pulumi_eks as eks

from components.eks.place import Place
from components.eks.roles import cluster_role
from hubs.addons import addon_versions
from hubs.eks import EksConfig
from hubs.names import physical, plain

_LOGS = ("api", "audit", "authenticator", "controllerManager", "scheduler")
_LOG_DAYS = 90
_KEY_DAYS = 30
ADMIN_POLICY = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"


def control_plane(place: Place) -> eks.Cluster:
    """Create the control plane alone; nodes and add-ons that need nodes are ours.

    The add-ons of every node are its own, since no node joins without them. Nothing here
    protects it from `destroy`: what must outlive a cluster is not in it.
    """
    config, tags = place.config, place.args.deployment.labels()
    role, rights = cluster_role(place)
    needed = [*place.network.routed, *rights, _logs(place, tags)]
    versions = addon_versions(config.kubernetes_version)
    networks = sorted(config.authorized_networks)
    return eks.Cluster(
        f"{place.name}-cluster",
        name=place.args.name,
        version=config.kubernetes_version,
        vpc_id=place.network.vpc.id,
        private_subnet_ids=place.network.private_ids,
        # Nodes and control plane share the group that EKS makes.
        skip_default_security_groups=True,
        skip_default_node_group=True,
        service_role=role,
        endpoint_private_access=True,
        endpoint_public_access=bool(networks),
        public_access_cidrs=networks or None,
        authentication_mode=eks.AuthenticationMode.API,
        access_entries=_admins(config, tags),
        enabled_cluster_log_types=list(_LOGS),
        encryption_config_key_arn=_key(place, tags).arn,
        # Past its support a version is upgraded, at no cost, instead of kept for six times as much.
        upgrade_policy={"support_type": "STANDARD"},
        deletion_protection=False,
        vpc_cni_options={
            "addon_version": versions["vpc-cni"],
            "enable_network_policy": True,
            "resolve_conflicts_on_create": eks.ResolveConflictsOnCreate.OVERWRITE,
            "resolve_conflicts_on_update": eks.ResolveConflictsOnUpdate.OVERWRITE,
        },
        kube_proxy_addon_options={
            "enabled": True,
            "version": versions["kube-proxy"],
            "resolve_conflicts_on_create": eks.ResolveConflictsOnCreate.OVERWRITE,
            "resolve_conflicts_on_update": eks.ResolveConflictsOnUpdate.OVERWRITE,
        },
        # As an add-on it would wait for nodes, which wait for this: it stays the one that EKS
        # installs with the control plane, and nothing upgrades that by itself.
        coredns_addon_options={"enabled": False},
        tags=tags | {"Name": place.args.name},
        opts=place.remembered(
            pulumi.ResourceOptions.merge(place.opts, pulumi.ResourceOptions(depends_on=needed))
        ),
    )


def _logs(place: Place, tags: dict[str, str]) -> aws.cloudwatch.LogGroup:
    """Create the group of the control plane's logs; EKS would make one that keeps all for ever.

    EKS may write to it once more after the cluster is deleted, and so make it again; the next
    cluster of that name is then refused until it is deleted or imported.
    """
    return aws.cloudwatch.LogGroup(
        f"{place.name}-control",
        name=f"/aws/eks/{place.args.name}/cluster",
        retention_in_days=_LOG_DAYS,
        tags=tags,
        opts=place.opts,
    )


def _key(place: Place, tags: dict[str, str]) -> aws.kms.Key:
    """Create the key of the cluster's secrets, and of nothing that outlives the cluster."""
    key = aws.kms.Key(
        f"{place.name}-secrets",
        description=f"Secrets of the cluster {place.args.name}",
        key_usage="ENCRYPT_DECRYPT",
        enable_key_rotation=True,
        deletion_window_in_days=_KEY_DAYS,
        tags=tags,
        opts=place.opts,
    )
    aws.kms.Alias(
        f"{place.name}-secrets",
        name=f"alias/{physical('kms-alias', place.name, 'secrets')}",
        target_key_id=key.key_id,
        opts=place.opts,
    )
    return key


def _admins(config: EksConfig, tags: dict[str, str]) -> Mapping[str, eks.AccessEntryArgsDict]:
    """Return who may administer the cluster besides who creates it, who always may.

    EKS refuses an entry for the creator, who has one: a file does not name that role.
    """
    return {
        plain(principal): {
            "principal_arn": principal,
            "type": eks.AccessEntryType.STANDARD,
            "access_policies": {
                "admin": {"policy_arn": ADMIN_POLICY, "access_scope": {"type": "cluster"}}
            },
            "tags": tags,
        }
        for principal in config.admins
    }
