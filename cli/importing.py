"""What `readyroom import-calendar` does: reads, checks, compares, writes."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from cli.output import console, progress, project_root, replace_file, write_json
from events.ical_source import MOST_BYTES, shortened
from hubs.calendar_changes import Change, changes
from hubs.calendars import FOLDER, as_calendar, calendar_bytes, read_calendar, with_calendar
from hubs.event import EventConfig
from hubs.files import StackConfig, stack_config
from hubs.mistakes import Mistake, MistakesError, nearest
from hubs.parsing import parsed
from hubs.session_config import SessionConfig
from hubs.shapes import is_list, is_mapping
from hubs.stack import event_names, load_stack
from preview.loaded import stack_names, stack_path

_EVENT: TypeAdapter[EventConfig] = TypeAdapter(EventConfig)
_KINDS = ("new", "gone", "same")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the command line asks for."""

    source: str
    ignore_unknown: bool
    dry_run: bool

    @property
    def shown(self) -> str:
        """Return what messages say of the source: of an address, which may be secret, its host."""
        return self.source.split("/")[2] if self.is_address else self.source

    @property
    def is_address(self) -> bool:
        """Return whether the source is an address."""
        return "://" in self.source


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The events of a stack file that a calendar is for.

    Attributes:
        config: The stack file.
        name: Name of the event that was asked for.
        raw: All events, as they are written.
        file: Name of the file in `calendars/`.
        places: Which of the events have their sessions from this file, or are to.
    """

    config: StackConfig
    name: str
    raw: list[dict[str, object]]
    file: str
    places: list[int]

    @property
    def names(self) -> list[str]:
        """Return the names of all events of the stack."""
        return event_names(self.raw)

    @property
    def is_named(self) -> bool:
        """Return whether the stack file names the calendar already."""
        return any(
            one.get("calendar") == self.file for one in self.raw if one.get("name") == self.name
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import found, and what it writes.

    Attributes:
        text: The calendar as it is written.
        changes: Every session of before and after.
        ignored: Entries that name no event.
    """

    text: str
    changes: list[Change]
    ignored: list[str]


def import_sessions(stack: str, name: str, asked: Asked, *, as_json: bool) -> None:
    """Import the sessions of an event, and say what changes.

    Raises:
        MistakesError: every mistake in the calendar, or in the stack with its sessions.
    """
    root = project_root()
    path = stack_path(root, stack)
    if not path.is_file():
        told = f"no file {path.name}; {nearest(stack, stack_names(root))}"
        raise MistakesError([Mistake("stack", told)])
    target = _target(stack_config(path), name)
    with progress().status(escape(f"reading {asked.shown}")):
        content = _content(asked)
        stack_name = path.name.removeprefix("Pulumi.").rsplit(".", 1)[0]
        imported = _imported(root, stack_name, target, content, asked)
    if not asked.dry_run:
        replace_file(root / FOLDER / target.file, imported.text)
    if as_json:
        write_json(_json(target, imported) | {"written": not asked.dry_run})
    else:
        _show(target, imported, dry_run=asked.dry_run)


def _target(config: StackConfig, name: str) -> Target:
    events = config.own.get("events", [])
    if not is_list(events) or not all(is_mapping(one) for one in events):
        raise MistakesError([Mistake("events", "found no list of events; write one")])
    raw = [dict(one) for one in events if is_mapping(one)]
    names = event_names(raw)
    if name not in names:
        told = nearest(name, names) if names else "the stack has none"
        raise MistakesError([Mistake("event", f"found {name!r}, not in events; {told}")])
    [own, *_] = [one for one in raw if one.get("name") == name]
    file = str(own.get("calendar") or f"{name}.ics")
    places = [
        at
        for at, one in enumerate(raw)
        if one is own or ("calendar" in own and one.get("calendar") == file)
    ]
    return Target(config=config, name=name, raw=raw, file=file, places=places)


def _content(asked: Asked) -> bytes:
    if asked.is_address:
        from live.calendars import download  # noqa: PLC0415 - a file needs no network

        return download(asked.source, MOST_BYTES)
    try:
        return calendar_bytes(Path(asked.source))
    except OSError as error:
        told = f"cannot be read: {error.strerror}"
        raise MistakesError([Mistake(asked.source, told)]) from None


def _imported(
    root: Path, stack_name: str, target: Target, content: bytes, asked: Asked
) -> Imported:
    mistakes: list[Mistake] = []
    ignored: list[str] = []
    raw = list(target.raw)
    for at in target.places:
        keys = {key: value for key, value in raw[at].items() if key != "sessions"}
        event = parsed(_EVENT, keys | {"calendar": target.file}, ("events", at), mistakes)
        if event is None:
            continue
        found = read_calendar(content, event, target.names)
        mistakes += [Mistake(asked.shown, told) for told in found.mistakes]
        ignored = found.unknown
        raw[at] = {key: value for key, value in keys.items() if key != "calendar"}
        raw[at]["sessions"] = [_dumped(session) for session in found.sessions]
    if ignored and not asked.ignore_unknown:
        mistakes += [Mistake(asked.shown, told) for told in ignored]
        mistakes.append(
            Mistake("--ignore-unknown", f"skips what names no event, here {len(ignored)}")
        )
    if mistakes:
        raise MistakesError(mistakes)
    own, secrets = target.config.own | {"events": raw}, target.config.secrets
    stack = load_stack(stack_name, own, root / "hubs", secrets=secrets)
    events = [stack.events[at] for at in target.places]
    return Imported(
        text=as_calendar(stack_name, events),
        changes=[
            change
            for at, event in zip(target.places, events, strict=True)
            for change in changes(event, _before(root, target, at), event.sessions)
        ],
        ignored=ignored,
    )


def _dumped(session: SessionConfig) -> dict[str, Any]:
    return session.model_dump(mode="json", by_alias=True, exclude_unset=True)


def _before(root: Path, target: Target, at: int) -> tuple[SessionConfig, ...]:
    """Return the sessions that an event has so far; none if they are mistaken or missing."""
    event = parsed(_EVENT, target.raw[at], (), [])
    known = event and with_calendar(event, "", root / FOLDER, target.names, [])
    return known.sessions if known else ()


def _show(target: Target, imported: Imported, *, dry_run: bool) -> None:
    out = console()
    table = Table("", "event", "starts", "ends", "users", "cohort", box=None, pad_edge=False)
    for change in imported.changes:
        if change.kind != "same":
            session = change.session
            users = "" if session.users is None else str(session.users)
            cohort = Text(shortened(session.cohort))
            table.add_row(change.kind, change.event.name, *change.bounds, users, cohort)
    if table.row_count:
        out.print(table)
    counts = {kind: sum(one.kind == kind for one in imported.changes) for kind in _KINDS}
    out.print(", ".join(f"{count} {kind}" for kind, count in counts.items()) + " (sessions)")
    for told in imported.ignored:
        out.print(f"Ignored: {told}", markup=False, soft_wrap=True)
    if dry_run:
        out.print("Nothing was written: --dry-run.")
        return
    out.print(f"Written to {FOLDER}/{target.file}.")
    if not target.is_named:
        told = f"instead of its sessions, to event {target.name} of the stack file"
        out.print(f"Nothing uses it yet: write calendar: {target.file}, {told}.", soft_wrap=True)


def _json(target: Target, imported: Imported) -> dict[str, Any]:
    return {
        "event": target.name,
        "file": f"{FOLDER}/{target.file}",
        "named": target.is_named,
        "ignored": imported.ignored,
        "sessions": [
            {
                "change": one.kind,
                "event": one.event.name,
                "starts": one.session.starts.isoformat(),
                "ends": one.session.ends.isoformat(),
                "users": one.session.users,
                "cohort": one.session.cohort,
            }
            for one in imported.changes
        ],
    }
