"""Home directories on EFS, and block storage for the cluster's own volumes."""

import pulumi
import pulumi_aws as aws
import pulumi_kubernetes as k8s

from components.eks.network import Network
from components.eks.roles import managed_policy, pod_role
from components.interface import HomeShare, retained
from hubs.cluster import EksConfig
from hubs.network import VPC_CIDR

# EFS has no size; a claim must name one all the same.
_NOMINAL_GIB = 1024


# What the mount helper of EFS uses. Source: AWS documentation, "Recommended NFS mount options".
_MOUNT_OPTIONS = ("nfsvers=4.1", "rsize=1048576", "wsize=1048576", "hard", "noresvport", "noatime")


def efs(
    name: str, physical: str, network: Network, config: EksConfig, opts: pulumi.ResourceOptions
) -> tuple[HomeShare, list[pulumi.Resource]]:
    """Create the file system that holds every home; lost with it would be everyone's work.

    Returns it with what must be there for as long as anything mounts it.
    """
    files = aws.efs.FileSystem(
        f"{name}-homes",
        creation_token=f"{physical}-homes",
        encrypted=True,
        throughput_mode=config.homes.throughput_mode,
        provisioned_throughput_in_mibps=config.homes.throughput,
        tags={"Name": f"{physical}-homes"},
        opts=pulumi.ResourceOptions.merge(opts, retained()),
    )
    door = aws.ec2.SecurityGroup(
        f"{name}-homes",
        name=f"{physical}-homes",
        description="NFS from within the VPC",
        vpc_id=network.vpc.id,
        ingress=[
            {"protocol": "tcp", "from_port": 2049, "to_port": 2049, "cidr_blocks": [VPC_CIDR]}
        ],
        opts=opts,
    )
    targets: list[pulumi.Resource] = [
        aws.efs.MountTarget(
            f"{name}-homes-{index}",
            file_system_id=files.id,
            subnet_id=subnet.id,
            security_groups=[door.id],
            opts=opts,
        )
        for index, subnet in enumerate(network.subnets)
    ]
    server = pulumi.Output.concat(files.id, f".efs.{config.region}.amazonaws.com")
    share = HomeShare(gib=_NOMINAL_GIB, server=server, mount_options=_MOUNT_OPTIONS)
    return share, targets


def block_storage(
    name: str,
    physical: str,
    cluster: pulumi.Input[str],
    provider: k8s.Provider,
    opts: pulumi.ResourceOptions,
) -> list[pulumi.Resource]:
    """Create the EBS driver, its role, and an encrypted gp3 class for hub and Prometheus."""
    role = pod_role(f"{name}-ebs", f"{physical}-ebs", opts)
    attached = aws.iam.RolePolicyAttachment(
        f"{name}-ebs",
        role=role.name,
        policy_arn=managed_policy("AmazonEBSCSIDriverPolicy"),
        opts=opts,
    )
    agent = aws.eks.Addon(
        f"{name}-pod-identity",
        cluster_name=cluster,
        addon_name="eks-pod-identity-agent",
        opts=opts,
    )
    driver = aws.eks.Addon(
        f"{name}-ebs",
        cluster_name=cluster,
        addon_name="aws-ebs-csi-driver",
        pod_identity_associations=[
            {"role_arn": role.arn, "service_account": "ebs-csi-controller-sa"}
        ],
        opts=pulumi.ResourceOptions.merge(
            opts, pulumi.ResourceOptions(depends_on=[attached, agent])
        ),
    )
    inside = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(provider=provider))
    return [agent, driver, _gp3(name, inside)]


def _gp3(name: str, opts: pulumi.ResourceOptions) -> k8s.storage.v1.StorageClass:
    return k8s.storage.v1.StorageClass(
        f"{name}-gp3",
        metadata={"name": "gp3"},
        provisioner="ebs.csi.aws.com",
        parameters={"type": "gp3", "encrypted": "true"},
        volume_binding_mode="WaitForFirstConsumer",
        allow_volume_expansion=True,
        opts=opts,
    )
