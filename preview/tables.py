"""Tables that lose nothing on a narrow screen: what does not fit is written row by row."""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

# Cells of text that is wrapped, below which a column is too narrow to be read.
_NARROWEST = 20
# Between two columns, and before what is told of a row below its name.
_GAP, _INDENT = 2, 4


class Fitting(Table):
    """A table without lines that is written row by row where the screen is too narrow for it.

    Names are not wrapped, figures are right-justified, texts are wrapped. Row by row, the names
    before the first figure are a line of their own; what else is short follows with the heads of
    its columns, and then each text.
    """

    def __init__(self, title: str | None = None) -> None:
        """Start without columns."""
        super().__init__(
            title=title,
            title_justify="left",
            title_style="bold",
            header_style="bold",
            box=None,
            pad_edge=False,
        )

    def names(self, *heads: str) -> None:
        """Add columns of short text that is never wrapped."""
        for head in heads:
            self.add_column(head, no_wrap=True)

    def figures(self, *heads: str) -> None:
        """Add columns of figures."""
        for head in heads:
            self.add_column(head, justify="right", no_wrap=True)

    def texts(self, *heads: str) -> None:
        """Add columns of text that is wrapped."""
        for head in heads:
            self.add_column(head, overflow="fold")

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the table, or its rows one by one."""
        columns = [_texts(console, column.cells) for column in self.columns]
        widths = map(_width, self.columns, columns)
        if sum(widths) + _GAP * (len(columns) - 1) <= options.max_width:
            yield from super().__rich_console__(console, options)
            return
        if self.title is not None:
            yield Text(str(self.title), style="bold")
        for row, cells in zip(self.rows, zip(*columns, strict=True), strict=True):
            yield from self._row(cells, str(row.style or ""), options.max_width - _INDENT)

    def _row(self, cells: Sequence[Text], style: str, width: int) -> Iterator[RenderableType]:
        heads = [str(column.header) for column in self.columns]
        named = next(
            (place for place, it in enumerate(self.columns) if not it.no_wrap or _is_figure(it)),
            len(heads),
        )
        name = Text("  ").join(_one_line(cell) for cell in cells[: max(named, 1)] if cell.plain)
        name.stylize_before(style)
        if name:
            yield name
        rest = list(zip(self.columns, heads, cells, strict=True))[max(named, 1) :]
        told = [(column, _told(column, head, cell)) for column, head, cell in rest if cell]
        short = [text for column, text in told if column.no_wrap]
        for line in (*_filled(short, width), *(text for it, text in told if not it.no_wrap)):
            line.stylize_before(style)
            yield Padding(line, (0, 0, 0, _INDENT))


def _texts(console: Console, cells: Iterable[RenderableType]) -> list[Text]:
    return [cell if isinstance(cell, Text) else console.render_str(str(cell)) for cell in cells]


def _is_figure(column: Column) -> bool:
    return column.justify == "right"


def _width(column: Column, cells: Sequence[Text]) -> int:
    """Return the cells without which a column loses something, or is hard to read."""
    lines = [Text(str(column.header)), *(line for cell in cells for line in cell.split("\n"))]
    widest = max(line.cell_len for line in lines)
    return widest if column.no_wrap else min(widest, _NARROWEST)


def _told(column: Column, head: str, cell: Text) -> Text:
    return Text(f"{head} " if _is_figure(column) else f"{head}: ").append_text(_one_line(cell))


def _one_line(cell: Text) -> Text:
    return Text(", ").join(cell.split("\n"))


def _filled(parts: Sequence[Text], width: int) -> Iterator[Text]:
    """Yield lines of parts that are as long as they may be; no part is broken."""
    line = Text()
    for part in parts:
        if line and line.cell_len + len("; ;") + part.cell_len > width:
            yield line.append(";")
            line = Text()
        line = line.append("; " if line else "").append_text(part)
    if line:
        yield line
