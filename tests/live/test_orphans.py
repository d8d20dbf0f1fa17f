"""Which cloud is asked for a stack's things, and by which names."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hubs.eks import EksConfig
from hubs.gke import GkeConfig
from hubs.mistakes import MistakesError
from live.orphans import list_things
from live.orphans_asked import Carrying

# The configuration as it is needed here: checked elsewhere.
GKE = GkeConfig.model_construct(provider="gke", region="us-central1")
EKS = EksConfig.model_construct(provider="eks", region="us-west-2")


PROGRAM = """
import sys
import cli.orphans
import live.orphans
loaded = {"boto3", "botocore", "google.auth", "requests"}
print(sorted(loaded & set(sys.modules)))
"""


def test_a_listing_from_a_file_never_pays_for_the_clouds_libraries() -> None:
    found = subprocess.run(  # noqa: S603 - our own interpreter, fixed arguments
        [sys.executable, "-c", PROGRAM],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout == "[]\n"


def test_a_stack_on_eks_is_asked_for_in_its_region_and_worldwide(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[Any] = []

    def read(*asked: object) -> list[str]:
        seen.append(asked)
        return ["a thing"]

    monkeypatch.setattr("live.aws_clients.connect", lambda region: f"clients in {region}")
    monkeypatch.setattr("live.aws_tagged.read", read)

    assert list_things("Lab 1", EKS, {}) == ["a thing"]
    carrying = Carrying(
        region="us-west-2", label="lab-1", prefixes=("readyroom-", "Lab 1-cluster-")
    )
    assert seen == [(carrying, "clients in us-west-2", "clients in us-east-1")]


def test_a_stack_on_gke_is_asked_for_in_the_providers_project(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[Any] = []

    def read(*asked: object) -> list[str]:
        seen.append(asked)
        return ["a thing"]

    monkeypatch.setattr("live.gcp_assets.connect", lambda: "session")
    monkeypatch.setattr("live.gcp_assets.read", read)

    assert list_things("lab", GKE, {"project": "my-project"}) == ["a thing"]
    assert seen == [(Carrying(region="us-central1", label="lab", project="my-project"), "session")]


def test_a_project_must_be_named() -> None:
    with pytest.raises(MistakesError) as caught:
        list_things("lab", GKE, {"region": "us-central1"})
    assert str(caught.value) == "cluster.project: is missing; write it, or set GOOGLE_PROJECT"
