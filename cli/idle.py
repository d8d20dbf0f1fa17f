"""`readyroom idle`: what a stack costs in a month in which nobody comes."""

from typing import Annotated

import typer

from cli.output import console, project_root, write_json
from hubs.idle import idle_costs
from preview.loaded import load
from preview.show_idle import idle_json, idle_table


def idle(
    stack: Annotated[str, typer.Argument(help="Stack, or path of a stack file.")] = "workshop",
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Say what is always on, and what it costs."""
    loaded = load(project_root(), stack)
    lines = idle_costs(loaded.stack)
    if as_json:
        write_json(idle_json(loaded.stack.name, lines))
    elif lines:
        console().print(idle_table(lines))
    else:
        console().print("Nothing: the cluster exists already, and no cloud resource is made.")
