"""The timeline of phases for a reader: when each setting changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from events.phases import Transition
from hubs.active import PlannedEvent
from hubs.cluster import ClusterConfig
from hubs.settings import OFF, Change, changes
from preview.tables import Fitting

# Short timelines are shown whole; of long ones what is in force, and so many to come.
_WHOLE, _TO_COME = 8, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    at: datetime
    who: str
    phase: str
    told: str
    in_force: bool


def phase_name(transition: Transition) -> str:
    """Return the phase as people say it."""
    return "live, draining" if transition.draining else transition.phase


def _rows(events: Sequence[PlannedEvent], cluster: ClusterConfig, now: datetime) -> Iterator[_Row]:
    current = {event.owner: event.schedule.state(now) for event in events}
    found = list(changes(events, cluster))
    latest = {change.hub.name: change for change in found if change.at <= now}
    for change in found:
        moved = [one.state == current[one.planned.owner] for one in change.moved]
        yield _Row(
            at=change.at.astimezone(change.where),
            who="\n".join(one.planned.config.name for one in change.moved),
            phase="\n".join(phase_name(one.state) for one in change.moved),
            told=what_changes(change),
            # What moves no event is in force until anything else changes on its hub.
            in_force=any(moved) if moved else latest.get(change.hub.name) is change,
        )


def _shown(rows: list[_Row], now: datetime) -> list[_Row]:
    if len(rows) <= _WHOLE:
        return rows
    to_come = [row for row in rows if row.at > now][:_TO_COME]
    return [row for row in rows if row.in_force] + to_come


def what_changes(change: Change) -> str:
    """Return the settings that a change switches, as people say it."""
    gone = [name for name, value in change.switched.items() if value == OFF]
    told = [f"{name} {value}" for name, value in change.switched.items() if value != OFF]
    if change.usual:
        return "everything as usual"
    if gone:
        told.append(f"{', '.join(gone)} as usual")
    return "; ".join(told) or "nothing changes"


def timeline(events: Sequence[PlannedEvent], cluster: ClusterConfig, now: datetime) -> Fitting:
    """Return the changes of phase in order of time, an arrow at those in force."""
    table = Fitting()
    table.names("", "event", "from", "phase")
    table.texts("what changes")
    rows = sorted(_rows(events, cluster, now), key=lambda row: row.at)
    shown = _shown(rows, now)
    for row in shown:
        table.add_row(
            ">" if row.in_force else "",
            row.who,
            f"{row.at:%a %Y-%m-%d %H:%M %Z}",
            row.phase,
            row.told,
            style="bold" if row.in_force else "",
        )
    after = sum(row.at > now for row in rows) - sum(row.at > now for row in shown)
    if after:
        table.add_row("", "", "", "", f"and {after} more until {rows[-1].at:%Y-%m-%d}")
    return table
