"""`readyroom <verb>`: exit code 0, 1 when the gate refuses, 2 for bad input."""

import sys

import typer

from cli.choices import choices
from cli.machine import machine
from cli.plan import plan
from cli.preview import preview
from cli.quota import quota
from cli.simulate import simulate
from cli.what_if import what_if

BAD_INPUT = 2

app = typer.Typer(
    name="readyroom",
    help="Makes a JupyterHub ready for a workshop or an exam, and proves it beforehand.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for verb in (preview, plan, what_if, simulate, quota, choices, machine):
    app.command()(verb)


def run() -> None:
    """Run a verb; every mistake at once, each on a line, never a traceback."""
    try:
        app()
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(BAD_INPUT)
