"""The timeline of phases for a reader: when each setting changes."""

from datetime import datetime

from rich.table import Table

from events.phases import Transition
from hubs.active import PlannedEvent, at
from hubs.cluster import Provider
from hubs.settings import OFF, Change, changes

_SHOWN = 6


def phase_name(transition: Transition) -> str:
    """Return the phase as people say it."""
    return "live, draining" if transition.draining else transition.phase


def _around(found: list[Change], now: datetime) -> list[Change]:
    """Return the change in force and those next to it."""
    past = sum(change.transition.at <= now for change in found)
    start = max(0, min(past - 2, len(found) - _SHOWN))
    return found[start : start + _SHOWN]


def _told(change: Change) -> str:
    gone = [name for name, value in change.switched.items() if value == OFF]
    new = [f"{name} {value}" for name, value in change.switched.items() if value != OFF]
    if gone:
        new.append(
            f"{', '.join(gone)} as usual"
            if change.switched.get("pool") != OFF
            else "everything as usual"
        )
    return "; ".join(new) or "nothing changes"


def timeline(events: list[PlannedEvent], provider: Provider, now: datetime) -> Table:
    """Return the changes of phase around an instant, an arrow at the phase in force."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("", "event", "from", "phase"):
        table.add_column(column, no_wrap=True)
    table.add_column("what changes")
    for event in events:
        found = list(changes(event, provider))
        current = at(event, now).state
        shown = _around(found, now)
        for change in shown:
            moment = change.transition
            table.add_row(
                ">" if moment == current else "",
                event.config.name,
                f"{moment.at:%a %Y-%m-%d %H:%M %Z}",
                phase_name(moment),
                _told(change),
                style="bold" if moment == current else "",
            )
        hidden = len(found) - len(shown)
        if hidden:
            last = found[-1].transition.at
            table.add_row(
                "", event.config.name, "", "", f"and {hidden} more, until {last:%Y-%m-%d}"
            )
    return table
