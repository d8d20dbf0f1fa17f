"""User pods of an exam, built by the real KubeSpawner from our values, are Guaranteed.

It does not prove that a cluster says so: read `status.qosClass` of a pod for that.
"""

from collections.abc import Mapping
from copy import deepcopy
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from capacity.quantities import kubernetes_memory, kubernetes_millis
from hubs.active import PlannedEvent
from hubs.deployment import deployment
from hubs.stack import Stack
from tests.hubs.pods import kubeconfig, person, storing, user_pod

Planned = tuple[Stack, tuple[PlannedEvent, ...]]
Raw = dict[str, Any]


@pytest.fixture(autouse=True)
def _somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUBECONFIG", str(kubeconfig(tmp_path / "kubeconfig.yaml")))


def pod_of(values: Raw, profile: str | None = None) -> Raw:
    """Return the pod of a user who chose a profile, or none."""
    extra, config = values["hub"]["extraConfig"], values["hub"]["config"]
    options = {"profile": profile} if profile else {}
    return user_pod(
        values["singleuser"],
        storing(extra),
        person("ann"),
        spawner=config["KubeSpawner"],
        **options,
    )


def amount(name: str, quantity: object) -> Decimal:
    """Return a quantity of Kubernetes as bytes or millicpu."""
    read = kubernetes_millis(quantity) if name == "cpu" else kubernetes_memory(quantity)
    assert read is not None, quantity
    return Decimal(read)


def totals(containers: list[Raw], kind: str) -> dict[str, Decimal]:
    """Return the sum of requests or limits that are above nothing, by resource."""
    found: dict[str, Decimal] = {}
    for container in containers:
        for name, quantity in container["resources"].get(kind, {}).items():
            if name in ("cpu", "memory") and amount(name, quantity) > 0:
                found[name] = found.get(name, Decimal(0)) + amount(name, quantity)
    return found


def qos(pod: Raw) -> str:
    """Return the QoS class of a pod.

    Source: kubernetes/kubernetes, pkg/apis/core/v1/helper/qos/qos.go; the API server first
    copies limits into requests that are missing (pkg/apis/core/v1/defaults.go).
    """
    spec = deepcopy(pod["spec"])
    containers = [*spec["containers"], *spec.get("initContainers", [])]
    for container in containers:
        resources = container.setdefault("resources", {})
        limits = resources.get("limits", {})
        resources["requests"] = limits | resources.get("requests", {})
    requests, limits = totals(containers, "requests"), totals(containers, "limits")
    if not requests and not limits:
        return "BestEffort"
    limited = all(set(totals([one], "limits")) == {"cpu", "memory"} for one in containers)
    return "Guaranteed" if limited and requests == limits else "Burstable"


@pytest.fixture(scope="module")
def values(shipped: dict[str, Planned]) -> Raw:
    """The values of the exam's hub when the exam begins."""
    stack, events = shipped["exam"]
    now = events[0].schedule.sessions[0].starts
    exam, usual = deployment(stack, events, now).hubs
    assert (exam.config.name, usual.config.name) == ("exam", "course")
    return dict(exam.values)


def without(values: Raw, path: str) -> Raw:
    """Return values without the key at a path such as `cpu.limit`."""
    found = deepcopy(values)
    *above, last = path.split("/")
    here: Any = found["singleuser"]
    for part in above:
        here = here[int(part)] if part.isdigit() else here[part]
    del here[last]
    return found


@pytest.mark.parametrize("profile", [None, "final"])
def test_a_user_pod_of_the_exam_is_guaranteed(values: Raw, profile: str | None) -> None:
    pod = pod_of(values, profile)
    seat = {"cpu": 1.0, "memory": 2 * 2**30}
    small = {"cpu": "50m", "memory": "64Mi"}

    assert [
        (one["name"], one["resources"]["requests"], one["resources"]["limits"])
        for one in [*pod["spec"]["containers"], *pod["spec"]["initContainers"]]
    ] == [
        ("notebook", seat, seat),
        ("home-owner", small, small),
    ]
    assert qos(pod) == "Guaranteed"


@pytest.mark.parametrize(
    ("minutes", "expected"),
    # Node 10 min, image 3 min 12 s, slack 15 min before nine; until 13:30 and 30 min to drain.
    [(-30, "Burstable"), (-29, "Guaranteed"), (299, "Guaranteed"), (300, "Burstable")],
)
def test_it_is_guaranteed_from_the_lead_to_the_end_of_the_drain(
    shipped: dict[str, Planned], minutes: int, expected: str
) -> None:
    stack, events = shipped["exam"]
    now = events[0].schedule.sessions[0].starts + timedelta(minutes=minutes)
    exam = deployment(stack, events, now).hubs[0]

    assert qos(pod_of(dict(exam.values))) == expected


@pytest.mark.parametrize(
    "path",
    [
        "profileList/0/kubespawner_override/cpu_limit",
        "profileList/0/kubespawner_override/mem_limit",
    ],
)
def test_a_limit_missing_in_the_profile_falls_back_to_the_hubs(values: Raw, path: str) -> None:
    assert qos(pod_of(without(values, path))) == "Guaranteed"


@pytest.mark.parametrize(
    "paths",
    [
        ["profileList/0/kubespawner_override/cpu_limit", "cpu/limit"],
        ["profileList/0/kubespawner_override/mem_limit", "memory/limit"],
        ["networkTools/resources/limits"],
        ["networkTools/resources/limits/cpu"],
        ["networkTools/resources/limits/memory"],
        ["initContainers/0/resources"],
        ["initContainers/0/resources/limits/cpu"],
        ["initContainers/0/resources/limits/memory"],
    ],
)
def test_one_limit_less_and_the_pod_is_burstable(values: Raw, paths: list[str]) -> None:
    for path in paths:
        values = without(values, path)

    assert qos(pod_of(values)) == "Burstable"


@pytest.mark.parametrize("key", ["mem_guarantee", "cpu_guarantee"])
def test_a_guarantee_below_the_limit_is_burstable(values: Raw, key: str) -> None:
    changed = deepcopy(values)
    changed["singleuser"]["profileList"][0]["kubespawner_override"][key] /= 2

    assert qos(pod_of(changed)) == "Burstable"


def test_the_home_is_mounted_where_its_owner_is_set(values: Raw) -> None:
    spec = pod_of(values)["spec"]
    mount = spec["containers"][0]["volumeMounts"]

    assert mount == spec["initContainers"][0]["volumeMounts"]
    assert [(one["name"], one["mountPath"]) for one in mount] == [("home", "/home/jovyan")]
    assert mount[0]["subPath"] == "exam/ann"
    assert spec["volumes"] == [{"name": "home", "persistentVolumeClaim": {"claimName": "home"}}]


def test_the_image_is_the_digest_and_the_node_is_the_exams(values: Raw) -> None:
    pod = pod_of(values)
    selector = values["singleuser"]["nodeSelector"]

    assert isinstance(selector, Mapping)
    assert pod["spec"]["nodeSelector"] == dict(selector)
    assert pod["spec"]["containers"][0]["image"] == (
        "quay.io/jupyter/scipy-notebook@sha256:"
        "4f8b52e3a1d0c96b7e2f1a0d3c5b4e6f708192a3b4c5d6e7f8091a2b3c4d5e6f"
    )


@pytest.mark.parametrize(
    ("containers", "expected"),
    [
        ([{}], "BestEffort"),
        ([{"requests": {"cpu": "0"}}], "BestEffort"),
        ([{"requests": {"cpu": "1"}}], "Burstable"),
        ([{"limits": {"cpu": "1", "memory": "1Gi"}}], "Guaranteed"),
        ([{"limits": {"cpu": "1", "memory": "1Gi"}}, {}], "Burstable"),
        ([{"limits": {"cpu": "1", "memory": "0"}}], "Burstable"),
        (
            [{"limits": {"cpu": "1", "memory": "1Gi"}, "requests": {"cpu": "1000m"}}],
            "Guaranteed",
        ),
        (
            [{"limits": {"cpu": "1", "memory": "1Gi"}, "requests": {"cpu": "999m"}}],
            "Burstable",
        ),
    ],
)
def test_the_rule_is_that_of_kubernetes(containers: list[Raw], expected: str) -> None:
    spec = {"containers": [{"name": "one", "resources": deepcopy(one)} for one in containers]}

    assert qos({"spec": spec}) == expected
