"""The axis of days: as many dates as there is room, week-ends in grey."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from preview.picture_days import Days, draw_days
from preview.picture_style import figure_with

BERLIN = ZoneInfo("Europe/Berlin")


def _axis(first: str, count: int) -> tuple[list[str], list[tuple[float, float]]]:
    """Return the names of the axis and the week-ends of the upper of two panels."""
    begin = date.fromisoformat(first)
    _, panels = figure_with("", "", [1, 1])
    draw_days(panels, Days(begin, begin + timedelta(days=count - 1), BERLIN))
    names = [tick.get_text() for tick in panels[1].get_xticklabels()]
    grey = [(patch.get_x(), patch.get_width()) for patch in panels[0].patches]
    assert panels[0].get_xlim() == panels[1].get_xlim() == (0, count)
    assert panels[1].get_xlabel() == "days in Europe/Berlin"
    return names, grey


def test_few_days_are_named_each_and_the_month_once() -> None:
    assert _axis("2027-02-26", 5) == (
        ["Fri\n26 Feb", "Sat\n27", "Sun\n28", "Mon\n1 Mar", "Tue\n2"],
        [(1, 1), (2, 1)],
    )


@pytest.mark.parametrize(
    ("first", "count", "names"),
    [
        ("2027-01-20", 17, ["25 Jan\n2027", "1 Feb"]),
        ("2026-12-20", 24, ["21 Dec\n2026", "28 Dec", "4 Jan\n2027", "11 Jan"]),
        ("2027-01-18", 84, ["18 Jan\n2027", "1 Feb", "15 Feb", "1 Mar", "15 Mar", "29 Mar"]),
    ],
)
def test_of_more_days_mondays_are_named_as_long_as_there_is_room(
    first: str, count: int, names: list[str]
) -> None:
    assert _axis(first, count)[0] == names


def test_two_years_have_no_more_names_than_there_is_room_for() -> None:
    names, grey = _axis("2027-01-01", 731)

    assert len(names) <= 11
    assert len(grey) == 210
