"""`readyroom freeze`: from now on nobody changes what the event's users will work in."""

from typing import Annotated

import typer


def freeze(  # noqa: PLR0913 - the options of a command line
    stack: Annotated[str, typer.Argument(help="Stack, or path of a stack file.")],
    event: Annotated[str, typer.Argument(help="Name of the event.")],
    *,
    since: Annotated[
        str | None,
        typer.Option(help="From when on: a time, local to the event. Default: this minute."),
    ] = None,
    at: Annotated[
        str | None, typer.Option(help="Instant to take for now, as in `readyroom preview`.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Take what is there now instead.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Write into the stack file what an event's hub is made of; the gate refuses any change."""
    from cli.freezing import Asked, freeze_event  # noqa: PLC0415 - other verbs never load the engine

    asked = Asked(since=since, at=at, again=again, dry_run=dry_run)
    freeze_event(stack, event, asked, as_json=as_json)
