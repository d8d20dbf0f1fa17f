"""Import ids of AWS and Kubernetes, held against what the installed providers document.

It does not prove that a cloud takes them: that takes a cloud.
"""

from collections.abc import Callable

import pytest

from hubs.import_forms import ROWS
from hubs.import_ids import Context, ImportId, import_id

Documents = Callable[[str, str, str], bool]
HERE = Context(region="us-west-2")
_TEMPLATE_TAG = "k8s.io/cluster-autoscaler/node-template/label/eks.amazonaws.com/capacityType"
_ARN = "arn:aws:iam::123456789012:role/example"
EGRESS: dict[str, object] = {
    "securityGroupId": "sg-6777656e646f6c796e",
    "type": "egress",
    "fromPort": 0.0,
    "toPort": 0.0,
    "cidrBlocks": ["0.0.0.0/0"],
}
# Type, file of its documentation, inputs that must give the example `NAME ID` in it.
DOCUMENTED: list[tuple[str, str, dict[str, object], str]] = [
    (
        "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment",
        "ec2/internet_gateway_attachment",
        {"internetGatewayId": "igw-c0a643a9", "vpcId": "vpc-123456"},
        "example igw-c0a643a9:vpc-123456",
    ),
    (
        "aws:servicequotas/serviceQuota:ServiceQuota",
        "servicequotas/service_quota",
        {"serviceCode": "vpc", "quotaCode": "L-F678F1CE", "value": 75.0},
        "example vpc/L-F678F1CE",
    ),
    ("aws:eks/cluster:Cluster", "eks/cluster", {"name": "example"}, "example example"),
    (
        "aws:eks/nodeGroup:NodeGroup",
        "eks/node_group",
        {"clusterName": "example-cluster", "nodeGroupName": "example-group"},
        "example example-cluster:example-group",
    ),
    (
        "aws:eks/addon:Addon",
        "eks/addon",
        {"clusterName": "example-cluster", "addonName": "example-addon"},
        "example example-cluster:example-addon",
    ),
    (
        "aws:eks/accessEntry:AccessEntry",
        "eks/access_entry",
        {"clusterName": "example-cluster", "principalArn": _ARN},
        f"example example-cluster:{_ARN}",
    ),
    ("aws:iam/role:Role", "iam/role", {"name": "developer_name"}, "example developer_name"),
    (
        "aws:iam/rolePolicy:RolePolicy",
        "iam/role_policy",
        {"role": "role_of_mypolicy_name", "name": "mypolicy_name"},
        "example role_of_mypolicy_name:mypolicy_name",
    ),
    (
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        "iam/role_policy_attachment",
        {"role": "test-role", "policyArn": "arn:aws:iam::xxxxxxxxxxxx:policy/test-policy"},
        "example test-role/arn:aws:iam::xxxxxxxxxxxx:policy/test-policy",
    ),
    (
        "aws:iam/instanceProfile:InstanceProfile",
        "iam/instance_profile",
        {"name": "app-instance-profile-1"},
        "example app-instance-profile-1",
    ),
    (
        "aws:ec2/routeTableAssociation:RouteTableAssociation",
        "ec2/route_table_association",
        {"subnetId": "subnet-6777656e646f6c796e", "routeTableId": "rtb-656c65616e6f72"},
        "example subnet-6777656e646f6c796e/rtb-656c65616e6f72",
    ),
    (
        "aws:ec2/securityGroupRule:SecurityGroupRule",
        "ec2/security_group_rule",
        EGRESS | {"protocol": "all"},
        "default_egress sg-6777656e646f6c796e_egress_all_0_0_0.0.0.0/0",
    ),
    (
        "aws:ec2/route:Route",
        "ec2/route",
        {"routeTableId": "rtb-656C65616E6F72", "destinationCidrBlock": "10.42.0.0/16"},
        "my_route rtb-656C65616E6F72_10.42.0.0/16",
    ),
    (
        "aws:autoscaling/tag:Tag",
        "autoscaling/tag",
        {"autoscalingGroupName": "asg-example", "tag": {"key": _TEMPLATE_TAG}},
        f"example asg-example,{_TEMPLATE_TAG}",
    ),
    (
        "aws:autoscaling/schedule:Schedule",
        "autoscaling/schedule",
        {"autoscalingGroupName": "example-asg", "scheduledActionName": "example-action"},
        "example example-asg/example-action",
    ),
    (
        "aws:rds/instance:Instance",
        "rds/instance",
        {"identifier": "mydb-rds-instance"},
        "default mydb-rds-instance",
    ),
    (
        "aws:rds/subnetGroup:SubnetGroup",
        "rds/subnet_group",
        {"name": "production-subnet-group"},
        "default production-subnet-group",
    ),
    (
        "aws:rds/parameterGroup:ParameterGroup",
        "rds/parameter_group",
        {"name": "rds-pg"},
        "example rds-pg",
    ),
    ("aws:kms/alias:Alias", "kms/alias", {"name": "alias/my-key-alias"}, "a alias/my-key-alias"),
    ("aws:s3/bucket:Bucket", "s3/bucket", {"bucket": "bucket-name"}, "example bucket-name"),
    ("aws:backup/vault:Vault", "backup/vault", {"name": "TestVault"}, "test-vault TestVault"),
    ("aws:cloudwatch/logGroup:LogGroup", "cloudwatch/log_group", {"name": "yada"}, "example yada"),
    (
        "kubernetes:helm.sh/v3:Release",
        "helm/v3/Release",
        {"namespace": "<namespace>", "name": "<releaseName>"},
        "myRelease <namespace>/<releaseName>",
    ),
]


@pytest.mark.parametrize(("type_", "file", "inputs", "example"), DOCUMENTED)
def test_the_documented_example_comes_out(
    type_: str, file: str, inputs: dict[str, object], example: str, documents: Documents
) -> None:
    assert documents(type_, file, example)

    assert import_id(type_, inputs, Context()) == ImportId(text=example.partition(" ")[2])


@pytest.mark.parametrize("ranges", [[], ["10.0.0.0/16", "10.1.0.0/16"], "0.0.0.0/0", None])
def test_a_rule_of_no_range_or_of_several_is_not_guessed(ranges: object) -> None:
    type_ = "aws:ec2/securityGroupRule:SecurityGroupRule"
    inputs = EGRESS | {"protocol": "-1"}

    assert import_id(type_, inputs | {"cidrBlocks": ranges}, HERE) is None
    found = import_id(type_, inputs, HERE)
    assert found == ImportId(text="sg-6777656e646f6c796e_egress_-1_0_0_0.0.0.0/0")


def test_yes_and_no_are_no_part_of_an_id() -> None:
    assert import_id("aws:iam/role:Role", {"name": True}, HERE) is None


def test_every_row_is_held_against_a_source() -> None:
    held = {row[0] for row in DOCUMENTED}

    ours = {type_ for type_, row in ROWS.items() if not (type_.startswith("gcp:") or row.lookup)}
    assert ours == held


@pytest.mark.parametrize(
    ("type_", "inputs", "message", "text"),
    [
        (
            "aws:efs/fileSystem:FileSystem",
            {"creationToken": "lab-homes"},
            "FileSystemAlreadyExists: File system 'fs-0a1b2c3d' already exists with creation "
            "token 'lab-homes'",
            "fs-0a1b2c3d",
        ),
        (
            "aws:eks/podIdentityAssociation:PodIdentityAssociation",
            {"clusterName": "lab"},
            "ResourceInUseException: Association already exists: a-yrpsdroc4ei7k6xps",
            "lab,a-yrpsdroc4ei7k6xps",
        ),
    ],
)
def test_an_id_in_the_clouds_message_is_taken_from_there(
    type_: str, inputs: dict[str, object], message: str, text: str
) -> None:
    assert import_id(type_, inputs, Context(), message) == ImportId(text=text)
