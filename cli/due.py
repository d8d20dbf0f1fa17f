"""`readyroom due`: which changes of a schedule are not applied yet."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.output import console, progress, project_root, write_json
from hubs.mistakes import Mistake, MistakesError
from live.history import Update, last_update, read_last_update
from preview.loaded import load

DUE = 1


def due(
    stack: Annotated[str, typer.Argument(help="Stack, or path of a stack file.")] = "workshop",
    since: Annotated[
        str | None, typer.Option(help="Instant that the last update planned for.")
    ] = None,
    history: Annotated[
        Path | None,
        typer.Option(help="What pulumi stack history --json printed. Default: asks Pulumi."),
    ] = None,
    at: Annotated[str | None, typer.Option(help="Instant to compare with. Default: now.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Say what of a stack's events is due since its last update, and what comes next."""
    from preview.applied import applied, asked_instant  # noqa: PLC0415 - other verbs never load it
    from preview.show_due import due_json, due_lines  # noqa: PLC0415 - as above

    root, clock = project_root(), datetime.now(UTC)
    loaded = load(root, stack)
    now = asked_instant(loaded, at, clock)
    if since is not None:
        last = applied(loaded, since, clock)
    else:
        update = _last_update(loaded.stack.name, root, history)
        last = applied(loaded, update.planned, update.started, update.events)
    found = last.due(loaded, now)
    name = loaded.stack.name
    if as_json:
        write_json(due_json(name, found, edited=last.edited))
    else:
        for line in due_lines(name, found, edited=last.edited):
            console().print(line, markup=False, soft_wrap=True)
    if found.due or found.ahead or last.edited:
        raise typer.Exit(DUE)


def _last_update(stack: str, root: Path, path: Path | None) -> Update:
    if path is None:
        from live.engine import engine  # noqa: PLC0415 - only asked here

        with progress().status(f"reading the history of {stack}"):
            found = read_last_update(stack, engine(root))
    else:
        found = last_update(_json(path), path.name)
    return usable(stack, found)


def usable(stack: str, update: Update | None) -> Update:
    """Return the last update of a stack that is up.

    Raises:
        MistakesError: it was never brought up, or taken down.
    """
    if update is None:
        told = f"{stack} has no update that succeeded; bring it up first, with pulumi up"
    elif update.destroyed:
        told = f"{stack} was taken down; bring it up again, or schedule it no more"
    else:
        return update
    raise MistakesError([Mistake("stack", told)])


def _json(path: Path) -> object:
    try:
        return json.loads(path.read_text("utf-8"))
    except OSError as error:
        told = f"cannot read {path}: {error.strerror}"
    except ValueError as error:
        told = f"{path} is no JSON: {error}"
    raise MistakesError([Mistake("--history", told)])
