"""What must hold of AWS, by checkov's names."""

from security.reading import WORLD, Check, Inputs, as_list, at, both, is_set, is_value

_BLOCK = ":BucketPublicAccessBlock"
_RULES = (":SecurityGroup", ":SecurityGroupIngressRule")
_LOGS = ("api", "audit", "authenticator", "controllerManager", "scheduler")


def _closed(inputs: Inputs) -> bool:
    rules = [inputs, *as_list(inputs.get("ingress"))]
    keys = ("cidrBlocks", "ipv6CidrBlocks", "cidrIpv4", "cidrIpv6")
    return not any(cidr in WORLD for it in rules for key in keys for cidr in as_list(it.get(key)))


def _volumes_encrypted(inputs: Inputs) -> bool:
    disks = as_list(inputs.get("blockDeviceMappings"))
    return bool(disks) and all(str(at(it, "ebs.encrypted")).lower() == "true" for it in disks)


AWS = (
    is_value(
        "CKV_AWS_58",
        "eks:index:Cluster",
        "secrets of EKS encrypted with a key",
        "encryptionConfigKeyArn",
    ),
    Check(
        name="CKV_AWS_37",
        says="every log of the control plane",
        types=("eks:index:Cluster",),
        holds=lambda it: set(_LOGS) <= set(it.get("enabledClusterLogTypes", ())),
        breaks=[("enabledClusterLogTypes", ["api", "audit"]), ("enabledClusterLogTypes", [])],
    ),
    Check(
        name="CKV_AWS_38",
        says="public endpoint for listed networks alone",
        types=("eks:index:Cluster",),
        holds=lambda it: (
            bool(it.get("publicAccessCidrs")) and not set(WORLD) & set(it["publicAccessCidrs"])
        ),
        breaks=[("publicAccessCidrs", ["0.0.0.0/0"]), ("publicAccessCidrs", [])],
    ),
    is_value(
        "CKV_AWS_39", "eks:index:Cluster", "no public endpoint", "endpointPublicAccess", "false"
    ),
    is_value(
        "CKV_AWS_79", ":LaunchTemplate", "IMDSv2 alone", "metadataOptions.httpTokens", "required"
    ),
    is_value(
        "CKV_AWS_341",
        ":LaunchTemplate",
        "pods do not reach IMDS",
        "metadataOptions.httpPutResponseHopLimit",
        1,
    ),
    Check(
        name="CKV_AWS_3",
        says="disks of nodes encrypted",
        types=(":LaunchTemplate",),
        holds=_volumes_encrypted,
        breaks=[("blockDeviceMappings.0.ebs.encrypted", "false"), ("blockDeviceMappings", [])],
    ),
    Check(
        name="CKV_AWS_88",
        says="no public address of a node",
        types=(":LaunchTemplate",),
        holds=lambda it: (
            not any(
                str(one.get("associatePublicIpAddress")).lower() == "true"
                for one in as_list(it.get("networkInterfaces"))
            )
        ),
        breaks=[("networkInterfaces", [{"associatePublicIpAddress": "true"}])],
    ),
    is_value(
        "CKV_AWS_130", ":Subnet", "no public address by default", "mapPublicIpOnLaunch", "false"
    ),
    is_value("CKV_AWS_100", "aws:eks/nodeGroup:NodeGroup", "no SSH to nodes", "remoteAccess", None),
    is_value("CKV_AWS_42", "efs/fileSystem:FileSystem", "EFS encrypted", "encrypted", "true"),
    is_value(
        "CKV_AWS_184",
        "efs/fileSystem:FileSystem",
        "EFS encrypted with a key of its own",
        "kmsKeyId",
    ),
    Check(
        name="CKV_AWS_329 and CKV_AWS_330",
        says="EFS by a folder and a user of its own",
        types=(":AccessPoint",),
        holds=both(is_set("rootDirectory.path"), is_set("posixUser.uid")),
        breaks=[("rootDirectory.path", None), ("posixUser.uid", None)],
    ),
    is_value("CKV_AWS_190", ":LustreFileSystem", "FSx encrypted with a key of its own", "kmsKeyId"),
    is_value("CKV_AWS_16", "rds/instance:Instance", "RDS encrypted", "storageEncrypted", "true"),
    is_value(
        "CKV_AWS_17", "rds/instance:Instance", "RDS not public", "publiclyAccessible", "false"
    ),
    Check(
        name="CKV_AWS_133",
        says="RDS backed up",
        types=("rds/instance:Instance",),
        holds=lambda it: (it.get("backupRetentionPeriod") or 0) > 0,
        breaks=[("backupRetentionPeriod", 0)],
    ),
    is_value(
        "CKV_AWS_293",
        "rds/instance:Instance",
        "RDS protected from deletion",
        "deletionProtection",
        "true",
    ),
    is_value(
        "CKV_AWS_226",
        "rds/instance:Instance",
        "RDS takes minor upgrades",
        "autoMinorVersionUpgrade",
        "true",
    ),
    is_value(
        "CKV2_AWS_60",
        "rds/instance:Instance",
        "snapshots of RDS have its tags",
        "copyTagsToSnapshot",
        "true",
    ),
    is_value("CKV_AWS_157", "rds/instance:Instance", "RDS in two zones", "multiAz", "true"),
    is_value(
        "CKV_AWS_161",
        "rds/instance:Instance",
        "RDS by IAM",
        "iamDatabaseAuthenticationEnabled",
        "true",
    ),
    Check(
        name="CKV2_AWS_69",
        says="RDS by TLS alone",
        types=(":ParameterGroup",),
        holds=lambda it: {"name": "rds.force_ssl", "value": "1"} in it["parameters"],
        breaks=[("parameters.0.value", "0"), ("parameters", [])],
    ),
    is_value("CKV_AWS_53", _BLOCK, "no public ACLs", "blockPublicAcls", "true"),
    is_value("CKV_AWS_54", _BLOCK, "no public policy", "blockPublicPolicy", "true"),
    is_value("CKV_AWS_55", _BLOCK, "public ACLs ignored", "ignorePublicAcls", "true"),
    is_value("CKV_AWS_56", _BLOCK, "public buckets restricted", "restrictPublicBuckets", "true"),
    is_value(
        "CKV_AWS_21",
        ":BucketVersioning",
        "versions kept",
        "versioningConfiguration.status",
        "Enabled",
    ),
    Check(
        name="CKV_AWS_19",
        says="S3 encrypted",
        types=(":BucketServerSideEncryptionConfiguration",),
        holds=is_set(
            "rules.0.applyServerSideEncryptionByDefault.sseAlgorithm", "AES256", "aws:kms"
        ),
        breaks=[("rules", [])],
    ),
    is_value(
        "CKV_AWS_145",
        ":BucketServerSideEncryptionConfiguration",
        "S3 encrypted with a key of its own",
        "rules.0.applyServerSideEncryptionByDefault.sseAlgorithm",
        "aws:kms",
    ),
    is_value("CKV_AWS_7", ":Key", "keys rotated", "enableKeyRotation", "true"),
    Check(
        name="CKV2_AWS_12",
        says="default security group closed",
        types=(":DefaultSecurityGroup",),
        holds=lambda it: it.get("ingress") == [] and it.get("egress") == [],
        breaks=[("ingress", [{"protocol": "-1"}]), ("egress", [{"protocol": "-1"}])],
    ),
    Check(
        name="CKV_AWS_24, CKV_AWS_25, CKV_AWS_260 and CKV_AWS_277",
        says="nothing let in from everywhere",
        types=_RULES,
        holds=_closed,
        breaks=[
            ("ingress", [{"cidrBlocks": ["0.0.0.0/0"]}]),
            ("cidrIpv4", "0.0.0.0/0"),
            ("cidrIpv6", "::/0"),
        ],
    ),
    is_value("CKV_AWS_23", ":SecurityGroupIngressRule", "every rule described", "description"),
    is_value("CKV_AWS_66", ":LogGroup", "logs end", "retentionInDays"),
    Check(
        name="CKV_AWS_338",
        says="logs for a year",
        types=(":LogGroup",),
        holds=lambda it: (it.get("retentionInDays") or 0) >= 365,
        breaks=[("retentionInDays", 90)],
    ),
    is_value("CKV_AWS_158", ":LogGroup", "logs encrypted with a key of its own", "kmsKeyId"),
)
