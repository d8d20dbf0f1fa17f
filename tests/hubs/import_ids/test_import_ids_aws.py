"""Import ids of AWS and Kubernetes, held against what the installed providers document.

It does not prove that a cloud takes them: that takes a cloud.
"""

import subprocess
from collections.abc import Callable

import boto3
import pytest
from botocore import xform_name

from hubs.import_ids import _ROWS, Context, ImportId, import_id

Documents = Callable[[str, str, str], bool]
HERE = Context(region="us-west-2")
_TEMPLATE_TAG = "k8s.io/cluster-autoscaler/node-template/label/eks.amazonaws.com/capacityType"
_ARN = "arn:aws:iam::123456789012:role/example"
# Type, file of its documentation, inputs that must give the example `NAME ID` in it.
DOCUMENTED: list[tuple[str, str, dict[str, object], str]] = [
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
# Type, file of its documentation, the example in it of an id that only the cloud knows, inputs,
# and the word that asks for it.
LOOKED_UP: list[tuple[str, str, str, dict[str, object], str]] = [
    (
        "aws:eks/podIdentityAssociation:PodIdentityAssociation",
        "eks/pod_identity_association",
        "example example-cluster,a-yrpsdroc4ei7k6xps",
        {"clusterName": "lab", "namespace": "kube-system", "serviceAccount": "scaler"},
        'lab,"$(aws eks list-pod-identity-associations --cluster-name lab --namespace kube-system '
        "--service-account scaler --query 'associations[0].associationId' --region us-west-2 "
        '--output text)"',
    ),
    (
        "aws:efs/fileSystem:FileSystem",
        "efs/file_system",
        "example fs-6fa144c6",
        {"creationToken": "lab-homes"},
        '"$(aws efs describe-file-systems --creation-token lab-homes '
        "--query 'FileSystems[0].FileSystemId' --region us-west-2 --output text)\"",
    ),
    (
        "aws:efs/mountTarget:MountTarget",
        "efs/mount_target",
        "example fsmt-52a643fb",
        {"fileSystemId": "fs-1", "subnetId": "subnet-1"},
        '"$(aws efs describe-mount-targets --file-system-id fs-1 '
        "--query \"MountTargets[?SubnetId=='subnet-1'].MountTargetId\" "
        '--region us-west-2 --output text)"',
    ),
    (
        "aws:ec2/securityGroup:SecurityGroup",
        "ec2/security_group",
        "example sg-903004f8",
        {"name": "lab homes", "vpcId": "vpc-1"},
        "\"$(aws ec2 describe-security-groups --filters 'Name=group-name,Values=lab homes' "
        "Name=vpc-id,Values=vpc-1 --query 'SecurityGroups[0].GroupId' "
        '--region us-west-2 --output text)"',
    ),
    (
        "aws:ec2/subnet:Subnet",
        "ec2/subnet",
        "example subnet-9d4a7b6c",
        {"vpcId": "vpc-1", "cidrBlock": "10.0.0.0/20", "region": "eu-west-1"},
        '"$(aws ec2 describe-subnets --filters Name=vpc-id,Values=vpc-1 '
        "Name=cidr-block,Values=10.0.0.0/20 --query 'Subnets[0].SubnetId' "
        '--region eu-west-1 --output text)"',
    ),
    (
        "aws:ec2/launchTemplate:LaunchTemplate",
        "ec2/launch_template",
        "web lt-12345678",
        {"name": "lab-nodes"},
        '"$(aws ec2 describe-launch-templates --launch-template-names lab-nodes '
        "--query 'LaunchTemplates[0].LaunchTemplateId' --region us-west-2 --output text)\"",
    ),
    (
        "aws:backup/plan:Plan",
        "backup/plan",
        "example abc123",
        {"name": "lab"},
        '"$(aws backup list-backup-plans '
        "--query \"BackupPlansList[?BackupPlanName=='lab'].BackupPlanId\" "
        '--region us-west-2 --output text)"',
    ),
    (
        "aws:budgets/budget:Budget",
        "budgets/budget",
        "myBudget 123456789012:myBudget",
        {"name": "lab"},
        '"$(aws sts get-caller-identity --query Account --region us-west-2 --output text)":lab',
    ),
    (
        "aws:iam/policy:Policy",
        "iam/policy",
        "administrator arn:aws:iam::123456789012:policy/UsersManageOwnCredentials",
        {"name": "lab"},
        'arn:aws:iam::"$(aws sts get-caller-identity --query Account --region us-west-2 '
        '--output text)":policy/lab',
    ),
    (
        "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
        "iam/open_id_connect_provider",
        "default arn:aws:iam::123456789012:oidc-provider/accounts.google.com",
        {"url": "https://accounts.google.com"},
        'arn:aws:iam::"$(aws sts get-caller-identity --query Account --region us-west-2 '
        '--output text)":oidc-provider/accounts.google.com',
    ),
]


@pytest.mark.parametrize(("type_", "file", "inputs", "example"), DOCUMENTED)
def test_the_documented_example_comes_out(
    type_: str, file: str, inputs: dict[str, object], example: str, documents: Documents
) -> None:
    assert documents(type_, file, example)

    assert import_id(type_, inputs, Context()) == ImportId(text=example.partition(" ")[2])


@pytest.mark.parametrize(("type_", "file", "example", "inputs", "word"), LOOKED_UP)
def test_an_id_that_the_cloud_chose_is_asked_for(
    type_: str,
    file: str,
    example: str,
    inputs: dict[str, object],
    word: str,
    documents: Documents,
) -> None:
    assert documents(type_, file, example)

    found = import_id(type_, inputs, HERE)
    assert found is not None
    assert found.word == word
    # Without a region, or a name, nothing can be asked for.
    assert import_id(type_, inputs | {"region": 1}, Context()) is None
    assert import_id(type_, {}, HERE) is None


@pytest.mark.parametrize("word", [row[4] for row in LOOKED_UP])
def test_a_shell_hands_the_answer_over_as_one_word(word: str) -> None:
    script = f'aws() {{ printf "an answer"; }}; printf "<%s>" {word}'

    told = subprocess.run(  # noqa: S603 - text of this test
        ["/bin/sh", "-c", script], capture_output=True, text=True, check=True
    )
    assert told.stderr == ""
    assert (told.stdout[0], told.stdout.count("<"), told.stdout[-1]) == ("<", 1, ">")
    assert "an answer" in told.stdout


@pytest.mark.parametrize("lookup", sorted(row.lookup for row in _ROWS.values() if row.lookup))
def test_the_aws_cli_has_the_command_that_asks(lookup: str) -> None:
    service, operation, *words = lookup.split()
    model = boto3.client(service, region_name="us-west-2").meta.service_model
    name = {xform_name(it, "-"): it for it in model.operation_names}[operation]
    asked, told = model.operation_model(name).input_shape, model.operation_model(name).output_shape

    given = {word.removeprefix("--") for word in words if word.startswith("--")} - {"query"}
    assert given <= {xform_name(member, "-") for member in asked.members}
    assert {xform_name(member, "-") for member in asked.required_members} <= given
    query = words[words.index("--query") + 1]
    listed, _, field = query.partition("[")
    rows = told.members[listed]
    assert not field or field.rpartition(".")[2] in rows.member.members


def test_every_row_is_held_against_a_source() -> None:
    held = {row[0] for row in DOCUMENTED} | {row[0] for row in LOOKED_UP}

    assert {type_ for type_ in _ROWS if not type_.startswith("gcp:")} == held
    assert [type_ for type_, row in _ROWS.items() if row.lookup and len(row.forms) != 1] == []


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
