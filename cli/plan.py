"""`readyroom plan`: the plan of every event, whatever the time."""

from typing import Annotated

import typer
from rich.padding import Padding

from cli.output import console, project_root, write_json
from preview.as_json import plans_json
from preview.loaded import load
from preview.show_plan import alternatives, key_figures, reasons, trade_off


def plan(
    stack: Annotated[str, typer.Argument(help="Stack, or path of a stack file.")] = "workshop",
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Show every number of every event's plan with the reason for it."""
    loaded = load(project_root(), stack)
    if as_json:
        write_json(plans_json(loaded))
        return
    out = console()
    out.print(Padding(key_figures(list(loaded.events)), (0, 0, 1, 0)))
    for event in loaded.events:
        out.print(Padding(reasons(event), (0, 0, 1, 0)))
        out.print(Padding(alternatives(event), (0, 0, 1, 0)))
        if event.plan.curve:
            out.print(Padding(trade_off(event), (0, 0, 1, 0)))
