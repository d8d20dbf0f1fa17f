"""Writing for people and for machines, and finding the project."""

import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import TextIO

import pytest
from rich.padding import Padding

from cli.output import (
    console,
    progress,
    project_root,
    reader_may_leave,
    replace_file,
    write_json,
)
from hubs.mistakes import MistakesError


def test_json_is_indented_and_keeps_every_letter(capsys: pytest.CaptureFixture[str]) -> None:
    write_json({"name": "Zürich", "list": [1, None]})

    assert capsys.readouterr().out == (
        '{\n  "name": "Zürich",\n  "list": [\n    1,\n    null\n  ]\n}\n'
    )


@pytest.mark.parametrize(
    ("columns", "width"),
    [(None, 140), ("", 140), ("0", 140), ("wide", 140), ("-5", 140), ("60", 60), ("200", 200)],
)
def test_without_a_terminal_a_line_has_room_for_a_plan_or_as_much_as_asked_for(
    columns: str | None, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    if columns is not None:
        monkeypatch.setenv("COLUMNS", columns)

    assert console().width == width


def test_a_terminal_says_how_wide_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("COLUMNS", "77")

    out = console()
    out.print("told  ")

    assert (out.width, terminal.getvalue()) == (77, "told  \n")


def test_no_line_ends_in_blanks(capsys: pytest.CaptureFixture[str]) -> None:
    out = console()
    out.print("word " * 40)
    out.print(Padding("told", (1, 3), expand=True))

    lines = capsys.readouterr().out.split("\n")
    assert [len(line) for line in lines] == [139, 59, 0, 7, 0, 0]
    assert lines[3] == "   told"


def much() -> None:
    """Write more than any buffer holds."""
    sys.stdout.write("word " * 10_000)


def little() -> None:
    """Write so little that it is held back to the end."""
    write_json({})


def shown() -> None:
    """Show something, after which nothing more is done."""
    console().print("told")
    pytest.fail("nobody reads")


@pytest.mark.parametrize("write", [much, little, shown])
def test_who_writes_to_nobody_ends_quietly(
    write: Callable[[], None], unread: TextIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", unread)

    with pytest.raises(SystemExit) as caught, reader_may_leave():
        write()

    assert caught.value.code == 141
    # What comes later goes nowhere, without an error.
    unread.write("more")
    unread.flush()


def test_a_reader_who_stays_reads_all(capsys: pytest.CaptureFixture[str]) -> None:
    stream = sys.stdout
    with reader_may_leave():
        write_json([])
        assert sys.stdout.encoding == stream.encoding

    assert sys.stdout is stream
    assert capsys.readouterr().out == "[]\n"


def test_progress_is_told_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    progress().print("planning")

    assert capsys.readouterr() == ("", "planning\n")


@pytest.mark.parametrize("folder", [".", "hubs", "components/gke"])
def test_the_project_is_found_from_any_folder_in_it(
    folder: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root / folder)

    assert project_root() == root


def test_the_nearest_project_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = tmp_path / "inner"
    for folder in (tmp_path, inner):
        (folder / "policies").mkdir(parents=True)
        (folder / "Pulumi.yaml").write_text("name: readyroom\n", "utf-8")
    monkeypatch.chdir(inner / "policies")

    assert project_root() == inner


@pytest.mark.parametrize("half", ["Pulumi.yaml", "policies"])
def test_half_a_project_is_none(half: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if half == "policies":
        (tmp_path / half).mkdir()
    else:
        (tmp_path / half).write_text("name: other\n", "utf-8")
    monkeypatch.chdir(tmp_path)

    with pytest.raises(MistakesError) as caught:
        project_root()
    assert str(caught.value) == (f"project: no Pulumi.yaml and policies/ in {tmp_path} or above")


def test_a_new_file_is_for_everybody_to_read_and_its_folder_is_made(tmp_path: Path) -> None:
    path = tmp_path / "calendars" / "term.ics"

    replace_file(path, "Zürich\r\nBern\n")

    assert path.read_bytes() == "Zürich\r\nBern\n".encode()
    assert path.stat().st_mode & 0o777 == 0o644
    assert list(path.parent.iterdir()) == [path]


def test_a_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.write_text("before", "utf-8")
    path.chmod(0o600)
    with path.open(encoding="utf-8") as reading:
        replace_file(path, "after")

        # Who reads it meanwhile has the whole of what was there.
        assert reading.read() == "before"
    assert path.read_text("utf-8") == "after"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_one(tmp_path: Path) -> None:
    path, link = tmp_path / "one.yaml", tmp_path / "link.yaml"
    path.write_text("before", "utf-8")
    link.symlink_to(path)

    replace_file(link, "after")

    assert link.is_symlink()
    assert path.read_text("utf-8") == "after"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing/folder/one.ics", "folder/one.ics: cannot be written: No such file or directory"),
        ("file/one.ics", "file/one.ics: cannot be written: File exists"),
        ("folder/one.ics", "folder/one.ics: cannot be written: Is a directory"),
    ],
)
def test_what_cannot_be_written_is_told_and_leaves_nothing_behind(
    name: str, message: str, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    (tmp_path / "folder" / "one.ics").mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))

    with pytest.raises(MistakesError) as caught:
        replace_file(tmp_path / name, "text")

    assert str(caught.value) == message
    assert sorted(tmp_path.rglob("*")) == before


def test_a_file_without_a_folder_is_told_with_the_one_that_it_would_be_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one.yaml").mkdir()
    monkeypatch.chdir(tmp_path)

    with pytest.raises(MistakesError) as caught:
        replace_file(Path("one.yaml"), "text")

    assert str(caught.value) == f"{tmp_path.name}/one.yaml: cannot be written: Is a directory"
