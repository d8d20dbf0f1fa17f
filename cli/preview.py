"""`readyroom preview`: the real program and the real gate at an instant."""

from typing import Annotated

import typer

REFUSED = 1


def preview(
    stack: Annotated[str, typer.Argument(help="Stack, or path of a stack file.")] = "workshop",
    at: Annotated[
        str | None,
        typer.Option(help="Instant: a time, `event`, an event's name, `now`. Default: now."),
    ] = None,
    against: Annotated[
        str | None, typer.Option(help="Compare with another instant, or another stack.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Show what must exist at an instant, why, when it changes, and what the gate says."""
    from cli.previewing import shown  # noqa: PLC0415 - other verbs never load the engine

    if shown(stack, at, against, as_json=as_json):
        raise typer.Exit(REFUSED)
