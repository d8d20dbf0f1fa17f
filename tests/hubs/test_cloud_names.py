"""Types, ids and commands from names of clouds; commands held against botocore's own models.

It does not prove that Google Cloud's CLI has these flags: that takes the CLI.
"""

import shlex
from typing import Any

import boto3
import pytest
from botocore import xform_name
from hypothesis import given
from hypothesis import strategies as st

from hubs.cloud_names import Named, named
from hubs.cloud_rows import AWS, GCP

PLACE = {"project": "my-project", "region": "us-west-2"}
_ARN = "arn:aws:{}:us-west-2:123456789012:{}"
_CONTAINER = "//container.googleapis.com/projects/my-project"
_WHERE = "--location us-central1 --project my-project"


@pytest.mark.parametrize(
    ("name", "type_", "id_", "imported", "delete"),
    [
        (
            _ARN.format("ec2", "vpc/vpc-1"),
            "aws:ec2/vpc:Vpc",
            "vpc-1",
            "vpc-1",
            "aws ec2 delete-vpc --vpc-id vpc-1 --region us-west-2",
        ),
        (
            _ARN.format("eks", "nodegroup/lab/core-m5-xlarge/8ec4-11"),
            "aws:eks/nodeGroup:NodeGroup",
            "lab:core-m5-xlarge",
            "lab:core-m5-xlarge",
            "aws eks delete-nodegroup --cluster-name lab --nodegroup-name core-m5-xlarge "
            "--region us-west-2",
        ),
        (
            _ARN.format("eks", "podidentityassociation/lab/a-9"),
            "aws:eks/podIdentityAssociation:PodIdentityAssociation",
            "a-9",
            "lab,a-9",
            "aws eks delete-pod-identity-association --cluster-name lab --association-id a-9 "
            "--region us-west-2",
        ),
        (
            "arn:aws:iam::123456789012:role/readyroom-lab-nodes",
            "aws:iam/role:Role",
            "readyroom-lab-nodes",
            "readyroom-lab-nodes",
            "aws iam delete-role --role-name readyroom-lab-nodes",
        ),
        (
            "arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-west-2.amazonaws.com/id/1",
            "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
            "arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-west-2.amazonaws.com/id/1",
            "arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-west-2.amazonaws.com/id/1",
            "aws iam delete-open-id-connect-provider --open-id-connect-provider-arn "
            "arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-west-2.amazonaws.com/id/1",
        ),
        (
            "arn:aws:budgets::123456789012:budget/lab",
            "aws:budgets/budget:Budget",
            "123456789012:lab",
            "123456789012:lab",
            "aws budgets delete-budget --account-id 123456789012 --budget-name lab",
        ),
        (
            "arn:aws:s3:::lab-data",
            "aws:s3/bucket:Bucket",
            "lab-data",
            "lab-data",
            "aws s3 rb s3://lab-data",
        ),
        (
            _ARN.format("logs", "log-group:/aws/eks/lab/cluster"),
            "aws:cloudwatch/logGroup:LogGroup",
            "/aws/eks/lab/cluster",
            "/aws/eks/lab/cluster",
            "aws logs delete-log-group --log-group-name /aws/eks/lab/cluster --region us-west-2",
        ),
        (
            f"{_CONTAINER}/locations/us-central1/clusters/lab",
            "gcp:container/cluster:Cluster",
            "projects/my-project/locations/us-central1/clusters/lab",
            "projects/my-project/locations/us-central1/clusters/lab",
            f"gcloud container clusters delete lab {_WHERE}",
        ),
        (
            f"{_CONTAINER}/zones/us-central1-b/clusters/lab/nodePools/core",
            "gcp:container/nodePool:NodePool",
            "projects/my-project/locations/us-central1-b/clusters/lab/nodePools/core",
            "projects/my-project/locations/us-central1-b/clusters/lab/nodePools/core",
            "gcloud container node-pools delete core --cluster lab --location us-central1-b "
            "--project my-project",
        ),
        (
            "//storage.googleapis.com/lab-data",
            "gcp:storage/bucket:Bucket",
            "lab-data",
            "lab-data",
            "gcloud storage buckets delete gs://lab-data",
        ),
    ],
)
def test_a_name_of_a_cloud_tells_type_id_and_how_to_delete(
    name: str, type_: str, id_: str, imported: str, delete: str
) -> None:
    found = named("whatever", name, PLACE)

    assert (found.type, found.id, found.imported, found.delete) == (type_, id_, imported, delete)


def test_an_id_of_a_state_tells_how_to_delete() -> None:
    assert named("aws:eks/nodeGroup:NodeGroup", "lab:core", PLACE) == named(
        "", _ARN.format("eks", "nodegroup/lab/core/8ec4"), PLACE
    )
    assert named("gcp:storage/bucket:Bucket", "a b", PLACE).delete == (
        "gcloud storage buckets delete 'gs://a b'"
    )


def test_what_is_not_known_is_left_to_be_filled() -> None:
    assert named("aws:ec2/vpc:Vpc", "vpc-1", {}).delete == (
        "aws ec2 delete-vpc --vpc-id vpc-1 --region REGION"
    )


@pytest.mark.parametrize(
    ("type_", "name", "told"),
    [
        ("", _ARN.format("sqs", "queue-1"), "sqs:queue-1"),
        ("", _ARN.format("cloudwatch", "alarm:x"), "cloudwatch:alarm"),
        ("redis.googleapis.com/Instance", "//redis.googleapis.com/x", None),
        ("aws:ec2/vpc:Vpc", "no/vpc", None),
        ("kubernetes:core/v1:Namespace", "lab", None),
    ],
)
def test_what_is_not_in_the_table_keeps_its_name(type_: str, name: str, told: str | None) -> None:
    assert named(type_, name, PLACE) == Named(type=told or type_, id=name, imported=name)


def test_what_holds_data_is_known() -> None:
    held = {row.type for row in (*AWS, *GCP) if row.data}

    assert held == {
        "aws:backup/vault:Vault",
        "aws:ebs/volume:Volume",
        "aws:efs/fileSystem:FileSystem",
        "aws:fsx/lustreFileSystem:LustreFileSystem",
        "aws:kms/key:Key",
        "aws:rds/instance:Instance",
        "aws:s3/bucket:Bucket",
        "gcp:compute/disk:Disk",
        "gcp:compute/snapshot:Snapshot",
        "gcp:filestore/backup:Backup",
        "gcp:filestore/instance:Instance",
        "gcp:sql/databaseInstance:DatabaseInstance",
        "gcp:storage/bucket:Bucket",
    }
    assert named("", _ARN.format("elasticfilesystem", "file-system/fs-1"), PLACE).data


def test_things_are_deleted_before_what_they_are_in() -> None:
    ranks = {row.type: rank for rank, row in enumerate((*AWS, *GCP), start=1)}

    def before(*kinds: str) -> bool:
        return sorted(kinds, key=ranks.__getitem__) == list(kinds)

    assert len(ranks) == len(AWS) + len(GCP)
    assert before(
        "aws:eks/nodeGroup:NodeGroup",
        "aws:eks/cluster:Cluster",
        "aws:iam/role:Role",
        "aws:ec2/natGateway:NatGateway",
        "aws:ec2/eip:Eip",
        "aws:ec2/subnet:Subnet",
        "aws:ec2/routeTable:RouteTable",
        "aws:ec2/vpc:Vpc",
    )
    assert before("gcp:container/nodePool:NodePool", "gcp:container/cluster:Cluster")
    assert named("aws:ec2/vpc:Vpc", "vpc-1", PLACE).rank == ranks["aws:ec2/vpc:Vpc"]


@pytest.mark.parametrize("row", AWS, ids=lambda row: row.type)
def test_the_aws_cli_has_the_command_with_all_that_it_needs(row: Any) -> None:  # noqa: ANN401 - a row
    service, operation, *flags = shlex.split(row.delete)
    if service == "s3":
        return  # A command of the CLI's own, above any operation.
    model = boto3.client(service, region_name="us-west-2").meta.service_model
    operations = {_dashed(name): name for name in model.operation_names}
    shape = model.operation_model(operations[operation]).input_shape

    given = {flag.removeprefix("--") for flag in flags if flag.startswith("--")}
    assert given <= {_dashed(name) for name in shape.members}
    assert {_dashed(name) for name in shape.required_members} <= given


def _dashed(name: str) -> str:
    """Return a name as the CLI writes it: CreateDBInstance is create-db-instance."""
    return xform_name(name, "-")


@given(type_=st.text(), name=st.text() | st.text().map("arn:aws:ec2:r:1:{}".format))
def test_no_name_is_too_odd(type_: str, name: str) -> None:
    found = named(type_, name, {})

    assert found.rank or (found.id, found.imported, found.delete) == (name, name, "")
