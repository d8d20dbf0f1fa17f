"""The picture of an event: who comes, who has a server, who waits, on how many nodes."""

from dataclasses import dataclass
from math import ceil
from typing import Any, TypeAlias

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from capacity.figures import dollars
from capacity.replicas import Runs
from capacity.scene import Scene
from capacity.simulation import engine
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
    in_minutes,
    label,
)
from preview.show_simulated import reason, span_words, verdict
from preview.simulated import Simulated

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"

_POINTS = 400
_MINUTE_MILLIS = 60_000
_HOUR_MILLIS = 60 * _MINUTE_MILLIS
_MICROS = 1_000 * 1_000
# Of all waits, those that end within the picture; a few stragglers do not stretch it.
_SEEN = 0.995
_MARGIN = 1.12
# Fewer waiting people on average than this are nobody.
_SOMEBODY = 0.05
_SHORTEST = _MINUTE_MILLIS / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Curves:
    """Means over all events, at times in minutes.

    Attributes:
        minutes: When.
        came: People who have come.
        running: Of those, who have a server.
        late: Of those who have none, who have waited longer than the limit.
    """

    minutes: Numbers
    came: Numbers
    running: Numbers
    late: Numbers


def _ready(runs: Runs) -> Numbers:
    """Return when servers of those who came run, in milliseconds; infinite for none."""
    ends = (runs.arrivals + runs.waits)[runs.came].astype(np.float64)
    if runs.summary[:, engine.UNSERVED].any():
        # Who is not served waits until the end of the simulation, which nobody else reaches.
        ends[ends == ends.max()] = np.inf
    return ends


def _until(runs: Runs) -> float:
    """Return the milliseconds that the picture shows: until hardly anybody waits any more."""
    ready = _ready(runs)
    ready = ready[np.isfinite(ready)]
    last = float(runs.arrivals[runs.came].max(initial=0))
    ends = float(np.quantile(ready, _SEEN)) if ready.size else last
    return max(last, ends, _SHORTEST / _MARGIN) * _MARGIN


def _so_far(times: Numbers, grid: Numbers, replicas: int) -> Numbers:
    """Return how many times lie before each point of a grid, per event."""
    return np.searchsorted(np.sort(times), grid, side="right") / replicas


def curves(runs: Runs, wait_limit: float) -> Curves:
    """Return how many have come, have a server, and wait too long, over time."""
    grid = np.linspace(0, _until(runs), _POINTS)
    replicas = len(runs.waits)
    arrivals = runs.arrivals[runs.came].astype(np.float64)
    waits = runs.waits[runs.came].astype(np.float64)
    ready = _ready(runs)
    limit = wait_limit * 1000
    too_long = waits > limit
    became_late = _so_far(arrivals[too_long] + limit, grid, replicas)
    return Curves(
        minutes=grid / _MINUTE_MILLIS,
        came=_so_far(arrivals, grid, replicas),
        running=_so_far(ready, grid, replicas),
        late=became_late - _so_far(ready[too_long], grid, replicas),
    )


def draw_event(of: Simulated, name: str) -> Figure:
    """Return the picture of a simulation whose runs were sampled."""
    scene, runs = of.scenario.scene, of.runs
    found = curves(runs, scene.wait_limit)
    price = of.scenario.micro_usd_per_hour
    heights = [3.2, 1.5, 1.3] + ([1.1] if price is not None else [])
    last = span_words(float(runs.arrivals.max(axis=1, where=runs.came, initial=0).mean()) / 1000)
    title = f"{name}: {round(of.proof.came.mean)} people come within {last}"
    caption = "\n".join(line for line in (verdict(of), reason(of)) if line)
    figure, panels = figure_with(title, caption, heights, 7.0 if price is None else 8.2)
    _people(panels[0], found, of)
    _waiting(panels[1], found, scene)
    _nodes(panels[2], runs)
    if price is not None:
        _cost(panels[3], of, price, float(found.minutes[-1]))
    for panel in panels:
        panel.set_xlim(0, float(found.minutes[-1]))
        panel.set_ylim(bottom=0)
        in_minutes(panel)
    panels[-1].set_xlabel("minutes", size=10.5, color=INK, loc="right")
    return figure


def _people(panel: Panel, found: Curves, of: Simulated) -> None:
    """Draw who has come, who has a server, and how many seats are ready."""
    minutes, most = found.minutes, float(found.came[-1])
    panel.fill_between(minutes, found.running, found.came, color=ORANGE, alpha=0.35, linewidth=0)
    seats = _seats(found, of)
    panel.plot(minutes, seats, color=GREEN, linewidth=1.8, linestyle=(0, (5, 2)))
    panel.plot(minutes, found.came, color=INK, linewidth=2)
    panel.plot(minutes, found.running, color=BLUE, linewidth=2.4)
    top = max(most, 1) * 1.18
    panel.set_ylim(0, top)
    ready = f"{seats[0]:.0f} {'seat' if seats[0] == 1 else 'seats'} ready"
    if seats[0] > most:
        label(panel, (0, top), f"{ready}, enough for all", GREEN, offset=(6, -2), va="top")
    else:
        label(panel, (0, float(seats[0])), ready, GREEN, va="bottom")
    place = int((found.running < found.running[-1] * 0.4).sum())
    point = (float(minutes[place]), float(found.running[place]))
    label(panel, point, "have a server", BLUE, offset=(10, -4), va="top")
    ends = (float(minutes[-1]), most)
    label(panel, ends, f"{most:.0f} have come", INK, offset=(0, 4), ha="right", va="bottom")
    heading(panel, ("People", INK))


def _seats(found: Curves, of: Simulated) -> Numbers:
    """Return the seats on ready nodes: as last sampled, and at least those that are taken."""
    crowd, scene = of.scenario.crowd, of.scenario.scene
    when, nodes = _sampled(of.runs, engine.READY_NODES)
    last = np.searchsorted(when, found.minutes, side="right") - 1
    seats = nodes[last] * of.scenario.seats_per_node - scene.users_before
    freed = crowd.stay or crowd.pause or scene.lost_nodes or scene.reclaim_hours
    return seats if freed else np.maximum(seats, found.running)


def _sampled(runs: Runs, *columns: int) -> tuple[Numbers, Numbers]:
    """Return the minutes of the samples and the sum of some of their columns."""
    minutes = np.arange(len(runs.samples)) * runs.sample_every / _MINUTE_MILLIS
    return minutes, np.asarray(runs.samples[:, list(columns)].sum(axis=1))


def _waiting(panel: Panel, found: Curves, scene: Scene) -> None:
    """Draw who waits, and who of them waits longer than the limit."""
    waiting = found.came - found.running
    panel.fill_between(found.minutes, 0, waiting, color=ORANGE, alpha=0.55, linewidth=0)
    panel.fill_between(found.minutes, 0, found.late, color=VERMILION, linewidth=0)
    panel.set_ylim(0, max(float(waiting.max()) * 1.1, 1))
    if float(waiting.max()) < _SOMEBODY:
        panel.set_yticks([])
        middle = float(found.minutes[-1]) / 2
        label(panel, (middle, 0.5), "nobody", GREY, offset=(0, 0), ha="center", va="center")
    longer = f"of them longer than {span_words(scene.wait_limit)}"
    heading(panel, ("People waiting,", BROWN), (longer, VERMILION))


def _nodes(panel: Panel, runs: Runs) -> None:
    minutes, ready = _sampled(runs, engine.READY_NODES)
    _, both = _sampled(runs, engine.READY_NODES, engine.COMING_NODES)
    panel.fill_between(minutes, 0, ready, step="post", color=GREEN, alpha=0.75, linewidth=0)
    panel.fill_between(minutes, ready, both, step="post", color=SKY, alpha=0.6, linewidth=0)
    panel.set_ylim(0, max(float(both.max()) * 1.15, 1))
    heading(panel, ("Nodes ready", GREEN), ("and on their way", BLUE))


def _cost(panel: Panel, of: Simulated, micro_usd_per_hour: int, until: float) -> None:
    """Draw what nodes have cost so far, up to a minute."""
    minutes, nodes = _sampled(of.runs, engine.READY_NODES, engine.COMING_NODES)
    hours = (np.cumsum(nodes) - nodes) * of.runs.sample_every / _HOUR_MILLIS
    spent = hours * micro_usd_per_hour / _MICROS
    panel.plot(minutes, spent, color=INK, linewidth=2)
    panel.set_ylim(0, max(float(np.interp(until, minutes, spent)) * 1.15, 0.01))
    panel.yaxis.set_major_locator(MaxNLocator(nbins=3))
    total = dollars(ceil(of.proof.node_hours.mean * micro_usd_per_hour))
    heading(panel, ("Cost so far, in dollars;", INK), (f"in all {total}", GREY))
