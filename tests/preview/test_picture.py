"""Pictures: what they show, in which words, and the same bytes from the same numbers."""

from collections.abc import Callable
from math import ceil

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.offsetbox import TextArea
from matplotlib.text import Annotation

from capacity.figures import dollars
from hubs.scenario_scene import read_scenario
from preview.picture import curves, draw_event
from preview.picture_choices import TradeOff, WhatIf, draw_trade_off, draw_what_if
from preview.picture_style import drawn
from preview.simulated import Simulated, simulated

Draw = Callable[..., Simulated]


@pytest.fixture
def class_of_three() -> Draw:
    """Simulate three people on two seats, with other keys where they are given."""

    def run(**written: object) -> Simulated:
        raw: dict[str, object] = {
            "arrivals": {"times": [0, 60, 120]},
            "seatsPerNode": 2,
            "warmNodes": 1,
            "nodeReady": 300,
            "replicas": 2,
        }
        return simulated(read_scenario(raw | written), sampled=True)

    return run


def _words(figure: Figure) -> list[str]:
    """Return what a picture says: title, caption, labels, headings."""
    labels = [found.get_text() for found in figure.findobj(Annotation)]
    headings = [found.get_text() for found in figure.findobj(TextArea)]
    return [text.get_text() for text in figure.texts] + labels + headings


def test_curves_count_who_came_who_runs_and_who_waits_too_long(class_of_three: Draw) -> None:
    of = class_of_three()
    wait = int(of.runs.waits[0, 2]) / 60_000

    found = curves(of.runs, 60)

    def at(minute: float) -> tuple[float, float, float]:
        place = int(np.searchsorted(found.minutes, minute))
        return found.came[place], found.running[place], found.late[place]

    assert 5 <= wait <= 5.2
    assert [at(0), at(1.1), at(2.5), at(3.5), at(2.1 + wait)] == [
        (1, 1, 0),
        (2, 2, 0),
        (3, 2, 0),
        (3, 2, 1),
        (3, 3, 0),
    ]
    assert found.minutes[-1] == pytest.approx((2 + wait) * 1.12, rel=0.01)


def test_a_picture_says_who_waits_and_why(class_of_three: Draw) -> None:
    assert _words(draw_event(class_of_three(), "class")) == [
        "class: 3 people come within 2 min",
        "1 of 3 people waits longer than a minute; the longest 5 min.\n"
        "Most of them wait for a new node (machine) that is still starting.",
        "2 seats ready",
        "have a server",
        "3 have come",
        "People",
        "People waiting,",
        "of them longer than a minute",
        "Nodes ready",
        "and on their way",
    ]


def test_a_picture_says_that_nobody_waits(class_of_three: Draw) -> None:
    assert _words(draw_event(class_of_three(warmNodes=2, waitLimit=30), "calm")) == [
        "calm: 3 people come within 2 min",
        "Nobody of 3 people waits longer than 30 s; the longest less than a second.",
        "4 seats ready, enough for all",
        "have a server",
        "3 have come",
        "nobody",
        "People",
        "People waiting,",
        "of them longer than 30 s",
        "Nodes ready",
        "and on their way",
    ]


def test_a_known_price_adds_the_cost(class_of_three: Draw) -> None:
    of = class_of_three(nodePrice=6)
    figure = draw_event(of, "class")

    assert len(figure.axes) == 4
    assert _words(figure)[-2] == "Cost so far, in dollars;"
    spent = of.proof.node_hours.mean * 6_000_000
    assert _words(figure)[-1] == f"in all {dollars(ceil(spent))}"


@pytest.mark.parametrize(
    ("written", "caption"),
    [
        (
            {"maxNodes": 1},
            "1 of 3 people waits longer than a minute; 1 never gets a server.\n"
            "Most of them wait for a seat where no further node may come.",
        ),
        ({"showUp": 0}, "Nobody comes."),
        ({"warmNodes": 0, "maxNodes": 1}, None),
    ],
)
def test_odd_events_are_drawn_too(
    written: dict[str, object], caption: str | None, class_of_three: Draw
) -> None:
    figure = draw_event(class_of_three(**written), "odd")

    assert drawn(figure, "png").startswith(b"\x89PNG")
    assert caption is None or figure.texts[1].get_text() == caption


def test_the_same_numbers_give_the_same_bytes(class_of_three: Draw) -> None:
    once, again = (drawn(draw_event(class_of_three(), "class"), "svg") for _ in range(2))

    assert once == again
    assert b"dc:date" not in once
    assert b"http://www.w3.org/2000/svg" in once


def test_a_trade_off_marks_what_is_chosen() -> None:
    points = [
        TradeOff(label="8 warm", cost_micro_usd=4_000_000, waiting_share=0.1, chosen=True),
        TradeOff(label="4 warm", cost_micro_usd=2_500_000, waiting_share=0.6),
    ]
    figure = draw_trade_off("Cost", "A point for each.", points, bound=0.3)

    assert _words(figure) == [
        "Cost",
        "A point for each.",
        "4 warm",
        "8 warm, chosen",
        "at most 30% may wait",
    ]
    assert drawn(figure, "png").startswith(b"\x89PNG")
    assert _words(draw_trade_off("Cost", "", points[:1]))[2:] == ["8 warm, chosen"]


def test_what_if_is_a_bar_for_each_change() -> None:
    bars = [
        WhatIf(label="as planned", waiting_share=0.05),
        WhatIf(label="one zone is lost", waiting_share=0.444),
    ]
    figure = draw_what_if("What if", "Who waits then.", bars)

    assert _words(figure)[2:] == ["5 %", "44 %"]
    labels = [tick.get_text() for tick in figure.axes[0].get_yticklabels()]
    assert labels == ["as planned", "one zone is lost"]
    assert drawn(figure, "svg").startswith(b"<?xml")
