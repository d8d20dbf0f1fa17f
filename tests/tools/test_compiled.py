"""Compiling once: what was compiled of an older text goes, what is in use stays."""

import sys
from pathlib import Path
from typing import Any, cast

import pytest

from capacity.simulation import engine
from capacity.simulation.compiled import KeptByText, cache_folder
from tools import compiled


def _folder(parent: Path, name: str) -> Path:
    folder = parent / name
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "engine.nbc").write_bytes(b"code")
    return folder


def test_older_folders_go_and_the_one_in_use_stays(tmp_path: Path) -> None:
    kept = _folder(tmp_path, "simulation-2")
    _folder(tmp_path, "simulation-1")
    _folder(tmp_path, "simulation-3")
    _folder(tmp_path, "another")
    (tmp_path / "engine.cpython-311.pyc").write_bytes(b"code")

    compiled.remove_older(kept)

    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "another",
        "engine.cpython-311.pyc",
        "simulation-2",
    ]
    assert (kept / "deep" / "engine.nbc").read_bytes() == b"code"


def test_where_nothing_was_compiled_nothing_goes(tmp_path: Path) -> None:
    compiled.remove_older(tmp_path / "__pycache__" / "simulation-1")

    assert list(tmp_path.iterdir()) == []


def test_it_compiles_says_so_and_tidies_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _folder(tmp_path, "simulation-1")
    seconds = iter([100.0, 112.34])

    def compile_simulation() -> None:
        _folder(tmp_path, "simulation-2")

    monkeypatch.setattr(compiled, "compile_simulation", compile_simulation)
    monkeypatch.setattr(compiled, "cache_folder", lambda: tmp_path / "simulation-2")
    monkeypatch.setattr(compiled.time, "monotonic", lambda: next(seconds))

    compiled.main()

    assert capsys.readouterr().out == "simulation compiled in 12.3 s\n"
    assert [path.name for path in tmp_path.iterdir()] == ["simulation-2"]


def test_compiled_code_stands_in_the_environment_in_a_folder_of_its_text() -> None:
    folder = cache_folder()

    assert folder.parent == Path(sys.prefix) / "compiled"
    prefix, _, digest = folder.name.partition("-")
    assert (prefix, len(digest)) == ("simulation", 16)


def test_a_changed_text_has_another_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("capacity.simulation.compiled._HERE", tmp_path)
    found: list[Path] = []
    for text in ("one", "two", "one"):
        (tmp_path / "engine.py").write_text(text, "utf-8")
        found.append(cache_folder())

    assert found[0] == found[2] != found[1]


@pytest.mark.parametrize("checkout", ["/one", "/another/place"])
def test_where_the_checkout_is_does_not_count(checkout: str) -> None:
    path = f"{checkout}/capacity/simulation/engine.py"

    assert KeptByText.get_suitable_cache_subpath(path) == "simulation"


def test_a_function_is_kept_there() -> None:
    kept = cast("Any", engine.run).stats.cache_path

    assert kept == str(cache_folder() / "simulation")
