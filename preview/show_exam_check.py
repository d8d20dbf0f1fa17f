"""The exam guide's list for a reader and for machines: each line proved, open, or waived."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hubs.active import PlannedEvent
from hubs.readiness import is_ready
from hubs.readiness_lines import Line

_STYLES = {"proved": "green", "open": "bold red", "waived": "yellow"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """An exam and its list at an instant."""

    stack: str
    event: PlannedEvent
    now: datetime
    lines: Sequence[Line]

    @property
    def is_ready(self) -> bool:
        """Return whether no line is open."""
        return is_ready(self.lines)


def exam_list(checked: Checked) -> Iterator[RenderableType]:
    """Yield an exam's heading, the sections of its list, and the sum."""
    config, now = checked.event.config, checked.now.astimezone(checked.event.where)
    heading = Text()
    heading.append(f"{config.name} ", style="bold")
    heading.append(f"on hub {config.hub} of {checked.stack}, {config.users} users; ")
    heading.append(f"looked at on {now:%a %Y-%m-%d %H:%M %Z}")
    yield Padding(heading, (0, 0, 1, 0))
    for section, lines in groupby(checked.lines, key=lambda line: line.item.section):
        yield Text(section, style="bold")
        yield Padding(_section(list(lines)), (0, 0, 1, 2))
    yield _sum(checked)


def _section(lines: Sequence[Line]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column()
    for line in lines:
        table.add_row(Text(line.state, style=_STYLES[line.state]), Text(line.item.asks))
        table.add_row("", Text(line.evidence, style="dim" if line.state == "proved" else ""))
        if line.write:
            table.add_row("", Text(f"write {line.write}", style="cyan"))
    return table


def _sum(checked: Checked) -> Text:
    counts = {state: sum(line.state == state for line in checked.lines) for state in _STYLES}
    told = ", ".join(f"{count} {state}" for state, count in counts.items() if count)
    verdict = "Ready" if checked.is_ready else "Not ready"
    return Text(f"{verdict}: {told}.", style="green" if checked.is_ready else "bold red")


def exam_json(checked: Checked) -> dict[str, Any]:
    """Return an exam's list for machines."""
    return {
        "stack": checked.stack,
        "event": checked.event.config.name,
        "hub": checked.event.config.hub,
        "at": checked.now.isoformat(),
        "ready": checked.is_ready,
        "lines": [
            {
                "line": line.name,
                "section": line.item.section,
                "asks": line.item.asks,
                "state": line.state,
                "evidence": line.evidence,
                "write": line.write or None,
            }
            for line in checked.lines
        ],
    }
