"""An EKS cluster, what is in it, and what it offers to hubs."""

from collections.abc import Callable
from typing import Any

import pytest

from preview.monitor import RecordingMonitor
from preview.resources import registered

Built = Callable[..., RecordingMonitor]
CloudTells = Callable[[dict[str, dict[str, Any]]], None]
Inputs = Callable[[str, str, str], dict[str, Any]]
Kept = Callable[[RecordingMonitor], dict[str, tuple[bool, bool]]]
Needed = Callable[[RecordingMonitor, str], set[str]]
Told = Callable[[RecordingMonitor], dict[str, Any]]

LINES = """
from components.eks.cluster import EksCluster
made = EksCluster("dev", config, args_of(config, HUBS))
tell(ready=" ".join(sorted(it._name for it in made.ready)), **{
    hub: " ".join([
        *(f"{claim}={volume.driver}" for claim, volume in sorted(parts.volumes.items())),
        parts.database.name if parts.database else "sqlite",
        *(it._name for it in parts.ready),
        *parts.identity,
    ])
    for hub, parts in made.hubs.items()
})
"""
COMPONENT = "readyroom:eks:EksCluster::dev"
CONTROL, GROUP = "eks:index:Cluster dev-cluster", "aws:eks/nodeGroup:NodeGroup"
ADDON, TEMPLATE = "aws:eks/addon:Addon", "aws:ec2/launchTemplate:LaunchTemplate"
ZONES = ["eu-north-1a", "eu-north-1b", "eu-north-1c"]
LARGE = {"name": "large", "machineType": "g4dn.xlarge", "maxNodes": 1, "storage": "fast"}
PLAIN: dict[str, Any] = {"shared": {"leads": ["lead"]}}
RICH: dict[str, Any] = {
    "options": [LARGE],
    "database": "postgres",
    "buckets": [{"name": "example-school-scratch"}, {"name": "example-school-keep"}],
}
EVERYTHING: dict[str, Any] = {
    "fastStorage": {"capacity": "1200Gi"},
    "database": {},
    "authorizedNetworks": ["198.51.100.0/24", "203.0.113.7/32"],
    "zones": ZONES,
    "admins": ["arn:aws:iam::123456789012:role/one", "arn:aws:iam::123456789012:role/two"],
}
# What AWS bills; all of it has tags in the same place.
BILLED = (
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:ec2/eip:Eip",
    TEMPLATE,
    "aws:ec2/natGateway:NatGateway",
    "aws:efs/fileSystem:FileSystem",
    GROUP,
    "aws:fsx/lustreFileSystem:LustreFileSystem",
    "aws:kms/key:Key",
    "aws:rds/instance:Instance",
    "aws:s3/bucket:Bucket",
    "eks:index:Cluster",
)
# By which of its inputs the cloud knows a thing that has a name.
NAMES = ("name", "identifier", "creationToken", "nodeGroupName", "bucket")


def _made(monitor: RecordingMonitor) -> dict[str, dict[str, Any]]:
    """Return what the cluster itself has made."""
    return {
        f"{it.type} {it.name}": it.inputs
        for it in registered(monitor)
        if it.parent.endswith(COMPONENT)
    }


def test_every_hub_gets_what_it_asked_for_and_no_more(
    built: Built, told: Told, cloud_tells: CloudTells
) -> None:
    cloud_tells({})

    found = told(built("eks", LINES, hubs={"plain": PLAIN, "rich": RICH}, **EVERYTHING))

    plain, rich = found.pop("plain").split(), found.pop("rich").split()
    efs = "efs.csi.aws.com"
    assert plain == [
        f"home={efs}",
        f"shared-read={efs}",
        f"shared-write={efs}",
        "sqlite",
        "plain-m5-xlarge",
    ]
    assert rich[:5] == [
        "fast=fsx.csi.aws.com",
        f"home={efs}",
        "hub_rich",
        "rich-m5-xlarge",
        "rich-large-g4dn-xlarge",
    ]
    # Its buckets, and the role that reaches them.
    assert sorted(rich[5:]) == [
        "dev-bucket-example-school-keep",
        "dev-bucket-example-school-scratch",
        "dev-rich-users",
        "dev-rich-users",
    ]
    assert sorted(found.pop("ready").split()) == sorted(
        [
            "core-m5-xlarge",
            "dev-autoscaler",
            "dev-aws-ebs-csi-driver",
            "dev-aws-efs-csi-driver",
            "dev-aws-fsx-csi-driver",
            "dev-gp3",
            "dev-gpus",
            "dev-homes",
            *(f"dev-homes-{zone}" for zone in ZONES),
        ]
    )
    assert found == {}


def test_neither_order_of_a_list_nor_another_hub_changes_what_is_there(
    built: Built, cloud_tells: CloudTells
) -> None:
    cloud_tells({})
    hubs = {"plain": PLAIN, "rich": RICH}
    both = _made(built("eks", LINES, hubs=hubs, **EVERYTHING))

    turned = {key: it[::-1] if isinstance(it, list) else it for key, it in EVERYTHING.items()}
    assert _made(built("eks", LINES, hubs=dict(reversed(hubs.items())), **turned)) == both
    alone = _made(built("eks", LINES, hubs={"plain": PLAIN}, **EVERYTHING))
    assert f"{GROUP} plain-m5-xlarge" in alone
    assert alone == {key: both[key] for key in alone}


def test_all_that_costs_something_is_tagged_and_no_two_share_a_name(
    built: Built, cloud_tells: CloudTells
) -> None:
    cloud_tells({})

    found = _made(built("eks", LINES, hubs={"rich": RICH}, **EVERYTHING))

    kind = {key: key.partition(" ")[0] for key in found}
    assert {kind[key] for key in found} & set(BILLED) == set(BILLED)
    stacks = [it["tags"]["readyroom-stack"] for key, it in found.items() if kind[key] in BILLED]
    assert stacks == ["dev"] * len(stacks)
    hubs = {
        key.partition(" ")[2]: it["tags"]["readyroom-hub"]
        for key, it in found.items()
        if kind[key] == GROUP and "readyroom-hub" in it["tags"]
    }
    assert hubs == {"rich-m5-xlarge": "rich", "rich-large-g4dn-xlarge": "rich"}
    names = [
        (kind[key], it[name])
        for key, it in found.items()
        for name in NAMES
        if name in it and not kind[key].startswith(("aws:s3/bucket", "aws:iam/rolePolicy"))
    ]
    assert len(names) == len(set(names)) > 20


def test_what_is_kept_needs_nothing_that_costs_money_without_it(
    built: Built, kept: Kept, cloud_tells: CloudTells
) -> None:
    # `destroy --exclude-protected` leaves what a protected resource needs: no cluster, no NAT.
    cloud_tells({})
    monitor = built("eks", LINES, hubs={"rich": RICH}, **EVERYTHING)

    urns = dict(monitor.requests)
    left = [urn for urn, request in urns.items() if request.protect]
    stays: set[str] = set()
    while left:
        urn = left.pop()
        if urn not in stays and urn in urns:
            stays.add(urn)
            left += urns[urn].dependencies
    kinds = {urns[urn].type for urn in stays}
    assert kinds & {"eks:index:Cluster", GROUP, "aws:ec2/natGateway:NatGateway"} == set()
    assert {
        "aws:efs/fileSystem:FileSystem",
        "aws:fsx/lustreFileSystem:LustreFileSystem",
        "aws:rds/instance:Instance",
        "aws:s3/bucket:Bucket",
    } <= kinds
    protected = {key.partition(" ")[0] for key, (protect, _) in kept(monitor).items() if protect}
    assert protected <= kinds


BESIDE = {
    "budget": {"monthly": 100, "emails": ["finance@example.edu"]},
    "githubActions": {"repository": "example-org/hubs"},
}


@pytest.mark.parametrize(("keys", "there"), [({}, False), (BESIDE, True)])
def test_a_budget_and_a_deployer_are_there_where_the_file_asks_for_them(
    keys: dict[str, Any], built: Built, cloud_tells: CloudTells, *, there: bool
) -> None:
    cloud_tells({})

    found = set(_made(built("eks", LINES, **keys)))

    assert ("aws:budgets/budget:Budget dev-budget" in found) is there
    assert ("aws:iam/role:Role dev-github" in found) is there


def test_the_component_shows_what_was_asked_for(inputs: Inputs) -> None:
    found = inputs("icesat2", "event", "readyroom:eks:EksCluster icesat2")

    shown = ("name", "provider", "region", "zones", "corePool", "kubernetesVersion", "nodeReady")
    assert {key: found[key] for key in shown} == {
        "name": "readyroom-icesat2",
        "provider": "eks",
        "region": "us-west-2",
        "zones": ["us-west-2a", "us-west-2b"],
        "corePool": {"machineType": "m5.xlarge", "maxNodes": 3},
        "kubernetesVersion": "1.36",
        "nodeReady": 360,
    }


def test_nodes_wait_for_the_control_plane_for_rights_and_for_the_agent_of_pods_rights(
    built: Built, needed: Needed, cloud_tells: CloudTells
) -> None:
    cloud_tells({})
    monitor = built("eks", LINES)

    attached = "aws:iam/rolePolicyAttachment:RolePolicyAttachment dev"
    assert needed(monitor, f"{GROUP} core-m5-xlarge") == {
        CONTROL,
        f"{TEMPLATE} core-m5-xlarge",
        "aws:ec2/subnet:Subnet dev-private-eu-north-1a",
        "aws:iam/role:Role dev-nodes",
        f"{attached}-nodes-AmazonEC2ContainerRegistryPullOnly",
        f"{attached}-nodes-AmazonEKSWorkerNodePolicy",
        f"{attached}-network",
        "aws:eks/podIdentityAssociation:PodIdentityAssociation dev-network",
        f"{ADDON} dev-eks-pod-identity-agent",
    }
    assert needed(monitor, f"{TEMPLATE} core-m5-xlarge") == {
        CONTROL,
        "aws:ec2/securityGroup:SecurityGroup dev-nodes",
    }


def test_what_runs_on_core_nodes_waits_for_them_and_for_nobodys_else(
    built: Built, needed: Needed, cloud_tells: CloudTells
) -> None:
    cloud_tells({})
    monitor = built("eks", LINES, hubs={"plain": PLAIN})

    core = f"{GROUP} core-m5-xlarge"
    assert needed(monitor, "kubernetes:storage.k8s.io/v1:StorageClass dev-gp3") == {
        core,
        f"{ADDON} dev-aws-ebs-csi-driver",
        f"{ADDON} dev-aws-efs-csi-driver",
    }


def test_the_kubernetes_provider_uses_the_control_planes_kubeconfig(
    built: Built, cloud_tells: CloudTells
) -> None:
    cloud_tells({"eks:index:Cluster": {"kubeconfigJson": '{"kind": "Config"}'}})

    assert _made(built("eks", LINES))["pulumi:providers:kubernetes dev-kubernetes"] == {
        "kubeconfig": '{"kind": "Config"}',
        "enableConfigMapMutable": "true",
        "enableSecretMutable": "true",
    }
