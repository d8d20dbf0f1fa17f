"""The timeline of phases for a reader: when each setting changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.table import Table

from events.phases import Transition
from hubs.active import PlannedEvent
from hubs.cluster_parts import Provider
from hubs.settings import OFF, Change, changes

# Short timelines are shown whole; of long ones what is in force, and so many to come.
_WHOLE, _TO_COME = 8, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    event: PlannedEvent
    change: Change
    in_force: bool

    @property
    def at(self) -> datetime:
        return self.change.transition.at.astimezone(self.event.where)


def phase_name(transition: Transition) -> str:
    """Return the phase as people say it."""
    return "live, draining" if transition.draining else transition.phase


def _rows(event: PlannedEvent, provider: Provider, now: datetime) -> list[_Row]:
    current = event.schedule.state(now)
    return [
        _Row(event=event, change=change, in_force=change.transition == current)
        for change in changes(event, provider)
    ]


def _shown(rows: list[_Row], now: datetime) -> list[_Row]:
    if len(rows) <= _WHOLE:
        return rows
    to_come = [row for row in rows if row.at > now][:_TO_COME]
    return [row for row in rows if row.in_force] + to_come


def _told(change: Change) -> str:
    gone = [name for name, value in change.switched.items() if value == OFF]
    told = [f"{name} {value}" for name, value in change.switched.items() if value != OFF]
    if change.transition.phase == "over":
        return "everything as usual"
    if gone:
        told.append(f"{', '.join(gone)} as usual")
    return "; ".join(told) or "nothing changes"


def timeline(events: Sequence[PlannedEvent], provider: Provider, now: datetime) -> Table:
    """Return the changes of phase in order of time, an arrow at those in force."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("", "event", "from", "phase"):
        table.add_column(column, no_wrap=True)
    table.add_column("what changes")
    rows = [row for event in events for row in _rows(event, provider, now)]
    rows.sort(key=lambda row: row.at)
    shown = _shown(rows, now)
    for row in shown:
        table.add_row(
            ">" if row.in_force else "",
            row.event.config.name,
            f"{row.at:%a %Y-%m-%d %H:%M %Z}",
            phase_name(row.change.transition),
            _told(row.change),
            style="bold" if row.in_force else "",
        )
    after = sum(row.at > now for row in rows) - sum(row.at > now for row in shown)
    if after:
        table.add_row("", "", "", "", f"and {after} more until {rows[-1].at:%Y-%m-%d}")
    return table
