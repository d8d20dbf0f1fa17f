"""The forms of ids by which a CLI imports what exists already, by type of resource. Pure.

Every form is the one that the provider documents under "Import", in its Python SDK: pulumi_aws
7.51.1, pulumi_gcp 10.2.0, pulumi_kubernetes 4.34.2. Where that says nothing, the row has the
source beside it.
"""

from dataclasses import dataclass

RELEASE = "kubernetes:helm.sh/v3:Release"


@dataclass(frozen=True, slots=True)
class Row:
    """Forms of an id, the best first: the first counts whose fields are all known.

    The field `told` is what the cloud's own message says of the id, and `lookup` the arguments
    of the AWS CLI that ask for it where the message does not.
    """

    forms: tuple[str, ...]
    told: str = ""
    lookup: str = ""


def _row(*forms: str, told: str = "", lookup: str = "") -> Row:
    return Row(forms, told, lookup)


def _regional(kind: str) -> Row:
    return _row(f"projects/{{project}}/locations/{{location}}/{kind}/{{name}}", "{location}/{name}")


def _compute(kind: str) -> Row:
    return _row(f"projects/{{project}}/global/{kind}/{{name}}", "{name}")


def _in_region(kind: str) -> Row:
    return _row(f"projects/{{project}}/regions/{{region}}/{kind}/{{name}}", "{region}/{name}")


def _backup(kind: str) -> Row:
    tail = f"{{backup{kind}Id}}"
    place = f"projects/{{project}}/locations/{{location}}/backup{kind}s"
    return _row(f"{place}/{tail}", f"{{location}}/{tail}")


def _rule(egress: str) -> Row:
    """Return the row of a rule that opens a port to another security group."""
    asked = "ec2 describe-security-group-rules --filters Name=group-id,Values={securityGroupId}"
    query = (
        f"SecurityGroupRules[?IsEgress==`{egress}`&&FromPort==`{{fromPort}}`&&"
        "ReferencedGroupInfo.GroupId=='{referencedSecurityGroupId}'].SecurityGroupRuleId"
    )
    return _row("{told}", lookup=f"{asked} --query {query}")


_GROUP = (
    "ec2 describe-security-groups --filters Name=group-name,Values={name} "
    "Name=vpc-id,Values={vpcId} --query SecurityGroups[0].GroupId"
)
_SUBNET = (
    "ec2 describe-subnets --filters Name=vpc-id,Values={vpcId} "
    "Name=cidr-block,Values={cidrBlock} --query Subnets[0].SubnetId"
)
_ENDPOINT = (
    "ec2 describe-vpc-endpoints --filters Name=vpc-id,Values={vpcId} "
    "Name=service-name,Values={serviceName} --query VpcEndpoints[0].VpcEndpointId"
)
_TARGET = (
    "efs describe-mount-targets --file-system-id {fileSystemId} "
    "--query MountTargets[?SubnetId=='{subnetId}'].MountTargetId"
)
_FILES = (
    "efs describe-file-systems --creation-token {creationToken} --query FileSystems[0].FileSystemId"
)
_TEMPLATE = (
    "ec2 describe-launch-templates --launch-template-names {name} "
    "--query LaunchTemplates[0].LaunchTemplateId"
)
_IDENTITY = (
    "eks list-pod-identity-associations --cluster-name {clusterName} --namespace {namespace} "
    "--service-account {serviceAccount} --query associations[0].associationId"
)
_PLAN = "backup list-backup-plans --query BackupPlansList[?BackupPlanName=='{name}'].BackupPlanId"
_ACCOUNT = "sts get-caller-identity --query Account"
_POOL = "projects/{project}/locations/global/workloadIdentityPools/{workloadIdentityPoolId}"

ROWS: dict[str, Row] = {
    # The id that the resource has in a state is a form, too. Source: terraform-provider-google,
    # resource_container_node_pool.go, state importer, 2026.
    "gcp:container/nodePool:NodePool": _row(
        "projects/{project}/locations/{location}/clusters/{cluster/}/nodePools/{name}",
        "{location}/{cluster/}/{name}",
    ),
    "gcp:container/cluster:Cluster": _regional("clusters"),
    "gcp:filestore/instance:Instance": _regional("instances"),
    "gcp:filestore/backup:Backup": _regional("backups"),
    "gcp:backupdisasterrecovery/backupVault:BackupVault": _backup("Vault"),
    "gcp:backupdisasterrecovery/backupPlan:BackupPlan": _backup("Plan"),
    "gcp:backupdisasterrecovery/backupPlanAssociation:BackupPlanAssociation": _backup(
        "PlanAssociation"
    ),
    # Source: terraform-provider-google, google_storage_bucket, "Import", 2026.
    "gcp:storage/bucket:Bucket": _row("{name}"),
    "gcp:compute/network:Network": _compute("networks"),
    "gcp:compute/firewall:Firewall": _compute("firewalls"),
    "gcp:compute/globalAddress:GlobalAddress": _compute("addresses"),
    "gcp:compute/subnetwork:Subnetwork": _in_region("subnetworks"),
    "gcp:compute/address:Address": _in_region("addresses"),
    "gcp:compute/router:Router": _in_region("routers"),
    "gcp:compute/routerNat:RouterNat": _row(
        "projects/{project}/regions/{region}/routers/{router/}/{name}",
        "{region}/{router/}/{name}",
    ),
    "gcp:cloudquota/sQuotaPreference:SQuotaPreference": _row(
        "{parent}/locations/global/quotaPreferences/{name}"
    ),
    "gcp:projects/service:Service": _row("{project}/{service}"),
    # Source: terraform-provider-google, google_project_iam, "Import", 2026.
    "gcp:projects/iAMMember:IAMMember": _row("{project} {role} {member}"),
    # Source: terraform-provider-google, google_service_account, "Import", 2026. The message of
    # the API names the account whole.
    "gcp:serviceaccount/account:Account": _row(
        "projects/{project}/serviceAccounts/{accountId}@{project}.iam.gserviceaccount.com",
        "{told}",
        told=r"(projects/[^/\s\"]+/serviceAccounts/[^/\s\"]+)",
    ),
    "gcp:sql/databaseInstance:DatabaseInstance": _row(
        "projects/{project}/instances/{name}", "{name}"
    ),
    "gcp:sql/database:Database": _row(
        "projects/{project}/instances/{instance}/databases/{name}", "{instance}/{name}"
    ),
    "gcp:sql/user:User": _row("{project}/{instance}/{name}"),
    "gcp:iam/workloadIdentityPool:WorkloadIdentityPool": _row(_POOL, "{workloadIdentityPoolId}"),
    "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider": _row(
        f"{_POOL}/providers/{{workloadIdentityPoolProviderId}}",
        "{workloadIdentityPoolId}/{workloadIdentityPoolProviderId}",
    ),
    "aws:eks/cluster:Cluster": _row("{name}"),
    "aws:eks/nodeGroup:NodeGroup": _row("{clusterName}:{nodeGroupName}"),
    "aws:eks/addon:Addon": _row("{clusterName}:{addonName}"),
    "aws:eks/accessEntry:AccessEntry": _row("{clusterName}:{principalArn}"),
    "aws:eks/podIdentityAssociation:PodIdentityAssociation": _row(
        "{clusterName},{told}", told=r"already exists: (a-[a-z0-9]+)", lookup=_IDENTITY
    ),
    "aws:iam/role:Role": _row("{name}"),
    "aws:iam/rolePolicy:RolePolicy": _row("{role}:{name}"),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": _row("{role}/{policyArn}"),
    "aws:iam/policy:Policy": _row("arn:aws:iam::{told}:policy/{name}", lookup=_ACCOUNT),
    # Of an issuer without a path, as GitHub's is.
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": _row(
        "arn:aws:iam::{told}:oidc-provider/{url/}", lookup=_ACCOUNT
    ),
    "aws:iam/instanceProfile:InstanceProfile": _row("{name}"),
    "aws:efs/fileSystem:FileSystem": _row("{told}", told=r"\b(fs-[0-9a-f]+)\b", lookup=_FILES),
    "aws:efs/mountTarget:MountTarget": _row("{told}", lookup=_TARGET),
    "aws:ec2/securityGroup:SecurityGroup": _row("{told}", lookup=_GROUP),
    # Of one range of addresses, as the EKS component's is. That a protocol may be a number is in
    # terraform-provider-aws, vpc_security_group_rule.go, state importer, 2026.
    "aws:ec2/securityGroupRule:SecurityGroupRule": _row(
        "{securityGroupId}_{type}_{protocol}_{fromPort}_{toPort}_{cidrBlocks.0}"
    ),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": _rule("false"),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": _rule("true"),
    "aws:ec2/vpcEndpoint:VpcEndpoint": _row("{told}", lookup=_ENDPOINT),
    "aws:ec2/subnet:Subnet": _row("{told}", lookup=_SUBNET),
    "aws:ec2/launchTemplate:LaunchTemplate": _row("{told}", lookup=_TEMPLATE),
    "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment": _row(
        "{internetGatewayId}:{vpcId}"
    ),
    "aws:ec2/route:Route": _row("{routeTableId}_{destinationCidrBlock}"),
    "aws:ec2/routeTableAssociation:RouteTableAssociation": _row("{subnetId}/{routeTableId}"),
    "aws:autoscaling/tag:Tag": _row("{autoscalingGroupName},{tag.key}"),
    "aws:autoscaling/schedule:Schedule": _row("{autoscalingGroupName}/{scheduledActionName}"),
    "aws:rds/instance:Instance": _row("{identifier}"),
    "aws:rds/subnetGroup:SubnetGroup": _row("{name}"),
    "aws:rds/parameterGroup:ParameterGroup": _row("{name}"),
    "aws:kms/alias:Alias": _row("{name}"),
    "aws:s3/bucket:Bucket": _row("{bucket}"),
    "aws:backup/vault:Vault": _row("{name}"),
    "aws:backup/plan:Plan": _row("{told}", lookup=_PLAN),
    "aws:cloudwatch/logGroup:LogGroup": _row("{name}"),
    "aws:servicequotas/serviceQuota:ServiceQuota": _row("{serviceCode}/{quotaCode}"),
    "aws:budgets/budget:Budget": _row("{told}:{name}", lookup=_ACCOUNT),
    RELEASE: _row("{namespace}/{name}"),
}
# Source: pulumi-kubernetes, provider/pkg/provider/util.go, ParseFqName, 2026.
OBJECT = _row("{metadata.namespace}/{metadata.name}", "{metadata.name}")
