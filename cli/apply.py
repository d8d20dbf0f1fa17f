"""`readyroom apply`: brings a stack to what its events want now, and nothing else."""

from typing import Annotated

import typer

ALERT = 1


def apply(
    stack: Annotated[str, typer.Argument(help="Stack.")],
    at: Annotated[
        str | None,
        typer.Option(help="Instant to plan for, also one before the last update's. Default: now."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Stop before pulumi up.")] = False,  # noqa: FBT002 - a flag of the command line
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Apply the changes of a schedule that are due, if nothing else would change."""
    from cli.applying import Asked, told  # noqa: PLC0415 - other verbs never load the engine

    if told(Asked(stack=stack, at=at, dry_run=dry_run), as_json=as_json):
        raise typer.Exit(ALERT)
