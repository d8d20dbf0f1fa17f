"""What `readyroom preview --season` does: a term as a table, for machines, or as a picture."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from cli.loading import loaded_with_notes
from cli.output import console, progress, write_json
from events.instants import calendar_date
from hubs.existing import ExistingConfig
from hubs.idle import idle_costs
from hubs.idle_lines import total
from hubs.mistakes import Mistake, MistakesError
from hubs.season import MOST_DAYS, Season, season, usual_days
from preview.loaded import Loaded
from preview.show_season import season_json, season_table, told

_KINDS = (".png", ".svg")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of a term.

    Attributes:
        at: An instant to mark in the picture.
        first: The first day; the week of the first change if not given.
        last: The last day; the week of the last change if not given.
        picture: Where to write the picture.
    """

    at: str | None = None
    first: str | None = None
    last: str | None = None
    picture: Path | None = None


def show_season(stack: str, asked: Asked, *, as_json: bool) -> None:
    """Show a term of a stack week by week, and draw it if that is asked for.

    Raises:
        MistakesError: days that cannot be, or a picture that cannot be written.
    """
    _check(asked)
    with progress().status(f"planning {stack}"):
        loaded = loaded_with_notes(stack)
        of = _season(loaded, asked)
        marked = None if asked.at is None else loaded.instant(asked.at, datetime.now(UTC))
    if as_json:
        write_json(season_json(of))
    if asked.picture is not None:
        _draw(of, marked, asked.picture)
    elif not as_json:
        out = console()
        out.print(season_table(of))
        out.print()
        out.print(told(of), markup=False)


def _check(asked: Asked) -> None:
    if asked.picture is None and asked.at is not None:
        _refuse("--at", "marks an instant in the picture of a season; add --picture FILE.png")
    if asked.picture is not None and asked.picture.suffix not in _KINDS:
        _refuse("--picture", f"found {str(asked.picture)!r}; end it in {' or '.join(_KINDS)}")


def _refuse(option: str, message: str) -> None:
    raise MistakesError([Mistake(option, message)])


def _season(loaded: Loaded, asked: Asked) -> Season:
    stack = loaded.stack
    if not loaded.events:
        _refuse("--season", f"stack {stack.name} has no events")
    usual = usual_days(loaded.events)
    first = usual[0] if asked.first is None else _date("--from", asked.first)
    last = usual[1] if asked.last is None else _date("--until", asked.last)
    if last < first:
        _refuse("--until", f"{last} is before the first day, {first}")
    if (last - first).days >= MOST_DAYS:
        _refuse("--until", f"{last} is more than two years after {first}; write a day before")
    own = isinstance(stack.cluster, ExistingConfig)
    idle = None if own else total(idle_costs(stack))
    return season(stack.name, loaded.events, stack.cluster, (first, last), idle)


def _date(option: str, written: str) -> date:
    try:
        return calendar_date(written)
    except ValueError as error:
        raise MistakesError([Mistake(option, str(error))]) from None


def _draw(of: Season, marked: datetime | None, path: Path) -> None:
    from preview.picture_season import draw_season  # noqa: PLC0415 - drawing is rarely asked for
    from preview.picture_style import save  # noqa: PLC0415 - drawing is loaded only for a picture

    try:
        save(draw_season(of, marked), path)
    except OSError as error:
        told = f"found {str(path)!r}; {error.strerror}, name a file"
        raise MistakesError([Mistake("--picture", told)]) from error
    progress().print(f"wrote {path}", markup=False, soft_wrap=True)
