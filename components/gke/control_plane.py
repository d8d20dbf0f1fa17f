"""The control plane of a GKE cluster."""

from collections.abc import Sequence

import pulumi
import pulumi_gcp as gcp

from components.gke.place import Place
from events.maintenance_window import zulu
from hubs.maintenance import Maintenance
from hubs.network import PODS, SERVICES

_RANGES: gcp.container.ClusterIpAllocationPolicyArgsDict = {
    "cluster_secondary_range_name": PODS,
    "services_secondary_range_name": SERVICES,
}
# Nodes reach the control plane inside the network.
_PRIVATE: gcp.container.ClusterPrivateClusterConfigArgsDict = {
    "enable_private_nodes": True,
    "enable_private_endpoint": False,
}
_NO_CERTIFICATE: gcp.container.ClusterMasterAuthArgsDict = {
    "client_certificate_config": {"issue_client_certificate": False}
}
_NODE_DEFAULTS: gcp.container.ClusterNodePoolDefaultsArgsDict = {
    "node_config_defaults": {"insecure_kubelet_readonly_port_enabled": "FALSE"}
}
# Packs users onto few nodes, so that empty ones can go.
_PACKING: gcp.container.ClusterClusterAutoscalingArgsDict = {
    "enabled": False,
    "autoscaling_profile": "OPTIMIZE_UTILIZATION",
}
_POSTURE: gcp.container.ClusterSecurityPostureConfigArgsDict = {
    "mode": "BASIC",
    "vulnerability_mode": "VULNERABILITY_DISABLED",
}
# Google gets logs and metrics of the system, which cost nothing; Prometheus is ours.
_LOGGING: gcp.container.ClusterLoggingConfigArgsDict = {"enable_components": ["SYSTEM_COMPONENTS"]}
_MONITORING: gcp.container.ClusterMonitoringConfigArgsDict = {
    "enable_components": ["SYSTEM_COMPONENTS"],
    "managed_prometheus": {"enabled": False},
}

_IGNORED = (
    # What the removed pool was made of; the pools of the cluster say nothing of it.
    "nodeConfig",
    # After an upgrade GKE tells when it was, also where nothing is asked for, and the provider
    # writes that beside what is. No event switches it, and nobody could ever deploy it away.
    # Source: terraform-provider-google @e03b7622 (2026-08-21; the property since 7.24), container,
    # resource_container_cluster.go, flattenMaintenancePolicy: the block is optional, not computed.
    "maintenancePolicy.disruptionBudget",
)


def control_plane(
    place: Place,
    subnetwork: gcp.compute.Subnetwork,
    account: pulumi.Input[str],
    maintenance: Maintenance,
    after: Sequence[pulumi.Resource],
) -> gcp.container.Cluster:
    """Create a regional cluster whose nodes have no address of the internet.

    Args:
        place: Where it belongs.
        subnetwork: Where its nodes are.
        account: Whom the nodes of the removed pool act as.
        maintenance: When GKE may upgrade it.
        after: What nodes need, those of the removed pool included.
    """
    own = pulumi.ResourceOptions(ignore_changes=list(_IGNORED), depends_on=list(after))
    return gcp.container.Cluster(
        f"{place.name}-cluster",
        name=place.args.name,
        location=place.config.region,
        node_locations=sorted(place.config.zones),
        network=subnetwork.network,
        subnetwork=subnetwork.id,
        networking_mode="VPC_NATIVE",
        ip_allocation_policy=_RANGES,
        private_cluster_config=_PRIVATE,
        master_authorized_networks_config=_reached_from(place.config.authorized_networks),
        master_auth=_NO_CERTIFICATE,
        # Enforces network policies; cannot be changed later.
        datapath_provider="ADVANCED_DATAPATH",
        workload_identity_config={"workload_pool": place.workload_pool},
        # Its pools are ours; the default one is removed once the cluster is up.
        remove_default_node_pool=True,
        initial_node_count=1,
        node_config=_removed_pool(account),
        node_pool_defaults=_NODE_DEFAULTS,
        enable_shielded_nodes=True,
        cluster_autoscaling=_PACKING,
        release_channel={"channel": place.config.release_channel},
        maintenance_policy=_maintenance_policy(maintenance),
        security_posture_config=_POSTURE,
        cost_management_config={"enabled": True},
        logging_config=_LOGGING,
        monitoring_config=_MONITORING,
        deletion_protection=place.config.deletion_protection,
        resource_labels=place.args.deployment.labels(),
        opts=place.remembered(pulumi.ResourceOptions.merge(place.opts, own)),
    )


def _removed_pool(account: pulumi.Input[str]) -> gcp.container.ClusterNodeConfigArgsDict:
    """Return what the default pool is made of, for the minutes that it lives.

    An organisation that asks for shielded nodes refuses a cluster that begins without them.
    Source: Google Cloud, `constraints/compute.requireShieldedVm`; terraform-provider-google #4976.
    """
    return {
        "service_account": account,
        "workload_metadata_config": {"mode": "GKE_METADATA"},
        "shielded_instance_config": {
            "enable_secure_boot": True,
            "enable_integrity_monitoring": True,
        },
    }


def _reached_from(
    networks: Sequence[str],
) -> gcp.container.ClusterMasterAuthorizedNetworksConfigArgsDict:
    """Return who reaches the public endpoint besides the cluster's own network."""
    return {
        "cidr_blocks": [{"cidr_block": network} for network in sorted(networks)],
        "gcp_public_cidrs_access_enabled": False,
    }


def _maintenance_policy(
    maintenance: Maintenance,
) -> gcp.container.ClusterMaintenancePolicyArgsDict:
    window = maintenance.window
    return {
        "recurring_window": {
            "start_time": zulu(window.starts),
            "end_time": zulu(window.ends),
            "recurrence": window.recurrence,
        },
        "maintenance_exclusions": [
            {
                "exclusion_name": one.name,
                "start_time": zulu(one.starts),
                "end_time": zulu(one.ends),
                "exclusion_options": {"scope": one.scope},
            }
            for one in maintenance.exclusions
        ],
    }
