"""The workflows are pinned, may do little, and call what there is."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from cli.main import VERBS
from hubs.deployers import SESSION

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".github" / "workflows"
NAMES = ("events", "preview")
DOCS = (ROOT / "docs" / "running.md").read_text("utf-8")


def _text(name: str) -> str:
    return (FOLDER / f"{name}.yml").read_text("utf-8")


def _workflow(name: str) -> dict[Any, Any]:
    return yaml.safe_load(_text(name))


def _steps(name: str) -> Iterator[dict[str, Any]]:
    for job in _workflow(name)["jobs"].values():
        yield from job["steps"]


def test_every_workflow_is_looked_at() -> None:
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_actions_are_pinned_by_commit_with_their_version_beside(name: str) -> None:
    used = re.findall(r"uses: (.*)", _text(name))

    assert len(used) >= 2
    pinned = re.compile(r"[\w.-]+/[\w.-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+")
    assert [one for one in used if not pinned.fullmatch(one)] == []


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        (
            "events",
            {
                "stacks": {},
                "apply": {"contents": "read", "id-token": "write", "issues": "write"},
            },
        ),
        ("preview", {"preview": {"contents": "read"}}),
    ],
)
def test_permissions_are_named_and_few(name: str, allowed: dict[str, Any]) -> None:
    workflow = _workflow(name)

    assert workflow["permissions"] == {}
    assert {key: job.get("permissions", {}) for key, job in workflow["jobs"].items()} == allowed


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_others_is_put_into_a_shell(name: str) -> None:
    assert [step["run"] for step in _steps(name) if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_command_is_a_verb(name: str) -> None:
    called = re.findall(r"\.venv/bin/readyroom (\S+)", _text(name))

    assert called
    assert [verb for verb in called if verb not in VERBS] == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_forgiven(name: str) -> None:
    assert "continue-on-error" not in _text(name)
    assert "--skip-preview" not in _text(name)


def test_nothing_runs_without_the_variable() -> None:
    jobs = _workflow("events")["jobs"]

    assert jobs["stacks"]["if"] == "vars.READYROOM_STACKS != ''"
    assert jobs["apply"]["needs"] == "stacks"


def test_updates_of_a_stack_wait_for_each_other_and_are_not_cancelled() -> None:
    job = _workflow("events")["jobs"]["apply"]

    assert job["concurrency"] == {
        "group": "readyroom-${{ matrix.stack }}",
        "cancel-in-progress": False,
    }
    assert job["strategy"]["fail-fast"] is False
    # The token would name an environment instead of the branch that clouds trust.
    assert "environment" not in job


def test_it_runs_four_times_an_hour_and_never_at_the_full_one() -> None:
    triggers = _workflow("events")[True]  # YAML 1.1 reads `on` as a truth value
    [schedule] = triggers["schedule"]
    minutes = [int(minute) for minute in schedule["cron"].split()[0].split(",")]

    assert schedule["cron"].split()[1:] == ["*"] * 4
    assert {
        (after - before) % 60
        for before, after in zip(minutes, minutes[1:] + minutes[:1], strict=True)
    } == {15}
    assert 0 not in minutes
    assert sorted(triggers["workflow_dispatch"]["inputs"]) == ["at", "stack"]


def test_the_cli_is_the_one_that_the_sdk_is_pinned_to() -> None:
    [step] = [one for one in _steps("events") if "pulumi/actions@" in one.get("uses", "")]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    # Without a command, the action installs the CLI and does no more.
    assert "command" not in step["with"]
    assert f"pulumi=={step['with']['pulumi-version']}" in project["dependencies"]


def test_credentials_last_for_as_long_as_the_job_may() -> None:
    job = _workflow("events")["jobs"]["apply"]
    [step] = [one for one in job["steps"] if "aws-credentials@" in one.get("uses", "")]

    # Nothing renews them; the role allows no more. An hour is what they last otherwise.
    assert step["with"]["role-duration-seconds"] == SESSION
    assert job["timeout-minutes"] * 60 <= SESSION


def test_the_variables_and_secrets_are_those_that_are_told_of() -> None:
    used = set(re.findall(r"(?:vars|secrets)\.(\w+)", _text("events")))
    told = set(re.findall(r"(?:variable|secret) `(\w+)`", DOCS))

    assert used == told


def test_the_list_of_stacks_has_what_the_workflow_reads() -> None:
    [example] = re.findall(r"```json\n(.*?)```", DOCS, re.DOTALL)
    read = set(re.findall(r"matrix\.(\w+)", _text("events")))

    assert read == {key for stack in json.loads(example) for key in stack}
