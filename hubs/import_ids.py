"""By which id the CLI takes a resource that exists already into the state. Pure.

Every form is the one that the provider documents under "Import", in its Python SDK: pulumi_aws
7.51.1, pulumi_gcp 10.2.0, pulumi_kubernetes 4.34.2. Where that says nothing, the row has the
source beside it.
"""

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass

from hubs.shapes import is_mapping

# A field of a form; with a slash only the last part of a path.
_FIELD = re.compile(r"\{([\w.]+)(/?)\}")
_KUBERNETES, _RELEASE = "kubernetes:", "kubernetes:helm.sh/v3:Release"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a provider knows by itself; empty where it is not known."""

    project: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportId:
    """An id, or the command that prints it and what stands around it.

    Attributes:
        text: The id, or how it begins.
        lookup: A command whose output follows; empty if the id is whole.
        after: What follows the output.
    """

    text: str
    lookup: str = ""
    after: str = ""

    @property
    def word(self) -> str:
        """Return the id as one word of a shell."""
        if not self.lookup:
            return shlex.quote(self.text)
        before, after = (shlex.quote(part) if part else "" for part in (self.text, self.after))
        return f'{before}"$({self.lookup})"{after}'


@dataclass(frozen=True, slots=True)
class _Row:
    """Forms of an id, the best first: the first counts whose fields are all known.

    The field `told` is what the cloud's own message says of the id, and `lookup` the arguments
    of the AWS CLI that ask for it where the message does not.
    """

    forms: tuple[str, ...]
    told: str = ""
    lookup: str = ""


def _row(*forms: str, told: str = "", lookup: str = "") -> _Row:
    return _Row(forms, told, lookup)


def _regional(kind: str) -> _Row:
    return _row(f"projects/{{project}}/locations/{{location}}/{kind}/{{name}}", "{location}/{name}")


def _compute(kind: str) -> _Row:
    return _row(f"projects/{{project}}/global/{kind}/{{name}}", "{name}")


def _in_region(kind: str) -> _Row:
    return _row(f"projects/{{project}}/regions/{{region}}/{kind}/{{name}}", "{region}/{name}")


def _backup(kind: str) -> _Row:
    tail = f"{{backup{kind}Id}}"
    place = f"projects/{{project}}/locations/{{location}}/backup{kind}s"
    return _row(f"{place}/{tail}", f"{{location}}/{tail}")


_GROUP = (
    "ec2 describe-security-groups --filters Name=group-name,Values={name} "
    "Name=vpc-id,Values={vpcId} --query SecurityGroups[0].GroupId"
)
_SUBNET = (
    "ec2 describe-subnets --filters Name=vpc-id,Values={vpcId} "
    "Name=cidr-block,Values={cidrBlock} --query Subnets[0].SubnetId"
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

_ROWS: dict[str, _Row] = {
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
    "aws:ec2/subnet:Subnet": _row("{told}", lookup=_SUBNET),
    "aws:ec2/launchTemplate:LaunchTemplate": _row("{told}", lookup=_TEMPLATE),
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
    "aws:budgets/budget:Budget": _row("{told}:{name}", lookup=_ACCOUNT),
    _RELEASE: _row("{namespace}/{name}"),
}
# Source: pulumi-kubernetes, provider/pkg/provider/util.go, ParseFqName, 2026.
_OBJECT = _row("{metadata.namespace}/{metadata.name}", "{metadata.name}")


def has_import_id(type_: str) -> bool:
    """Return whether an id is known for resources of a type."""
    return type_ in _ROWS or type_.startswith(_KUBERNETES)


def import_id(
    type_: str, inputs: Mapping[str, object], context: Context, message: str = ""
) -> ImportId | None:
    """Return the id to import a resource by, from its inputs; None if they do not tell.

    Args:
        type_: The resource's type.
        inputs: Its inputs, as the engine has them; what is not plain text does not count.
        context: What its provider adds.
        message: What the cloud said when it refused to create it: some name the id.
    """
    row = _ROWS.get(type_, _OBJECT if type_.startswith(_KUBERNETES) else None)
    if row is None:
        return None
    known = _Known(inputs=inputs, context=context, told=_told(row, message))
    for form in row.forms:
        found = known.filled(form)
        if found is not None:
            return ImportId(text=found)
    return _looked_up(row, known) if row.lookup else None


def _told(row: _Row, message: str) -> str:
    found = re.search(row.told, message) if row.told else None
    return found.group(1) if found else ""


def _looked_up(row: _Row, known: "_Known") -> ImportId | None:
    """Return an id that the AWS CLI is asked for: only what can be asked for whole."""
    [form] = row.forms
    around = [known.filled(part) for part in form.split("{told}")]
    asked = f"aws {row.lookup} --region {{region}} --output text".split()
    words = [known.filled(word) for word in asked]
    before, after = around
    if before is None or after is None or None in words:
        return None
    command = " ".join(_quoted(word) for word in words if word is not None)
    return ImportId(text=before, lookup=command, after=after)


def _quoted(word: str) -> str:
    """Return a word of a command; a query that quotes by itself in double quotes."""
    plain = not set(word) & set('"$`\\')
    return f'"{word}"' if "'" in word and plain else shlex.quote(word)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of a resource that could not be created."""

    inputs: Mapping[str, object]
    context: Context
    told: str

    def filled(self, form: str) -> str | None:
        """Return a form with its fields filled in; None if one of them is not known."""
        values = {match.group(0): self._value(*match.groups()) for match in _FIELD.finditer(form)}
        if not all(values.values()):
            return None
        return _FIELD.sub(lambda match: values[match.group(0)], form)

    def _value(self, field: str, last: str) -> str:
        """Return what a field stands for; empty if that is not known."""
        found: object = self.inputs
        for step in field.split("."):
            found = found.get(step) if is_mapping(found) else None
        text = found if isinstance(found, str) else self._default(field)
        return text.rpartition("/")[2] if last else text

    def _default(self, field: str) -> str:
        match field:
            case "told":
                return self.told
            case "project":
                return self.context.project
            case "region" | "location":
                return self.context.region
            case _:
                return ""
