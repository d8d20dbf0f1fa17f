"""How pictures look, and how they are written: the same bytes from the same numbers."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias, cast

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.offsetbox import AnchoredOffsetbox, HPacker, TextArea
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter, MaxNLocator

# A panel (matplotlib's Axes), whose own types leave keywords unknown.
Panel: TypeAlias = Any

# Colours that people with colour-blindness tell apart. Source: Okabe and Ito, 2008.
BLUE, SKY, GREEN = "#0072B2", "#56B4E9", "#009E73"
ORANGE, VERMILION = "#E69F00", "#D55E00"
# Orange as a word is too pale to read.
BROWN = "#8A5F00"
INK, GREY, PALE = "#222222", "#767676", "#EBEBEB"
# Inches; at 150 dots per inch 1500 x 1050.
_WIDTH, _HEIGHT, _DOTS = 10.0, 7.0, 150
_LEFT, _RIGHT = 0.075, 0.955
_STYLE: dict[str, Any] = {"svg.hashsalt": "readyroom", "svg.fonttype": "path"}


def figure_with(
    title: str,
    caption: str,
    heights: Sequence[float],
    tall: float = _HEIGHT,
    left: float = _LEFT,
) -> tuple[Figure, list[Panel]]:
    """Return a figure with a title, a caption and panels of relative heights below them.

    `tall` is in inches; `left` is where panels begin, as a part of the width.
    """
    figure: Any = Figure(figsize=(_WIDTH, tall))
    figure.text(_LEFT, 1 - 0.28 / tall, title, size=17, weight="bold", color=INK, va="top")
    figure.text(_LEFT, 1 - 0.72 / tall, caption, size=11.5, color=INK, va="top", linespacing=1.5)
    grid = figure.add_gridspec(
        len(heights),
        1,
        height_ratios=heights,
        hspace=0.36,
        left=left,
        right=_RIGHT,
        bottom=0.62 / tall,
        top=1 - 1.72 / tall,
    )
    panels = [figure.add_subplot(grid[row, 0]) for row in range(len(heights))]
    for panel in panels:
        _plain(panel)
    for panel in panels[:-1]:
        panel.tick_params(labelbottom=False)
    return figure, panels


def _plain(panel: Panel) -> None:
    panel.spines[["top", "right", "left"]].set_visible(False)
    panel.spines["bottom"].set_color(GREY)
    panel.grid(color=PALE, linewidth=0.8)
    panel.set_axisbelow(True)
    panel.tick_params(length=0, labelsize=10, labelcolor=INK)
    panel.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))


def in_minutes(panel: Panel) -> None:
    """Have the x axis count whole minutes, or halves and fifths of short ones."""
    panel.xaxis.set_major_locator(MaxNLocator(nbins=10, steps=[1, 2, 5, 10]))
    panel.xaxis.set_major_formatter(FuncFormatter(_plainly))


def _plainly(number: float, _: int) -> str:
    return f"{number:g}"


def label(panel: Panel, at: tuple[float, float], text: str, colour: str, **where: Any) -> None:  # noqa: ANN401 - matplotlib's keywords
    """Write a word beside what it names, with a halo that keeps it legible on lines.

    `where` holds `offset` in points, and the alignments `ha` and `va`.
    """
    panel.annotate(
        text,
        at,
        where.pop("offset", (6, 4)),
        textcoords="offset points",
        color=colour,
        size=11,
        weight="bold",
        path_effects=[withStroke(linewidth=3.5, foreground="white")],
        **where,
    )


def heading(panel: Panel, *parts: tuple[str, str]) -> None:
    """Write above a panel what it shows: words, each in the colour of what it names."""
    words: list[Any] = [
        TextArea(text, textprops={"size": 11, "weight": "bold", "color": colour})
        for text, colour in parts
    ]
    panel.add_artist(
        AnchoredOffsetbox(
            loc="lower left",
            child=HPacker(children=words, pad=0, sep=7),
            pad=0,
            borderpad=0,
            frameon=False,
            bbox_to_anchor=(0, 1.05),
            bbox_transform=panel.transAxes,
        )
    )


def save(figure: Figure, path: Path) -> None:
    """Write a figure as PNG or SVG, by the file's ending."""
    path.write_bytes(drawn(figure, path.suffix.removeprefix(".")))


def drawn(figure: Figure, kind: str) -> bytes:
    """Return a figure as the bytes of a `png` or an `svg`."""
    out = io.BytesIO()
    with cast("Any", mpl).rc_context(_STYLE):
        if kind == "svg":
            canvas: Any = FigureCanvasSVG(figure)
            canvas.print_svg(out, metadata={"Date": None, "Creator": None})
        else:
            figure.set_dpi(_DOTS)
            canvas = FigureCanvasAgg(figure)
            canvas.print_png(out, metadata={"Software": None})
    return out.getvalue()
