"""The command line as a person calls it: as a function, and as the whole command."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.main import commands, run


@pytest.fixture
def invoke(root: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Call a verb in the project's folder, and return its exit code and output."""
    monkeypatch.chdir(root)

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(commands(), list(arguments), catch_exceptions=False)

    return call


@pytest.fixture
def command(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[object, str, str]]:
    """Call the command as the shell does; returns exit code, standard output and error."""
    monkeypatch.chdir(root)

    def call(*arguments: str) -> tuple[object, str, str]:
        monkeypatch.setattr(sys, "argv", ["readyroom", *arguments])
        with pytest.raises(SystemExit) as caught:
            run()
        out, err = capsys.readouterr()
        return caught.value.code, out, err

    return call
