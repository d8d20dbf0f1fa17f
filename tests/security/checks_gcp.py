"""What must hold of GCP, by checkov's names."""

from security.reading import WORLD, Check, Inputs, as_list, at, is_value

_CLUSTER, _POOL = "container/cluster:Cluster", "container/nodePool:NodePool"
# The cluster says what its default pool is made of until it is removed.
_NODES = (_CLUSTER, _POOL)
_SQL, _BUCKET = ":DatabaseInstance", "storage/bucket:Bucket"
_GRANT = "projects/iAMMember:IAMMember"
_PROVIDER = ":WorkloadIdentityPoolProvider"
_IMPERSONATES = (
    "roles/iam.securityAdmin",
    "roles/iam.serviceAccountAdmin",
    "roles/iam.serviceAccountKeyAdmin",
    "roles/iam.serviceAccountTokenCreator",
    "roles/iam.serviceAccountUser",
    "roles/iam.workloadIdentityUser",
)


def _networks(inputs: Inputs) -> list[str]:
    blocks = as_list(at(inputs, "masterAuthorizedNetworksConfig.cidrBlocks"))
    return [it["cidrBlock"] for it in blocks]


def _one_branch(inputs: Inputs) -> bool:
    condition = str(inputs.get("attributeCondition"))
    return "assertion.repository == '" in condition and "assertion.ref == '" in condition


GCP = (
    is_value(
        "CKV_GCP_25 and CKV_GCP_64",
        _CLUSTER,
        "nodes are private",
        "privateClusterConfig.enablePrivateNodes",
        "true",
    ),
    is_value(
        "CKV_GCP_20", _CLUSTER, "authorised networks", "masterAuthorizedNetworksConfig.cidrBlocks"
    ),
    Check(
        name="CKV_GCP_18",
        says="control plane not for everybody",
        types=(_CLUSTER,),
        holds=lambda it: not set(WORLD) & set(_networks(it)),
        breaks=[("masterAuthorizedNetworksConfig.cidrBlocks.0.cidrBlock", "0.0.0.0/0")],
    ),
    is_value(
        "Workload Identity (no check of checkov's)",
        _CLUSTER,
        "Workload Identity",
        "workloadIdentityConfig.workloadPool",
    ),
    is_value("CKV_GCP_71", _CLUSTER, "shielded nodes", "enableShieldedNodes", "true"),
    is_value(
        "CKV_GCP_12",
        _CLUSTER,
        "network policies, by Dataplane V2",
        "datapathProvider",
        "ADVANCED_DATAPATH",
    ),
    is_value(
        "CKV_GCP_70",
        _CLUSTER,
        "a release channel",
        "releaseChannel.channel",
        "STABLE",
        "REGULAR",
        "RAPID",
        "EXTENDED",
    ),
    is_value(
        "CKV_GCP_13",
        _CLUSTER,
        "no client certificate",
        "masterAuth.clientCertificateConfig.issueClientCertificate",
        "false",
    ),
    Check(
        name="CKV_GCP_7",
        says="no legacy authorisation",
        types=(_CLUSTER,),
        holds=lambda it: not it.get("enableLegacyAbac"),
        breaks=[("enableLegacyAbac", True)],
    ),
    is_value("CKV_GCP_23", _CLUSTER, "alias addresses", "networkingMode", "VPC_NATIVE"),
    is_value("CKV_GCP_21", _CLUSTER, "labels", "resourceLabels"),
    is_value(
        "CKV_GCP_61", _CLUSTER, "traffic within nodes visible", "enableIntranodeVisibility", "true"
    ),
    is_value("CKV_GCP_65", _CLUSTER, "groups of Google", "authenticatorGroupsConfig"),
    is_value("CKV_GCP_66", _CLUSTER, "Binary Authorization", "binaryAuthorization.evaluationMode"),
    is_value("CKV_GCP_9", _POOL, "nodes are repaired", "management.autoRepair", "true"),
    is_value("CKV_GCP_10", _POOL, "nodes are upgraded", "management.autoUpgrade", "true"),
    is_value(
        "CKV_GCP_22", _POOL, "Container-Optimized OS", "nodeConfig.imageType", "COS_CONTAINERD"
    ),
    is_value(
        "CKV_GCP_68",
        _NODES,
        "secure boot",
        "nodeConfig.shieldedInstanceConfig.enableSecureBoot",
        "true",
    ),
    is_value(
        "CKV_GCP_72",
        _POOL,
        "integrity is watched",
        "nodeConfig.shieldedInstanceConfig.enableIntegrityMonitoring",
        "true",
    ),
    is_value(
        "CKV_GCP_69",
        _NODES,
        "GKE's metadata server",
        "nodeConfig.workloadMetadataConfig.mode",
        "GKE_METADATA",
    ),
    is_value(
        "legacy endpoints (no check of checkov's)",
        _POOL,
        "legacy endpoints off",
        "nodeConfig.metadata.disable-legacy-endpoints",
        "true",
    ),
    is_value(
        "node account (no check of checkov's)",
        _POOL,
        "nodes have an account of their own",
        "nodeConfig.serviceAccount",
    ),
    is_value("CKV_GCP_29", _BUCKET, "access by bucket alone", "uniformBucketLevelAccess", "true"),
    is_value("CKV_GCP_114", _BUCKET, "no public access", "publicAccessPrevention", "enforced"),
    is_value("CKV_GCP_78", _BUCKET, "versions kept", "versioning.enabled", "true"),
    is_value("CKV_GCP_62", _BUCKET, "access logged", "logging.logBucket"),
    is_value(
        "CKV_GCP_60", _SQL, "private address alone", "settings.ipConfiguration.ipv4Enabled", "false"
    ),
    is_value(
        "TLS (no check of checkov's)",
        _SQL,
        "TLS alone",
        "settings.ipConfiguration.sslMode",
        "ENCRYPTED_ONLY",
        "TRUSTED_CLIENT_CERTIFICATE_REQUIRED",
    ),
    is_value("CKV_GCP_14", _SQL, "backed up", "settings.backupConfiguration.enabled", "true"),
    is_value(
        "deletion protection (no check of checkov's)",
        _SQL,
        "protected from deletion",
        "settings.deletionProtectionEnabled",
        "true",
    ),
    Check(
        name="CKV_GCP_11",
        says="open to no network",
        types=(_SQL,),
        holds=lambda it: not at(it, "settings.ipConfiguration.authorizedNetworks"),
        breaks=[("settings.ipConfiguration.authorizedNetworks", [{"value": "0.0.0.0/0"}])],
    ),
    is_value(
        "CKV_GCP_74",
        ":Subnetwork",
        "Google's services by private addresses",
        "privateIpGoogleAccess",
        "true",
    ),
    is_value("CKV_GCP_26", ":Subnetwork", "flow logs", "logConfig"),
    is_value(
        "default networks (no check of checkov's)",
        "compute/network:Network",
        "no network made by default",
        "autoCreateSubnetworks",
        "false",
    ),
    Check(
        name="CKV_GCP_117",
        says="no basic role",
        types=(_GRANT,),
        holds=lambda it: it["role"] not in ("roles/owner", "roles/editor", "roles/viewer"),
        breaks=[("role", "roles/editor")],
    ),
    Check(
        name="CKV_GCP_41 and CKV_GCP_49",
        says="no use of every service account",
        types=(_GRANT,),
        holds=lambda it: it["role"] not in _IMPERSONATES,
        breaks=[("role", one) for one in _IMPERSONATES],
    ),
    Check(
        name="CKV_GCP_42",
        says="no role of an admin",
        types=(_GRANT,),
        holds=lambda it: not it["role"].lower().endswith(("admin", "owner", "editor")),
        breaks=[("role", "roles/storage.admin"), ("role", "roles/resourcemanager.projectIamAdmin")],
    ),
    Check(
        name="CKV_GCP_118",
        says="one branch of one repository",
        types=(_PROVIDER,),
        holds=_one_branch,
        breaks=[
            ("attributeCondition", None),
            ("attributeCondition", "assertion.repository == 'a/b'"),
        ],
    ),
)
