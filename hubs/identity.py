"""What a cluster or a storage can change only by being replaced. Pure.

Paths are those of Pulumi. A property is listed if a stack may set it and its provider then
replaces the resource, or its cloud cannot change it at all. Sources, read on 2026-11-21:

- gcp: `ForceNew` in the schemas of terraform-provider-google 7.45 (2026-08-18), where the
  `name` of a Filestore instance has none: an update asks for an instance of the new name.
- aws: `ForceNew` in the schemas of terraform-provider-aws: EFS of 2026; FSx, S3 and RDS of
  earlier years, less what has become an update since (pull requests 32687 for RDS names,
  34932 for Lustre throughput, 47719 for Lustre versions); no resource moves to a region.
- eks: what pulumi-eks (2026-08-12) hands on to `aws.eks.Cluster`, and its `ForceNew`.
- kubernetes: `forceNew` of pulumi-kubernetes (2026-07-01).

The zone of the core nodes of a cluster on EKS is with them, though it replaces no cluster: it
strands the volumes of what runs on them.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hubs.mistakes import Mistake, nearest
from hubs.shapes import is_list, is_mapping

GKE, EKS = "gcp:container/cluster:Cluster", "eks:index:Cluster"
FILESTORE, EFS = "gcp:filestore/instance:Instance", "aws:efs/fileSystem:FileSystem"
LUSTRE = "aws:fsx/lustreFileSystem:LustreFileSystem"
GCS, S3 = "gcp:storage/bucket:Bucket", "aws:s3/bucket:Bucket"
CLOUD_SQL, RDS = "gcp:sql/databaseInstance:DatabaseInstance", "aws:rds/instance:Instance"
DATABASE = "gcp:sql/database:Database"
VAULT = "gcp:backupdisasterrecovery/backupVault:BackupVault"
NAMESPACE = "kubernetes:core/v1:Namespace"
CLAIM = "kubernetes:core/v1:PersistentVolumeClaim"
CLUSTERS = frozenset({GKE, EKS})

_RANGES = ("clusterIpv4CidrBlock", "servicesIpv4CidrBlock", "clusterSecondaryRangeName",
           "servicesSecondaryRangeName")  # fmt: skip
IDENTITY: Mapping[str, tuple[str, ...]] = {
    GKE: (
        "name", "project", "location", "network", "subnetwork", "datapathProvider",
        "networkingMode", "clusterIpv4Cidr", *(f"ipAllocationPolicy.{one}" for one in _RANGES),
        "privateClusterConfig.masterIpv4CidrBlock", "defaultMaxPodsPerNode", "enableAutopilot",
        "privateClusterConfig.privateEndpointSubnetwork", "confidentialNodes.enabled",
        "enableKubernetesAlpha", "description", "initialNodeCount",
    ),
    EKS: (
        "name", "region", "ipFamily", "kubernetesServiceIpAddressRange", "encryptionConfigKeyArn",
        "serviceRole", "coreZone",
    ),
    FILESTORE: (
        "name", "project", "location", "zone", "tier", "protocol", "kmsKeyName", "fileShares.name",
        "fileShares.sourceBackup", "networks[0].network", "networks[0].modes",
        "networks[0].connectMode", "networks[0].reservedIpRange", "initialReplication", "tags",
    ),
    EFS: (
        "creationToken", "region", "availabilityZoneName", "encrypted", "kmsKeyId",
        "performanceMode",
    ),
    LUSTRE: (
        "region", "deploymentType", "storageType", "storageCapacity", "fileSystemTypeVersion",
        "subnetIds", "securityGroupIds", "kmsKeyId", "driveCacheType", "importPath", "exportPath",
        "importedFileChunkSize", "backupId", "copyTagsToBackups",
    ),
    GCS: (
        "name", "project", "location", "customPlacementConfig.dataLocations",
        "enableObjectRetention", "hierarchicalNamespace.enabled",
    ),
    S3: ("bucket", "bucketPrefix", "region"),
    CLOUD_SQL: (
        "name", "project", "region", "encryptionKeyName", "settings.collation",
        "settings.diskSize",
    ),
    DATABASE: ("name", "project", "instance"),
    VAULT: ("backupVaultId", "project", "location"),
    RDS: (
        "region", "availabilityZone", "engine", "dbName", "username", "kmsKeyId",
        "storageEncrypted", "characterSetName", "ncharCharacterSetName", "timezone",
        "snapshotIdentifier",
    ),
    NAMESPACE: ("metadata.name",),
    CLAIM: (
        "metadata.name", "metadata.namespace", "spec.accessModes", "spec.storageClassName",
        "spec.volumeName", "spec.selector",
    ),
}  # fmt: skip
_RISES = frozenset(
    {
        (LUSTRE, "storageCapacity"),
        (LUSTRE, "fileSystemTypeVersion"),
        (CLOUD_SQL, "settings.diskSize"),
    }
)
# What can change, and leaves behind what is not moved.
STRANDS = frozenset({(EKS, "coreZone")})
_MAY_BE_ADDED = frozenset({(EKS, "encryptionConfigKeyArn")})
# What a cloud does not give to two at once, for as long as the old one is there.
TAKEN: Mapping[str, tuple[str, ...]] = {
    FILESTORE: ("name", "project", "location"),
    EFS: ("creationToken", "region"),
    GCS: ("name",),
    S3: ("bucket",),
    CLOUD_SQL: ("name", "project"),
    VAULT: ("backupVaultId", "project", "location"),
    NAMESPACE: ("metadata.name",),
    CLAIM: ("metadata.name", "metadata.namespace"),
}
# Where nothing is said the provider decides, and who is to know what it decided.
_OF_PROVIDERS = frozenset({"project", "region"})
NOT_SET = "(not set)"
_NOT_PLAIN = object()


@dataclass(frozen=True, slots=True)
class Difference:
    """A property that cannot change in place, and its two values."""

    path: str
    before: str
    after: str

    def __str__(self) -> str:
        """Return what a message says of it."""
        return f"{self.path} from {self.before} to {self.after}"


def identity(token: str, inputs: Mapping[str, Any]) -> dict[str, str]:
    """Return the inputs that force a replacement, as text by path, those not set included.

    Names of inputs are in snake case. What is not plain, an output say, is left out, and so
    are what lies in something that is not plain, and a project or region that is not set.

    Raises:
        ValueError: no such type is known.
    """
    if token not in IDENTITY:
        msg = f"nobody knows what replaces a {token}; give it a row in hubs/identity.py"
        raise ValueError(msg)
    found = {path: _at(inputs, path) for path in IDENTITY[token]}
    return {
        path: _text(value)
        for path, value in found.items()
        if _is_plain(value) and not (value is None and path in _OF_PROVIDERS)
    }


def _at(holder: Any, path: str) -> Any:  # noqa: ANN401 - any input
    here = holder
    for key in re.findall(r"\w+", path):
        if here is None:
            return None
        if key.isdigit() and is_list(here):
            here = here[int(key)] if int(key) < len(here) else None
        elif is_mapping(here):
            here = here.get(re.sub(r"(?=[A-Z])", "_", key).lower())
        else:
            return _NOT_PLAIN
    return here


def _is_plain(value: object) -> bool:
    if is_mapping(value):
        return all(_is_plain(inner) for inner in value.values())
    if is_list(value):
        return all(_is_plain(inner) for inner in value)
    return value is None or isinstance(value, str | int | float)


def _text(value: object) -> str:
    if value is None:
        return NOT_SET
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True)


def differences(
    token: str, before: Mapping[str, str], after: Mapping[str, str]
) -> list[Difference]:
    """Return what changed in an identity; what was not told before is no change."""
    found = (Difference(path, before[path], after[path]) for path in after if path in before)
    return [change for change in found if _replaces(token, change)]


def _replaces(token: str, change: Difference) -> bool:
    values = {change.before, change.after}
    # To the clouds a switch that is not set is off.
    if len(values) == 1 or values == {NOT_SET, "false"}:
        return False
    if (token, change.path) in _MAY_BE_ADDED:
        return change.before != NOT_SET
    if (token, change.path) in _RISES and NOT_SET not in values:
        return _number(change.after) < _number(change.before)
    return True


def _number(text: str) -> tuple[int, ...]:
    """Return a size, or a version, by the numbers in it."""
    return tuple(int(digits) for digits in re.findall(r"\d+", text))


def taken(token: str, before: Mapping[str, str], after: Mapping[str, str]) -> str | None:
    """Return the name that a new one could not have beside the old one, if there is any."""
    paths = TAKEN.get(token, ())
    if not paths or any(before.get(path) != after.get(path) for path in paths):
        return None
    return after.get(paths[0])


def unknown_names(named: Sequence[str], known: Collection[str]) -> Iterator[Mistake]:
    """Yield a mistake for every name of `replace` that no cluster and no storage has."""
    for index, name in enumerate(named):
        if name not in known:
            yield Mistake(f"replace[{index}]", f"found {name!r}; {nearest(name, sorted(known))}")
