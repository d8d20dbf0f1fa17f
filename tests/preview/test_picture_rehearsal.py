"""The picture of a rehearsal: what it says, and the same bytes from the same numbers."""

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.offsetbox import TextArea

from capacity.packing import Seat
from capacity.quantities import GIB
from preview.picture_rehearsal import draw_rehearsal
from preview.picture_style import drawn
from preview.show_rehearsal import Judged
from tests.preview.rehearsed import CPU, MEMORY, SEAT, judged


def _words(figure: Figure) -> list[str]:
    headings = [found.get_text() for found in figure.findobj(TextArea)]
    return [text.get_text() for text in figure.texts] + headings


@pytest.mark.parametrize(
    ("of", "words"),
    [
        (
            judged(MEMORY, CPU, seat=SEAT, sample=True),
            [
                "run.csv: final fits its seat",
                "Seat: 2.00 GiB, 1 CPU. Recorded: 1 server.\nSample data: the numbers are made up.",
                "Memory in GiB:",
                "1.50 at most;",
                "1.88 with headroom;",
                "2.00 the seat",
                "CPU in cores:",
                "0.50 in 95 of 100 samples at most;",
                "0.57 with headroom;",
                "1.00 the seat",
            ],
        ),
        (
            judged(MEMORY, CPU, seat=Seat(memory=GIB, cpu=500)),
            ["run.csv: final does not fit its seat"],
        ),
        (
            judged(MEMORY, CPU),
            ["run.csv", "Seat to ask for: 2.00 GiB, 0.6 CPU. Recorded: 1 server."],
        ),
        (
            judged(CPU),
            [
                "run.csv",
                "Seat to ask for: not known. Recorded: 1 server.",
                "Memory in GiB:",
                "not recorded",
                "CPU in cores:",
                "0.50 in 95 of 100 samples at most;",
                "0.57 with headroom;",
            ],
        ),
    ],
)
def test_a_picture_says_what_was_used_and_what_holds_it(of: Judged, words: list[str]) -> None:
    assert _words(draw_rehearsal(of))[: len(words)] == words


def test_lines_are_in_minutes_and_gib_or_cores() -> None:
    memory, cpu = draw_rehearsal(judged(MEMORY, CPU)).axes

    assert np.asarray(memory.lines[0].get_xydata()).tolist() == [[0, 1], [0.5, 1.5], [1, 1]]
    assert np.asarray(cpu.lines[0].get_xydata()).tolist() == [[0.5, 0.5], [1, 0.1]]
    assert [np.asarray(line.get_ydata())[0] for line in memory.lines[1:]] == [1.875, 2]


def test_the_same_numbers_give_the_same_bytes() -> None:
    once, again = (drawn(draw_rehearsal(judged(MEMORY, CPU, seat=SEAT)), "svg") for _ in range(2))

    assert once == again
