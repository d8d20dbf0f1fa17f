"""The commands of the README do what it says."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import commands

pytestmark = pytest.mark.usefixtures("shared_pack")

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def told(program: str) -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    lines = [line for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith(f"{program} ")]


def test_every_command_for_a_shell_is_executed_here() -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    lines = [line for block in blocks for line in block.splitlines()]
    assert sorted(lines) == sorted(told("readyroom") + told("make"))
    assert len(told("readyroom")) >= 8


@pytest.mark.parametrize("command", told("readyroom"))
def test_a_readyroom_command_succeeds(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(commands(), shlex.split(command)[1:])
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.strip()


@pytest.mark.parametrize("command", told("make"))
def test_a_make_command_is_a_target(command: str) -> None:
    dry = [*shlex.split(command), "--dry-run", "--directory", str(ROOT)]
    result = subprocess.run(dry, capture_output=True, text=True, check=False)  # noqa: S603 - from the README
    assert result.returncode == 0, result.stderr
    assert ".venv/bin/" in result.stdout


def test_every_link_to_a_file_leads_somewhere() -> None:
    targets = re.findall(r"\]\((?!https?://)([^)#]+)\)", README)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_every_folder_of_the_map_is_there() -> None:
    mapped = re.findall(r"^\| ((?:`[a-z/]+/`(?:, )?)+)", README, re.MULTILINE)
    folders = [name for row in mapped for name in re.findall(r"`([a-z/]+)/`", row)]
    assert len(folders) >= 8
    assert [folder for folder in folders if not (ROOT / folder).is_dir()] == []
