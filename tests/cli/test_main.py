"""The command as a whole: exit codes, every mistake on a line, never a traceback."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

import pytest
from typer.testing import Result

import cli.previewing
from hubs.mistakes import Mistake, MistakesError
from preview.monitor import RefusedError
from preview.pack import PackError

Invoke = Callable[..., Result]
Command = Callable[..., tuple[object, str, str]]


def test_a_verb_that_succeeds_is_exit_code_0(command: Command) -> None:
    code, out, err = command("machine", "n2-highmem-4", "--json")

    assert (code, err) == (0, "")
    assert out.startswith('{\n  "machineType": "n2-highmem-4",\n')


@pytest.mark.parametrize(
    "arguments", [("machine", "n2-highmem-4"), ("choices", "n2-highmem-4"), ("--help",)]
)
def test_a_reader_who_leaves_is_neither_a_refusal_nor_a_mistake(
    arguments: tuple[str, ...],
    command: Command,
    unread: TextIO,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdout", unread)

    assert command(*arguments) == (141, "", "")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (MistakesError([Mistake("b", "is wrong"), Mistake("a", "too")]), "a: too\nb: is wrong\n"),
        (RefusedError("at: one\nat: two"), "at: one\nat: two\n"),
        (PackError("the policy pack did not start: why"), "the policy pack did not start: why\n"),
        (ValueError("found '2G'"), "found '2G'\n"),
    ],
    ids=["mistakes", "refused", "pack", "value"],
)
def test_every_expected_error_is_exit_code_2_without_a_traceback(
    error: Exception, told: str, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(cli.previewing, "load", fail)

    assert command("preview", "campus") == (2, "", told)


def test_any_other_error_is_not_hidden(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        told = "a bug"
        raise ZeroDivisionError(told)

    monkeypatch.setattr(cli.previewing, "load", fail)

    with pytest.raises(ZeroDivisionError) as caught:
        command("preview", "campus")
    assert str(caught.value) == "a bug"


@pytest.mark.parametrize("verb", ["preview", "plan"])
def test_outside_of_a_project_a_stack_cannot_be_found(
    verb: str, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert command(verb, "campus") == (
        2,
        "",
        f"project: no Pulumi.yaml and policies/ in {tmp_path} or above\n",
    )


def test_without_a_verb_all_verbs_are_listed(invoke: Invoke) -> None:
    result = invoke()

    verbs = [line.split()[1] for line in result.stdout.splitlines() if line.startswith("│ ")]
    assert result.exit_code == 2
    assert [verb for verb in verbs if verb in {"preview", "plan", "choices", "machine"}] == [
        "preview",
        "plan",
        "choices",
        "machine",
    ]


def test_an_unknown_verb_is_exit_code_2(invoke: Invoke) -> None:
    result = invoke("previw")

    assert result.exit_code == 2
    assert "No such command 'previw'" in result.stderr
