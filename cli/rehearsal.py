"""`readyroom rehearsal`: a seat measured from a recorded run of an exam."""

from pathlib import Path
from typing import Annotated

import typer

from capacity.packing import Seat
from cli.output import console, progress, project_root, write_json
from hubs.active import PlannedEvent
from hubs.mistakes import Mistake, MistakesError, nearest
from hubs.rehearsals import Rehearsal, read_rehearsal
from preview.show_rehearsal import Judged, rehearsal_json, rehearsal_shown

MISFIT = 1
_PICTURES = (".png", ".svg")


def rehearsal(
    recording: Annotated[Path, typer.Argument(help="Prometheus export, JSON or CSV.")],
    stack: Annotated[str | None, typer.Option(help="Stack whose exam it was.")] = None,
    event: Annotated[str | None, typer.Option(help="Default: the only exam.")] = None,
    picture: Annotated[
        Path | None, typer.Option(help="Draw the run into a .png or .svg file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Say what servers used in a recorded run, and whether an exam fits its seat."""
    if picture is not None and picture.suffix not in _PICTURES:
        told = f"found {str(picture)!r}; write a file that ends in .png or .svg"
        raise MistakesError([Mistake("--picture", told)])
    if event is not None and stack is None:
        raise MistakesError([Mistake("--event", "is of a stack; add --stack")])
    found = read_rehearsal(recording, str(recording))
    of = Judged(rehearsal=found) if stack is None else _judged(found, stack, event)
    if picture is not None:
        _draw(of, picture)
    if as_json:
        write_json(rehearsal_json(of))
    else:
        console().print(*rehearsal_shown(of), sep="\n")
    if of.misfits:
        raise typer.Exit(MISFIT)


def _judged(found: Rehearsal, stack: str, event: str | None) -> Judged:
    from hubs.freeze_parts import fingerprint  # noqa: PLC0415 - a file alone needs no stack
    from hubs.readiness_rehearsal import environment_now  # noqa: PLC0415 - a file alone needs no stack
    from preview.loaded import load  # noqa: PLC0415 - a file alone needs no stack

    with progress().status(f"planning {stack}"):
        loaded = load(project_root(), stack)
    exam = _exam(loaded.events, event)
    seat = exam.config.seat
    return Judged(
        rehearsal=found,
        where=exam.where,
        event=exam.config.name,
        seat=Seat(memory=seat.memory, cpu=seat.cpu),
        environment=fingerprint(environment_now(loaded.stack, exam.hub)),
    )


def _exam(events: tuple[PlannedEvent, ...], name: str | None) -> PlannedEvent:
    known = {one.config.name: one for one in events if name or one.config.kind == "exam"}
    if name is None and len(known) == 1:
        return next(iter(known.values()))
    if name is None:
        told = (
            f"the stack has {len(known)} exams; {nearest('', [one.config.name for one in events])}"
        )
        raise MistakesError([Mistake("--event", told)])
    if name not in known:
        raise MistakesError([Mistake("--event", f"found {name!r}; {nearest(name, list(known))}")])
    return known[name]


def _draw(of: Judged, path: Path) -> None:
    from preview.picture_rehearsal import draw_rehearsal  # noqa: PLC0415 - rarely asked for
    from preview.picture_style import save  # noqa: PLC0415 - rarely asked for

    with progress().status(f"drawing {path.name}"):
        try:
            save(draw_rehearsal(of), path)
        except OSError as error:
            message = error.strerror or str(error)
            raise MistakesError([Mistake(str(path), message)]) from None
