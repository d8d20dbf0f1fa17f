"""What to do about an orphan: the program decides whether it is still wanted."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from hubs.cloud_names import named
from hubs.orphan_remedies import Remedy, Wanted, remedy, wanted
from hubs.orphans import State, Thing

PLACE = {"project": "my-project", "region": "us-west-2"}
START = "urn:pulumi:lab::readyroom::"
ROOT = f"{START}pulumi:pulumi:Stack::readyroom-lab"
COMPONENT = f"{START}readyroom:eks:EksCluster::lab"
PROVIDER = f"{START}pulumi:providers:aws::lab-aws"


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """A resource as a program registers it without an engine."""

    urn: str
    type: str
    name: str
    parent: str
    inputs: dict[str, Any] = field(default_factory=dict[str, Any])
    protect: bool = False


def _in(parent: str, type_: str, logical: str, **inputs: object) -> Registration:
    return Registration(
        # Whatever it is, it tells them apart.
        urn=f"{type_} {logical}",
        type=type_,
        name=logical,
        parent=parent,
        inputs=inputs,
        protect=type_ == "aws:efs/fileSystem:FileSystem",
    )


EKS = "readyroom:eks:EksCluster lab"
PROGRAM = [
    Registration(urn=ROOT, type="pulumi:pulumi:Stack", name="readyroom-lab", parent=""),
    _in(ROOT, "pulumi:providers:aws", "lab-aws", region="us-west-2"),
    _in(ROOT, "readyroom:eks:EksCluster", "lab"),
    _in(EKS, "eks:index:Cluster", "lab-cluster", name="readyroom-lab"),
    _in(EKS, "aws:ec2/vpc:Vpc", "lab-vpc", tags={"Name": "lab"}),
    _in(
        EKS,
        "aws:eks/nodeGroup:NodeGroup",
        "core-m5-xlarge",
        clusterName="readyroom-lab",
        nodeGroupName="core-m5-xlarge",
    ),
    _in(EKS, "aws:iam/role:Role", "lab-nodes", name="readyroom-lab-nodes"),
    _in(
        EKS,
        "aws:efs/fileSystem:FileSystem",
        "lab-homes",
        creationToken="x",
        tags={"Name": "readyroom-lab-homes"},
    ),
    _in(EKS, "aws:eks/podIdentityAssociation:PodIdentityAssociation", "lab-scaler", name="a-1"),
    _in(EKS, "aws:ec2/subnet:Subnet", "odd", name=["x"], tags="y"),
]
_FLAGS = f"--stack lab --parent parent={COMPONENT} --provider provider={PROVIDER}"


def orphan(arn: str, **tags: str) -> Thing:
    name = f"arn:aws:{arn}"
    return Thing(named=named("", name, PLACE), listed=name, tags=tags)


def test_urns_are_those_that_the_engine_gives() -> None:
    assert [(it.urn, it.parent) for it in wanted(PROGRAM)][:5] == [
        (ROOT, ""),
        (PROVIDER, ROOT),
        (COMPONENT, ROOT),
        (f"{START}readyroom:eks:EksCluster$eks:index:Cluster::lab-cluster", COMPONENT),
        (
            f"{START}readyroom:eks:EksCluster$eks:index:Cluster$aws:eks/cluster:Cluster"
            "::lab-cluster-eksCluster",
            f"{START}readyroom:eks:EksCluster$eks:index:Cluster::lab-cluster",
        ),
    ]
    assert len(wanted(PROGRAM)) == len(PROGRAM) + 1


@pytest.mark.parametrize(
    ("thing", "command"),
    [
        (
            orphan("ec2:us-west-2:1:vpc/vpc-7", Name="lab"),
            f"aws:ec2/vpc:Vpc lab-vpc vpc-7 {_FLAGS} --protect=false",
        ),
        (
            orphan("eks:us-west-2:1:nodegroup/readyroom-lab/core-m5-xlarge/9"),
            "aws:eks/nodeGroup:NodeGroup core-m5-xlarge readyroom-lab:core-m5-xlarge "
            f"{_FLAGS} --protect=false",
        ),
        (
            orphan("iam::1:role/readyroom-lab-nodes"),
            f"aws:iam/role:Role lab-nodes readyroom-lab-nodes {_FLAGS} --protect=false",
        ),
        (
            orphan("elasticfilesystem:us-west-2:1:file-system/fs-1", Name="readyroom-lab-homes"),
            f"aws:efs/fileSystem:FileSystem lab-homes fs-1 {_FLAGS}",
        ),
        (
            orphan("eks:us-west-2:1:podidentityassociation/readyroom-lab/a-1"),
            "aws:eks/podIdentityAssociation:PodIdentityAssociation lab-scaler readyroom-lab,a-1 "
            f"{_FLAGS} --protect=false",
        ),
        (
            orphan("eks:us-west-2:1:cluster/readyroom-lab"),
            "aws:eks/cluster:Cluster lab-cluster-eksCluster readyroom-lab --stack lab "
            f"--parent 'parent={START}readyroom:eks:EksCluster$eks:index:Cluster::lab-cluster' "
            f"--provider provider={PROVIDER} --protect=false",
        ),
    ],
)
def test_what_the_program_wants_and_the_state_has_not_is_imported(
    thing: Thing, command: str
) -> None:
    found = remedy(thing, wanted(PROGRAM), State(), "lab")

    assert found.action == "import"
    assert found.command == f"pulumi import {command} --generate-code=false"
    assert found.because == f"the program has {command.split()[1]}, and the state does not"


def test_a_second_one_is_deleted() -> None:
    urn = f"{START}readyroom:eks:EksCluster$aws:ec2/vpc:Vpc::lab-vpc"
    state = State(urns=frozenset({urn}))

    found = remedy(orphan("ec2:us-west-2:1:vpc/vpc-7", Name="lab"), wanted(PROGRAM), state, "lab")
    assert found == Remedy(
        action="delete",
        because="the state has another lab-vpc",
        command="aws ec2 delete-vpc --vpc-id vpc-7 --region us-west-2",
    )


def test_what_no_resource_of_the_program_is_named_after_is_deleted() -> None:
    # The subnet's name and tags in the program are no text, and so no name.
    found = remedy(orphan("ec2:us-west-2:1:subnet/x", Name="y"), wanted(PROGRAM), State(), "lab")

    assert found == Remedy(
        action="delete",
        because="no resource of the program",
        command="aws ec2 delete-subnet --subnet-id x --region us-west-2",
    )


def test_what_no_command_is_known_for_is_to_be_looked_at() -> None:
    assert remedy(orphan("sqs:us-west-2:1:queue"), wanted(PROGRAM), State(), "lab") == Remedy(
        action="look", because="no resource of the program; no command is known for its type"
    )


def test_without_a_provider_of_its_own_the_command_names_none() -> None:
    role = Wanted(
        urn="urn:x", type="aws:iam/role:Role", name="x", parent="", inputs={}, protect=False
    )
    named_x = Wanted(
        urn="urn:y",
        type="aws:iam/role:Role",
        name="y",
        parent="",
        inputs={"name": "x"},
        protect=False,
    )

    found = remedy(orphan("iam::1:role/x"), [role, named_x], State(), "lab")
    assert found.command == (
        "pulumi import aws:iam/role:Role y x --stack lab --protect=false --generate-code=false"
    )
