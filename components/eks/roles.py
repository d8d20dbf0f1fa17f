"""IAM roles of an EKS cluster: its nodes, and pods by pod identity."""

import json

import pulumi
import pulumi_aws as aws

_MANAGED = "arn:aws:iam::aws:policy"
# What nodes need; storage and scaling have roles of their own.
_NODE_POLICIES = (
    "AmazonEKSWorkerNodePolicy",
    "AmazonEKS_CNI_Policy",
    "AmazonEC2ContainerRegistryReadOnly",
)


def _trust(service: str, actions: list[str]) -> str:
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {"Effect": "Allow", "Action": actions, "Principal": {"Service": service}}
            ],
        }
    )


def node_role(
    name: str, physical: str, opts: pulumi.ResourceOptions
) -> tuple[aws.iam.Role, list[pulumi.Resource]]:
    """Create the role of all nodes; returns it and what must exist before nodes join."""
    role = aws.iam.Role(
        f"{name}-nodes",
        name=f"{physical}-nodes",
        assume_role_policy=_trust("ec2.amazonaws.com", ["sts:AssumeRole"]),
        opts=opts,
    )
    attached: list[pulumi.Resource] = [
        aws.iam.RolePolicyAttachment(
            f"{name}-nodes-{policy}",
            role=role.name,
            policy_arn=f"{_MANAGED}/{policy}",
            opts=opts,
        )
        for policy in _NODE_POLICIES
    ]
    return role, attached


def pod_role(name: str, physical: str, opts: pulumi.ResourceOptions) -> aws.iam.Role:
    """Create a role that pods may take by EKS pod identity."""
    return aws.iam.Role(
        name,
        name=physical,
        assume_role_policy=_trust("pods.eks.amazonaws.com", ["sts:AssumeRole", "sts:TagSession"]),
        opts=opts,
    )


# What Cluster Autoscaler asks of AWS; changes only to groups of its own cluster.
# Source: kubernetes/autoscaler cloudprovider/aws README, "Full Cluster Autoscaler Features".
_READS = [
    "autoscaling:DescribeAutoScalingGroups",
    "autoscaling:DescribeAutoScalingInstances",
    "autoscaling:DescribeLaunchConfigurations",
    "autoscaling:DescribeScalingActivities",
    "autoscaling:DescribeTags",
    "ec2:DescribeImages",
    "ec2:DescribeInstanceTypes",
    "ec2:DescribeLaunchTemplateVersions",
    "ec2:GetInstanceTypesFromInstanceRequirements",
    "eks:DescribeNodegroup",
]
_WRITES = [
    "autoscaling:SetDesiredCapacity",
    "autoscaling:TerminateInstanceInAutoScalingGroup",
]


def autoscaler_policy(cluster: str) -> str:
    """Return the policy document of the autoscaler of one cluster."""
    own = {f"aws:ResourceTag/k8s.io/cluster-autoscaler/{cluster}": "owned"}
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {"Effect": "Allow", "Action": _READS, "Resource": "*"},
                {
                    "Effect": "Allow",
                    "Action": _WRITES,
                    "Resource": "*",
                    "Condition": {"StringEquals": own},
                },
            ],
        }
    )


def managed_policy(name: str) -> str:
    """Return the ARN of a policy that AWS keeps for service roles."""
    return f"{_MANAGED}/service-role/{name}"
