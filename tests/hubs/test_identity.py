"""What of a cluster or a storage forces a replacement, and what only seems to."""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pulumi_aws as aws
import pulumi_eks as eks
import pulumi_gcp as gcp
import pulumi_kubernetes as k8s
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic.alias_generators import to_camel

from hubs import identity as subject
from hubs.identity import IDENTITY, TAKEN, Difference, differences, identity, taken, unknown_names
from hubs.mistakes import Mistake

INPUTS = {
    subject.GKE: gcp.container.ClusterArgs,
    subject.EKS: eks.ClusterArgs,
    subject.FILESTORE: gcp.filestore.InstanceArgs,
    subject.EFS: aws.efs.FileSystemArgs,
    subject.LUSTRE: aws.fsx.LustreFileSystemArgs,
    subject.GCS: gcp.storage.BucketArgs,
    subject.S3: aws.s3.BucketArgs,
    subject.CLOUD_SQL: gcp.sql.DatabaseInstanceArgs,
    subject.DATABASE: gcp.sql.DatabaseArgs,
    subject.VAULT: gcp.backupdisasterrecovery.BackupVaultArgs,
    subject.RDS: aws.rds.InstanceArgs,
    subject.NAMESPACE: k8s.core.v1.NamespaceInitArgs,
    subject.CLAIM: k8s.core.v1.PersistentVolumeClaimInitArgs,
}
BLOCKS: dict[str, Any] = {
    "ipAllocationPolicy": gcp.container.ClusterIpAllocationPolicyArgs,
    "privateClusterConfig": gcp.container.ClusterPrivateClusterConfigArgs,
    "confidentialNodes": gcp.container.ClusterConfidentialNodesArgs,
    "fileShares": gcp.filestore.InstanceFileSharesArgs,
    "networks[0]": gcp.filestore.InstanceNetworkArgs,
    "customPlacementConfig": gcp.storage.BucketCustomPlacementConfigArgs,
    "hierarchicalNamespace": gcp.storage.BucketHierarchicalNamespaceArgs,
    "settings": gcp.sql.DatabaseInstanceSettingsArgs,
    "metadata": k8s.meta.v1.ObjectMetaArgs,
    "spec": k8s.core.v1.PersistentVolumeClaimSpecArgs,
}
# A region is not said to every resource: the provider of EKS has none of its own. Core nodes are
# beside their cluster.
BESIDE = {"region": "region", "coreZone": "core_zone"}


@dataclass
class Later:
    """Stands for an output."""


def _words(args: Any) -> dict[str, str]:  # noqa: ANN401 - any class of inputs
    """Return the words of Python for the inputs that Pulumi knows."""
    return {to_camel(word): word for word in inspect.signature(args.__init__).parameters}


def test_all_types_are_these() -> None:
    assert set(IDENTITY) == set(INPUTS)


@pytest.mark.parametrize(
    ("token", "path"), [(token, path) for token, paths in IDENTITY.items() for path in paths]
)
def test_every_path_is_an_input_that_the_sdk_knows(token: str, path: str) -> None:
    block, _, key = path.rpartition(".")
    top = BESIDE | _words(INPUTS[token])
    inputs: dict[str, Any] = {}
    if not block:
        inputs = {top[key]: "found"}
    elif block.endswith("[0]"):
        inputs = {top[block.removesuffix("[0]")]: [{_words(BLOCKS[block])[key]: "found"}]}
    else:
        inputs = {top[block]: {_words(BLOCKS[block])[key]: "found"}}

    nothing = dict.fromkeys(set(IDENTITY[token]) - {"project", "region"}, "(not set)")
    assert identity(token, inputs) == nothing | {path: "found"}


FILESTORE = {
    "name": "lab-homes",
    "project": None,
    "location": "us-central1-a",
    "tier": "ZONAL",
    "file_shares": {"name": "homes", "capacity_gb": 1024},
    "networks": [{"network": Later(), "modes": ["MODE_IPV4"], "connect_mode": None}],
    "labels": {"a": "b"},
    "kms_key_name": Later(),
}


def test_an_identity_is_text_by_path_without_what_is_not_known_yet() -> None:
    assert identity(subject.FILESTORE, FILESTORE) == {
        "name": "lab-homes",
        "location": "us-central1-a",
        "zone": "(not set)",
        "tier": "ZONAL",
        "protocol": "(not set)",
        "fileShares.name": "homes",
        "fileShares.sourceBackup": "(not set)",
        "networks[0].modes": '["MODE_IPV4"]',
        "networks[0].connectMode": "(not set)",
        "networks[0].reservedIpRange": "(not set)",
        "initialReplication": "(not set)",
        "tags": "(not set)",
    }


@pytest.mark.parametrize(
    ("inputs", "left"),
    [
        ({"file_shares": Later()}, {"fileShares.name", "fileShares.sourceBackup"}),
        ({"tags": {"a": Later()}}, {"tags"}),
        ({"tags": {"a": ["b", 1, 1.5, True, None]}}, set()),
        ({"networks": []}, set()),
        ({"networks": [{"modes": [Later()]}]}, {"networks[0].modes"}),
    ],
)
def test_what_lies_in_something_unknown_is_left_out_and_in_nothing_is_not_set(
    inputs: dict[str, Any], left: set[str]
) -> None:
    everything = set(identity(subject.FILESTORE, {}))

    assert everything - set(identity(subject.FILESTORE, inputs)) == left


def test_values_that_are_no_text_are_json() -> None:
    found = identity(
        subject.GKE, {"initial_node_count": 1, "confidential_nodes": {"enabled": True}}
    )

    assert found["initialNodeCount"] == "1"
    assert found["confidentialNodes.enabled"] == "true"
    assert found["ipAllocationPolicy.clusterIpv4CidrBlock"] == "(not set)"


def test_a_type_without_a_row_is_refused() -> None:
    with pytest.raises(ValueError, match="nobody") as caught:
        identity("a:b:C", {})
    assert str(caught.value) == (
        "nobody knows what replaces a a:b:C; give it a row in hubs/identity.py"
    )


@pytest.mark.parametrize(
    ("token", "path", "before", "after"),
    [
        (subject.FILESTORE, "tier", "ZONAL", "REGIONAL"),
        (subject.FILESTORE, "kmsKeyName", "(not set)", "key"),
        (subject.FILESTORE, "kmsKeyName", "key", "(not set)"),
        (subject.EFS, "encrypted", "(not set)", "true"),
        (subject.EKS, "encryptionConfigKeyArn", "key", "(not set)"),
        (subject.EKS, "encryptionConfigKeyArn", "key", "other"),
        (subject.LUSTRE, "storageCapacity", "2400", "1200"),
        (subject.LUSTRE, "storageCapacity", "(not set)", "1200"),
        (subject.LUSTRE, "fileSystemTypeVersion", "2.15", "2.12"),
        (subject.CLOUD_SQL, "settings.diskSize", "20", "10"),
    ],
)
def test_some_changes_replace(token: str, path: str, before: str, after: str) -> None:
    assert differences(token, {path: before}, {path: after}) == [Difference(path, before, after)]


@pytest.mark.parametrize(
    ("token", "path", "before", "after"),
    [
        (subject.FILESTORE, "tier", "ZONAL", "ZONAL"),
        # A switch that is not set is off.
        (subject.EFS, "encrypted", "(not set)", "false"),
        (subject.EFS, "encrypted", "false", "(not set)"),
        # A key of its own may be given to a cluster later, and not taken away.
        (subject.EKS, "encryptionConfigKeyArn", "(not set)", "key"),
        (subject.LUSTRE, "storageCapacity", "1200", "2400"),
        (subject.LUSTRE, "storageCapacity", "9600", "12000"),
        (subject.LUSTRE, "fileSystemTypeVersion", "2.12", "2.15"),
        (subject.CLOUD_SQL, "settings.diskSize", "10", "20"),
    ],
)
def test_some_changes_are_made_in_place(token: str, path: str, before: str, after: str) -> None:
    assert differences(token, {path: before}, {path: after}) == []


def test_a_difference_says_what_and_its_two_values() -> None:
    assert str(Difference("tier", "ZONAL", "REGIONAL")) == "tier from ZONAL to REGIONAL"


IDENTITIES = st.dictionaries(st.sampled_from(["a", "b", "c"]), st.text())


@given(IDENTITIES, IDENTITIES)
def test_only_what_both_tell_can_differ(before: dict[str, str], after: dict[str, str]) -> None:
    found = differences("a:b:C", before, after)

    assert {change.path for change in found} <= set(before) & set(after)
    assert differences("a:b:C", before, before) == []
    assert all((it.before, it.after) == (before[it.path], after[it.path]) for it in found)


def _named(token: str) -> Iterator[dict[str, str]]:
    paths = TAKEN[token]
    yield dict.fromkeys(paths, "same")
    for path in paths:
        yield dict.fromkeys(paths, "same") | {path: "other"}


@pytest.mark.parametrize("token", sorted(TAKEN))
def test_a_name_is_taken_unless_anything_of_it_changes(token: str) -> None:
    same, *others = _named(token)

    assert taken(token, same, same) == "same"
    assert [taken(token, same, other) for other in others] == [None] * len(others)
    assert set(same) <= set(IDENTITY[token])


def test_what_has_no_name_of_its_own_takes_none() -> None:
    assert taken(subject.LUSTRE, {}, {}) is None


def test_a_name_that_nothing_has_is_a_mistake() -> None:
    known = {"lab-homes", "lab-cluster"}

    assert list(unknown_names(["lab-homes", "lab-cluster"], known)) == []
    assert list(unknown_names(["lab-homes", "lab-hoems", "x"], known)) == [
        Mistake(
            "replace[1]", "found 'lab-hoems'; allowed: lab-cluster, lab-homes; nearest: lab-homes"
        ),
        Mistake("replace[2]", "found 'x'; allowed: lab-cluster, lab-homes"),
    ]
