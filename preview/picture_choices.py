"""Pictures of choices: cost against waiting, and what would happen if."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from preview.picture_style import BLUE, BROWN, GREY, INK, ORANGE, VERMILION, figure_with, label

_MICROS = 1_000 * 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeOff:
    """One way to prepare: its label, its cost in millionths of a dollar, who waits then.

    Attributes:
        label: What is written at the point, such as `4 warm`.
        cost_micro_usd: What it costs.
        waiting_share: Share of people who wait longer than the limit, 0 to 1.
        chosen: Whether it is the one that is planned.
    """

    label: str
    cost_micro_usd: int
    waiting_share: float
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """A change of one thing and the waiting share with it, from 0 to 1."""

    label: str
    waiting_share: float


def _percent(share: float, _: int) -> str:
    return f"{share:.0f} %"


def _dollars(cost: float, _: int) -> str:
    return f"${cost:,.2f}"


def draw_trade_off(
    title: str, caption: str, points: Sequence[TradeOff], bound: float | None = None
) -> Figure:
    """Return cost against waiting share, the chosen point marked; `bound` is the share allowed."""
    figure, (panel,) = figure_with(title, caption, [1], 6.0)
    ordered = sorted(points, key=lambda point: point.cost_micro_usd)
    costs = [point.cost_micro_usd / _MICROS for point in ordered]
    shares = [point.waiting_share * 100 for point in ordered]
    panel.plot(costs, shares, color=GREY, linewidth=1.4, zorder=1)
    for point, cost, share in zip(ordered, costs, shares, strict=True):
        colour, size = (VERMILION, 130) if point.chosen else (BLUE, 45)
        panel.scatter([cost], [share], s=size, color=colour, zorder=2)
        name = f"{point.label}, chosen" if point.chosen else point.label
        label(panel, (cost, share), name, colour, offset=(9, 6))
    if bound is not None:
        panel.axhline(bound * 100, color=ORANGE, linewidth=1.6, linestyle=(0, (5, 2)))
        panel.annotate(
            f"at most {bound:.0%} may wait",
            (0, bound * 100),
            (4, 4),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            ha="left",
            color=BROWN,
            size=11,
        )
    panel.margins(x=0.2)
    panel.set_ylim(0, max([*shares, (bound or 0) * 100, 1]) * 1.15)
    panel.yaxis.set_major_formatter(FuncFormatter(_percent))
    panel.xaxis.set_major_formatter(FuncFormatter(_dollars))
    panel.set_ylabel("people who wait too long", size=10.5, color=INK)
    panel.set_xlabel("cost", size=10.5, color=INK, loc="right")
    return figure


def draw_what_if(title: str, caption: str, bars: Sequence[WhatIf]) -> Figure:
    """Return the waiting share of each change as a bar, in the order given; the first is now."""
    longest = max((len(bar.label) for bar in bars), default=0)
    left = min(0.085 + 0.0085 * longest, 0.5)
    figure, (panel,) = figure_with(title, caption, [1], 2.5 + 0.45 * len(bars), left)
    places = list(range(len(bars)))
    shares = [bar.waiting_share * 100 for bar in bars]
    colours = [BLUE if place == 0 else GREY for place in places]
    panel.barh(places, shares, color=colours, height=0.62)
    for place, share in zip(places, shares, strict=True):
        panel.annotate(
            f"{share:.0f} %",
            (share, place),
            (5, 0),
            textcoords="offset points",
            va="center",
            color=INK,
            size=11,
        )
    panel.set_yticks(places, [bar.label for bar in bars], size=11)
    panel.invert_yaxis()
    panel.grid(visible=False)
    panel.spines["bottom"].set_visible(False)
    panel.set_xticks([])
    panel.set_xlim(0, max([*shares, 1]) * 1.1)
    return figure
