"""What of a schedule is due, for a reader and for machines."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from events.durations import show
from hubs.due import Due
from hubs.settings import Change
from preview.show_timeline import phase_name, what_changes

# Of a stack that nobody has looked at for a term, people read the end.
_SHOWN = 8


def due_lines(stack: str, found: Due, *, edited: bool) -> Iterator[str]:
    """Yield what is due, what was missed, and what comes next, a line each."""
    zone = _zone(found)
    yield f"{stack}, {_when(found.now, zone)}; last update for {_when(found.applied, zone)}"
    if edited:
        yield "due: the events of the stack file, which were others at the last update"
    earlier, shown = found.due[:-_SHOWN], found.due[-_SHOWN:]
    if earlier:
        missed = sum(found.is_missed(change) for change in earlier)
        yield f"due: {len(earlier)} before these, of them {missed} missed"
    for change in shown:
        word = "missed" if found.is_missed(change) else "due"
        late = show(int(found.late(change).total_seconds()))
        yield f"{word}: {_line(change, zone)}; {late} ago, slack {_slack(found)}"
    for change in found.ahead:
        yield f"ahead: {_line(change, zone)}; applied already"
    if not (found.due or found.ahead or edited):
        yield "nothing is due"
    yield f"next: {_line(found.next, zone)}" if found.next else "next: nothing any more"


def due_json(stack: str, found: Due, *, edited: bool) -> dict[str, Any]:
    """Return what is due, for machines."""
    return {
        "stack": stack,
        "at": found.now.isoformat(),
        "lastPlannedFor": found.applied.isoformat(),
        "slackSeconds": int(found.slack.total_seconds()),
        "edited": edited,
        "due": [_json(it) | {"missed": found.is_missed(it)} for it in found.due],
        "ahead": [_json(it) for it in found.ahead],
        "next": _json(found.next) if found.next else None,
    }


def _json(change: Change) -> dict[str, Any]:
    return {
        "at": change.at.isoformat(),
        "hub": change.hub.name,
        "events": {one.planned.config.name: phase_name(one.state) for one in change.moved},
        "switched": change.switched,
    }


def _zone(found: Due) -> ZoneInfo:
    changes: Sequence[Change] = [*found.due, *found.ahead, *([found.next] if found.next else [])]
    return changes[0].where if changes else ZoneInfo("UTC")


def _when(instant: datetime, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%a %Y-%m-%d %H:%M %Z}"


def _slack(found: Due) -> str:
    return show(int(found.slack.total_seconds()))


def _line(change: Change, zone: ZoneInfo) -> str:
    told = ", ".join(f"{it.planned.config.name} {phase_name(it.state)}" for it in change.moved)
    return f"{_when(change.at, zone)} {told or f'{change.hub.name}: {what_changes(change)}'}"
