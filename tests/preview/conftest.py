"""Rendering for a reader, as plain lines; stack files that differ from a shipped one."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console, RenderableType


@pytest.fixture
def lines() -> Callable[..., list[str]]:
    """Render parts 140 columns wide, and return their lines without trailing spaces."""

    def rendered(*parts: RenderableType) -> list[str]:
        console = Console(width=140, file=io.StringIO(), record=True, highlight=False)
        for part in parts:
            console.print(part)
        return [line.rstrip() for line in console.export_text().splitlines()]

    return rendered


@pytest.fixture
def copied(root: Path, tmp_path: Path) -> Callable[[str, str, str], Path]:
    """Copy a shipped stack file with one replacement, and return the copy's path."""

    def copy(stack: str, old: str, new: str) -> Path:
        text = (root / f"Pulumi.{stack}.yaml").read_text("utf-8")
        assert text.count(old) == 1
        path = tmp_path / "Pulumi.copy.yaml"
        path.write_text(text.replace(old, new), "utf-8")
        return path

    return copy
