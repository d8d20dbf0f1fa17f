"""How many resources of each type a stack has, quiet and at its event."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from preview.resources import Registered

Resources = Callable[[str, str], list[Registered]]
Inputs = Callable[[str, str, str], dict[str, Any]]

EVERYWHERE = {
    "pulumi:pulumi:Stack": 1,
    "pulumi:providers:kubernetes": 1,
    "readyroom:monitoring:Monitoring": 1,
}
GKE = EVERYWHERE | {
    "pulumi:providers:gcp": 1,
    "readyroom:gke:GkeCluster": 1,
    "gcp:compute/network:Network": 1,
    "gcp:compute/subnetwork:Subnetwork": 1,
    "gcp:container/cluster:Cluster": 1,
    "gcp:filestore/instance:Instance": 1,
    "gcp:projects/iAMMember:IAMMember": 1,
    "gcp:projects/service:Service": 4,
    "gcp:serviceaccount/account:Account": 1,
}
EKS = EVERYWHERE | {
    "pulumi:providers:aws": 1,
    "readyroom:eks:EksCluster": 1,
    "aws:ec2/internetGateway:InternetGateway": 1,
    "aws:ec2/routeTable:RouteTable": 1,
    "aws:ec2/routeTableAssociation:RouteTableAssociation": 2,
    "aws:ec2/securityGroup:SecurityGroup": 1,
    "aws:ec2/subnet:Subnet": 2,
    "aws:ec2/vpc:Vpc": 1,
    "aws:efs/fileSystem:FileSystem": 1,
    "aws:efs/mountTarget:MountTarget": 2,
    "aws:eks/addon:Addon": 2,
    "aws:eks/podIdentityAssociation:PodIdentityAssociation": 1,
    "aws:iam/role:Role": 3,
    "aws:iam/rolePolicy:RolePolicy": 1,
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": 4,
    "eks:index:Cluster": 1,
    "kubernetes:storage.k8s.io/v1:StorageClass": 1,
}
HOME_ON_A_SERVER = {"kubernetes:core/v1:PersistentVolume": 1}
SHARED_PASSWORD = {"kubernetes:core/v1:Secret": 1, "random:index/randomPassword:RandomPassword": 2}
GKE_POOL = "gcp:container/nodePool:NodePool"
EKS_POOL = "aws:eks/nodeGroup:NodeGroup"
TAG = "aws:autoscaling/tag:Tag"


def _hubs(count: int, releases: int) -> dict[str, int]:
    return {
        "readyroom:hub:JupyterHub": count,
        "kubernetes:core/v1:Namespace": count + 1,
        "kubernetes:core/v1:PersistentVolumeClaim": count,
        "kubernetes:helm.sh/v3:Release": releases,
    }


def _times(count: int, table: dict[str, int]) -> dict[str, int]:
    return {key: count * value for key, value in table.items()}


@pytest.mark.parametrize(
    ("stack", "quiet", "event"),
    [
        (
            "campus",
            EVERYWHERE | {"readyroom:existing:ExistingCluster": 1} | _hubs(1, 3) | SHARED_PASSWORD,
            {},
        ),
        (
            "datahub",
            GKE | {GKE_POOL: 4} | _hubs(3, 5) | _times(3, HOME_ON_A_SERVER),
            {GKE_POOL: 3},
        ),
        (
            "exam",
            GKE | {GKE_POOL: 3} | _hubs(2, 4) | _times(2, HOME_ON_A_SERVER),
            {GKE_POOL: 1},
        ),
        (
            "icesat2",
            EKS | {EKS_POOL: 2, TAG: 6} | _hubs(1, 4) | HOME_ON_A_SERVER | SHARED_PASSWORD,
            {EKS_POOL: 1, TAG: 3},
        ),
        (
            "workshop",
            GKE | {GKE_POOL: 2} | _hubs(1, 3) | HOME_ON_A_SERVER | SHARED_PASSWORD,
            {GKE_POOL: 1},
        ),
    ],
)
def test_a_stack_has_exactly_these_resources_and_its_event_adds_exactly_those(
    stack: str, quiet: dict[str, int], event: dict[str, int], resources: Resources
) -> None:
    usual = Counter(resource.type for resource in resources(stack, "quiet"))
    during = Counter(resource.type for resource in resources(stack, "event"))

    assert usual == quiet
    assert during == Counter(quiet) + Counter(event)


def test_the_gcp_provider_labels_everything_that_bears_a_cost(inputs: Inputs) -> None:
    assert inputs("workshop", "event", "pulumi:providers:gcp workshop-gcp") == {
        "region": "us-central1",
        "defaultLabels": '{"readyroom-stack": "workshop"}',
    }


def test_the_aws_provider_tags_everything_that_bears_a_cost(inputs: Inputs) -> None:
    assert inputs("icesat2", "event", "pulumi:providers:aws icesat2-aws") == {
        "region": "us-west-2",
        "defaultTags": '{"tags": {"readyroom-stack": "icesat2"}}',
        # Set by the SDK, not by us.
        "skipCredentialsValidation": "false",
        "skipRegionValidation": "true",
    }


def test_a_stack_without_gke_or_eks_has_neither_provider(resources: Resources) -> None:
    clouds = {resource.type.split(":")[0] for resource in resources("campus", "event")}

    assert clouds == {"pulumi", "readyroom", "kubernetes", "random"}
