"""What the AWS CLI is asked where only the cloud knows an id.

Held against what the installed providers document and what the CLI's own models have; that the
cloud answers takes a cloud.
"""

import subprocess
from collections.abc import Callable

import boto3
import pytest
from botocore import xform_name

from hubs.import_forms import ROWS
from hubs.import_ids import Context, import_id

Documents = Callable[[str, str, str], bool]
HERE = Context(region="us-west-2")
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
        "aws:ec2/vpcEndpoint:VpcEndpoint",
        "ec2/vpc_endpoint",
        "example vpce-3ecf2a57",
        {"vpcId": "vpc-1", "serviceName": "com.amazonaws.us-west-2.s3"},
        '"$(aws ec2 describe-vpc-endpoints --filters Name=vpc-id,Values=vpc-1 '
        "Name=service-name,Values=com.amazonaws.us-west-2.s3 "
        "--query 'VpcEndpoints[0].VpcEndpointId' --region us-west-2 --output text)\"",
    ),
    *(
        (
            f"aws:vpc/securityGroup{way}Rule:SecurityGroup{way}Rule",
            f"vpc/security_group_{way.lower()}_rule",
            "example sgr-02108b27edd666983",
            {"securityGroupId": "sg-1", "referencedSecurityGroupId": "sg-2", "fromPort": 988.0},
            '"$(aws ec2 describe-security-group-rules --filters Name=group-id,Values=sg-1 '
            f"--query 'SecurityGroupRules[?IsEgress==`{egress}`&&FromPort==`988`&&"
            "ReferencedGroupInfo.GroupId=='\"'\"'sg-2'\"'\"'].SecurityGroupRuleId' "
            '--region us-west-2 --output text)"',
        )
        for way, egress in (("Ingress", "false"), ("Egress", "true"))
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
    assert import_id(type_, inputs | {"region": None}, Context()) is None
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


@pytest.mark.parametrize("lookup", sorted(row.lookup for row in ROWS.values() if row.lookup))
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


def test_every_command_is_held_against_a_source() -> None:
    asked = {type_: row for type_, row in ROWS.items() if row.lookup}

    assert set(asked) == {row[0] for row in LOOKED_UP}
    assert [type_ for type_, row in asked.items() if len(row.forms) != 1] == []
