"""The picture of a term: what it says, what it draws, the same bytes from the same numbers."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from matplotlib.figure import Figure
from matplotlib.offsetbox import TextArea
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation

from hubs.active import PlannedEvent
from hubs.freeze import freezes
from hubs.freeze_config import FreezeConfig
from hubs.idle import idle_costs
from hubs.idle_lines import total
from hubs.season import Season, season, usual_days
from hubs.stage_cost import Cost
from preview.loaded import Loaded
from preview.picture_days import Days
from preview.picture_season import draw_season
from preview.picture_style import drawn
from tests.hubs.clusters import CLUSTER

Make = Callable[..., Season]
FIRST = date(2027, 6, 14)


@pytest.fixture
def make(loaded: Callable[[str], Loaded]) -> Make:
    """Make a season of a shipped stack without freezes; its usual days unless others are given."""

    def made(stack: str, days: tuple[date, date] | None = None) -> Season:
        of = loaded(stack)
        idle = None if stack == "campus" else total(idle_costs(of.stack))
        found = season(stack, of.events, of.stack.cluster, days or usual_days(of.events), idle)
        return replace(found, frozen=())

    return made


def _labels(figure: Figure) -> list[str]:
    return [found.get_text() for found in figure.findobj(Annotation)]


def _headings(figure: Figure) -> list[str]:
    return [found.get_text() for found in figure.findobj(TextArea)]


def _bars(panel: Any) -> list[tuple[float, float, float]]:  # noqa: ANN401 - matplotlib's types
    """Return where bars begin, how wide and how tall they are."""
    return [
        (round(bar.get_x(), 4), round(bar.get_width(), 4), bar.get_height())
        for bar in panel.patches
        if isinstance(bar, Rectangle) and bar in [it for box in panel.containers for it in box]
    ]


def test_a_picture_says_who_comes_and_what_it_costs(make: Make) -> None:
    figure = draw_season(make("icesat2"))

    assert [text.get_text() for text in figure.texts] == [
        "icesat2: 7 Jun 2027 to 20 Jun 2027",
        "5 sessions, at most 80 people at once, on 1083 hours of nodes at most.\n"
        "They cost at most \\$415.75; what is always on, whether anybody comes or not, "
        "\\$133.07.",
    ]
    assert _headings(figure) == [
        "Events:",
        "pool there,",
        "seats warm,",
        "people there,",
        "leaving",
        "Seats held",
        "Cost of each week, at most:",
        "nodes of events",
        "and always on",
    ]
    assert _labels(figure) == ["$67", "$483"]


def test_phases_seats_and_weeks_lie_at_their_times(make: Make) -> None:
    events, seats, money = draw_season(make("icesat2", (FIRST, FIRST))).axes

    # Staged until 8:02, warm, live from 8:30 to 17:30, until 18:50 draining, staged again.
    [(start, width), *others] = [bar[:2] for bar in _bars(events)]
    assert start + width == pytest.approx((8 + 2 / 60) / 24, abs=1e-3)
    assert others[:4] == [
        (round((8 + 2 / 60) / 24, 4), round(28 / 1440, 4)),
        (round(8.5 / 24, 4), 0.375),
        (round(17.5 / 24, 4), round(80 / 1440, 4)),
        (round((18 + 50 / 60) / 24, 4), 0.55),
    ]
    assert [height for _, _, height in _bars(seats)] == [80, 80, 80]
    assert len(_bars(money)) == 2
    assert money.get_xlim() == (0, 1)


def test_hubs_have_colours_and_events_their_names(make: Make) -> None:
    figure = draw_season(make("datahub"))
    events = figure.axes[0]

    named = [(tick.get_text(), tick.get_color()) for tick in events.get_yticklabels()]
    assert [name for name, _ in named] == ["data100: lecture", "data8: lab", "stat20: section"]
    assert len({colour for _, colour in named}) == 3
    assert _headings(figure)[5:9] == ["Seats held", "data100", "data8", "stat20"]
    most = max(bar[2] for bar in _bars(figure.axes[1]))
    assert most == 800


def _named(event: PlannedEvent, hub: str) -> PlannedEvent:
    config = event.config.model_copy(update={"name": f"of-{hub}"})
    return replace(
        event,
        config=config,
        hub=event.hub.model_copy(update={"name": hub}),
        owner=config.name,
        together={
            frozenset((config.name, users) for _, users in expected): crowd
            for expected, crowd in event.together.items()
        },
    )


@pytest.mark.parametrize(
    ("hubs", "said"),
    [
        (4, ["hub0", "hub1", "hub2", "hub3"]),
        (5, ["hub0", "hub1", "hub2", "2 other hubs"]),
        (40, ["hub0", "hub1", "hub10", "37 other hubs"]),
    ],
)
def test_many_hubs_are_drawn_and_the_last_of_them_as_one(
    loaded: Callable[[str], Loaded], hubs: int, said: list[str]
) -> None:
    [event] = loaded("workshop").events
    events = [_named(event, f"hub{place}") for place in range(hubs)]

    figure = draw_season(season("many", events, CLUSTER, usual_days(events), 0))

    assert _headings(figure)[6:-3] == said
    assert figure.texts[1].get_text().startswith(f"{hubs} sessions, at most {240 * hubs} people")
    assert drawn(figure, "png").startswith(b"\x89PNG")


def test_what_moves_no_event_is_no_phase_and_holds_no_seat(make: Make) -> None:
    # On the last day there is only a change of home directories, at 9:33.
    of = make("full-eks", (date(2027, 3, 4), date(2027, 3, 4)))
    figure = draw_season(of)
    events, seats, money = figure.axes

    assert [[change.moved for change in step.changes] for step in of.within()[1:]] == [[()]]
    assert [bar for bar in _bars(events) if bar[0] + bar[1] > 0 and bar[0] < 1] == []
    assert _bars(seats) == []
    assert len(_bars(money)) == 2
    assert figure.texts[1].get_text().startswith("0 sessions, at most 0 people at once")


def test_own_nodes_have_no_money(make: Make) -> None:
    figure = draw_season(make("campus"))

    assert len(figure.axes) == 2
    assert figure.texts[1].get_text() == (
        "1 session, at most 21 people at once.\n"
        "The nodes are your own, so nothing is said of their price."
    )


def test_a_price_that_is_not_known_is_said(make: Make) -> None:
    of = make("icesat2")
    weeks = tuple(
        replace(week, cost=replace(week.cost, unpriced_seconds=1) if week.sessions else Cost())
        for week in of.weeks
    )

    figure = draw_season(replace(of, weeks=weeks))

    assert figure.texts[1].get_text().split("\n")[1] == (
        "No price of theirs is known; what is always on, whether anybody comes or not, \\$133.07."
    )


@pytest.mark.parametrize(
    ("since", "frozen"),
    [
        # Before the first day drawn, within, and after the last.
        ("2027-06-01T09:00", (0, 1)),
        ("2027-06-14T12:00", (0.5, 1)),
        ("2027-06-15T09:00", None),
    ],
)
def test_a_frozen_hub_is_marked(make: Make, since: str, frozen: tuple[float, float] | None) -> None:
    of = make("icesat2", (FIRST, FIRST))
    config = FreezeConfig(since=since, environment={"image": "0123456789abcdef"})
    [event] = of.events
    changed = replace(event, config=event.config.model_copy(update={"freeze": config}))

    figure = draw_season(replace(of, frozen=tuple(freezes([changed]))))

    drawn_lines: list[Any] = list(figure.axes[0].lines)
    lines = [tuple(line.get_xdata()) for line in drawn_lines]
    assert lines == ([] if frozen is None else [frozen])
    assert ("frozen" in _labels(figure)) == (frozen is not None)


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2027-06-10T09:00-07:00", ["Thu 2027-06-10 09:00"]),
        ("2027-06-18T16:00+00:00", ["Fri 2027-06-18 09:00"]),
        ("2027-06-06T23:59-07:00", []),
        ("2027-06-21T00:00-07:00", []),
    ],
)
def test_an_instant_is_marked_if_it_is_there(make: Make, at: str, told: Sequence[str]) -> None:
    figure = draw_season(make("icesat2"), datetime.fromisoformat(at))

    assert [text for text in _labels(figure) if not text.startswith("$")] == told
    assert [len(panel.lines) for panel in figure.axes] == [len(told)] * 3


def test_labels_of_weeks_never_overlap_and_the_dearest_has_one(make: Make) -> None:
    figure = draw_season(make("datahub", (date(2027, 1, 1), date(2027, 12, 31))))

    notes: list[Any] = list(figure.axes[2].texts)
    places = [note.xy[0] for note in notes if note.get_text().startswith("$")]
    assert 10 <= len(places) <= 17
    assert all(after - before >= 365 * 0.062 for before, after in pairwise(places))
    assert "$468" in _labels(figure)


def test_few_dollars_have_cents(make: Make) -> None:
    of = make("workshop", (date(2026, 12, 7), date(2026, 12, 7)))
    [week] = of.weeks

    figure = draw_season(replace(of, weeks=(replace(week, cost=Cost(), idle=1_234_567),)))

    assert _labels(figure) == ["$1.24"]


def test_the_same_numbers_give_the_same_bytes(make: Make) -> None:
    once, again = (drawn(draw_season(make("workshop")), "svg") for _ in range(2))

    assert once == again


def test_days_are_placed_by_local_clocks() -> None:
    # The clocks go forward on the first day and back on no other.
    days = Days(date(2027, 3, 28), date(2027, 3, 30), ZoneInfo("Europe/Berlin"))
    noon = datetime(2027, 3, 28, 10, tzinfo=ZoneInfo("UTC"))

    assert days.count == 3
    assert [days.place(noon + timedelta(days=count)) for count in range(2)] == [0.5, 1.5]
