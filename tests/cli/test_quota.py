"""`readyroom quota`: need, limit, verdict, request; exit code 1 if a quota is short."""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import Result

from capacity.quotas.snapshot import Reading, Snapshot
from hubs.gke import GkeConfig
from live.asked import UnreachableError

Invoke = Callable[..., Result]
Command = Callable[..., tuple[object, str, str]]
READ = Snapshot(
    cloud="gke",
    region="us-central1",
    account="my-project",
    taken=datetime(2026, 12, 1, 12, tzinfo=UTC),
    origin="live",
    sample=False,
    readings={
        "N2_CPUS": Reading(limit=2000, usage=24, own=24),
        "SSD_TOTAL_GB": Reading(limit=500, usage=0, own=0),
    },
)


@pytest.fixture
def project(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project's files, in which a snapshot may be kept, and we stand."""
    for name in ("Pulumi.yaml", "Pulumi.workshop.yaml", "Pulumi.campus.yaml"):
        shutil.copy(root / name, tmp_path / name)
    shutil.copytree(root / "hubs", tmp_path / "hubs")
    (tmp_path / "policies").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Callable[[Snapshot | str], None]:
    """Let the cloud answer with a snapshot, or refuse with a reason."""

    def answer(told: Snapshot | str) -> None:
        def read_quotas(stack: str, cluster: GkeConfig, now: datetime, _: object) -> Snapshot:
            assert (stack, cluster.region, now.tzinfo) == ("workshop", "us-central1", UTC)
            if isinstance(told, str):
                raise UnreachableError(told)
            return told

        monkeypatch.setattr("live.quotas.read_quotas", read_quotas)

    return answer


def _rows(result: Result) -> dict[str, tuple[object, ...]]:
    return {
        row["code"]: (row["need"], row["limit"], row["verdict"], row["request"])
        for row in json.loads(result.stdout)["quotas"]
    }


def test_without_a_snapshot_needs_are_shown_and_nothing_is_judged(invoke: Invoke) -> None:
    result = invoke("quota", "workshop", "--at", "event")

    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert lines[0] == (
        "Quotas were not read. readyroom quota workshop --live --save reads and keeps them."
    )
    assert lines[2] == "needed of need limit in use verdict code ask for lead"
    assert re.fullmatch(r"N2_CPUS \d+ vCPU - - unknown N2_CPUS", lines[3])
    assert "Why" in lines
    assert "Ask for more" not in lines


# A new project: 32 vCPU in all, and 500 GB of SSD.
def test_defaults_count_when_asked_for_and_a_new_project_is_short(invoke: Invoke) -> None:
    result = invoke("quota", "workshop", "--assume-defaults", "--json")

    assert result.exit_code == 1
    short = {code for code, row in _rows(result).items() if row[2] == "short"}
    assert short == {"CPUS_ALL_REGIONS", "SSD_TOTAL_GB"}


@pytest.mark.parametrize("stack", ["datahub", "exam", "icesat2"])
def test_every_other_stack_of_a_cloud_has_needs(stack: str, invoke: Invoke) -> None:
    result = invoke("quota", stack, "--json")

    assert result.exit_code == 0
    assert len(_rows(result)) >= 8


def test_what_was_read_live_is_judged_and_not_kept(
    invoke: Invoke, project: Path, cloud: Callable[[Snapshot], None]
) -> None:
    cloud(READ)

    result = invoke("quota", "--live")

    assert result.exit_code == 1
    assert "Quotas of my-project in us-central1, live at 2026-12-01 12:00 UTC" in result.stdout
    assert (
        "gcloud quotas preferences create --service=compute.googleapis.com --project=my-project "
        "--quota-id=SSD-TOTAL-GB-per-project-region"
    ) in result.stdout
    assert not (project / "quotas").exists()


def test_what_was_kept_is_used_afterwards(
    invoke: Invoke, project: Path, cloud: Callable[[Snapshot], None]
) -> None:
    cloud(replace(READ, readings={"N2_CPUS": READ.readings["N2_CPUS"]}))

    assert invoke("quota", "workshop", "--live", "--save").exit_code == 0
    assert json.loads((project / "quotas" / "workshop.json").read_text("utf-8")) == {
        "format": 1,
        "cloud": "gke",
        "region": "us-central1",
        "account": "my-project",
        "taken": "2026-12-01T12:00:00+00:00",
        "sample": False,
        "quotas": [{"code": "N2_CPUS", "limit": 2000, "usage": 24, "own": 24, "default": False}],
    }
    result = invoke("quota", "workshop", "--at", "2026-12-07T09:00", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["read"] == {
        "origin": "recorded",
        "taken": "2026-12-01T12:00:00+00:00",
        "ageSeconds": 525600,
        "old": False,
        "sample": False,
    }
    need, limit, verdict, request = _rows(result)["N2_CPUS"]
    assert isinstance(need, int)
    assert (limit, verdict, request) == (2000, "ok", None)


def test_a_mistake_in_the_snapshot_is_bad_input(command: Command, project: Path) -> None:
    (project / "quotas").mkdir()
    (project / "quotas" / "workshop.json").write_text("[]", "utf-8")

    code, out, err = command("quota", "workshop")
    assert (code, out) == (2, "")
    assert err.startswith("quotas/workshop.json: file: found []; write a mapping with the keys ")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["workshop", "--save"], "--save: keeps what --live reads; add --live"),
        (
            ["campus"],
            "cluster.provider: is existing, and its quotas are those of whoever runs it; ask them",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(arguments: list[str], told: str, command: Command) -> None:
    assert command("quota", *arguments) == (2, "", f"{told}\n")


def test_a_cloud_that_does_not_answer_is_no_traceback(
    command: Command, cloud: Callable[[str], None]
) -> None:
    cloud("quotas cannot be read from Google Cloud: no credentials")

    assert command("quota", "workshop", "--live") == (
        2,
        "",
        "quotas cannot be read from Google Cloud: no credentials\n",
    )
