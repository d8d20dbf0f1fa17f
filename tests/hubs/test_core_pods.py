"""What runs beside users is read from the values that charts are given."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from capacity.beside import Pod, total
from capacity.nodes import OWN_DAEMONSETS, Requests
from capacity.quantities import GIB, MIB, show_cpu, show_memory
from hubs.active import PlannedEvent
from hubs.core_pods import RELEASES, beside_users, of_autoscaler, of_grafana, of_hub, of_prometheus
from hubs.monitoring import autoscaler_values
from hubs.places import place_of
from hubs.stack import Stack
from hubs.values import helm_values

Raw = dict[str, Any]
Planned = tuple[Stack, tuple[PlannedEvent, ...]]
Build = Callable[[Raw, Raw, Sequence[Raw]], Planned]

PAGE = Path(__file__).parents[2] / "docs" / "existing.md"
SOLD: Raw = {"nodes": {"count": 4, "sold": {"memory": "8Gi", "cpu": 4}}}
MONITORING = (
    Pod(name="prometheus-server", memory=1056 * MIB, cpu=210),
    Pod(name="readyroom-kube-state-metrics", memory=64 * MIB, cpu=20),
    Pod(name="grafana", memory=352 * MIB, cpu=60),
)
LAB = (
    Pod(name="hub of lab", memory=512 * MIB, cpu=200),
    Pod(name="proxy of lab", memory=128 * MIB, cpu=100),
)
HTTPS = Pod(name="autohttps of lab", memory=192 * MIB, cpu=60)
SCHEDULER = Pod(name="user-scheduler of lab", memory=512 * MIB, cpu=100)
NIGHTLY = Pod(name="nightly-cull of lab", memory=64 * MIB, cpu=10)
ADDRESS: Raw = {"address": {"host": "lab.example.org", "contact": "teacher@example.org"}}
CULLED: Raw = {"cull": {"nightly": {"at": "02:30", "timezone": "Europe/Berlin", "timeout": "10m"}}}


@pytest.fixture
def on_own_nodes(build: Build, existing: Raw, hub: Raw) -> Callable[..., Stack]:
    """Load the hub on nodes that are there, with some keys of cluster and hub changed."""

    def built(cluster: Raw, changed: Raw) -> Stack:
        del hub["pool"]
        return build(existing | cluster, hub | changed, [])[0]

    return built


@pytest.mark.parametrize(
    ("cluster", "hub_file", "pods"),
    [
        ({}, {}, (*MONITORING, *LAB, SCHEDULER, SCHEDULER)),
        ({}, ADDRESS, (*MONITORING, *LAB, HTTPS, SCHEDULER, SCHEDULER)),
        # An ingress ends TLS by itself.
        ({"ingressClass": "nginx"}, ADDRESS, (*MONITORING, *LAB, SCHEDULER, SCHEDULER)),
        ({}, CULLED, (*MONITORING, *LAB, SCHEDULER, SCHEDULER, NIGHTLY)),
    ],
)
def test_every_pod_of_ours_is_on_nodes_that_are_declared_as_sold(
    cluster: Raw, hub_file: Raw, pods: tuple[Pod, ...], on_own_nodes: Callable[..., Stack]
) -> None:
    stack = on_own_nodes(SOLD | cluster, hub_file)

    assert beside_users(stack.cluster, stack.hubs) == pods


def test_the_smallest_stack_takes_three_gib_of_its_users(
    on_own_nodes: Callable[..., Stack],
) -> None:
    stack = on_own_nodes(SOLD, {})

    found = total(beside_users(stack.cluster, stack.hubs))

    assert found == Requests(memory=3136 * MIB, cpu=790, pods=7)


def test_the_page_says_what_is_asked_for(on_own_nodes: Callable[..., Stack]) -> None:
    stack = on_own_nodes(SOLD, ADDRESS | CULLED)
    other = stack.hubs[0].model_copy(update={"name": "exam", "address": None})
    plain = other.model_copy(update={"cull": other.cull.model_copy(update={"nightly": None})})
    one = total(beside_users(stack.cluster, [plain]))
    more = total(of_hub("lab", helm_values(plain, place_of(stack.cluster, plain, None), None)))

    told = (
        f"A stack with one hub asks for {_shown(one)} CPU for them, for each further hub "
        f"{_shown(more)} CPU more; a hub that gets its own certificate for {_shown(HTTPS.asks)} "
        f"CPU more, one with a nightly look at idle servers for {_shown(NIGHTLY.asks)} CPU."
    )
    daemons = f"and {_shown(OWN_DAEMONSETS)} CPU on every node."
    page = PAGE.read_text("utf-8")
    assert told in page
    assert daemons in page


def _shown(asked: Requests) -> str:
    memory = show_memory(asked.memory).replace(".0 MiB", " MiB")
    return f"{memory} and {show_cpu(asked.cpu)}"


def test_what_nodes_leave_to_users_is_theirs(on_own_nodes: Callable[..., Stack]) -> None:
    stack = on_own_nodes({}, {})

    assert beside_users(stack.cluster, stack.hubs) == ()


def test_core_nodes_of_a_cloud_are_apart(build: Build, gke: Raw, hub: Raw) -> None:
    stack, _ = build(gke, hub, [])

    assert beside_users(stack.cluster, stack.hubs) == ()


def test_every_hub_has_its_own_and_monitoring_is_once(
    on_own_nodes: Callable[..., Stack],
) -> None:
    stack = on_own_nodes(SOLD, {})
    other = stack.hubs[0].model_copy(update={"name": "exam"})

    found = beside_users(stack.cluster, [*stack.hubs, other])

    assert [pod.name for pod in found] == [
        *(pod.name for pod in MONITORING),
        *(f"{what} of lab" for what in ("hub", "proxy", "user-scheduler", "user-scheduler")),
        *(f"{what} of exam" for what in ("hub", "proxy", "user-scheduler", "user-scheduler")),
    ]


def test_the_autoscaler_of_eks_is_one_of_ours() -> None:
    assert of_autoscaler(autoscaler_values("readyroom-icesat2", "us-west-2")) == [
        Pod(name="cluster-autoscaler", memory=512 * MIB, cpu=100)
    ]
    assert dict(RELEASES) == {
        ("monitoring", "prometheus"): of_prometheus,
        ("monitoring", "grafana"): of_grafana,
        ("kube-system", "cluster-autoscaler"): of_autoscaler,
    }


def test_what_asks_for_nothing_takes_a_slot_alone() -> None:
    values: Raw = {"hub": {"resources": {"requests": {"memory": GIB}}}}

    assert of_hub("lab", values) == [
        Pod(name="hub of lab", memory=GIB, cpu=0),
        Pod(name="proxy of lab", memory=0, cpu=0),
    ]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (
            {"hub": {"resources": {"requests": {"memory": "much"}}}},
            "hub.resources.requests.memory is 'much', not an amount",
        ),
        (
            {"hub": {"resources": {"requests": {"cpu": "1 core"}}}},
            "hub.resources.requests.cpu is '1 core', not an amount",
        ),
        (
            {"hub": {"resources": 3}},
            "hub.resources.requests.memory cannot be found in 3",
        ),
    ],
)
def test_what_cannot_be_read_is_told(values: Raw, told: str) -> None:
    with pytest.raises(ValueError, match=r"hub\.resources") as caught:
        of_hub("lab", values)
    assert str(caught.value) == told
