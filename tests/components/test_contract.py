"""What all components and all their children have in common."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pulumi.runtime.proto.resource_pb2 import RegisterResourceRequest

from hubs.kept_names import kept_names
from preview.loaded import Loaded
from preview.monitor import RecordingMonitor
from preview.wire import SIGNATURE, UNKNOWN

Recorded = Callable[[str, str], RecordingMonitor]
Requests = Callable[[str, str], dict[str, RegisterResourceRequest]]
Raw = Callable[[RegisterResourceRequest], dict[str, Any]]
Stacks = Callable[[str], Loaded]

STACKS = ("campus", "datahub", "exam", "full-eks", "full-gke", "icesat2", "workshop")
AWS = ("full-eks", "icesat2")
TOKENS = {
    "readyroom:eks:EksCluster",
    "readyroom:existing:ExistingCluster",
    "readyroom:gke:GkeCluster",
    "readyroom:hub:JupyterHub",
    "readyroom:monitoring:Monitoring",
    "readyroom:quota_check:QuotaCheck",
}
CLAIM = "kubernetes:core/v1:PersistentVolumeClaim"
METRICS = (
    "kubernetes:core/v1:Namespace monitoring",
    f"{CLAIM} monitoring-grafana",
    f"{CLAIM} monitoring-prometheus",
)
# What is retained beside what is protected, since that needs it.
NETWORK = "gcp:compute/network:Network"
NEEDED = {
    "workshop": {NETWORK},
    "exam": {NETWORK},
    "datahub": {NETWORK},
    "full-gke": {
        NETWORK,
        "gcp:compute/globalAddress:GlobalAddress",
        "gcp:servicenetworking/connection:Connection",
        "gcp:sql/user:User",
    },
    "full-eks": {
        "aws:ec2/securityGroup:SecurityGroup",
        "aws:rds/parameterGroup:ParameterGroup",
        "aws:rds/subnetGroup:SubnetGroup",
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        "aws:s3/bucketPolicy:BucketPolicy",
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        "aws:s3/bucketVersioning:BucketVersioning",
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    },
}
IGNORED = {
    # How many nodes a group has is the autoscaler's business.
    "aws:eks/nodeGroup:NodeGroup": ["scalingConfig.desiredSize"],
    # What the removed default pool was made of, and when GKE has upgraded.
    "gcp:container/cluster:Cluster": ["nodeConfig", "maintenancePolicy.disruptionBudget"],
    # Where data is reached stays as it was, unless config lets it be replaced.
    "kubernetes:core/v1:PersistentVolume": ["spec.csi.volumeAttributes"],
    "pulumi:index:Stash": ["input.made"],
}
# Of some of a type alone.
IGNORED_OF_SOME = {
    re.compile("kubernetes:core/v1:Secret .*-database"): ["stringData"],
    # How many nodes there were at first: another number would make another pool.
    re.compile("gcp:container/nodePool:NodePool core-.*"): ["initialNodeCount"],
}
everywhere = pytest.mark.parametrize(
    ("stack", "word"), [(stack, word) for stack in STACKS for word in ("quiet", "event")]
)


def _leaves(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
    else:
        yield value


def _components(root: Path) -> Iterator[tuple[str, str, str]]:
    """Yield area, class and token of every component in the source."""
    for path in sorted((root / "components").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and any(
                ast.unparse(base) == "pulumi.ComponentResource" for base in node.bases
            ):
                called = next(
                    call
                    for call in ast.walk(node)
                    if isinstance(call, ast.Call) and ast.unparse(call.func) == "super().__init__"
                )
                folder = path.parent.name if path.parent.name != "components" else path.stem
                yield folder, node.name, ast.literal_eval(called.args[0])


def test_a_token_is_project_area_and_class(root: Path) -> None:
    found = list(_components(root))

    assert {token for _, _, token in found} == TOKENS
    assert [token for _, _, token in found] == [
        f"readyroom:{area}:{name}" for area, name, _ in found
    ]


def test_the_stacks_use_every_component(recorded: Recorded) -> None:
    used = {
        request.type
        for stack in STACKS
        for _, request in recorded(stack, "event").requests
        if request.type.startswith("readyroom:")
    }

    assert used == TOKENS


@everywhere
def test_components_and_cloud_providers_belong_to_the_stack_and_all_else_to_a_component(
    stack: str, word: str, recorded: Recorded
) -> None:
    monitor = recorded(stack, word)
    types = {urn: request.type for urn, request in monitor.requests}
    parents = {urn: types.get(request.parent, "") for urn, request in monitor.requests}
    top = TOKENS | {"pulumi:providers:gcp", "pulumi:providers:aws"}

    assert {parents[urn] for urn in types if types[urn] == "pulumi:pulumi:Stack"} == {""}
    assert {parents[urn] for urn in types if types[urn] in top} == {"pulumi:pulumi:Stack"}
    inner = {parents[urn] for urn in types if types[urn] not in top | {"pulumi:pulumi:Stack"}}
    # A check of quotas asks for more only where it read that there is too little.
    assert inner == TOKENS & set(types.values()) - {"readyroom:quota_check:QuotaCheck"}


@everywhere
def test_every_component_registers_outputs(stack: str, word: str, recorded: Recorded) -> None:
    monitor = recorded(stack, word)

    outputs = {
        request.type: sorted(monitor.outputs[urn])
        for urn, request in monitor.requests
        if request.type.startswith("readyroom:")
    }
    expected = {
        "readyroom:eks:EksCluster": ["cluster", "region"],
        "readyroom:existing:ExistingCluster": ["nodes"],
        "readyroom:gke:GkeCluster": ["cluster", "location"],
        "readyroom:hub:JupyterHub": ["namespace"],
        "readyroom:monitoring:Monitoring": ["namespace"],
        "readyroom:quota_check:QuotaCheck": ["read"],
    }
    assert outputs == {token: keys for token, keys in expected.items() if token in outputs}


@everywhere
def test_a_components_props_are_plain_and_not_empty(
    stack: str, word: str, recorded: Recorded, raw: Raw
) -> None:
    props = {
        request.name: list(_leaves(raw(request)))
        for _, request in recorded(stack, word).requests
        if request.type.startswith("readyroom:")
    }

    assert [name for name, leaves in props.items() if not leaves] == []
    assert [name for name, leaves in props.items() if SIGNATURE in leaves] == []
    assert [name for name, leaves in props.items() if UNKNOWN in leaves] == []


@everywhere
def test_what_a_rule_reads_is_plain(stack: str, word: str, recorded: Recorded, raw: Raw) -> None:
    # A rule that touches an unknown becomes advisory, without a word.
    read = {
        "kubernetes:helm.sh/v3:Release": ("name", "namespace", "version", "values"),
        "gcp:container/nodePool:NodePool": ("autoscaling", "maxPodsPerNode"),
        "aws:eks/nodeGroup:NodeGroup": ("instanceTypes", "labels", "scalingConfig"),
    }
    values = [
        leaf
        for _, request in recorded(stack, word).requests
        for key in read.get(request.type, ())
        for leaf in _leaves(raw(request)[key])
    ]

    assert len(values) > 100
    assert SIGNATURE not in values
    assert UNKNOWN not in values


@everywhere
def test_everything_in_a_cluster_names_that_clusters_provider(
    stack: str, word: str, requests: Requests
) -> None:
    providers = {
        key: request.provider.rsplit("::", 2)[-2]
        for key, request in requests(stack, word).items()
        if key.startswith("kubernetes:")
    }

    assert len(providers) >= 5
    assert set(providers.values()) == {f"{stack}-kubernetes"}


@everywhere
@pytest.mark.parametrize("cloud", ["gcp", "aws"])
def test_everything_in_a_cloud_names_the_stacks_own_provider(
    stack: str, word: str, cloud: str, requests: Requests
) -> None:
    found = {
        request.provider.rsplit("::", 2)[-2]
        for key, request in requests(stack, word).items()
        if key.startswith(f"{cloud}:")
    }

    expected = {"campus": ""}.get(stack, "aws" if stack in AWS else "gcp")
    assert found == ({f"{stack}-{cloud}"} if cloud == expected else set())


@everywhere
def test_what_holds_data_is_protected_and_retained_and_nothing_else_is(
    stack: str, word: str, requests: Requests, loaded: Stacks
) -> None:
    found = requests(stack, word)
    protected = {request.name for request in found.values() if request.protect}

    known = loaded(stack).stack
    kept = kept_names(stack, known.cluster, known.hubs) - {f"{stack}-cluster"}
    # Where the cluster is not ours, nothing but these claims holds the metrics.
    metrics = {key.partition(" ")[2] for key in METRICS} if stack == "campus" else set[str]()
    assert protected == kept | metrics
    assert [key for key, it in found.items() if it.protect and not it.retainOnDelete] == []


@everywhere
def test_metrics_are_retained_and_so_is_what_kept_data_needs(
    stack: str, word: str, requests: Requests
) -> None:
    retained = {key for key, it in requests(stack, word).items() if it.retainOnDelete}
    protected = {key for key, it in requests(stack, word).items() if it.protect}

    assert set(METRICS) <= retained
    needed = retained - protected - set(METRICS)
    assert {key.partition(" ")[0] for key in needed} == NEEDED.get(stack, set())


@everywhere
def test_a_claim_that_only_points_to_a_share_goes_with_its_namespace(
    stack: str, word: str, requests: Requests, raw: Raw
) -> None:
    found = requests(stack, word)
    claims = {
        (raw(it)["metadata"]["namespace"], it.deletedWith)
        for key, it in found.items()
        if key.startswith(CLAIM) and key not in METRICS
    }

    start = f"urn:pulumi:{stack}::readyroom::readyroom:hub:JupyterHub$kubernetes:core/v1:Namespace"
    hubs = {it.name for it in found.values() if it.type == "readyroom:hub:JupyterHub"}
    assert claims == {(hub, "" if stack == "campus" else f"{start}::{hub}") for hub in hubs}
    others = [
        key
        for key, it in found.items()
        if it.deletedWith and (key in METRICS or not key.startswith(CLAIM))
    ]
    assert others == []


@everywhere
def test_only_what_others_own_and_what_is_remembered_is_ignored(
    stack: str, word: str, requests: Requests
) -> None:
    found = requests(stack, word)

    assert {key: list(request.ignoreChanges) for key, request in found.items()} == {
        key: next(
            (paths for some, paths in IGNORED_OF_SOME.items() if some.fullmatch(key)),
            IGNORED.get(request.type, []),
        )
        for key, request in found.items()
    }
