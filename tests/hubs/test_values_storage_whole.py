"""Storage of the full stacks in the pods of every option: nothing of a hub's own gets lost."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hubs.deployment import deployment
from preview.loaded import Loaded
from tests.hubs.pods import kubeconfig, person, storing, user_pod

Raw = dict[str, Any]
Chart = Callable[..., Raw]
TOLERATED = [{"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"}]


@pytest.fixture(autouse=True)
def _somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUBECONFIG", str(kubeconfig(tmp_path / "kubeconfig.yaml")))


@pytest.fixture
def chart(loaded: Callable[[str], Loaded]) -> Chart:
    """Return the values of a full stack's first hub, in its event or without any."""

    def values(name: str, *, event: bool) -> Raw:
        found = loaded(name)
        now = found.events[0].schedule.sessions[0].starts
        return dict(deployment(found.stack, found.events if event else (), now).hubs[0].values)

    return values


def pods(values: Raw) -> dict[str, Raw]:
    """Return the pod of every profile, by its slug."""
    single, extra = values["singleuser"], storing(values["hub"]["extraConfig"])
    return {
        entry["slug"]: user_pod(single, extra, person("ann"), profile=entry["slug"])["spec"]
        for entry in single["profileList"]
    }


@pytest.mark.parametrize("event", [False, True], ids=["usually", "in an event that keeps options"])
@pytest.mark.parametrize("name", ["full-gke", "full-eks"])
def test_whatever_a_user_chooses_no_container_of_the_hubs_own_is_lost(
    name: str, chart: Chart, *, event: bool
) -> None:
    values = chart(name, event=event)
    own = [one["name"] for one in values["singleuser"]["initContainers"]]

    found = {
        slug: [one["name"] for one in pod.get("initContainers", [])]
        for slug, pod in pods(values).items()
    }

    assert own == (["home-owner"] if name == "full-gke" else [])
    assert found == dict.fromkeys(found, own) | {"large": ["fast-owner", *own]}


@pytest.mark.parametrize(
    ("name", "slugs", "tolerated"),
    [("full-gke", ["school", "large"], False), ("full-eks", ["hackweek", "large", "gpu"], True)],
)
def test_the_pod_of_an_option_that_an_event_keeps_is_the_usual_one(
    name: str, slugs: list[str], chart: Chart, *, tolerated: bool
) -> None:
    usual, live = pods(chart(name, event=False)), pods(chart(name, event=True))

    assert sorted(live) == sorted(slugs)
    for slug in slugs[1:]:
        # Nodes with GPUs are tolerated where one of them is on offer.
        assert live[slug].pop("tolerations", None) == (TOLERATED if tolerated else None)
        assert usual[slug].pop("tolerations") == TOLERATED
        assert live[slug] == usual[slug]
