"""Known-good resources of an event on three kinds of cluster, and one way to judge them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pulumi_policy import ResourceValidationArgs, StackValidationArgs, StackValidationPolicy
from pulumi_policy.policy import PolicyCustomTimeouts, PolicyResourceOptions
from pulumi_policy.proxy import unknown_checking_proxy

from policies import collected

GIB = 1 << 30
TYPES = {
    "hub": "readyroom:hub:JupyterHub",
    "release": "kubernetes:helm.sh/v3:Release",
    "gke": "gcp:container/nodePool:NodePool",
    "eks": "aws:eks/nodeGroup:NodeGroup",
    "existing": "readyroom:existing:ExistingCluster",
    "filestore": "gcp:filestore/instance:Instance",
    "template": "aws:ec2/launchTemplate:LaunchTemplate",
    "efs": "aws:efs/fileSystem:FileSystem",
    "check": "readyroom:quota_check:QuotaCheck",
}
SMALL = {"cpu": "10m", "memory": "16Mi"}
EQUAL = {"requests": SMALL, "limits": SMALL}

Resources = dict[str, Any]


@pytest.fixture(autouse=True)
def _nothing_collected() -> Iterator[None]:  # pyright: ignore[reportUnusedFunction] - pytest uses it
    collected.collected.clear()
    yield
    collected.collected.clear()


def _hub(users: int, warm_nodes: int) -> Resources:
    facts = {"name": "intro", "kind": "workshop", "users": users, "warmNodes": warm_nodes}
    return {"name": "course", "release": "course", "event": facts | {"fewestPerNode": None}}


def _release(memory: int, cpu: float, selector: dict[str, str], held: Resources) -> Resources:
    sizes = {
        "mem_guarantee": memory,
        "mem_limit": memory,
        "cpu_guarantee": cpu,
        "cpu_limit": cpu,
        "node_selector": dict(selector),
    }
    single = {
        "image": {"name": "quay.io/jupyter/scipy-notebook", "tag": "2026-11-02"},
        "nodeSelector": dict(selector),
        "networkTools": {"resources": EQUAL},
        "initContainers": [{"name": "home-owner", "image": "busybox:1.37.0", "resources": EQUAL}],
        "memory": {"guarantee": memory, "limit": memory},
        "cpu": {"guarantee": cpu, "limit": cpu},
        "profileList": [{"display_name": "intro", "kubespawner_override": sizes}],
    }
    values = {
        "singleuser": single,
        "scheduling": {"podPriority": {"enabled": True}, "userPlaceholder": held},
    }
    return {"name": "course", "namespace": "course", "version": "4.4.2", "values": values}


@pytest.fixture
def gke() -> Resources:
    """60 users of 4 GiB on at most 10 nodes of n2-highmem-4, 6 to a node, 3 nodes warm."""
    labels = {"readyroom/pool": "course-intro"}
    amounts = {"cpu": "3000m", "memory": str(24 * GIB)}
    held = {"enabled": True, "replicas": 3, "resources": {"requests": amounts}}
    pool = {
        "nodeConfig": {"machineType": "n2-highmem-4", "labels": labels},
        "autoscaling": {"totalMinNodeCount": 3, "totalMaxNodeCount": 10},
        "maxPodsPerNode": 110,
    }
    return {"hub": _hub(60, 3), "release": _release(4 * GIB, 0.5, labels, held), "gke": pool}


@pytest.fixture
def eks() -> Resources:
    """80 users of 7 GiB on at most 20 nodes of m5.2xlarge, 4 to a node, 2 nodes warm."""
    labels = {"readyroom/pool": "course-intro"}
    amounts = {"cpu": "7000m", "memory": str(28 * GIB)}
    held = {"enabled": True, "replicas": 2, "resources": {"requests": amounts}}
    pool = {
        "instanceTypes": ["m5.2xlarge"],
        "labels": labels,
        "scalingConfig": {"minSize": 0, "desiredSize": 0, "maxSize": 20},
    }
    return {"hub": _hub(80, 2), "release": _release(7 * GIB, 1.75, labels, held), "eks": pool}


@pytest.fixture
def existing() -> Resources:
    """21 users of 2 GiB on 3 nodes that leave 14 GiB each, 7 to a node, nothing scales."""
    nodes = {"count": 3, "left": {"memory": 14 * GIB, "cpu": 3500, "pods": 110}, "sold": None}
    held = {"enabled": True, "replicas": 0}
    return {
        "hub": _hub(21, 3),
        "release": _release(2 * GIB, 0.5, {}, held),
        "existing": {"provider": "existing", "nodes": nodes | {"labels": {}}},
    }


@pytest.fixture
def exam(gke: Resources) -> Resources:
    """The event on GKE as an exam, its image by digest."""
    gke["hub"]["event"]["kind"] = "exam"
    gke["hub"]["event"]["readiness"] = [{"event": "intro", "open": [], "waived": []}]
    image = {"name": "quay.io/jupyter/scipy-notebook@sha256", "tag": "0123456789abcdef" * 4}
    gke["release"]["values"]["singleuser"]["image"] = image
    return gke


@pytest.fixture
def change() -> Callable[[Resources, str, Any], None]:
    """Set what lies at a dotted path, in all profiles of a list at `*`; `...` removes it."""
    return _change


def _change(holder: Any, path: str, value: Any) -> None:  # noqa: ANN401 - any JSON value
    key, _, rest = path.partition(".")
    if key == "*":
        for item in holder:
            _change(item, rest, value)
    elif rest:
        _change(holder[int(key) if key.isdigit() else key], rest, value)
    elif value is ...:
        del holder[key]
    else:
        holder[key] = value


@pytest.fixture
def collect() -> Callable[[Resources], None]:
    """Send resources through the collecting policy, wrapped as the engine wraps them."""
    return _collect


def _collect(resources: Resources) -> None:
    options = PolicyResourceOptions(
        protect=False,
        ignore_changes=[],
        delete_before_replace=None,
        aliases=[],
        custom_timeouts=PolicyCustomTimeouts(0, 0, 0),
        additional_secret_outputs=[],
    )
    for key, props in resources.items():
        kind, _, name = key.partition(" ")
        token = TYPES.get(kind, kind)
        urn = f"urn:pulumi:dev::readyroom::{token}::{name or 'course'}"
        args = ResourceValidationArgs(
            token, unknown_checking_proxy(_floats(props)), urn, name or "course", options, None
        )
        collected.validate(args, _refuse)


def _floats(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return numbers as policies get them."""
    if isinstance(value, dict):
        return {key: _floats(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_floats(inner) for inner in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _refuse(message: str, urn: str | None = None) -> None:
    raise AssertionError(message, urn)


@pytest.fixture
def judge() -> Callable[[StackValidationPolicy, Resources], list[str]]:
    """Collect resources and return what a rule reports of them, all on the event's hub."""
    return _judge


def _judge(rule: StackValidationPolicy, resources: Resources) -> list[str]:
    _collect(resources)
    found: list[tuple[str, str | None]] = []

    def report(message: str, urn: str | None = None) -> None:
        found.append((message, urn))

    rule.validate(StackValidationArgs([]), report)
    hub = "urn:pulumi:dev::readyroom::readyroom:hub:JupyterHub::course"
    assert {urn for message, urn in found if message.startswith("Event ")} <= {hub}
    return [message for message, _ in found]
