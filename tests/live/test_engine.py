"""The Pulumi CLI, with a script in its place."""

import stat
from collections.abc import Callable
from pathlib import Path
from subprocess import Popen

import pytest

from live.asked import UnreachableError
from live.engine import Done, engine

Cli = Callable[[str], None]


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Put a shell script on PATH as `pulumi`, and nothing beside it."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.delenv("PULUMI_SKIP_UPDATE_CHECK", raising=False)

    def write(script: str) -> None:
        (tmp_path / "bin").mkdir()
        path = tmp_path / "bin" / "pulumi"
        path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    return write


def test_it_is_run_in_the_project_and_asks_nobody(cli: Cli, tmp_path: Path) -> None:
    cli('echo "$*|$PWD|$PULUMI_SKIP_UPDATE_CHECK"; echo trouble >&2; exit 3')

    assert engine(tmp_path)(["up", "--yes"]) == Done(
        code=3,
        out=f"up --yes --non-interactive --color=never|{tmp_path}|true\n",
        err="trouble\n",
    )


def test_what_is_shown_goes_beside_standard_output(
    cli: Cli, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    cli("echo updating; echo trouble >&2")

    assert engine(tmp_path)(["up"], shown=True) == Done(code=0)
    out, err = capfd.readouterr()
    assert (out, sorted(err.splitlines())) == ("", ["trouble", "updating"])


@pytest.mark.usefixtures("cli")
def test_without_the_cli_it_is_told_where_to_find_it(tmp_path: Path) -> None:
    with pytest.raises(UnreachableError) as caught:
        engine(tmp_path)
    assert str(caught.value) == ("pulumi is not on PATH; see https://www.pulumi.com/docs/install/")


def test_an_interrupted_update_is_waited_for(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("echo done")
    interrupted: list[bool] = []

    class Interrupted(Popen[str]):
        def communicate(self, *given: object, **named: object) -> tuple[str, str]:
            if not interrupted:
                interrupted.append(True)
                raise KeyboardInterrupt
            return super().communicate(*given, **named)  # pyright: ignore[reportArgumentType] - passed on

    monkeypatch.setattr("live.engine.subprocess.Popen", Interrupted)

    assert engine(tmp_path)(["up"]) == Done(code=0, out="done\n")
    assert interrupted == [True]


@pytest.mark.parametrize(
    ("done", "told"),
    [
        (Done(code=255, err="a\n error: no stack \n\n"), "error: no stack"),
        (Done(code=7), "exit code 7"),
    ],
)
def test_the_last_words_are_the_last_line_or_the_exit_code(done: Done, told: str) -> None:
    assert done.last_words == told
