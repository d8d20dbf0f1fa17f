"""The command line as a person calls it: as a function, and as the whole command."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

import pytest
from typer.testing import CliRunner, Result

from cli.main import commands, run
from tests.cli.frozen import STACK


@pytest.fixture
def unread() -> Iterator[TextIO]:
    """Return a pipe that nobody reads, to be set as standard output."""
    ours, theirs = os.pipe()
    os.close(ours)
    with os.fdopen(theirs, "w", encoding="utf-8") as stream:
        yield stream


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


@pytest.fixture
def project(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with an exam and all hubs."""
    (tmp_path / "hubs").mkdir()
    for name in ("__main__.py", "Pulumi.yaml"):
        shutil.copy(root / name, tmp_path / name)
    (tmp_path / "Pulumi.exam.yaml").write_text(STACK, "utf-8")
    for path in (root / "hubs").glob("*.yaml"):
        shutil.copy(path, tmp_path / "hubs" / path.name)
    (tmp_path / "policies").symlink_to(root / "policies")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def call(project: Path) -> Callable[..., Result]:
    """Call the command in that project."""
    del project

    def called(*arguments: str) -> Result:
        return CliRunner().invoke(commands(), list(arguments), catch_exceptions=False)

    return called
