"""`readyroom <verb>`: exit code 0, 1 when the gate refuses, 2 for bad input, 141 unread."""

import sys
from importlib import import_module

import typer

from cli.output import reader_may_leave

BAD_INPUT = 2
# Every verb is a function of the module of its name in this package.
VERBS = (
    "preview",
    "plan",
    "what-if",
    "simulate",
    "quota",
    "import-calendar",
    "freeze",
    "exam-check",
    "rehearsal",
    "calendar",
    "due",
    "apply",
    "idle",
    "orphans",
    "choices",
    "machine",
)


def readyroom() -> None:
    """Makes a JupyterHub ready for a workshop or an exam, and proves it beforehand."""


def commands(*names: str) -> typer.Typer:
    """Return the command with the verbs of these names, or with all of them.

    A verb's module is imported only here: planning never pays for what other verbs need.
    """
    app = typer.Typer(
        name="readyroom",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(readyroom)
    for name in names or VERBS:
        function = name.replace("-", "_")
        app.command(name)(getattr(import_module(f"cli.{function}"), function))
    return app


def run() -> None:
    """Run a verb; every mistake at once, each on a line, never a traceback."""
    asked = [word for word in sys.argv[1:2] if word in VERBS]
    try:
        with reader_may_leave():
            commands(*asked)()
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(BAD_INPUT)
