"""Storage of the full stacks in the pods of every option: nothing of a hub's own gets lost."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hubs.deployment import deployment
from hubs.files import stack_config
from hubs.stack import load_stack
from tests.hubs.pods import kubeconfig, person, storing, user_pod


@pytest.fixture(autouse=True)
def _somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUBECONFIG", str(kubeconfig(tmp_path / "kubeconfig.yaml")))


@pytest.mark.parametrize("name", ["full-gke", "full-eks"])
def test_whatever_a_user_chooses_no_container_of_the_hubs_own_is_lost(
    name: str, root: Path
) -> None:
    config = stack_config(root / f"Pulumi.{name}.yaml")
    stack = load_stack(name, config.own, root / "hubs", secrets=config.secrets)
    values: Any = deployment(stack, (), datetime(2027, 1, 1, tzinfo=UTC)).hubs[0].values
    single, extra = values["singleuser"], values["hub"]["extraConfig"]
    own = [one["name"] for one in single["initContainers"]]

    found = {
        profile["slug"]: [
            one["name"]
            for one in user_pod(single, storing(extra), person("ann"), profile=profile["slug"])[
                "spec"
            ].get("initContainers", [])
        ]
        for profile in single["profileList"]
    }

    assert own == (["home-owner"] if name == "full-gke" else [])
    assert found == dict.fromkeys(found, own) | {"large": ["fast-owner", *own]}
