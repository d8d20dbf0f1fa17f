"""The picture of a term: who is on when, for how many people, and what each week costs."""

from datetime import date, datetime
from itertools import pairwise

from matplotlib.figure import Figure

from capacity.figures import dollars
from capacity.quantities import ceil_div
from events.phases import Transition
from hubs.active import PlannedEvent
from hubs.freeze import Freeze
from hubs.season import Season, Week
from preview.picture_days import Days, draw_days
from preview.picture_style import (
    BLUE,
    BROWN,
    GREEN,
    GREY,
    INK,
    ORANGE,
    SKY,
    VERMILION,
    Panel,
    figure_with,
    heading,
    label,
)

# Of the colours of Okabe and Ito those that no phase has; further hubs are one.
_HUBS = (GREEN, "#CC79A7", BROWN, VERMILION)
_OTHERS = GREY
# What is staged has nobody and costs nothing. As a word it is darker.
_STAGED, _STAGED_WORD = "#CFE3F1", "#6C94B0"
_IDLE = "#BDBDBD"
_PHASES = {"staged": _STAGED, "warm": ORANGE, "draining": SKY, "live": BLUE}
# The later a phase is drawn, the less can cover it.
_ORDER = {name: place for place, name in enumerate(_PHASES, start=2)}
# Edges, in points, keep the shortest session visible in the longest term.
_EDGES = {"warm": 2.0, "draining": 2.0, "live": 0.8}
# Inches for title, caption and days; for a row and for all; for the panels of seats and money.
_AROUND, _ROW, _MOST_ROWS, _SEATS, _MONEY = 2.9, 0.38, 6.0, 1.7, 1.6
_LARGEST_NAME, _POINTS_PER_INCH = 10.5, 72
# Labels of bars nearer than this part of the width would overlap.
_APART = 0.062
_WHOLE_DOLLARS = 10
_MICROS = 1_000 * 1_000


def draw_season(of: Season, marked: datetime | None = None) -> Figure:
    """Return the picture of a season; an instant may be marked in it."""
    rows = min(len(of.events) * _ROW, _MOST_ROWS)
    names = [_name(of, event) for event in of.events]
    left = min(0.075 + 0.0085 * max(len(name) for name in names), 0.4)
    heights = [rows, _SEATS] + ([] if of.idle is None else [_MONEY])
    title = f"{of.stack}: {_day(of.first)} to {_day(of.last)}"
    figure, panels = figure_with(title, _caption(of), heights, sum(heights) + _AROUND, left)
    days = Days(of.first, of.last, of.where)
    _events(panels[0], of, days, names)
    _seats(panels[1], of, days)
    if of.idle is not None:
        _money(panels[2], of, days)
    draw_days(panels, days)
    if marked is not None and of.starts <= marked < of.ends:
        _mark(panels, days, marked)
    return figure


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _caption(of: Season) -> str:
    sessions = sum(week.sessions for week in of.weeks)
    most = max(week.most_seats for week in of.weeks)
    told = f"{sessions} {'session' if sessions == 1 else 'sessions'}, at most {most} people at once"
    if of.idle is None:
        return f"{told}.\nThe nodes are your own, so nothing is said of their price."
    # Two bare dollar signs would be read as the bounds of a formula.
    spent = f"They cost at most \\${dollars(of.cost.micro_usd)}"
    if of.cost.micro_usd is None:
        spent = "No price of theirs is known"
    return (
        f"{told}, on {of.cost.node_hours} hours of nodes at most.\n"
        f"{spent}; what is always on, whether anybody comes or not, \\${dollars(of.idle)}."
    )


def _name(of: Season, event: PlannedEvent) -> str:
    return event.config.name if len(of.hubs) == 1 else f"{event.hub.name}: {event.config.name}"


def _colours(of: Season) -> dict[str, str]:
    """Return the colour of each hub; the last is that of all others if there are many."""
    own = len(_HUBS) if len(of.hubs) <= len(_HUBS) else len(_HUBS) - 1
    return {name: _HUBS[place] if place < own else _OTHERS for place, name in enumerate(of.hubs)}


def _events(panel: Panel, of: Season, days: Days, names: list[str]) -> None:
    """Draw the phases of every event as a row, with the times at which its hub is frozen."""
    for row, event in enumerate(of.events):
        changes = event.schedule.transitions
        for change, after in pairwise(changes):
            phase = _phase(change)
            starts, ends = days.place(change.at), days.place(after.at)
            panel.barh(
                row, ends - starts, left=starts, height=0.58, color=_PHASES[phase],
                edgecolor=_PHASES[phase], linewidth=_EDGES.get(phase, 0), zorder=_ORDER[phase],
                snap=False,
            )  # fmt: skip
    rows = {event.config.name: row for row, event in enumerate(of.events)}
    for freeze in of.frozen:
        _freeze(panel, days, freeze, rows[freeze.event])
    colours = _colours(of)
    size = min(_LARGEST_NAME, _MOST_ROWS * _POINTS_PER_INCH / len(names) * 0.8)
    panel.set_yticks(range(len(names)), names, size=size)
    for tick, event in zip(panel.get_yticklabels(), of.events, strict=True):
        tick.set_color(colours[event.hub.name] if len(of.hubs) > 1 else INK)
    panel.set_ylim(len(names) - 0.42, -0.58)
    panel.grid(visible=False, axis="y")
    words = [("Events:", INK), ("pool there,", _STAGED_WORD), ("seats warm,", BROWN)]
    heading(panel, *words, ("people there,", BLUE), ("leaving", SKY))


def _phase(change: Transition) -> str:
    return "draining" if change.draining else change.phase


def _freeze(panel: Panel, days: Days, freeze: Freeze, row: int) -> None:
    starts, ends = days.place(freeze.since), days.place(freeze.until)
    if ends <= 0 or starts >= days.count:
        return
    starts, ends = max(starts, 0), min(ends, days.count)
    panel.plot([starts, ends], [row + 0.42] * 2, color=VERMILION, linewidth=2, zorder=7)
    label(
        panel, ((starts + ends) / 2, row + 0.42), "frozen", VERMILION,
        offset=(0, 0), ha="center", va="center", zorder=8,
    )  # fmt: skip


def _seats(panel: Panel, of: Season, days: Days) -> None:
    """Draw for how many people seats are held, hub upon hub."""
    colours = _colours(of)
    most = 1
    for step in of.within():
        starts = days.place(step.at)
        ends = days.count if step.until is None else days.place(step.until)
        below = 0
        for hub in of.hubs:
            held = step.loads[hub].users
            if held:
                panel.bar(
                    starts, held, width=ends - starts, bottom=below, align="edge",
                    color=colours[hub], edgecolor=colours[hub], linewidth=0.8, snap=False,
                )  # fmt: skip
            below += held
        most = max(most, below)
    panel.set_ylim(0, most * 1.12)
    named = [(hub, colours[hub]) for hub in of.hubs if colours[hub] != _OTHERS]
    others = len(of.hubs) - len(named)
    if others:
        named.append((f"{others} other hubs", _OTHERS))
    heading(panel, ("Seats held", INK), *(named if len(of.hubs) > 1 else ()))


def _money(panel: Panel, of: Season, days: Days) -> None:
    """Draw what each week costs: below what is always on, above the nodes of events."""
    totals = [_total(week) for week in of.weeks]
    for week, total in zip(of.weeks, totals, strict=True):
        starts, ends = days.place(week.starts), days.place(week.ends)
        gap = min(0.12, (ends - starts) / 8)
        idle = week.idle or 0
        width, left = ends - starts - 2 * gap, starts + gap
        panel.bar(left, idle, width=width, align="edge", color=_IDLE)
        panel.bar(left, total - idle, width=width, bottom=idle, align="edge", color=BLUE)
    panel.set_ylim(0, max([*totals, 1]) * 1.22)
    panel.set_yticks([])
    for place in _labelled(of, days, totals):
        week = of.weeks[place]
        middle = (days.place(week.starts) + days.place(week.ends)) / 2
        panel.annotate(
            _usd(totals[place]), (middle, totals[place]), (0, 3), textcoords="offset points",
            ha="center", va="bottom", color=INK, size=10, zorder=10,
        )  # fmt: skip
    heading(
        panel,
        ("Cost of each week, at most:", INK),
        ("nodes of events", BLUE),
        ("and always on", GREY),
    )


def _total(week: Week) -> int:
    return (week.cost.micro_usd or 0) + (week.idle or 0)


def _usd(micro: int) -> str:
    """Return dollars, rounded up: whole ones unless there are few."""
    if micro < _WHOLE_DOLLARS * _MICROS:
        return f"${dollars(micro)}"
    return f"${ceil_div(micro, _MICROS):,}"


def _labelled(of: Season, days: Days, totals: list[int]) -> list[int]:
    """Return the weeks that have room for their label, the dearest first."""
    found: list[int] = []
    middles = [(days.place(week.starts) + days.place(week.ends)) / 2 for week in of.weeks]
    for place in sorted(range(len(totals)), key=lambda place: (-totals[place], place)):
        near = (abs(middles[place] - middles[other]) for other in found)
        if all(apart >= days.count * _APART for apart in near):
            found.append(place)
    return sorted(found)


def _mark(panels: list[Panel], days: Days, marked: datetime) -> None:
    place = days.place(marked)
    for panel in panels:
        panel.axvline(place, color=INK, linewidth=1.2, linestyle=(0, (4, 2)), zorder=9)
    right = place > days.count / 2
    panels[0].annotate(
        f"{marked.astimezone(days.where):%a %Y-%m-%d %H:%M}", (place, 0), (0, -2),
        xycoords=("data", "axes fraction"), textcoords="offset points", color=INK, size=9.5,
        ha="right" if right else "left", va="top",
    )  # fmt: skip
