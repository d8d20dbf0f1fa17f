"""`readyroom calendar`: what changes when, and what it costs until the next change."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.loading import loaded_with_notes
from cli.output import console, progress, write_json
from hubs.calendars import as_calendar
from hubs.existing import ExistingConfig
from hubs.idle import idle_costs
from hubs.idle_lines import total
from hubs.mistakes import Mistake, MistakesError
from hubs.steps import steps
from preview.loaded import Loaded
from preview.show_calendar import Calendar, calendar_json, calendar_table, entries, remarks

_TO_COME = 6
_STDOUT = "-"


def calendar(
    stack: Annotated[str, typer.Argument(help="Stack, or path of a stack file.")] = "workshop",
    at: Annotated[
        str | None,
        typer.Option(help="Instant: a time, `event`, an event's name, `now`. Default: now."),
    ] = None,
    count: Annotated[
        int | None, typer.Option("--next", min=1, help="How many changes to come. Default: 6.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All changes, past ones too.")] = False,  # noqa: FBT002 - a flag of the command line
    ics: Annotated[
        str | None,
        typer.Option(help="Write sessions and changes as iCalendar into this file; - for here."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Say what changes next, what of the events is on then, and what it costs at most."""
    _check(count, ics, every=every, as_json=as_json)
    with progress().status(f"planning {stack}"):
        loaded = loaded_with_notes(stack)
        of = _calendar(loaded, loaded.instant(at, datetime.now(UTC)))
    if ics is not None:
        _write(as_calendar(of.stack, loaded.stack.events, entries(of)), ics)
        if ics == _STDOUT:
            return
    asked = None if every else count or _TO_COME
    if as_json:
        write_json(calendar_json(of, asked))
    else:
        _show(of, asked)


def _check(count: int | None, ics: str | None, *, every: bool, as_json: bool) -> None:
    mistakes: list[Mistake] = []
    if every and count is not None:
        mistakes.append(Mistake("--next", "found beside --all; leave one out"))
    if as_json and ics == _STDOUT:
        told = "found - beside --json, and only one of them can be written here; name a file"
        mistakes.append(Mistake("--ics", told))
    if mistakes:
        raise MistakesError(mistakes)


def _calendar(loaded: Loaded, now: datetime) -> Calendar:
    stack = loaded.stack
    own = isinstance(stack.cluster, ExistingConfig)
    return Calendar(
        stack=stack.name,
        now=now,
        events=loaded.events,
        steps=steps(loaded.events, stack.cluster),
        idle=None if own else total(idle_costs(stack)),
    )


def _write(text: str, ics: str) -> None:
    if ics == _STDOUT:
        sys.stdout.write(text)
        return
    try:
        Path(ics).write_bytes(text.encode())
    except OSError as error:
        told = f"found {ics!r}; {error.strerror}, name a file"
        raise MistakesError([Mistake("--ics", told)]) from error
    progress().print(f"wrote {ics}", markup=False, soft_wrap=True)


def _show(of: Calendar, count: int | None) -> None:
    out = console()
    if not of.steps:
        out.print("No events.")
        return
    out.print(calendar_table(of, count))
    out.print()
    for line in remarks(of, count):
        out.print(line, markup=False)
