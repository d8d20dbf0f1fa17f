"""Pictures of plans and of what breaks them, written where they are asked for."""

from collections.abc import Callable
from pathlib import Path

Command = Callable[..., tuple[object, str, str]]
PNG = b"\x89PNG\r\n\x1a\n"


def _written(folder: Path) -> list[str]:
    assert all(path.read_bytes().startswith(PNG) for path in folder.iterdir())
    return sorted(path.name for path in folder.iterdir())


def test_a_plan_is_drawn_as_the_way_in_and_the_trade_off(command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    code, out, err = command("plan", "exam", "--pictures", str(folder))
    assert code == 0
    assert out.startswith("event  machine type")
    assert _written(folder) == ["final-trade-off.png", "final-way-in.png"]
    assert "final-way-in.png" in err.replace("\n", "")


def test_own_nodes_have_no_trade_off(command: Command, tmp_path: Path) -> None:
    code, _, _ = command("plan", "campus", "--pictures", str(tmp_path))
    assert code == 0
    assert _written(tmp_path) == ["demo-way-in.png"]


def test_what_breaks_a_plan_is_drawn(command: Command, tmp_path: Path) -> None:
    code, _, _ = command("what-if", "campus", "--pictures", str(tmp_path), "--json")
    assert code == 0
    assert _written(tmp_path) == ["demo-what-if.png"]


def test_a_folder_that_cannot_be_is_a_mistake(command: Command, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.touch()
    code, out, err = command("plan", "campus", "--pictures", str(taken))
    assert (code, out) == (2, "")
    assert err == f"--pictures: found {str(taken)!r}; File exists, name a folder\n"
