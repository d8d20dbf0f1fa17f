"""Orphans for a reader and for machines: what they are, since when, and what to do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich.table import Table
from rich.text import Text

from hubs.orphan_remedies import Action, Remedy
from hubs.orphans import EVENT_TAG, HUB_TAG, Found, Thing

_TITLES: dict[Action, str] = {
    "import": "Take into the state, then run up",
    "delete": "Delete, in this order",
    "look": "Look at them yourself",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OrphanReport:
    """What is in a cloud and in no state.

    Attributes:
        stack: Name of the stack.
        place: Region, and the project of Google Cloud.
        found: What the comparison found.
        remedies: What to do, one for each orphan.
    """

    stack: str
    place: str
    found: Found
    remedies: Sequence[Remedy]

    @property
    def rows(self) -> Iterator[tuple[Thing, Remedy]]:
        """Return every orphan with what to do about it."""
        return zip(self.found.orphans, self.remedies, strict=True)


def summary(report: OrphanReport) -> str:
    """Return how many things carry the stack's tags, and how many of them no state has."""
    found = report.found
    orphans = len(found.orphans)
    told = f"{orphans} orphan{'' if orphans == 1 else 's'} of {report.stack} in {report.place}"
    told += f"; {found.held} in the state"
    return told + (f", {found.made} made by its cluster" if found.made else "") + "."


def orphan_table(report: OrphanReport) -> Table:
    """Return one row per orphan."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("type", "id", "since", "hub", "event", "to do"):
        table.add_column(column, overflow="fold")
    for thing, remedy in report.rows:
        named, tags = thing.named, thing.tags
        todo = Text(remedy.action)
        if named.data:
            todo.append(", holds data", style="bold red")
        table.add_row(
            named.type,
            Text(named.id),
            thing.since[:16].replace("T", " ") or "-",
            tags.get(HUB_TAG, ""),
            tags.get(EVENT_TAG, ""),
            todo,
        )
    return table


def todo(report: OrphanReport) -> Iterator[Text]:
    """Yield every command under what it does, ready to paste, and why."""
    for action, title in _TITLES.items():
        rows = [row for row in report.rows if row[1].action == action]
        if rows:
            yield Text(title, style="bold")
        for thing, remedy in rows:
            name = thing.tags.get("Name", thing.named.id)
            yield Text(f"# {name}: {remedy.because}", style="dim")
            if remedy.command:
                yield Text(remedy.command)


def orphans_json(report: OrphanReport) -> dict[str, Any]:
    """Return everything that is shown."""
    return {
        "stack": report.stack,
        "place": report.place,
        "inState": report.found.held,
        "madeByCluster": report.found.made,
        "orphans": [
            {
                "type": thing.named.type,
                "id": thing.named.id,
                "name": thing.listed,
                "since": thing.since or None,
                "hub": thing.tags.get(HUB_TAG),
                "event": thing.tags.get(EVENT_TAG),
                "tags": dict(sorted(thing.tags.items())),
                "holdsData": thing.named.data,
                "action": remedy.action,
                "because": remedy.because,
                "command": remedy.command or None,
            }
            for thing, remedy in report.rows
        ],
    }
