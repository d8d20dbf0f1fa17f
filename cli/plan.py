"""`readyroom plan`: the plan of every event, whatever the time."""

from pathlib import Path
from typing import Annotated

import typer
from rich.padding import Padding

from cli.loading import loaded_with_notes
from cli.output import console, progress, write_json
from cli.pictures import Pictures, folder_of
from hubs.active import PlannedEvent
from preview.as_json import plans_json
from preview.show_plan import alternatives, key_figures, reasons, trade_off, without_waiting


def plan(
    stack: Annotated[str, typer.Argument(help="Stack, or path of a stack file.")] = "workshop",
    pictures: Pictures = None,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Show every number of every event's plan with the reason for it."""
    with progress().status(f"planning {stack}"):
        loaded = loaded_with_notes(stack)
    if pictures is not None:
        _draw(list(loaded.events), folder_of(pictures))
    if as_json:
        write_json(plans_json(loaded))
        return
    out = console()
    out.print(key_figures(list(loaded.events)))
    for line in filter(None, map(without_waiting, loaded.events)):
        out.print(line, markup=False)
    out.print()
    for event in loaded.events:
        out.print(Padding(reasons(event), (0, 0, 1, 0)))
        out.print(Padding(alternatives(event), (0, 0, 1, 0)))
        if event.plan.curve:
            out.print(Padding(trade_off(event), (0, 0, 1, 0)))


def _draw(events: list[PlannedEvent], folder: Path) -> None:
    from preview.picture_plan import save_plan  # noqa: PLC0415 - drawing is rarely asked for

    for event in events:
        with progress().status(f"drawing {event.config.name}"):
            paths = save_plan(event, folder)
        progress().print(*(f"wrote {path}" for path in paths), sep="\n")
