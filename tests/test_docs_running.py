"""The page on schedules: its commands do what it says."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import VERBS, commands
from hubs.names import physical

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "running.md").read_text("utf-8")


def _blocks(kind: str) -> list[str]:
    found = re.findall(rf"^```{kind}\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)
    return [line for block in found for line in block.splitlines()]


@pytest.mark.parametrize("command", _blocks("sh"))
def test_a_command_for_a_shell_succeeds(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(commands(), shlex.split(command)[1:])

    assert (result.exit_code, result.stderr) == (0, "")
    assert "nothing is due" in result.stdout


def test_every_verb_that_is_named_is_there() -> None:
    named = set(re.findall(r"readyroom (\w[\w-]*)", TEXT))

    assert sorted(named) == ["apply", "due", "preview"]
    assert named <= set(VERBS)


def test_the_names_of_identities_are_the_programs() -> None:
    names = set(re.findall(r"readyroom-(?:workshop|icesat2)-\w+", TEXT))

    assert names == {
        physical("service-account", "workshop", "deployer"),
        physical("workload-pool", "workshop", "github"),
        physical("iam-role", "icesat2", "deployer"),
    }


def test_every_link_to_a_file_leads_somewhere() -> None:
    targets = re.findall(r"\]\((?!https?://)([^)#]+)", TEXT)

    assert targets
    assert [name for name in targets if not (ROOT / "docs" / name).exists()] == []
