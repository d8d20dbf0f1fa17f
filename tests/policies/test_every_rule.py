"""What mandatory rules have in common: silence, not applicable, refusal of the unreadable."""

from collections.abc import Callable
from typing import Any

import pytest
from pulumi_policy import EnforcementLevel, StackValidationArgs, StackValidationPolicy
from pulumi_policy.policy import (
    _NotApplicableError,  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType] - not exported
)
from pulumi_policy.proxy import UNKNOWN_STRING_VALUE

from policies.event_fits_pool import event_fits_pool
from policies.exam_ready import exam_ready
from policies.guaranteed_qos import guaranteed_qos
from policies.no_oversubscription import no_oversubscription
from policies.pinned_versions import pinned_versions
from policies.placeholders import placeholders
from policies.quota import quota
from policies.storage_throughput import storage_throughput
from policies.users_per_node import users_per_node

Resources = dict[str, Any]
Judge = Callable[[StackValidationPolicy, Resources], list[str]]
Change = Callable[[Resources, str, object], None]

RULES = [
    no_oversubscription,
    guaranteed_qos,
    exam_ready,
    event_fits_pool,
    users_per_node,
    placeholders,
    pinned_versions,
    storage_throughput,
    quota,
]
# Quotas are of pools, and without a word on storage no release is read for it.
OF_RELEASES = [rule for rule in RULES if rule not in (storage_throughput, quota)]
OF_POOLS = [event_fits_pool, users_per_node, placeholders]
by_name = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
of_releases = pytest.mark.parametrize("rule", OF_RELEASES, ids=lambda rule: rule.name)
of_pools = pytest.mark.parametrize("rule", OF_POOLS, ids=lambda rule: rule.name)


def _refusal(what: str) -> list[str]:
    return [f"Event intro: cannot be judged, {what}; make it plain in the program."]


@by_name
@pytest.mark.parametrize("good", ["gke", "eks", "existing", "exam"])
def test_a_good_event_is_passed_in_silence(
    rule: StackValidationPolicy, good: str, judge: Judge, request: pytest.FixtureRequest
) -> None:
    assert judge(rule, request.getfixturevalue(good)) == []


@by_name
def test_resources_of_other_types_are_ignored(
    rule: StackValidationPolicy, gke: Resources, judge: Judge
) -> None:
    gke["gcp:container/cluster:Cluster course"] = {"event": {"name": 1}, "values": {}}
    gke["readyroom:gke:GkeCluster course"] = {"event": {}, "nodeConfig": {"labels": {}}}

    assert judge(rule, gke) == []


@by_name
def test_every_rule_is_mandatory_and_describes_itself_in_one_sentence(
    rule: StackValidationPolicy,
) -> None:
    assert rule.enforcement_level is EnforcementLevel.MANDATORY
    assert rule.description.endswith(".")
    assert rule.description.count(". ") == 0


@by_name
@pytest.mark.parametrize("event", [None, ...], ids=["null", "left out"])
def test_without_an_active_event_no_rule_applies_and_each_says_so(
    rule: StackValidationPolicy, event: object, gke: Resources, judge: Judge, change: Change
) -> None:
    change(gke, "hub.event", event)
    # What would be refused were an event active.
    change(gke, "release.values", {})

    with pytest.raises(_NotApplicableError) as caught:
        judge(rule, gke)
    assert caught.value.reason == "no event is active at this instant"


@by_name
def test_without_any_resource_no_rule_applies(rule: StackValidationPolicy) -> None:
    with pytest.raises(_NotApplicableError) as caught:
        rule.validate(StackValidationArgs([]), _unreachable)
    assert caught.value.reason == "no event is active at this instant"


def _unreachable(message: str, urn: str | None = None) -> None:
    raise AssertionError(message, urn)


@by_name
@pytest.mark.parametrize(
    ("broken", "what"),
    [
        (("hub.event.users", ...), "users is missing"),
        (("hub.event.users", "60"), "users is '60', not a whole number"),
        (("hub.event.users", UNKNOWN_STRING_VALUE), "users is not known yet"),
        (("hub.event.name", ...), "name is missing"),
        (("hub.event.kind", ...), "kind is missing"),
        (("hub.event.warmNodes", 2.5), "warmNodes is 2.5, not a whole number"),
        (("hub.event.fewestPerNode", UNKNOWN_STRING_VALUE), "fewestPerNode is not known yet"),
        (("hub.event.storage", UNKNOWN_STRING_VALUE), "storage is not known yet"),
        (("hub.event", UNKNOWN_STRING_VALUE), "event is not known yet"),
        (("hub.release", ...), "release is missing"),
    ],
)
def test_a_hub_whose_facts_cannot_be_read_is_refused(
    rule: StackValidationPolicy,
    broken: tuple[str, object],
    what: str,
    gke: Resources,
    judge: Judge,
    change: Change,
) -> None:
    change(gke, *broken)

    told = f"An event cannot be judged: {what}; register the hub's facts whole."
    assert judge(rule, gke) == [told]


@of_releases
@pytest.mark.parametrize(
    ("broken", "what"),
    [
        (("release", ...), "release course in namespace course is missing"),
        (("release.name", "other"), "release course in namespace course is missing"),
        (("release.name", UNKNOWN_STRING_VALUE), "release course in namespace course is missing"),
        (("release.namespace", "other"), "release course in namespace course is missing"),
        (("release.values", ...), "values is missing"),
        (("release.values", UNKNOWN_STRING_VALUE), "values is not known yet"),
    ],
)
def test_an_event_whose_release_cannot_be_read_is_refused(
    rule: StackValidationPolicy,
    broken: tuple[str, object],
    what: str,
    exam: Resources,
    judge: Judge,
    change: Change,
) -> None:
    change(exam, *broken)

    assert judge(rule, exam) == _refusal(what)


@of_pools
@pytest.mark.parametrize(
    ("broken", "what"),
    [
        (("gke", ...), "no pool has nodes with readyroom/pool=course-intro"),
        (("gke.nodeConfig.labels", {}), "no pool has nodes with readyroom/pool=course-intro"),
        (("gke.nodeConfig.labels", UNKNOWN_STRING_VALUE), "nodeConfig.labels is not known yet"),
        (("gke.nodeConfig.machineType", ...), "nodeConfig.machineType is missing"),
        (
            ("gke.nodeConfig.machineType", UNKNOWN_STRING_VALUE),
            "nodeConfig.machineType is not known yet",
        ),
        (("gke.autoscaling", ...), "autoscaling.totalMaxNodeCount is missing"),
        (
            ("gke.autoscaling", UNKNOWN_STRING_VALUE),
            "autoscaling.totalMaxNodeCount is not known yet",
        ),
    ],
)
def test_an_event_whose_pool_cannot_be_read_is_refused(
    rule: StackValidationPolicy,
    broken: tuple[str, object],
    what: str,
    gke: Resources,
    judge: Judge,
    change: Change,
) -> None:
    change(gke, *broken)

    assert judge(rule, gke) == _refusal(what)
