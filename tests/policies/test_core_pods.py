"""The pods that are no user's, as a whole stack registers them."""

from collections.abc import Callable
from typing import Any

import pytest

from capacity.beside import Pod
from hubs.core_pods import beside_users
from hubs.existing import DeclaredNodes, NodeAmount
from policies.core_pods import core_pods
from policies.reading import UnreadableError
from preview.loaded import Loaded
from preview.resources import Registered

Resources = dict[str, Any]
Collect = Callable[[Resources], None]
Change = Callable[[Resources, str, object], None]

HUB, RELEASE = "readyroom:hub:JupyterHub", "kubernetes:helm.sh/v3:Release"


@pytest.fixture
def registered(
    resources: Callable[[str, str], list[Registered]],
) -> Callable[[str], Resources]:
    """Return the hubs and releases that a shipped stack registers while its event is on."""

    def found(stack: str) -> Resources:
        return {
            f"{it.type} {it.name}": it.inputs
            for it in resources(stack, "event")
            if it.type in (HUB, RELEASE)
        }

    return found


def test_what_is_registered_is_what_plans_take_off(
    registered: Callable[[str], Resources], collect: Collect, loaded: Callable[[str], Loaded]
) -> None:
    stack = loaded("campus").stack
    sold = DeclaredNodes(count=3, sold=NodeAmount(memory=1 << 34, cpu=4000))
    planned = beside_users(stack.cluster.model_copy(update={"nodes": sold}), stack.hubs)
    collect(registered("campus"))

    def by_name(pod: Pod) -> str:
        return pod.name

    assert sorted(core_pods(), key=by_name) == sorted(planned, key=by_name)


def test_on_eks_the_autoscaler_is_there_too(
    registered: Callable[[str], Resources], collect: Collect
) -> None:
    collect(registered("icesat2"))

    assert sorted(pod.name for pod in core_pods()) == [
        "cluster-autoscaler",
        "grafana",
        "hub of icesat2",
        "prometheus-server",
        "proxy of icesat2",
        "readyroom-kube-state-metrics",
        "user-scheduler of icesat2",
        "user-scheduler of icesat2",
    ]


def test_without_hubs_and_releases_there_is_nothing() -> None:
    assert core_pods() == ()


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("release", ..., "release course in namespace course is missing"),
        (
            "release.values.hub",
            {"resources": 1},
            "hub.resources.requests.memory cannot be found in 1.0",
        ),
        ("hub.release", ..., "release is missing"),
    ],
)
def test_what_cannot_be_read_is_refused(
    path: str, value: object, told: str, gke: Resources, collect: Collect, change: Change
) -> None:
    change(gke, path, value)
    collect(gke)

    with pytest.raises(UnreadableError) as caught:
        core_pods()
    assert str(caught.value) == told
