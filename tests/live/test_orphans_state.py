"""A state read with a CLI that stands in for Pulumi's."""

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from live import orphans_state
from live.asked import UnreachableError
from live.orphans_state import export_state

Cli = Callable[[str], None]


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Put a shell script on PATH as `pulumi`, and nothing beside it."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))

    def write(script: str) -> None:
        (tmp_path / "bin").mkdir()
        path = tmp_path / "bin" / "pulumi"
        path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    return write


def test_the_state_of_the_stack_is_exported_in_the_project(cli: Cli, tmp_path: Path) -> None:
    cli('echo "{\\"words\\": \\"$*\\", \\"in\\": \\"$PWD\\"}"')

    assert export_state("lab", tmp_path) == {
        "words": "stack export --stack lab --non-interactive",
        "in": str(tmp_path),
    }


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("echo warning >&2; echo 'error: no stack named lab found' >&2; exit 255", None),
        ("exit 3", "exit code 3"),
    ],
)
def test_a_refusal_of_the_cli_is_told_in_one_line(
    script: str, told: str | None, cli: Cli, tmp_path: Path
) -> None:
    cli(script)

    with pytest.raises(UnreachableError) as caught:
        export_state("lab", tmp_path)
    why = told or "error: no stack named lab found"
    assert str(caught.value) == (
        f"the state of lab cannot be read: {why}; --state takes an exported one"
    )


@pytest.mark.usefixtures("cli")
def test_without_the_cli_it_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(UnreachableError) as caught:
        export_state("lab", tmp_path)
    assert str(caught.value) == (
        "the state of lab cannot be read: pulumi is not on PATH; --state takes an exported one"
    )


def test_a_cli_that_does_not_answer_is_given_up(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("while :; do :; done")
    monkeypatch.setattr(orphans_state, "_SECONDS", 0)

    with pytest.raises(UnreachableError) as caught:
        export_state("lab", tmp_path)
    assert str(caught.value) == (
        "the state of lab cannot be read: no answer within 0 seconds; --state takes an exported one"
    )
