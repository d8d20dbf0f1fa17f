"""`readyroom preview`: the real program and the real gate at an instant, or a whole term."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from hubs.mistakes import Mistake, MistakesError

REFUSED = 1


def preview(  # noqa: PLR0913, PLR0917 - one for each option of the command line
    stack: Annotated[str, typer.Argument(help="Stack, or path of a stack file.")] = "workshop",
    at: Annotated[
        str | None,
        typer.Option(help="Instant: a time, `event`, an event's name, `now`. Default: now."),
    ] = None,
    against: Annotated[
        str | None, typer.Option(help="Compare with another instant, or another stack.")
    ] = None,
    season: Annotated[  # noqa: FBT002 - a flag of the command line
        bool, typer.Option("--season", help="Show a term instead: seats and cost of each week.")
    ] = False,
    first: Annotated[
        str | None, typer.Option("--from", help="First day of the season, such as 2027-01-18.")
    ] = None,
    last: Annotated[str | None, typer.Option("--until", help="Last day of the season.")] = None,
    picture: Annotated[
        Path | None, typer.Option(help="Draw the season into this file (.png or .svg).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Show what must exist at an instant, why, when it changes, and what the gate says."""
    of_season = {"--from": first, "--until": last, "--picture": picture}
    if season:
        _refuse({"--against": against}, "does not go with --season; leave one of the two out")
        from cli.season import Asked, show_season  # noqa: PLC0415 - an instant never needs it

        asked = Asked(at=at, first=first, last=last, picture=picture)
        show_season(stack, asked, as_json=as_json)
        return
    _refuse(of_season, "belongs to --season; add it, or leave this out")
    from cli.previewing import shown  # noqa: PLC0415 - other verbs never load the engine

    if shown(stack, at, against, as_json=as_json):
        raise typer.Exit(REFUSED)


def _refuse(options: Mapping[str, object], message: str) -> None:
    mistakes = [Mistake(name, message) for name, given in options.items() if given is not None]
    if mistakes:
        raise MistakesError(mistakes)
