"""What clouds call the things that they list, and how their CLIs delete them, as a table. Pure.

ARNs are those of the AWS Service Authorization Reference, names those of Google Cloud's "Asset
names" of Cloud Asset Inventory, commands those of the references of both CLIs, 2026. Rows
stand in the order in which things can be deleted.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A kind of thing; a form has fields in braces, with a plus for more than one step.

    Attributes:
        listed: Forms of its name in the cloud's own listing: of an ARN service and resource, of
            a name of Google Cloud all but the slashes before.
        type: Type in Pulumi.
        id: Form of its id in a state.
        delete: Arguments of the cloud's CLI.
        data: Whether people's work may be lost with it.
        imported: Form of the id that it is imported by.
    """

    listed: tuple[str, ...]
    type: str
    id: str
    delete: str
    data: bool
    imported: str


def _aws(
    listed: str, type_: str, delete: str, id_: str = "{id}", imported: str = "", *, data: bool
) -> Row:
    whole = delete if "{" in delete else f"{delete} {{id}}"
    return Row(
        listed=(listed,),
        type=f"aws:{type_}",
        id=id_,
        delete=whole,
        data=data,
        imported=imported or id_,
    )


def _plain(listed: str, type_: str, delete: str, id_: str = "{id}", imported: str = "") -> Row:
    return _aws(listed, type_, delete, id_, imported, data=False)


def _kept(listed: str, type_: str, delete: str) -> Row:
    return _aws(listed, type_, delete, data=True)


def _gcp(listed: str, type_: str, delete: str, *, data: bool = False) -> Row:
    service, _, id_ = listed.partition("/")
    forms = [listed]
    if service == "container.googleapis.com":
        # A cluster in one zone is listed by the zone.
        forms.append(listed.replace("/locations/", "/zones/"))
    return Row(
        listed=tuple(forms), type=f"gcp:{type_}", id=id_, delete=delete, data=data, imported=id_
    )


_NODES = "eks delete-nodegroup --cluster-name {cluster} --nodegroup-name {name}"
_ADDON = "eks delete-addon --cluster-name {cluster} --addon-name {name}"
_IDENTITY = "eks delete-pod-identity-association --cluster-name {cluster} --association-id {id}"
_DATABASE = (
    "rds delete-db-instance --db-instance-identifier {id} --final-db-snapshot-identifier {id}-last"
)
_BUDGET = "budgets delete-budget --account-id {account} --budget-name {name}"
_OIDC = "iam delete-open-id-connect-provider --open-id-connect-provider-arn {arn}"
_BALANCER = "elbv2 delete-load-balancer --load-balancer-arn {arn}"
_CLUSTER = "container.googleapis.com/projects/{project}/locations/{location}/clusters"
_COMPUTE = "compute.googleapis.com/projects/{project}"
_FILES = "file.googleapis.com/projects/{project}/locations/{location}"

AWS = (
    _plain(
        "eks:podidentityassociation/{cluster}/{id}",
        "eks/podIdentityAssociation:PodIdentityAssociation",
        _IDENTITY,
        imported="{cluster},{id}",
    ),
    _plain("eks:addon/{cluster}/{name}/{key}", "eks/addon:Addon", _ADDON, "{cluster}:{name}"),
    _plain(
        "eks:nodegroup/{cluster}/{name}/{key}",
        "eks/nodeGroup:NodeGroup",
        _NODES,
        "{cluster}:{name}",
    ),
    _plain("eks:cluster/{id}", "eks/cluster:Cluster", "eks delete-cluster --name"),
    _plain(
        "elasticloadbalancing:loadbalancer/{kind}/{name}/{key}",
        "lb/loadBalancer:LoadBalancer",
        _BALANCER,
        "{arn}",
    ),
    _plain(
        "elasticloadbalancing:loadbalancer/{id}",
        "elb/loadBalancer:LoadBalancer",
        "elb delete-load-balancer --load-balancer-name",
    ),
    _kept("rds:db:{id}", "rds/instance:Instance", _DATABASE),
    _plain(
        "rds:subgrp:{id}",
        "rds/subnetGroup:SubnetGroup",
        "rds delete-db-subnet-group --db-subnet-group-name",
    ),
    _plain(
        "rds:pg:{id}",
        "rds/parameterGroup:ParameterGroup",
        "rds delete-db-parameter-group --db-parameter-group-name",
    ),
    _plain(
        "elasticfilesystem:access-point/{id}",
        "efs/accessPoint:AccessPoint",
        "efs delete-access-point --access-point-id",
    ),
    _kept(
        "elasticfilesystem:file-system/{id}",
        "efs/fileSystem:FileSystem",
        "efs delete-file-system --file-system-id",
    ),
    _kept(
        "fsx:file-system/{id}",
        "fsx/lustreFileSystem:LustreFileSystem",
        "fsx delete-file-system --file-system-id",
    ),
    _plain(
        "backup:backup-plan:{id}",
        "backup/plan:Plan",
        "backup delete-backup-plan --backup-plan-id",
    ),
    _kept(
        "backup:backup-vault:{id}",
        "backup/vault:Vault",
        "backup delete-backup-vault --backup-vault-name",
    ),
    _kept("s3:{id}", "s3/bucket:Bucket", "s3 rb s3://{id}"),
    _plain("budgets:budget/{name}", "budgets/budget:Budget", _BUDGET, "{account}:{name}"),
    _kept("kms:key/{id}", "kms/key:Key", "kms schedule-key-deletion --key-id"),
    _plain(
        "logs:log-group:{id+}",
        "cloudwatch/logGroup:LogGroup",
        "logs delete-log-group --log-group-name {id+}",
        "{id+}",
    ),
    _plain("iam:role/{id}", "iam/role:Role", "iam delete-role --role-name"),
    _plain(
        "iam:policy/{name}",
        "iam/policy:Policy",
        "iam delete-policy --policy-arn {arn}",
        "{arn}",
    ),
    _plain(
        "iam:oidc-provider/{name+}",
        "iam/openIdConnectProvider:OpenIdConnectProvider",
        _OIDC,
        "{arn}",
    ),
    _kept("ec2:volume/{id}", "ebs/volume:Volume", "ec2 delete-volume --volume-id"),
    _plain(
        "ec2:launch-template/{id}",
        "ec2/launchTemplate:LaunchTemplate",
        "ec2 delete-launch-template --launch-template-id",
    ),
    _plain(
        "ec2:vpc-endpoint/{id}",
        "ec2/vpcEndpoint:VpcEndpoint",
        "ec2 delete-vpc-endpoints --vpc-endpoint-ids",
    ),
    _plain(
        "ec2:natgateway/{id}",
        "ec2/natGateway:NatGateway",
        "ec2 delete-nat-gateway --nat-gateway-id",
    ),
    _plain("ec2:elastic-ip/{id}", "ec2/eip:Eip", "ec2 release-address --allocation-id"),
    _plain(
        "ec2:internet-gateway/{id}",
        "ec2/internetGateway:InternetGateway",
        "ec2 delete-internet-gateway --internet-gateway-id",
    ),
    _plain("ec2:subnet/{id}", "ec2/subnet:Subnet", "ec2 delete-subnet --subnet-id"),
    _plain(
        "ec2:route-table/{id}",
        "ec2/routeTable:RouteTable",
        "ec2 delete-route-table --route-table-id",
    ),
    _plain(
        "ec2:security-group/{id}",
        "ec2/securityGroup:SecurityGroup",
        "ec2 delete-security-group --group-id",
    ),
    _plain("ec2:vpc/{id}", "ec2/vpc:Vpc", "ec2 delete-vpc --vpc-id"),
)
GCP = (
    _gcp(
        f"{_CLUSTER}/{{cluster}}/nodePools/{{name}}",
        "container/nodePool:NodePool",
        "container node-pools delete {name} --cluster {cluster} --location {location}",
    ),
    _gcp(
        f"{_CLUSTER}/{{name}}",
        "container/cluster:Cluster",
        "container clusters delete {name} --location {location}",
    ),
    _gcp(
        f"{_FILES}/instances/{{name}}",
        "filestore/instance:Instance",
        "filestore instances delete {name} --location {location}",
        data=True,
    ),
    _gcp(
        f"{_FILES}/backups/{{name}}",
        "filestore/backup:Backup",
        "filestore backups delete {name} --region {location}",
        data=True,
    ),
    _gcp(
        f"{_COMPUTE}/zones/{{zone}}/disks/{{name}}",
        "compute/disk:Disk",
        "compute disks delete {name} --zone {zone}",
        data=True,
    ),
    _gcp(
        f"{_COMPUTE}/global/snapshots/{{name}}",
        "compute/snapshot:Snapshot",
        "compute snapshots delete {name}",
        data=True,
    ),
    _gcp(
        f"{_COMPUTE}/zones/{{zone}}/instances/{{name}}",
        "compute/instance:Instance",
        "compute instances delete {name} --zone {zone}",
    ),
    _gcp(
        f"{_COMPUTE}/regions/{{region}}/addresses/{{name}}",
        "compute/address:Address",
        "compute addresses delete {name} --region {region}",
    ),
    _gcp(
        f"{_COMPUTE}/global/addresses/{{name}}",
        "compute/globalAddress:GlobalAddress",
        "compute addresses delete {name} --global",
    ),
    _gcp(
        f"{_COMPUTE}/regions/{{region}}/forwardingRules/{{name}}",
        "compute/forwardingRule:ForwardingRule",
        "compute forwarding-rules delete {name} --region {region}",
    ),
    _gcp(
        "cloudsql.googleapis.com/projects/{project}/instances/{name}",
        "sql/databaseInstance:DatabaseInstance",
        "sql instances delete {name}",
        data=True,
    ),
    _gcp(
        "storage.googleapis.com/{name}",
        "storage/bucket:Bucket",
        "storage buckets delete gs://{name}",
        data=True,
    ),
)
