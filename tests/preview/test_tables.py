"""Tables on screens of any width: nothing is lost, whatever does not fit."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from preview.tables import Fitting

words = st.text(alphabet="abcdefgh0123456789", min_size=1, max_size=12)


def _made() -> Fitting:
    table = Fitting("Plans of a stack")
    table.names("", "event")
    table.figures("users", "$/session")
    table.names("breaks first")
    table.texts("what changes")
    table.add_row(">", "intro\nlab", "240", "44.28", "most nodes: 35", "minimum nodes 24; all on")
    table.add_row("", "night", "7", "", "", "everything as usual", style="bold")
    table.add_row("", "", "", "", "", "and 3 more")
    return table


def _lines(table: Fitting, width: int) -> list[str]:
    console = Console(width=width, file=io.StringIO(), record=True, highlight=False)
    console.print(table)
    return [line.rstrip() for line in console.export_text().splitlines()]


def test_what_fits_is_a_table() -> None:
    assert _lines(_made(), 80) == [
        "Plans of a stack",
        "   event  users  $/session  breaks first    what changes",
        ">  intro    240      44.28  most nodes: 35  minimum nodes 24; all on",
        "   lab",
        "   night      7                             everything as usual",
        "                                            and 3 more",
    ]


def test_text_is_wrapped_before_a_table_is_given_up() -> None:
    assert _lines(_made(), 64)[2:4] == [
        ">  intro    240      44.28  most nodes: 35  minimum nodes 24;",
        "   lab                                      all on",
    ]


def test_what_does_not_fit_is_written_row_by_row() -> None:
    assert _lines(_made(), 63) == [
        "Plans of a stack",
        ">  intro, lab",
        "    users 240; $/session 44.28; breaks first: most nodes: 35",
        "    what changes: minimum nodes 24; all on",
        "night",
        "    users 7",
        "    what changes: everything as usual",
        "    what changes: and 3 more",
    ]


def test_parts_stay_whole_where_a_line_ends() -> None:
    assert _lines(_made(), 32)[:6] == [
        "Plans of a stack",
        ">  intro, lab",
        "    users 240; $/session 44.28;",
        "    breaks first: most nodes: 35",
        "    what changes: minimum nodes",
        "    24; all on",
    ]


def test_a_row_keeps_its_style_and_so_do_its_cells() -> None:
    table = Fitting()
    table.texts("needed of")
    table.names("verdict")
    table.add_row("a quota with a very long name", Text("short", style="red"), style="bold")
    console = Console(width=20, file=io.StringIO(), force_terminal=True, color_system="standard")

    console.print(table)

    told = console.file
    assert isinstance(told, io.StringIO)
    written = told.getvalue()
    assert "\x1b[1mneeded" not in written
    assert "\x1b[1;31mshort\x1b[0m" in written
    assert "\x1b[1ma quota with a very" in written


def test_without_figures_all_but_texts_is_a_name() -> None:
    table = Fitting()
    table.names("user", "cause")
    table.add_row("1", "a very long cause")

    assert _lines(table, 15) == ["1  a very long", "cause"]


@given(
    st.lists(st.tuples(words, words, words), min_size=1, max_size=4),
    st.integers(min_value=24, max_value=100),
)
def test_nothing_is_ever_cut(rows: list[tuple[str, str, str]], width: int) -> None:
    table = Fitting()
    table.names("name")
    table.figures("count", "price")
    for row in rows:
        table.add_row(*row)

    found = _lines(table, width)

    assert max(map(len, found)) <= width
    told = " ".join(found).replace(";", "").split()
    assert [word for row in rows for word in row if word not in told] == []


@pytest.mark.parametrize(("width", "first"), [(40, "abcdefgh  12345678  text"), (39, "a")])
def test_text_has_room_for_twenty_cells_or_there_is_no_table(width: int, first: str) -> None:
    table = Fitting()
    table.names("abcdefgh")
    table.figures("12345678")
    table.texts("text")
    table.add_row("a", "1", "longer than twenty cells")

    assert _lines(table, width)[0] == first
