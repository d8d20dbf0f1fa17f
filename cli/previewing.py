"""What `readyroom preview` does; the one verb that runs the program and the engine."""

from datetime import UTC, datetime

from cli.output import console, progress, project_root, write_json
from hubs.active import at as event_at
from hubs.mistakes import Mistake, MistakesError, nearest
from preview.as_json import preview_json
from preview.diff import Change, diff
from preview.loaded import Loaded, load, stack_names
from preview.run import Previewed, preview_with_later, resources_at
from preview.show_preview import details, screen

_AT = "%Y-%m-%d %H:%M %Z"


def shown(stack: str, at: str | None, against: str | None, *, as_json: bool) -> bool:
    """Show what must exist at an instant; returns whether the gate refuses it, or a later event."""
    root = project_root()
    clock = datetime.now(UTC)
    with progress().status(f"planning {stack}") as status:
        loaded = load(root, stack)
        now, other = loaded.instant(at, clock), _other(loaded, against, clock)
        previewed = preview_with_later(
            loaded,
            now,
            lambda names: status.update(f"planning {stack}: judging {names}"),
        )
        changes, title = _compared(previewed, other)
    if as_json:
        write_json(preview_json(previewed, changes))
    else:
        out = console()
        for part in (*screen(previewed), *details(previewed, changes, title)):
            out.print(part)
    return previewed.refused


def _other(
    loaded: Loaded, against: str | None, clock: datetime
) -> tuple[Loaded, datetime, str] | None:
    """Return the stack, the instant and the name of what to compare with, if anything is asked.

    Raises:
        MistakesError: neither a stack nor an instant; before anything takes time.
    """
    stacks = stack_names(loaded.root)
    if against is None:
        return None
    if against in stacks:
        other = load(loaded.root, against)
        return other, other.instant(None, clock), f"stack {against}"
    try:
        then = loaded.instant(against, clock)
    except MistakesError as error:
        words = ["now", "event", *(event.config.name for event in loaded.events), *stacks]
        told = str(error).removeprefix("at: ").partition("; or a word")[0]
        message = f"{told}; or a word or a stack, {nearest(against, words)}"
        raise MistakesError([Mistake("--against", message)]) from None
    return loaded, then, f"{then:{_AT}}"


def _compared(
    previewed: Previewed, other: tuple[Loaded, datetime, str] | None
) -> tuple[list[Change] | None, str]:
    """Return the differences asked for; by default what active events switch on."""
    if other is None:
        return _switched_on(previewed)
    loaded, then, name = other
    own, here = previewed.loaded, f"{previewed.now:{_AT}}"
    title = f"From {name} to {here if loaded is own else own.stack.name}"
    return diff(resources_at(loaded, then), previewed.resources), title


def _switched_on(previewed: Previewed) -> tuple[list[Change] | None, str]:
    loaded = previewed.loaded
    if not any(event_at(event, previewed.now).is_there for event in loaded.events):
        return None, ""
    quiet = min(event.schedule.transitions[0].at for event in loaded.events)
    before = resources_at(loaded, quiet.replace(year=quiet.year - 1))
    return diff(before, previewed.resources), "What events have switched on"
