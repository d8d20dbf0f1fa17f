"""IAM roles of an EKS cluster: control plane, nodes, and pods by pod identity."""

import json
from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from components.eks.place import Place
from hubs.names import physical

_MANAGED = "arn:aws:iam::aws:policy"
_SYSTEM = "kube-system"
_ASSUME = ("sts:AssumeRole",)
_POD_ACTIONS = ("sts:AssumeRole", "sts:TagSession")
# What nodes need; network, storage and scaling have roles of their own.
_NODE_POLICIES = ("AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly")


def document(*statements: dict[str, object]) -> str:
    """Return a policy document."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def _trust(service: str, actions: Sequence[str]) -> str:
    return document({"Effect": "Allow", "Action": list(actions), "Principal": {"Service": service}})


def cluster_role(place: Place) -> tuple[aws.iam.Role, list[pulumi.Resource]]:
    """Create the role of the control plane; returns it, and what it must have first.

    It needs no right to the key of the secrets: who creates the cluster grants it the key.
    Source: Amazon EKS user guide, "Encrypt Kubernetes secrets with KMS", 2026.
    """
    role = _service_role(place, "control", "eks.amazonaws.com")
    return role, [_attached(place, "control", role, "AmazonEKSClusterPolicy")]


def node_role(place: Place) -> tuple[aws.iam.Role, list[pulumi.Resource]]:
    """Create the role of all nodes; returns it, and what it must have before nodes join."""
    role = _service_role(place, "nodes", "ec2.amazonaws.com")
    return role, [_attached(place, f"nodes-{it}", role, it) for it in _NODE_POLICIES]


def pod_role(name: str, known_as: str, opts: pulumi.ResourceOptions) -> aws.iam.Role:
    """Create a role that pods may take by EKS pod identity."""
    trust = _trust("pods.eks.amazonaws.com", _POD_ACTIONS)
    return aws.iam.Role(name, name=known_as, assume_role_policy=trust, opts=opts)


def managed_identity(
    place: Place, part: str, account: str, policy: str, after: pulumi.ResourceOptions
) -> list[pulumi.Resource]:
    """Give the system pods of a service account a role with a policy that AWS keeps.

    Args:
        place: Where they belong.
        part: What the role is for; its name.
        account: The service account.
        policy: Name of the policy, with its path.
        after: Options of what needs the cluster.

    Returns:
        What must be there before such a pod starts: it learns of its role only then.
    """
    role = _part_role(place, part)
    attached = _attached(place, part, role, policy)
    return [attached, _association(place, part, account, role, after)]


def own_identity(
    place: Place,
    part: str,
    account: str,
    policy: pulumi.Input[str],
    after: pulumi.ResourceOptions,
) -> list[pulumi.Resource]:
    """Give the system pods of a service account a role with a policy of ours.

    Args:
        place: Where they belong.
        part: What the role is for; its name.
        account: The service account.
        policy: The policy document.
        after: Options of what needs the cluster.

    Returns:
        What must be there before such a pod starts: it learns of its role only then.
    """
    role = _part_role(place, part)
    rights = aws.iam.RolePolicy(
        f"{place.name}-{part}", name=part, role=role.name, policy=policy, opts=place.opts
    )
    return [rights, _association(place, part, account, role, after)]


def _service_role(place: Place, part: str, service: str) -> aws.iam.Role:
    return aws.iam.Role(
        f"{place.name}-{part}",
        name=physical("iam-role", place.name, part),
        assume_role_policy=_trust(service, _ASSUME),
        opts=place.opts,
    )


def _part_role(place: Place, part: str) -> aws.iam.Role:
    known_as = physical("iam-role", place.name, part)
    return pod_role(f"{place.name}-{part}", known_as, place.opts)


def _attached(
    place: Place, part: str, role: aws.iam.Role, policy: str
) -> aws.iam.RolePolicyAttachment:
    return aws.iam.RolePolicyAttachment(
        f"{place.name}-{part}",
        role=role.name,
        policy_arn=f"{_MANAGED}/{policy}",
        opts=place.opts,
    )


def _association(
    place: Place, part: str, account: str, role: aws.iam.Role, after: pulumi.ResourceOptions
) -> aws.eks.PodIdentityAssociation:
    return aws.eks.PodIdentityAssociation(
        f"{place.name}-{part}",
        cluster_name=place.args.name,
        namespace=_SYSTEM,
        service_account=account,
        role_arn=role.arn,
        tags=place.args.deployment.labels(),
        opts=after,
    )
