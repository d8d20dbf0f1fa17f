"""A term week by week, for a reader and for machines."""

from collections.abc import Callable

import pytest

from hubs.idle import idle_costs
from hubs.idle_lines import total
from hubs.season import Season, season, usual_days
from preview.loaded import Loaded
from preview.show_season import season_json, season_table, told

Make = Callable[[str], Season]
Lines = Callable[..., list[str]]


@pytest.fixture
def make(loaded: Callable[[str], Loaded]) -> Make:
    """Make the usual season of a shipped stack."""

    def made(stack: str) -> Season:
        of = loaded(stack)
        idle = None if stack == "campus" else total(idle_costs(of.stack))
        days = usual_days(of.events)
        return season(stack, of.events, of.stack.cluster, days, idle)

    return made


def test_a_row_is_a_week_and_the_last_their_sum(make: Make, lines: Lines) -> None:
    assert lines(season_table(make("icesat2"))) == [
        "week      from            sessions  most seats  node hours  USD events  USD idle",
        "2027-W23  Mon 2027-06-07         0           0           0        0.00     66.54",
        "2027-W24  Mon 2027-06-14         5          80        1083      415.75     66.54",
        "together                         5          80        1083      415.75    133.07",
    ]


def test_own_nodes_have_no_number_and_no_price(make: Make, lines: Lines) -> None:
    of = make("campus")

    assert [line.split()[-5:] for line in lines(season_table(of))[1:]] == [
        ["0", "0", "-", "-", "-"],
        ["1", "21", "-", "-", "-"],
        ["1", "21", "-", "-", "-"],
    ]
    assert told(of) == (
        "Days are those of Europe/Berlin. The nodes are your own, so nothing is said of their "
        "number and price."
    )
    assert season_json(of)["together"] == {
        "nodeSecondsAtMost": None,
        "microUsdAtMost": None,
        "idleMicroUsd": None,
    }


def test_what_the_figures_mean_is_said(make: Make) -> None:
    assert told(make("icesat2")) == (
        "Days are those of America/Los_Angeles. Node hours and dollars of events are at most "
        "that much: everybody comes. Idle is what is always on (readyroom idle icesat2)."
    )


def test_machines_read_the_same(make: Make) -> None:
    of = make("icesat2")
    found = season_json(of)

    assert {key: found[key] for key in ("stack", "from", "until", "timezone")} == {
        "stack": "icesat2",
        "from": "2027-06-07",
        "until": "2027-06-20",
        "timezone": "America/Los_Angeles",
    }
    assert found["weeks"][1] == {
        "week": "2027-W24",
        "from": "2027-06-14T00:00:00-07:00",
        "until": "2027-06-21T00:00:00-07:00",
        "sessions": 5,
        "mostSeats": 80,
        "nodeSecondsAtMost": of.cost.node_seconds,
        "microUsdAtMost": 415_744_000,
        "idleMicroUsd": of.weeks[1].idle,
    }
    assert [sorted(week) for week in found["weeks"]] == [sorted(found["weeks"][1])] * 2
    assert found["together"] == {
        "nodeSecondsAtMost": of.cost.node_seconds,
        "microUsdAtMost": 415_744_000,
        "idleMicroUsd": of.idle,
    }
