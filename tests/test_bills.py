"""Every stack consists of what its bill in tests/bills says, and its event adds to that."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from preview.loaded import stack_names
from preview.resources import Registered
from tools.bills import FOLDER, bill

Resources = Callable[[str, str], list[Registered]]

BUDGET = "kubernetes:policy/v1:PodDisruptionBudget"
GKE_POOL = "gcp:container/nodePool:NodePool"
EKS_POOL = {"aws:eks/nodeGroup:NodeGroup": 1, "aws:ec2/launchTemplate:LaunchTemplate": 1}


@pytest.mark.parametrize(
    "stack", ["campus", "datahub", "exam", "full-eks", "full-gke", "icesat2", "workshop"]
)
def test_a_stack_consists_at_its_event_of_what_its_bill_says(
    stack: str, resources: Resources
) -> None:
    # After a change that is meant: make generated.
    assert bill(stack, resources(stack, "event")) == (FOLDER / f"{stack}.txt").read_text("utf-8")


def test_every_stack_has_a_bill(root: Path) -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == [
        f"{stack}.txt" for stack in stack_names(root)
    ]


@pytest.mark.parametrize(
    ("stack", "added"),
    [
        ("campus", {BUDGET: 1}),
        ("datahub", {GKE_POOL: 3, BUDGET: 2}),
        ("exam", {GKE_POOL: 1, BUDGET: 2}),
        ("icesat2", EKS_POOL | {BUDGET: 1}),
        ("workshop", {GKE_POOL: 1, BUDGET: 1}),
    ],
)
def test_an_event_adds_exactly_these_and_takes_nothing_away(
    stack: str, added: dict[str, int], resources: Resources
) -> None:
    usual = Counter(resource.type for resource in resources(stack, "quiet"))
    during = Counter(resource.type for resource in resources(stack, "event"))

    assert during == usual + Counter(added)


def test_a_bill_names_components_with_their_own_and_counts_each_type() -> None:
    top = _registered("pulumi:pulumi:Stack", "dev", "")
    lab = _registered("readyroom:hub:JupyterHub", "lab", top.urn)
    claims = [_registered("kubernetes:core/v1:Secret", name, lab.urn) for name in ("a", "b")]

    assert bill("dev", [*claims, lab, top]) == (
        "dev, event on: 3 resources\n"
        "\n"
        "readyroom:hub:JupyterHub lab\n"
        "     2  kubernetes:core/v1:Secret\n"
        "\n"
        "stack\n"
        "     1  readyroom:hub:JupyterHub\n"
    )


def _registered(kind: str, name: str, parent: str) -> Registered:
    urn = f"{parent}/{name}"
    return Registered(urn=urn, type=kind, name=name, parent=parent, inputs={}, protect=False)
