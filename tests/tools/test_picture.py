"""The README's picture: written, checked, and fetching nothing."""

from pathlib import Path

import pytest

from tools import picture

ROOT = Path(__file__).parents[2]


@pytest.fixture
def drawing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for the picture, and a picture that is drawn at once."""
    path = tmp_path / "preview.svg"
    monkeypatch.setattr(picture, "PICTURE", path)
    monkeypatch.setattr(picture, "drawn", lambda: "<svg/>")
    return path


def test_a_picture_that_is_missing_or_older_is_told(
    drawing: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert picture.main(["--check"]) == 1
    drawing.write_text("<svg>old</svg>", "utf-8")
    assert picture.main(["--check"]) == 1
    assert capsys.readouterr().err == "docs/preview.svg is out of date; run make generated\n" * 2


def test_writing_it_ends_the_drift(drawing: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert picture.main([]) == 0
    assert drawing.read_text("utf-8") == "<svg/>"
    assert picture.main(["--check"]) == 0
    assert capsys.readouterr().err == ""


def test_the_picture_fetches_nothing() -> None:
    text = (ROOT / "docs" / "preview.svg").read_text("utf-8")

    assert text.startswith("<svg ")
    assert "@font-face" not in text
    assert "url(http" not in text
