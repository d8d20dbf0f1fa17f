"""What holds of every stack, whatever its file asks for."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from stack_files import StackFiles, registered, shuffled, stack_files, whole

from preview.resources import Registered

every_provider = pytest.mark.parametrize("provider", ["gke", "eks", "existing"])
few = settings(
    max_examples=2,
    deadline=None,
    derandomize=True,
    # Each try runs a whole program: a failure is told as it was found.
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
STACK = "pulumi:pulumi:Stack"
COMPONENTS = ("readyroom:", "eks:index:")
PROVIDERS = "pulumi:providers:"
RELEASE, CLAIM = (
    "kubernetes:helm.sh/v3:Release",
    "kubernetes:core/v1:PersistentVolumeClaim",
)
POOLS = {
    "gcp:container/nodePool:NodePool": ("nodeConfig.labels", "nodeConfig.taints"),
    "aws:eks/nodeGroup:NodeGroup": ("labels", "taints"),
}
STATEFUL = {
    "aws:efs/fileSystem:FileSystem",
    "aws:fsx/lustreFileSystem:LustreFileSystem",
    "aws:rds/instance:Instance",
    "aws:s3/bucket:Bucket",
    "gcp:backupdisasterrecovery/backupVault:BackupVault",
    "gcp:filestore/instance:Instance",
    "gcp:sql/database:Database",
    "gcp:sql/databaseInstance:DatabaseInstance",
    "gcp:storage/bucket:Bucket",
}
# Where each type that costs money says for whom.
LABELLED = {
    "aws:ec2/eip:Eip": "tags",
    "aws:ec2/launchTemplate:LaunchTemplate": "tags",
    "aws:ec2/natGateway:NatGateway": "tags",
    "aws:efs/fileSystem:FileSystem": "tags",
    "aws:eks/nodeGroup:NodeGroup": "tags",
    "aws:fsx/lustreFileSystem:LustreFileSystem": "tags",
    "aws:kms/key:Key": "tags",
    "aws:cloudwatch/logGroup:LogGroup": "tags",
    "aws:rds/instance:Instance": "tags",
    "aws:s3/bucket:Bucket": "tags",
    "eks:index:Cluster": "tags",
    "gcp:backupdisasterrecovery/backupVault:BackupVault": "labels",
    "gcp:compute/globalAddress:GlobalAddress": "labels",
    "gcp:container/cluster:Cluster": "resourceLabels",
    "gcp:container/nodePool:NodePool": "nodeConfig.resourceLabels",
    "gcp:filestore/instance:Instance": "labels",
    "gcp:sql/databaseInstance:DatabaseInstance": "settings.userLabels",
    "gcp:storage/bucket:Bucket": "labels",
}
# What tells of all hubs at once.
OF_ALL_HUBS = {
    "aws:iam/rolePolicy:RolePolicy",
    "readyroom:eks:EksCluster",
    "readyroom:gke:GkeCluster",
    "readyroom:monitoring:Monitoring",
    "readyroom:quota_check:QuotaCheck",
}


def _at(resource: Registered, path: str) -> Any:  # noqa: ANN401 - any JSON value
    here: Any = resource.inputs
    for key in path.split("."):
        here = here.get(key, {})
    return here


def _of(found: dict[str, Registered], *types: str) -> list[Registered]:
    return [resource for resource in found.values() if resource.type in types]


@every_provider
@few
@given(data=st.data())
def test_everything_has_its_place_its_name_its_guard_and_its_label(
    provider: str, data: st.DataObject, tmp_path: Path
) -> None:
    files = data.draw(stack_files(provider))
    found = registered(files, tmp_path)

    for resource in found.values():
        parent = found[resource.parent].type if resource.parent else ""
        if resource.type.startswith("readyroom:") or resource.type in _cloud_providers():
            assert parent == STACK, resource.urn
        elif resource.type != STACK:
            assert parent.startswith("readyroom:"), resource.urn
    _differ(found)
    _guarded(found)
    _labelled(found, files)


def _cloud_providers() -> set[str]:
    return {f"{PROVIDERS}gcp", f"{PROVIDERS}aws"}


def _differ(found: dict[str, Registered]) -> None:
    """No two resources of a type and a namespace share a name."""
    names = Counter(
        (
            resource.type,
            _at(resource, "metadata.namespace") or _at(resource, "namespace") or "",
            name,
        )
        for resource in found.values()
        for name in [_at(resource, "metadata.name") or _at(resource, "name")]
        if isinstance(name, str)
        and name != "[unknown]"
        and "IAM" not in resource.type
        # Inside of a parent: a policy of a role, a rule of a group, a database of an instance.
        and "Policy" not in resource.type
    )
    assert [name for name, count in names.items() if count > 1] == []


def _guarded(found: dict[str, Registered]) -> None:
    assert [it.urn for it in _of(found, *STATEFUL) if not it.protect] == []
    # On a cluster of ours the disks behind the metrics outlive it: docs/adr/0008.
    own = any(it.type in POOLS for it in found.values())
    holding = [
        it
        for it in _of(found, CLAIM)
        if not _at(it, "spec.volumeName")
        and not (own and _at(it, "metadata.namespace") == "monitoring")
    ]
    assert [it.urn for it in holding if not it.protect] == []


def _labelled(found: dict[str, Registered], files: StackFiles) -> None:
    centre = {"readyroom-cost-centre"} if "costCentre" in files.cluster else set[str]()
    for resource in _of(found, *LABELLED):
        labels = _at(resource, LABELLED[resource.type])
        assert {"readyroom-stack"} | centre <= set(labels), resource.urn
        assert labels["readyroom-stack"] == "lab"


@every_provider
@few
@given(data=st.data())
def test_users_run_on_their_own_hubs_nodes_and_nowhere_else(
    provider: str, data: st.DataObject, tmp_path: Path
) -> None:
    files = data.draw(stack_files(provider))
    found = registered(files, tmp_path)
    pools = {
        _at(pool, labels)["readyroom/pool"]: (_at(pool, labels), _at(pool, taints))
        for kind, (labels, taints) in POOLS.items()
        for pool in _of(found, kind)
    }

    for hub in files.hubs:
        values = found[_release_urn(found, hub["name"])].inputs["values"]
        for selector in _selectors(values):
            if provider == "existing":
                assert selector == {}
                continue
            name = selector["readyroom/pool"]
            labels, taints = pools[name]
            assert name == hub["name"] or name.startswith(f"{hub['name']}-")
            assert selector.items() <= labels.items()
            # What the chart tolerates by itself, in both ways of writing it.
            assert {(taint["key"], taint["value"]) for taint in taints} <= {
                ("hub.jupyter.org/dedicated", "user"),
                ("hub.jupyter.org_dedicated", "user"),
            }
            assert taints != []
        assert values["scheduling"]["userPods"] == {
            "nodeAffinity": {"matchNodePurpose": "ignore" if provider == "existing" else "require"}
        }


def _release_urn(found: dict[str, Registered], hub: str) -> str:
    [urn] = [it.urn for it in _of(found, RELEASE) if it.inputs.get("namespace") == hub]
    return urn


def _selectors(values: dict[str, Any]) -> list[dict[str, str]]:
    single = values["singleuser"]
    return [
        single["nodeSelector"],
        *(entry["kubespawner_override"]["node_selector"] for entry in single["profileList"]),
    ]


@pytest.mark.parametrize("provider", ["gke", "eks"])
def test_a_hub_that_comes_or_goes_changes_nothing_of_another(provider: str, tmp_path: Path) -> None:
    # An event of a hub that leaves is one less during which nothing may be upgraded.
    both = replace(whole(provider), events=[])
    for staying, leaving in (both.hubs, list(reversed(both.hubs))):
        alone = registered(both.without(leaving["name"]), tmp_path)
        together = registered(both, tmp_path)

        changed = {
            urn
            for urn, resource in alone.items()
            if resource.type not in OF_ALL_HUBS and together.get(urn) != resource
        }
        assert {urn for urn in changed if staying["name"] in urn.rsplit("::", 1)[1]} == set()
        # Prometheus is told of every hub, and Grafana shows itself under one of them.
        assert {urn.rsplit("::", 1)[1] for urn in changed} <= {
            "monitoring-prometheus",
            "monitoring-grafana",
        }


@every_provider
@few
@given(data=st.data())
def test_the_order_of_a_list_never_changes_a_resource(
    provider: str, data: st.DataObject, tmp_path: Path
) -> None:
    files = data.draw(stack_files(provider))
    other = StackFiles(
        cluster=shuffled(data.draw, files.cluster),
        hubs=data.draw(st.permutations([shuffled(data.draw, hub) for hub in files.hubs])),
        events=data.draw(st.permutations(files.events)),
        secrets=files.secrets,
    )

    assert registered(files, tmp_path) == registered(other, tmp_path)
