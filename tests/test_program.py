"""The whole program: every shipped stack, judged by the real pack, through its whole life."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from hubs.support import STANDARD_SUPPORT_ENDS
from preview.as_json import preview_json
from preview.diff import diff
from preview.loaded import Loaded
from preview.monitor import RecordingMonitor
from preview.pack import Verdict
from preview.resources import Registered, registered
from preview.run import Previewed, recorded_at, resources_at

Resources = Callable[[str, str], list[Registered]]

STACKS = ("campus", "datahub", "exam", "full-eks", "full-gke", "icesat2", "workshop")
# These judge at any instant.
ALWAYS_ON = ("no-replacement", "frozen", "sizes-fit", "core-fits", "freeze-kept")
EVENT_RULES = (
    "no-oversubscription",
    "guaranteed-qos",
    "exam-ready",
    "event-fits-pool",
    "users-per-node",
    "placeholders",
    "pinned-versions",
    "storage-throughput",
    "quota",
    "quotas-read",
    "exam-waived",
)
# In the order in which they judge.
RULES = (*ALWAYS_ON[:-1], *EVENT_RULES, ALWAYS_ON[-1])
OF_A_POOL = {
    "existing": (),
    "gke": ("gcp:container/nodePool:NodePool",),
    "eks": ("aws:ec2/launchTemplate:LaunchTemplate", "aws:eks/nodeGroup:NodeGroup"),
}
HUB = "readyroom:hub:JupyterHub"
BUDGET = "kubernetes:policy/v1:PodDisruptionBudget"
every_stack = pytest.mark.parametrize("stack", STACKS)

# Pools that only an event has; an existing cluster has none.
EVENT_POOLS = {
    "campus": set[str](),
    "datahub": {
        "data8-lab-e2-highmem-8",
        "data100-lecture-e2-highmem-8",
        "stat20-section-e2-highmem-4",
    },
    "exam": {"exam-final-e2-standard-16"},
    "full-eks": {"full-eks-hackweek-m6a-2xlarge", "full-eks-cilogon-midterm-m6a-2xlarge"},
    "full-gke": {"full-gke-school-e2-standard-8", "full-gke-google-midterm-e2-standard-8"},
    "icesat2": {"icesat2-hackweek-m5-2xlarge"},
    "workshop": {"workshop-intro-n2-highmem-4"},
}
HUB_OF_EVENT = {
    "campus": "campus",
    "datahub": "data8",
    "exam": "exam",
    "full-eks": "full-eks",
    "full-gke": "full-gke",
    "icesat2": "icesat2",
    "workshop": "workshop",
}
ALWAYS = {
    "hub.concurrentSpawnLimit",
    "hub.consecutiveFailureLimit",
    "hub.pdb.enabled",
    "prePuller.continuous.enabled",
    "proxy.chp.pdb.enabled",
}
PLACEHOLDERS = {
    "scheduling.userPlaceholder.replicas",
    "scheduling.userPlaceholder.resources",
}
SEAT = {
    "singleuser.cpu.guarantee",
    "singleuser.cpu.limit",
    "singleuser.memory.guarantee",
    "singleuser.memory.limit",
    "singleuser.nodeSelector.readyroom/pool",
}
PROFILE = "singleuser.profileList"
NAMED = {f"{PROFILE}[0].{key}" for key in ("description", "display_name", "slug")}
OVERRIDE = f"{PROFILE}[0].kubespawner_override"
# Passwords for every user are new for every event.
PASSWORDS = {"hub.annotations.readyroom/passwords-of"}
USUAL_EVENT = ALWAYS | PLACEHOLDERS | SEAT | {PROFILE}
# What an event changes of its hub's values.
SWITCHED = {
    # Its one usual size is that of the seat, but may burst to the whole node.
    "campus": ALWAYS | PASSWORDS | NAMED | {"singleuser.cpu.limit", f"{OVERRIDE}.cpu_limit"},
    "datahub": USUAL_EVENT,
    "exam": ALWAYS
    | PLACEHOLDERS
    | SEAT
    | NAMED
    | {f"{OVERRIDE}.{kind}_{side}" for kind in ("cpu", "mem") for side in ("guarantee", "limit")}
    | {f"{OVERRIDE}.node_selector.readyroom/pool"}
    | {"cull.enabled", "cull.every", "cull.timeout"},
    # It keeps the option with GPUs, and with it what lets servers onto their nodes.
    "full-eks": USUAL_EVENT | {"cull.maxAge"},
    "full-gke": USUAL_EVENT | {"cull.maxAge", "singleuser.extraTolerations"},
    "icesat2": USUAL_EVENT | PASSWORDS,
    "workshop": USUAL_EVENT | PASSWORDS,
}
UPGRADES = "maintenancePolicy.maintenanceExclusions"
NIGHTLY_JOB = "kubernetes:batch/v1:CronJob"
GKE_CLUSTER = "gcp:container/cluster:Cluster"
PASSWORD = "random:index/randomPassword:RandomPassword"  # noqa: S105 - a resource type
# What an event changes beside its hub's facts and values.
BESIDE = {
    "campus": {(PASSWORD, f"campus-{who}-password", "keepers.event") for who in ("admin", "user")},
    "datahub": {(GKE_CLUSTER, "datahub-cluster", UPGRADES)},
    "exam": {(GKE_CLUSTER, "exam-cluster", UPGRADES), (HUB, "exam", "frozen")},
    "full-eks": {
        (HUB, "full-eks-cilogon", "frozen"),
        (NIGHTLY_JOB, "full-eks-nightly-cull", "spec.suspend"),
        ("aws:efs/fileSystem:FileSystem", "full-eks-homes", "provisionedThroughputInMibps"),
    },
    "full-gke": {
        (HUB, "full-gke-google", "frozen"),
        (GKE_CLUSTER, "full-gke-cluster", UPGRADES),
        (NIGHTLY_JOB, "full-gke-nightly-cull", "spec.suspend"),
        ("gcp:filestore/instance:Instance", "full-gke-homes", "fileShares.capacityGb"),
    },
    "icesat2": {
        (PASSWORD, f"icesat2-{who}-password", "keepers.event") for who in ("admin", "user")
    },
    "workshop": {
        (GKE_CLUSTER, "workshop-cluster", UPGRADES),
        *((PASSWORD, f"workshop-{who}-password", "keepers.event") for who in ("admin", "user")),
    },
}
# Stacks whose hubs fetch certificates by autohttps.
AUTOHTTPS = {"datahub", "exam", "full-eks", "full-gke"}


def test_every_stack_file_is_in_this_list(root: Path) -> None:
    assert sorted(path.name for path in root.glob("Pulumi.*.yaml")) == [
        f"Pulumi.{stack}.yaml" for stack in STACKS
    ]


@every_stack
def test_at_the_event_all_rules_hold_and_none_is_passed_over(
    stack: str, previewed: Callable[[str, str], Previewed]
) -> None:
    found = previewed(stack, "event").verdict

    assert (found.rules, found.refused, found.not_applicable) == (RULES, False, {})
    # Nobody has read the quotas of a shipped stack; an existing cluster has none of its own.
    advised = set[str]() if stack == "campus" else {"quotas-read"}
    assert {violation.policy for violation in found.violations} == advised


@every_stack
def test_after_everything_only_the_rules_without_an_event_apply(
    stack: str, previewed: Callable[[str, str], Previewed]
) -> None:
    # And before: there the very same is registered, as the next test says.
    assert previewed(stack, "over").verdict == Verdict(
        rules=RULES,
        violations=(),
        not_applicable=dict.fromkeys(EVENT_RULES, "no event is active at this instant"),
    )


@every_stack
def test_after_everything_the_stack_is_what_it_was_before(stack: str, resources: Resources) -> None:
    quiet, over = resources(stack, "quiet"), resources(stack, "over")

    assert diff(quiet, over) == []
    # Also what only the state keeps, which no difference shows.
    assert quiet == over


@every_stack
def test_nothing_changes_when_the_door_opens(stack: str, resources: Resources) -> None:
    assert diff(resources(stack, "warm"), resources(stack, "event")) == []


@every_stack
def test_an_event_adds_its_pools_and_budgets_and_removes_nothing(
    stack: str, resources: Resources, loaded: Callable[[str], Loaded]
) -> None:
    found = diff(resources(stack, "quiet"), resources(stack, "event"))

    added = {(change.type, change.name) for change in found if change.kind == "added"}
    hub = HUB_OF_EVENT[stack]
    of_a_pool = OF_A_POOL[loaded(stack).stack.cluster.provider]
    assert added == {
        *((kind, pool) for kind in of_a_pool for pool in EVENT_POOLS[stack]),
        (BUDGET, f"{hub}-users"),
        *((BUDGET, f"{hub}-autohttps") for _ in {stack} & AUTOHTTPS),
    }
    assert [change for change in found if change.kind == "removed"] == []


@every_stack
def test_an_event_changes_its_hubs_facts_and_settings_and_nothing_else(
    stack: str, resources: Resources
) -> None:
    found = [
        change
        for change in diff(resources(stack, "quiet"), resources(stack, "event"))
        if change.kind == "changed"
    ]

    hub = HUB_OF_EVENT[stack]
    assert {(change.type, change.name, change.property) for change in found} == {
        (HUB, hub, "event"),
        *(("kubernetes:helm.sh/v3:Release", hub, f"values.{path}") for path in SWITCHED[stack]),
        *BESIDE[stack],
    }


@every_stack
def test_the_same_program_at_the_same_instant_registers_the_same(
    stack: str,
    resources: Resources,
    run_again: Callable[[str, str], RecordingMonitor],
) -> None:
    assert resources(stack, "event") == registered(run_again(stack, "event"))


@every_stack
def test_a_minute_within_the_session_changes_nothing(
    stack: str, resources: Resources, loaded: Callable[[str], Loaded]
) -> None:
    session = loaded(stack).events[0].schedule.sessions[0]
    middle = session.starts + (session.ends - session.starts) / 8

    assert diff(resources(stack, "event"), resources_at(loaded(stack), middle)) == []


def test_people_are_told_of_upgrades_that_nobody_asks_for(
    loaded: Callable[[str], Loaded],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("preview.run._ERRORS", logging.getLogger("tests.heard"))
    stack, now = loaded("full-eks"), STANDARD_SUPPORT_ENDS["1.35"]
    recorded_at(stack, now)
    nothing = Verdict(rules=(), violations=(), not_applicable={})
    previewed = Previewed(loaded=stack, now=now, resources=[], verdict=nothing)

    told = [
        "AWS may have upgraded Kubernetes 1.35 by itself: its standard support ended on "
        '2027-03-27; set cluster.kubernetesVersion to "1.36" and deploy while no event is on'
    ]
    assert [one.message for one in caplog.records if one.levelno == logging.WARNING] == told
    assert preview_json(previewed, None)["upgrades"] == told
