"""What stacks register is what providers allow: every key, every required property, every value.

It is held against the installed SDKs and `allowed.csv`, not against a cloud: what only a cloud
knows, such as which names are taken, is not proven here.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest

from tests.providers.conftest import Provided
from tests.providers.relations import unrelated
from tests.providers.rules import Rule, broken, rules
from tests.providers.sdk import is_known, opaque, seen

Stacks = Callable[[str, str], tuple[Provided, ...]]
Renamed = Callable[[str, str, dict[str, str]], tuple[Provided, ...]]
STACKS = ("full-gke", "full-eks", "workshop", "exam", "datahub", "icesat2", "campus")
# Whose every text and number has a row: whoever adds one looks up what is allowed.
CLOUDS = ("aws", "eks", "gcp")
everywhere = pytest.mark.parametrize("stack", STACKS)


def _holders(value: Any, path: list[str]) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON
    """Yield the objects that a path leads to; none where an optional one is not there."""
    if not path:
        if isinstance(value, dict):
            yield value
    elif path[0] in ("[]", "*"):
        inside = value if isinstance(value, list) else value.values() if value else ()
        for inner in inside:
            yield from _holders(inner, path[1:])
    elif isinstance(value, dict) and path[0] in value:
        yield from _holders(value[path[0]], path[1:])


def _missing(rule: Rule, inputs: dict[str, Any]) -> bool:
    *held, name = rule.path.replace("[]", ".[]").split(".")
    return any(name not in holder for holder in _holders(inputs, held))


def _wrong(resource: Provided) -> list[str]:
    """Return everything that is wrong with a resource."""
    found = [*seen(resource.type, resource.inputs)]
    own = rules().get(resource.type, ())
    return [
        *(f"{one.path} {one.mistake}" for one in found if one.mistake),
        *(
            f"{rule.path} is missing"
            for rule in own
            if rule.required and _missing(rule, resource.inputs)
        ),
        *filter(
            None,
            (broken(rule, one.value) for one in found for rule in own if rule.path == one.path),
        ),
        *unrelated(resource.type, resource.inputs),
    ]


def _all_wrong(resources: tuple[Provided, ...]) -> list[str]:
    return [f"{it.type} {it.name}: {told}" for it in resources for told in _wrong(it)]


@everywhere
def test_providers_allow_what_a_stack_registers(provided: Stacks, stack: str) -> None:
    assert _all_wrong(provided(stack, "event")) == []


@pytest.mark.parametrize(
    ("stack", "hubs"),
    [("full-gke", ("full-gke", "full-gke-google")), ("full-eks", ("full-eks", "full-eks-cilogon"))],
)
def test_names_of_forty_letters_fit_and_stay_apart(
    renamed: Renamed, stack: str, hubs: tuple[str, str]
) -> None:
    name = "introduction-to-statistics-spring-term-x"
    longer = dict(zip(hubs, (f"{name[:-1]}{end}" for end in "ab"), strict=True))
    found = renamed(stack, name, longer)

    assert (len(name), {len(hub) for hub in longer.values()}) == (40, {40})
    assert _all_wrong(found) == []
    known = Counter(
        (it.type, key, it.inputs[key], it.inputs.get("metadata", {}).get("namespace"))
        for it in found
        for key in ("name", "bucket", "identifier", "accountId", "instanceId")
        if key in it.inputs and not opaque(it.inputs[key])
        # A policy that is a part of a role is named within that.
        if it.type != "aws:iam/rolePolicy:RolePolicy"
    )
    assert [one for one, count in known.items() if count > 1] == []
    assert len(known) > 30


@everywhere
def test_every_type_that_is_registered_has_rows(provided: Stacks, stack: str) -> None:
    assert {it.type for it in provided(stack, "event")} - rules().keys() == set()


@everywhere
def test_every_text_and_number_of_a_cloud_has_a_row(provided: Stacks, stack: str) -> None:
    known = {(rule.type, rule.path) for rows in rules().values() for rule in rows}
    found = {
        (it.type, one.path)
        for it in provided(stack, "event")
        if it.type.split(":")[0] in CLOUDS
        for one in seen(it.type, it.inputs)
        if not isinstance(one.value, bool | dict | list)
    }

    assert found - known == set()


@everywhere
def test_an_option_names_a_property_that_exists(provided: Stacks, stack: str) -> None:
    named = [(it.type, path) for it in provided(stack, "event") for path in it.paths]

    assert [(of, path) for of, path in named if not is_known(of, path, by_key=True)] == []


def test_the_full_stacks_ask_for_quotas(provided: Stacks) -> None:
    asked = {it.type for stack in STACKS for it in provided(stack, "event") if "uota" in it.type}

    assert asked == {
        "aws:servicequotas/serviceQuota:ServiceQuota",
        "gcp:cloudquota/sQuotaPreference:SQuotaPreference",
    }


def _changed(inputs: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """Return inputs with a value at a path of names and numbers, or without it for None."""
    changed = deepcopy(inputs)
    inner: Any = changed
    *way, last = [int(part) if part.isdigit() else part for part in path.split("/")]
    for part in way:
        inner = inner[part]
    if value is None:
        del inner[last]
    else:
        inner[last] = value
    return changed


@pytest.mark.parametrize(
    ("stack", "which", "path", "value", "told"),
    [
        (
            "full-gke",
            "gcp:container/cluster:Cluster full-gke-cluster",
            "datapathProvider",
            "ADVANCED",
            "datapathProvider is 'ADVANCED'; one of DATAPATH_PROVIDER_UNSPECIFIED|LEGACY_DATAPATH|"
            "ADVANCED_DATAPATH (hashicorp/terraform-provider-google@e03b7622, "
            "google/services/container/resource_container_cluster.go, 2026-08-21)",
        ),
        (
            "full-gke",
            "gcp:container/nodePool:NodePool core-n2-highmem-4",
            "nodeConfig/workloadMetadataConfig/mode",
            None,
            "nodeConfig.workloadMetadataConfig.mode is required and missing",
        ),
        (
            "full-gke",
            "gcp:container/nodePool:NodePool core-n2-highmem-4",
            "upgradeSettings",
            {"maxSurge": 0, "maxUnavailable": 0, "strategy": "SURGE"},
            "an upgrade can move",
        ),
        (
            "full-gke",
            "gcp:filestore/instance:Instance full-gke-homes",
            "fileShares/nfsExportOptions/0/squashmode",
            "ROOT_SQUASH",
            "fileShares.nfsExportOptions[].squashmode is unknown; allowed: accessMode, anonGid, "
            "anonUid, ipRanges, network, squashMode",
        ),
        (
            "full-gke",
            "gcp:storage/bucket:Bucket full-gke-bucket-example-school-keep",
            "softDeletePolicy/retentionDurationSeconds",
            "1209600",
            "softDeletePolicy.retentionDurationSeconds is '1209600'; allowed: int",
        ),
        (
            "full-eks",
            "aws:eks/nodeGroup:NodeGroup core-m5-xlarge",
            "nodeGroupName",
            None,
            "nodeGroupName is missing",
        ),
        (
            "full-eks",
            "aws:eks/nodeGroup:NodeGroup core-m5-xlarge",
            "updateConfig/maxUnavailable",
            101,
            "updateConfig.maxUnavailable is 101; range 1..100 "
            "(hashicorp/terraform-provider-aws@012e0a32, internal/service/eks/node_group.go, "
            "2026-11-21)",
        ),
        (
            "full-eks",
            "aws:kms/alias:Alias full-eks-secrets",
            "name",
            "readyroom-secrets",
            "name is 'readyroom-secrets'; pattern alias/(?!aws/)[a-zA-Z0-9/_-]{1,250} "
            "(botocore 1.44.5, kms.CreateAliasRequest, 2026-11-21)",
        ),
        (
            "full-eks",
            "eks:index:Cluster full-eks-cluster",
            "kubeProxyAddonOptions/resolveConflictsOnCreate",
            "PRESERVE",
            "kubeProxyAddonOptions.resolveConflictsOnCreate is 'PRESERVE'; one of NONE|OVERWRITE "
            "(pulumi-eks 4.4.0 SDK, 2026-11-21)",
        ),
    ],
)
def test_a_wrong_input_is_found(
    provided: Stacks, stack: str, which: str, path: str, value: object, told: str
) -> None:
    [found] = [it for it in provided(stack, "event") if f"{it.type} {it.name}" == which]
    inputs = _changed(found.inputs, path, value)

    assert told in _wrong(Provided(type=found.type, name=found.name, inputs=inputs, paths=()))
