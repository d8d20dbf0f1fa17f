"""Rendering for a reader, as plain lines."""

import io
from collections.abc import Callable

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
