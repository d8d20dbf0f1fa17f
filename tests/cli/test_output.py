"""Writing for people and for machines, and finding the project."""

from pathlib import Path

import pytest

from cli.output import console, progress, project_root, replace_file, write_json
from hubs.mistakes import MistakesError


def test_json_is_indented_and_keeps_every_letter(capsys: pytest.CaptureFixture[str]) -> None:
    write_json({"name": "Zürich", "list": [1, None]})

    assert capsys.readouterr().out == (
        '{\n  "name": "Zürich",\n  "list": [\n    1,\n    null\n  ]\n}\n'
    )


def test_without_a_terminal_a_line_has_room_for_a_plan(capsys: pytest.CaptureFixture[str]) -> None:
    out = console()
    out.print("word " * 40)

    assert out.width == 140
    assert [len(line) for line in capsys.readouterr().out.splitlines()] == [140, 60]


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
