"""`readyroom preview --season`: a term as a table, for machines, and as a picture."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Invoke = Callable[..., Result]
Command = Callable[..., tuple[object, str, str]]


def test_people_read_a_row_for_every_week(invoke: Invoke) -> None:
    result = invoke("preview", "icesat2", "--season")

    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [line.split()[0] for line in lines[:4]] == ["week", "2027-W23", "2027-W24", "together"]
    assert lines[5].startswith("Days are those of America/Los_Angeles. Node hours")


def test_days_may_be_given(invoke: Invoke) -> None:
    days = ("--from", "2027-06-16", "--until", "2027-06-22")
    found = json.loads(invoke("preview", "icesat2", "--season", *days, "--json").stdout)

    assert (found["from"], found["until"]) == ("2027-06-16", "2027-06-22")
    assert [(week["week"], week["sessions"]) for week in found["weeks"]] == [
        ("2027-W24", 3),
        ("2027-W25", 0),
    ]


@pytest.mark.parametrize(("kind", "begins"), [("png", b"\x89PNG"), ("svg", b"<?xml")])
def test_a_picture_is_written_instead_of_the_table(
    kind: str, begins: bytes, command: Command, tmp_path: Path
) -> None:
    path = tmp_path / f"term.{kind}"

    found = command("preview", "campus", "--season", "--at", "event", "--picture", str(path))

    assert found == (0, "", f"wrote {path}\n")
    assert path.read_bytes().startswith(begins)


def test_the_numbers_may_be_read_beside_the_picture(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "term.svg"

    code, out, _ = command("preview", "campus", "--season", "--json", "--picture", str(path))

    assert (code, json.loads(out)["stack"]) == (0, "campus")
    assert path.is_file()


def test_without_events_there_is_no_season(command: Command, root: Path, tmp_path: Path) -> None:
    text = (root / "Pulumi.campus.yaml").read_text("utf-8").split("  readyroom:events:")[0]
    path = tmp_path / "Pulumi.bare.yaml"
    path.write_text(text, "utf-8")

    assert command("preview", str(path), "--season") == (
        2,
        "",
        "--season: stack bare has no events\n",
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["--season", "--against", "exam"],
            "--against: does not go with --season; leave one of the two out",
        ),
        (
            ["--from", "2027-01-01", "--picture", "x.png"],
            "--from: belongs to --season; add it, or leave this out\n"
            "--picture: belongs to --season; add it, or leave this out",
        ),
        (["--until", "2027-01-01"], "--until: belongs to --season; add it, or leave this out"),
        (
            ["--season", "--at", "event"],
            "--at: marks an instant in the picture of a season; add --picture FILE.png",
        ),
        (
            ["--season", "--picture", "term.pdf"],
            "--picture: found 'term.pdf'; end it in .png or .svg",
        ),
        (
            ["--season", "--picture", "no/such/term.png"],
            "--picture: found 'no/such/term.png'; No such file or directory, name a file",
        ),
        (
            ["--season", "--from", "January"],
            "--from: found 'January'; write a quoted date, such as \"2026-12-14\"",
        ),
        (
            ["--season", "--from", "2027-02-02", "--until", "2027-02-01"],
            "--until: 2027-02-01 is before the first day, 2027-02-02",
        ),
        (
            ["--season", "--from", "2027-01-01", "--until", "2029-01-01"],
            "--until: 2029-01-01 is more than two years after 2027-01-01; write a day before",
        ),
    ],
)
def test_nonsense_is_refused_line_by_line(
    arguments: list[str], told: str, command: Command
) -> None:
    assert command("preview", "campus", *arguments) == (2, "", f"{told}\n")
