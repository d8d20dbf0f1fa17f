"""The commands of the page on changes and terms do what it says."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import commands

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "season.md").read_text("utf-8")
TOLD = [
    line
    for block in re.findall(r"^```sh\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    for line in block.splitlines()
]


@pytest.mark.parametrize("command", TOLD)
def test_a_command_succeeds(command: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(ROOT)
    program, *words = shlex.split(command)
    # Files that it writes belong elsewhere.
    words = [str(tmp_path / word) if word.endswith((".png", ".ics")) else word for word in words]

    result = CliRunner().invoke(commands(), words)

    assert (program, result.exit_code) == ("readyroom", 0)
    files = [word for word in words if word.startswith(str(tmp_path))]
    assert all(Path(file).stat().st_size for file in files)
    assert result.stdout.strip() or files


def test_the_page_has_commands_of_both_verbs() -> None:
    assert {command.split()[1] for command in TOLD} == {"calendar", "preview"}
