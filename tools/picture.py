"""Draws the README's picture: the first screen of the workshop's preview, as SVG."""

import io
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from preview.loaded import load
from preview.run import preview
from preview.show_preview import screen

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "preview.svg"
_COLUMNS = 118
# A picture in a repository fetches nothing; the reader's own monospace font will do.
_WEB_FONTS = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)


def drawn() -> str:
    """Return the picture as it must be."""
    loaded = load(ROOT, "workshop")
    previewed = preview(loaded, loaded.instant("event", datetime.now(UTC)))
    console = Console(width=_COLUMNS, record=True, file=io.StringIO(), highlight=False)
    for part in screen(previewed):
        console.print(part)
    picture = console.export_svg(title="readyroom preview workshop --at event", unique_id="preview")
    return _WEB_FONTS.sub("", picture)


def main(arguments: list[str]) -> int:
    """Write the picture, or with `--check` say that it is out of date; returns the exit code."""
    picture = drawn()
    if "--check" in arguments:
        stale = not PICTURE.is_file() or PICTURE.read_text("utf-8") != picture
        if stale:
            sys.stderr.write("docs/preview.svg is out of date; run make generated\n")
        return stale
    PICTURE.write_text(picture, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
