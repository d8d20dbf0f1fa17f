"""While a hub is frozen its environment stays, event or no event; who lifts that is told."""

from collections.abc import Callable
from typing import Any

import pytest
from pulumi_policy import EnforcementLevel, StackValidationPolicy
from pulumi_policy.proxy import UNKNOWN_STRING_VALUE

from hubs.freeze_parts import environment
from policies.frozen import freeze_kept, frozen

Resources = dict[str, Any]
Judge = Callable[[StackValidationPolicy, Resources], list[str]]
Change = Callable[[Resources, str, object], None]

SPAN = "from 2026-12-09 15:00 EST to 2026-12-14 14:00 EST"
TOLD = f"Hub course is frozen {SPAN} for event final"
KNOB = "put it back, or write freeze.emergency with by and reason."
BESIDE = {"pool": "0123456789abcdef", "image": "fedcba9876543210"}
LIFTED = f"freeze of hub course for event final {SPAN} is lifted by Ada: no notebook starts"
REPO = {"repo": "https://hub.jupyter.org/helm-chart/"}


@pytest.fixture
def held(gke: Resources) -> Resources:
    """The hub of an event, frozen as it is."""
    gke["release"] |= {"chart": "jupyterhub", "repositoryOpts": dict(REPO)}
    freeze = {
        "event": "final",
        "span": SPAN,
        "environment": environment(gke["release"], BESIDE),
        "lifted": None,
    }
    gke["hub"]["frozen"] = {"unseen": dict(BESIDE), "freezes": [freeze]}
    return gke


def _environment(resources: Resources) -> dict[str, str]:
    return environment(resources["release"], resources["hub"]["frozen"]["unseen"])


def test_one_rule_refuses_and_the_other_tells() -> None:
    assert (frozen.name, frozen.enforcement_level) == ("frozen", EnforcementLevel.MANDATORY)
    assert frozen.description == (
        "While a hub is frozen for an event, its environment stays as it was."
    )
    assert freeze_kept.name == "freeze-kept"
    assert freeze_kept.enforcement_level is EnforcementLevel.ADVISORY
    assert freeze_kept.description == "Nobody has lifted the freeze of a hub."


def test_a_hub_that_is_as_it_was_is_passed_in_silence(held: Resources, judge: Judge) -> None:
    assert (judge(frozen, held), judge(freeze_kept, held)) == ([], [])


@pytest.mark.parametrize(
    ("path", "value", "part"),
    [
        ("release.chart", "oci://registry.example.org/jupyterhub", "chart"),
        ("release.version", "4.4.3", "chart"),
        ("release.repositoryOpts.repo", "https://charts.example.org", "chart"),
        ("release.repositoryOpts", None, "chart"),
        ("release.values.singleuser.image.tag", "2026-11-03", "image"),
        ("release.values.singleuser.image.name", "quay.io/jupyter/base-notebook", "image"),
        ("release.values.scheduling.podPriority.enabled", False, "scheduling"),
        ("release.values.singleuser.extraEnv", {"EDITOR": "vi"}, "singleuser"),
        ("release.values.singleuser.initContainers", [], "singleuser"),
        ("release.values.singleuser.networkTools", ..., "singleuser"),
        ("hub.frozen.unseen.pool", "0123456789abcdee", "pool"),
        ("hub.frozen.unseen.image", "fedcba9876543211", "image"),
    ],
)
def test_a_change_is_refused_with_its_part(
    path: str, value: object, part: str, held: Resources, judge: Judge, change: Change
) -> None:
    before = _environment(held)[part]

    change(held, path, value)

    after = _environment(held)[part]
    assert judge(frozen, held) == [f"{TOLD}: {part} is {after}, frozen as {before}; {KNOB}"]
    assert judge(freeze_kept, held) == []


def test_what_comes_and_what_goes_is_refused_together(
    held: Resources, judge: Judge, change: Change
) -> None:
    before = _environment(held)
    change(held, "release.values.ingress", {"enabled": True})
    change(held, "hub.frozen.unseen.pool", ...)

    ingress = _environment(held)["ingress"]
    assert judge(frozen, held) == [
        f"{TOLD}: ingress is {ingress}, and was not there; pool is not there, frozen as "
        f"{before['pool']}; {KNOB}"
    ]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("release.values.singleuser.memory", {"guarantee": 1, "limit": 2}),
        ("release.values.singleuser.cpu", ...),
        ("release.values.singleuser.profileList", []),
        ("release.values.singleuser.nodeSelector", {}),
        ("release.values.singleuser.startTimeout", 900),
        ("release.values.scheduling.userPlaceholder", ...),
        ("release.values.cull", {"enabled": False}),
        ("release.values.prePuller", {"continuous": {"enabled": True}}),
        ("release.values.hub", {"pdb": {"enabled": True}, "concurrentSpawnLimit": 30}),
        ("release.timeout", 600),
        ("hub.event", None),
        ("hub.event.users", 61),
        ("gke.nodeConfig.machineType", "n2-highmem-8"),
    ],
)
def test_what_events_switch_is_not_frozen(
    path: str, value: object, held: Resources, judge: Judge, change: Change
) -> None:
    change(held, path, value)

    assert (judge(frozen, held), judge(freeze_kept, held)) == ([], [])


@pytest.mark.parametrize("without", [None, ...])
def test_a_hub_that_is_not_frozen_may_change(
    without: object, held: Resources, judge: Judge, change: Change
) -> None:
    change(held, "hub.frozen", without)
    change(held, "release.version", "4.4.3")

    assert (judge(frozen, held), judge(freeze_kept, held)) == ([], [])


def test_other_releases_may_change(held: Resources, judge: Judge) -> None:
    hub, release = held["hub"], held["release"]
    held["hub second"] = {key: hub[key] for key in ("name", "event")} | {"release": "second"}
    held["release second"] = release | {"name": "second", "namespace": "second", "version": "9"}
    held["release grafana"] = release | {"name": "grafana", "namespace": "monitoring"}

    assert judge(frozen, held) == []


def test_a_lifted_freeze_is_told_with_what_has_changed(
    held: Resources, judge: Judge, change: Change
) -> None:
    change(held, "hub.frozen.freezes.0.lifted", LIFTED)
    assert judge(frozen, held) == []
    assert judge(freeze_kept, held) == [f"Hub course: the {LIFTED}; nothing has changed."]

    before = _environment(held)["chart"]
    change(held, "release.version", "4.4.3")
    after = _environment(held)["chart"]
    assert judge(frozen, held) == []
    assert judge(freeze_kept, held) == [
        f"Hub course: the {LIFTED}; chart is {after}, frozen as {before}."
    ]


def test_of_two_freezes_each_is_judged_for_itself(held: Resources, judge: Judge) -> None:
    [first] = held["hub"]["frozen"]["freezes"]
    later = first | {"event": "later", "environment": first["environment"] | {"chart": "0" * 16}}
    held["hub"]["frozen"]["freezes"] = [later | {"lifted": LIFTED}, first, later]

    chart = first["environment"]["chart"]
    changed = f"chart is {chart}, frozen as {'0' * 16}"
    assert judge(frozen, held) == [
        f"Hub course is frozen {SPAN} for event later: {changed}; {KNOB}"
    ]
    assert judge(freeze_kept, held) == [f"Hub course: the {LIFTED}; {changed}."]


@pytest.mark.parametrize(
    ("path", "value", "what"),
    [
        ("release", ..., "release course in namespace course is missing"),
        ("release.name", "other", "release course in namespace course is missing"),
        ("release.namespace", "other", "release course in namespace course is missing"),
        ("release.values", ..., "values is missing"),
        ("release.values", UNKNOWN_STRING_VALUE, "values is not known yet"),
        ("release.version", UNKNOWN_STRING_VALUE, "version is not known yet"),
        (
            "release.repositoryOpts.repo",
            UNKNOWN_STRING_VALUE,
            "repositoryOpts.repo is not known yet",
        ),
        (
            "release.values.singleuser.initContainers.0.image",
            UNKNOWN_STRING_VALUE,
            "values.singleuser.initContainers[0].image is not known yet",
        ),
        ("hub.release", ..., "release is missing"),
        ("hub.frozen", UNKNOWN_STRING_VALUE, "frozen is not known yet"),
        ("hub.frozen", "text", "unseen is missing"),
        ("hub.frozen.unseen", "text", "unseen is 'text', not a mapping"),
        ("hub.frozen.unseen", ..., "unseen is missing"),
        ("hub.frozen.freezes", "text", "freezes is 'text', not a list"),
        ("hub.frozen.freezes", ..., "freezes is missing"),
        ("hub.frozen.freezes.0.environment", ..., "environment is missing"),
        ("hub.frozen.freezes.0.environment", "text", "environment is 'text', not a mapping"),
    ],
)
def test_a_frozen_hub_that_cannot_be_read_is_refused(
    path: str, value: object, what: str, held: Resources, judge: Judge, change: Change
) -> None:
    change(held, path, value)

    told = f"Hub course is frozen and cannot be compared, {what}; make it plain in the program."
    assert (judge(frozen, held), judge(freeze_kept, held)) == ([told], [told])


def test_one_hub_that_cannot_be_read_stops_no_other(held: Resources, judge: Judge) -> None:
    held["hub another"] = held["hub"] | {"release": "another"}
    held["release"]["version"] = "4.4.3"

    found = judge(frozen, held)

    assert [message.split(",")[0].split(":")[0] for message in found] == [
        "Hub another is frozen and cannot be compared",
        "Hub course is frozen from 2026-12-09 15",
    ]
