"""The picture of a rehearsal: memory and CPU of each server, under the seat that holds them."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from capacity.packing import Seat
from capacity.quantities import GIB, show_cpu, show_memory
from capacity.recording import Sample, Series, cpu_in_use, of_users
from capacity.rehearsal import (
    CPU_HEADROOM_PERCENT,
    CPU_PERCENTILE,
    MEMORY_HEADROOM_PERCENT,
    with_headroom,
)
from preview.picture_style import (
    BLUE,
    BROWN,
    GREEN,
    INK,
    ORANGE,
    VERMILION,
    Panel,
    figure_with,
    heading,
    in_minutes,
)
from preview.show_rehearsal import Judged, counted

_ROOM = 1.12
_DASHED, _DOTTED = (0, (5, 2)), (0, (1.5, 1.5))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Levels:
    """What is compared in a panel, in GiB or cores; None for what is not known."""

    used: float | None
    wanted: float | None
    seat: float | None


def draw_rehearsal(of: Judged) -> Figure:
    """Return memory and CPU over time, with the seat of the event or the one to ask for."""
    found, series = of.rehearsal.measured, of_users(of.rehearsal.series)
    told = f"{of.event} does not fit" if of.misfits else f"{of.event} fits"
    title = f"{of.rehearsal.file}: {told} its seat" if of.seat else of.rehearsal.file
    seat = of.seat or found.seat
    figure, panels = figure_with(title, _caption(of, seat), [1, 1], 6.4)
    memory = [one for one in series if one.metric == "memory"]
    rest = [one for one in series if one.metric != "memory"]
    levels = _levels(found.memory, MEMORY_HEADROOM_PERCENT, GIB, seat and seat.memory)
    _panel(panels[0], _lines(memory, found.starts, GIB), levels)
    _heading(panels[0], "Memory in GiB:", "at most", levels)
    levels = _levels(found.cpu, CPU_HEADROOM_PERCENT, 1000, seat and seat.cpu)
    _panel(panels[1], _lines(rest, found.starts, 1), levels)
    _heading(panels[1], "CPU in cores:", f"in {CPU_PERCENTILE} of 100 samples at most", levels)
    for panel in panels:
        panel.set_xlim(0, max((found.ends - found.starts) / 60, 1))
        in_minutes(panel)
    panels[-1].set_xlabel("minutes", size=10.5, color=INK, loc="right")
    return figure


def _caption(of: Judged, seat: Seat | None) -> str:
    whose = "Seat" if of.seat else "Seat to ask for"
    size = f"{show_memory(seat.memory)}, {show_cpu(seat.cpu)} CPU" if seat else "not known"
    mark = "\nSample data: the numbers are made up." if of.rehearsal.sample else ""
    return f"{whose}: {size}. Recorded: {counted(len(of.rehearsal.measured.servers))}.{mark}"


def _levels(used: int | None, percent: int, unit: int, seat: int | None) -> _Levels:
    wanted = None if used is None else with_headroom(used, percent)
    amounts = [None if one is None else one / unit for one in (used, wanted, seat)]
    return _Levels(used=amounts[0], wanted=amounts[1], seat=amounts[2])


def _lines(series: Sequence[Series], starts: float, unit: int) -> list[list[Sample]]:
    """Return one line for each series, in minutes since the first sample, in GiB or cores."""
    return [
        [
            Sample((sample.at - starts) / 60, sample.value / unit)
            for sample in (one.samples if one.metric == "memory" else cpu_in_use(one))
        ]
        for one in series
    ]


def _panel(panel: Panel, lines: Sequence[Sequence[Sample]], levels: _Levels) -> None:
    for line in lines:
        panel.plot([one.at for one in line], [one.value for one in line], color=BLUE, linewidth=1.3)
    if levels.wanted is not None:
        panel.axhline(levels.wanted, color=ORANGE, linewidth=1.8, linestyle=_DOTTED)
    if levels.seat is not None:
        panel.axhline(levels.seat, color=GREEN, linewidth=1.8, linestyle=_DASHED)
    values = [one.value for line in lines for one in line]
    panel.set_ylim(0, (max([*values, levels.wanted or 0, levels.seat or 0]) or 1) * _ROOM)


def _heading(panel: Panel, what: str, counted: str, levels: _Levels) -> None:
    if levels.used is None:
        heading(panel, (what, INK), ("not recorded", VERMILION))
        return
    parts = [(what, INK), (f"{levels.used:.2f} {counted};", BLUE)]
    parts.append((f"{levels.wanted:.2f} with headroom;", BROWN))
    if levels.seat is not None:
        parts.append((f"{levels.seat:.2f} the seat", GREEN))
    heading(panel, *parts)
