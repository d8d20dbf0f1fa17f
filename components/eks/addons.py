"""EKS add-ons: rights of pods, block storage, home directories, fast storage."""

import json
from collections.abc import Sequence

import pulumi
import pulumi_aws as aws
import pulumi_kubernetes as k8s

from components.eks.homes import Homes, mount_policy
from components.eks.place import Place
from components.eks.roles import managed_identity, own_identity
from hubs.addons import AddonName, addon_versions

_OVERWRITE = "OVERWRITE"
# Scoped to the driver's own volumes. No service role's path: with it there is no such policy.
# Source: AWS managed policy reference, 2026-04-16.
_EBS_POLICY, _CNI_POLICY = "AmazonEBSCSIDriverPolicyV2", "AmazonEKS_CNI_Policy"


def before_nodes(place: Place, after: pulumi.ResourceOptions) -> list[pulumi.Resource]:
    """Create what nodes need to give addresses to pods: the agent of pod identity, and a role.

    The network add-on itself comes with the control plane; its pods start with the first node.
    """
    agent = _addon(place, "eks-pod-identity-agent", after)
    return [agent, *managed_identity(place, "network", "aws-node", _CNI_POLICY, after)]


def after_nodes(place: Place, home: Homes, after: pulumi.ResourceOptions) -> list[pulumi.Resource]:
    """Create the add-ons that are ready only once they run on a core node.

    The drivers of EFS and FSx mount what is there, and make nothing: only the one that mounts
    EFS has a role, and no more rights than that.
    """
    volumes = managed_identity(place, "ebs", "ebs-csi-controller-sa", _EBS_POLICY, after)
    mounts = own_identity(
        place, "efs", "efs-csi-node-sa", home.files.arn.apply(mount_policy), after
    )
    return [
        # Its class would be EBS' default, without our encryption and tags.
        _addon(place, "aws-ebs-csi-driver", _also(after, volumes), _NO_CLASS),
        _addon(place, "aws-efs-csi-driver", _also(after, mounts)),
        *([_addon(place, "aws-fsx-csi-driver", after)] if place.config.fast_storage else []),
    ]


_NO_CLASS: dict[str, object] = {"defaultStorageClass": {"enabled": False}}


def _also(
    after: pulumi.ResourceOptions, needed: Sequence[pulumi.Resource]
) -> pulumi.ResourceOptions:
    return pulumi.ResourceOptions.merge(after, pulumi.ResourceOptions(depends_on=list(needed)))


def _addon(
    place: Place,
    name: AddonName,
    after: pulumi.ResourceOptions,
    values: dict[str, object] | None = None,
) -> aws.eks.Addon:
    return aws.eks.Addon(
        f"{place.name}-{name}",
        cluster_name=place.args.name,
        addon_name=name,
        addon_version=addon_versions(place.config.kubernetes_version)[name],
        configuration_values=json.dumps(values) if values else None,
        resolve_conflicts_on_create=_OVERWRITE,
        resolve_conflicts_on_update=_OVERWRITE,
        tags=place.args.deployment.labels(),
        opts=after,
    )


def block_storage(
    place: Place, provider: k8s.Provider, after: pulumi.ResourceOptions
) -> k8s.storage.v1.StorageClass:
    """Create the class of the hubs' and Prometheus' volumes: gp3, encrypted, tagged.

    Such a volume goes with its claim, which goes with its release. It is in the zone of the pod
    that first mounts it, and so stays with the core nodes.
    """
    tags = place.args.deployment.labels()
    named = {
        f"tagSpecification_{number}": f"{key}={tags[key]}"
        for number, key in enumerate(sorted(tags), start=1)
    }
    return k8s.storage.v1.StorageClass(
        f"{place.name}-gp3",
        metadata={"name": "gp3"},
        provisioner="ebs.csi.aws.com",
        parameters={"type": "gp3", "encrypted": "true", **named},
        reclaim_policy="Delete",
        volume_binding_mode="WaitForFirstConsumer",
        allow_volume_expansion=True,
        opts=pulumi.ResourceOptions.merge(after, pulumi.ResourceOptions(provider=provider)),
    )
