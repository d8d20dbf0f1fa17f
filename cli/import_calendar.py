"""`readyroom import-calendar`: sessions of an event from a calendar that people share."""

from typing import Annotated

import typer


def import_calendar(
    stack: Annotated[str, typer.Argument(help="Stack, or path of a stack file.")],
    event: Annotated[str, typer.Argument(help="Name of the event.")],
    source: Annotated[str, typer.Argument(help="File, or https address, of the calendar.")],
    ignore_unknown: Annotated[  # noqa: FBT002 - a flag of the command line
        bool, typer.Option("--ignore-unknown", help="Skip entries that name no event.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing.")] = False,  # noqa: FBT002 - a flag of the command line
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Read a calendar, check its sessions with the whole stack, and write it into calendars/."""
    from cli.importing import Asked, import_sessions  # noqa: PLC0415 - other verbs never pay for it

    asked = Asked(source=source, ignore_unknown=ignore_unknown, dry_run=dry_run)
    import_sessions(stack, event, asked, as_json=as_json)
