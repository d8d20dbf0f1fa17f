"""`readyroom exam-check`: the exam guide's list, each line proved, open, or waived."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from cli.output import console, progress, project_root, write_json
from hubs.active import PlannedEvent
from hubs.mistakes import Mistake, MistakesError, nearest
from hubs.readiness import exam_check as checked_lines
from preview.loaded import Loaded, load
from preview.show_exam_check import Checked, exam_json, exam_list

OPEN = 1


def exam_check(
    stack: Annotated[str, typer.Argument(help="Stack, or path of a stack file.")] = "exam",
    event: Annotated[
        str | None, typer.Argument(help="Name of an exam. Default: all of the stack.")
    ] = None,
    at: Annotated[
        str | None, typer.Option(help="Instant to look from, as in `preview`. Default: now.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Say what of the exam guide is proved, and what is open; exit code 1 if anything is."""
    with progress().status(f"planning {stack}"):
        loaded = load(project_root(), stack)
        now = loaded.instant(at, datetime.now(UTC))
        found = [
            Checked(
                stack=loaded.stack.name,
                event=exam,
                now=now,
                lines=checked_lines(loaded.stack, exam, loaded.events, now),
            )
            for exam in _exams(loaded, event)
        ]
    if as_json:
        write_json([exam_json(one) for one in found])
    else:
        out = console()
        for one in found:
            out.print(*exam_list(one), sep="\n")
    if not all(one.is_ready for one in found):
        raise typer.Exit(OPEN)


def _exams(loaded: Loaded, name: str | None) -> list[PlannedEvent]:
    exams = {one.config.name: one for one in loaded.events if one.config.kind == "exam"}
    if not exams:
        told = f"none of {loaded.stack.name} is an exam; write kind: exam"
        raise MistakesError([Mistake("events", told)])
    if name is None:
        return list(exams.values())
    if name not in exams:
        told = f"found {name!r}, no exam of {loaded.stack.name}; {nearest(name, list(exams))}"
        raise MistakesError([Mistake("event", told)])
    return [exams[name]]
