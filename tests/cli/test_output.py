"""Writing for people and for machines, and finding the project."""

from pathlib import Path

import pytest

from cli.output import console, progress, project_root, write_json
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
