"""`readyroom calendar`: the next changes, for people, for machines and for calendars."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from preview.loaded import Loaded

Invoke = Callable[..., Result]
Command = Callable[..., tuple[object, str, str]]
PROGRAM = """
import sys
import cli.main
cli.main.commands("calendar")
print(sorted({"pulumi", "grpc", "boto3", "google.cloud", "matplotlib"} & set(sys.modules)))
"""


def _rows(result: Result) -> list[str]:
    assert result.exit_code == 0
    return [line for line in result.stdout.splitlines() if " icesat2  hackweek " in line]


def test_people_read_what_is_in_force_the_next_changes_and_what_they_cost(invoke: Invoke) -> None:
    result = invoke("calendar", "icesat2", "--at", "event")

    rows = _rows(result)
    assert len(rows) == 7
    assert rows[0].startswith(">  Mon 2027-06-14 08:30 PDT  icesat2  hackweek  live")
    assert "And 12 more until 2027-06-18.\nAt most: " in result.stdout


@pytest.mark.parametrize(("how", "count"), [(["--next", "2"], 3), (["--all"], 21)])
def test_more_or_fewer_may_be_asked_for(invoke: Invoke, how: list[str], count: int) -> None:
    rows = _rows(invoke("calendar", "icesat2", "--at", "event", *how))

    assert len(rows) == count
    assert sum(row.startswith(">") for row in rows) == 1


def test_machines_read_the_same(invoke: Invoke) -> None:
    result = invoke("calendar", "icesat2", "--at", "event", "--next", "2", "--json")

    found = json.loads(result.stdout)
    assert [step["at"] for step in found["steps"]] == [
        "2027-06-14T08:30:00-07:00",
        "2027-06-14T17:30:00-07:00",
        "2027-06-14T18:50:00-07:00",
    ]


def test_own_nodes_have_no_price(invoke: Invoke) -> None:
    result = invoke("calendar", "campus", "--at", "event")

    assert "The nodes are your own, so nothing is said of their number and price." in result.stdout


def test_a_stack_without_events_has_none(invoke: Invoke, root: Path, tmp_path: Path) -> None:
    text = (root / "Pulumi.campus.yaml").read_text("utf-8").split("  readyroom:events:")[0]
    path = tmp_path / "Pulumi.bare.yaml"
    path.write_text(text, "utf-8")

    assert invoke("calendar", str(path)).stdout == "No events.\n"


def test_sessions_and_changes_are_written_as_a_calendar(
    command: Command, tmp_path: Path, loaded: Callable[[str], Loaded]
) -> None:
    path = tmp_path / "exam.ics"
    written = command("calendar", "exam", "--at", "event", "--ics", str(path))
    here = command("calendar", "exam", "--ics", "-")

    text = path.read_bytes().decode()
    changes = [it for event in loaded("exam").events for it in event.schedule.transitions]
    assert (written[0], here[0], here[2]) == (0, 0, "")
    assert written[2] == f"wrote {path}\n"
    assert " final " in written[1]
    assert here[1] == text
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.count("CATEGORIES:readyroom-session\r\n") == 2
    assert text.count("CATEGORIES:readyroom-transition\r\n") == len(changes) == 5


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--all", "--next", "3"], "--next: found beside --all; leave one out"),
        (
            ["--json", "--ics", "-"],
            "--ics: found - beside --json, and only one of them can be written here; name a file",
        ),
        (
            ["--ics", "no/such/folder.ics"],
            "--ics: found 'no/such/folder.ics'; No such file or directory, name a file",
        ),
        (
            ["--at", "soon"],
            "at: found 'soon'; write a quoted local time, such as \"2026-12-14T09:00\"; or a "
            "word, allowed: now, event, hackweek",
        ),
    ],
)
def test_nonsense_is_refused_in_one_line(arguments: list[str], told: str, command: Command) -> None:
    assert command("calendar", "icesat2", *arguments) == (2, "", f"{told}\n")


def test_it_loads_neither_an_engine_nor_clouds_nor_drawing(root: Path) -> None:
    found = subprocess.run(  # noqa: S603 - our own interpreter, fixed arguments
        [sys.executable, "-c", PROGRAM], cwd=root, capture_output=True, text=True, check=True
    )
    assert found.stdout == "[]\n"
