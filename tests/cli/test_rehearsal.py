"""`readyroom rehearsal`: what a run used, and whether the exam fits its seat."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from capacity.quantities import GIB

Invoke = Callable[..., Result]
Command = Callable[..., tuple[object, str, str]]
SAMPLE = "rehearsals/sample-final.csv"


def test_a_recording_alone_says_which_seat_to_ask_for(invoke: Invoke) -> None:
    result = invoke("rehearsal", SAMPLE)

    assert result.exit_code == 0
    lines = [line.rstrip() for line in result.stdout.splitlines()]
    assert lines[0] == (
        "sample-final.csv: 3 servers, 1h30m from 2026-12-04 15:00 UTC, a sample every 30 s. SAMPLE "
        "DATA: the numbers are made up."
    )
    assert lines[-1] == "Seat to ask for: {memory: 2048Mi, cpu: 0.9}"


def test_with_a_stack_it_is_compared_with_its_exam(invoke: Invoke) -> None:
    result = invoke("rehearsal", SAMPLE, "--stack", "exam")

    assert result.exit_code == 0
    lines = [line.rstrip() for line in result.stdout.splitlines()]
    assert "final fits its seat, with headroom." in lines
    assert '    at: "2026-12-04T10:00"' in lines
    assert lines[-1] == "  recording: sample-final.csv"


def test_a_run_that_needs_more_than_the_seat_is_refused(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "run.csv"
    rows = [f"{1796396400 + 30 * k},{2 * GIB},0.5" for k in range(3)]
    path.write_text("\n".join(["time,memory of a,cpu of a", *rows]), "utf-8")

    result = invoke("rehearsal", str(path), "--stack", "exam", "--event", "final", "--json")

    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert (found["fits"], found["ask"]) == (False, {"memory": 2 * GIB + GIB // 2, "cpu": 600})
    assert found["misfits"] == [
        "memory rose to 2048 MiB, with 25 % of headroom 2560 MiB, and the seat has 2048 MiB; "
        "write seat.memory: 2560Mi"
    ]


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_the_run_is_drawn(ending: str, invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / f"run.{ending}"

    assert invoke("rehearsal", SAMPLE, "--picture", str(path)).exit_code == 0
    assert path.read_bytes()[:5] in (b"\x89PNG\r", b"<?xml")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("none.csv",), "none.csv: No such file or directory"),
        ((SAMPLE, "--event", "final"), "--event: is of a stack; add --stack"),
        (
            (SAMPLE, "--picture", "run.pdf"),
            "--picture: found 'run.pdf'; write a file that ends in .png or .svg",
        ),
        (
            (SAMPLE, "--stack", "exam", "--event", "finale"),
            "--event: found 'finale'; allowed: final; nearest: final",
        ),
        ((SAMPLE, "--stack", "workshop"), "--event: the stack has 0 exams; allowed: intro"),
        ((SAMPLE, "--picture", "none/run.png"), "none/run.png: No such file or directory"),
        (
            ("Makefile",),
            "Makefile: row 2: found the columns PYTHON ?= python3; write one named "
            "time, and one for each series",
        ),
    ],
)
def test_what_cannot_be_is_bad_input(
    arguments: tuple[str, ...], told: str, command: Command
) -> None:
    code, out, err = command("rehearsal", *arguments)

    assert (code, out) == (2, "")
    assert err.splitlines()[-1] == told
