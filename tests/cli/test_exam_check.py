"""`readyroom exam-check`: the guide's list; exit code 1 while a line is open."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Invoke = Callable[..., Result]
Command = Callable[..., tuple[object, str, str]]


@pytest.fixture
def copied(root: Path, tmp_path: Path) -> Callable[[str, str], str]:
    """Copy the exam's stack file with one replacement, and return the copy's path."""

    def copy(old: str, new: str) -> str:
        text = (root / "Pulumi.exam.yaml").read_text("utf-8")
        assert text.count(old) == 1
        path = tmp_path / "Pulumi.copy.yaml"
        path.write_text(text.replace(old, new), "utf-8")
        return str(path)

    return copy


def test_the_shipped_exam_is_ready_an_hour_before_it_begins(invoke: Invoke) -> None:
    result = invoke("exam-check", "exam", "--at", "2026-12-14T08:00")

    assert result.exit_code == 0
    lines = [line.rstrip() for line in result.stdout.splitlines()]
    assert lines[:5] == [
        "final on hub exam of exam, 100 users; looked at on Mon 2026-12-14 08:00 EST",
        "",
        "Before all: a controlled room",
        "  proved  The exam is written in a controlled room.",
        "          Hall B and room 12 for extra time, with invigilators",
    ]
    assert lines[-1] == "Ready: 14 proved."


def test_three_weeks_before_most_of_it_is_to_be_done(invoke: Invoke) -> None:
    result = invoke("exam-check", "exam", "final", "--at", "2026-11-23T08:00", "--json")

    assert result.exit_code == 1
    [found] = json.loads(result.stdout)
    assert found["ready"] is False
    assert [line["line"] for line in found["lines"] if line["state"] == "open"] == [
        "access",
        "rehearsal",
        "freeze",
    ]


def test_an_open_line_says_what_to_write(invoke: Invoke, copied: Callable[[str, str], str]) -> None:
    result = invoke("exam-check", copied("          respondsWithin: 5m\n", ""), "--at", "final")

    assert result.exit_code == 1
    lines = [line.rstrip() for line in result.stdout.splitlines()]
    assert lines[-6:] == [
        "6. Help during the exam",
        "  open  There is a place to ask, and somebody answers at once.",
        "        nobody says how soon there is an answer",
        "        write readiness.support.respondsWithin",
        "",
        "Not ready: 13 proved, 1 open.",
    ]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("workshop",), "events: none of workshop is an exam; write kind: exam\n"),
        (
            ("exam", "finale"),
            "event: found 'finale', no exam of exam; allowed: final; nearest: final\n",
        ),
    ],
)
def test_what_is_no_exam_is_bad_input(
    arguments: tuple[str, ...], told: str, command: Command
) -> None:
    assert command("exam-check", *arguments) == (2, "", told)
