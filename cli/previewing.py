"""What `readyroom preview` does; the one verb that runs the program and the engine."""

from datetime import UTC, datetime

from cli.output import console, progress, project_root, write_json
from hubs.active import at as event_at
from preview.as_json import preview_json
from preview.diff import Change, diff
from preview.loaded import load, stack_names
from preview.run import Previewed, resources_at
from preview.run import preview as run_preview
from preview.show_preview import details, screen


def shown(stack: str, at: str | None, against: str | None, *, as_json: bool) -> bool:
    """Show what must exist at an instant; returns whether the gate refuses it."""
    root = project_root()
    clock = datetime.now(UTC)
    with progress().status(f"planning {stack}"):
        loaded = load(root, stack)
        previewed = run_preview(loaded, loaded.instant(at, clock))
        changes, title = _compared(previewed, against, clock)
    if as_json:
        write_json(preview_json(previewed, changes))
    else:
        out = console()
        for part in (*screen(previewed), *details(previewed, changes, title)):
            out.print(part)
    return previewed.verdict.refused


def _compared(
    previewed: Previewed, against: str | None, clock: datetime
) -> tuple[list[Change] | None, str]:
    """Return the differences asked for; by default what active events switch on."""
    loaded = previewed.loaded
    if against is None:
        return _switched_on(previewed)
    if against in stack_names(loaded.root):
        other = load(loaded.root, against)
        before = resources_at(other, other.instant(None, clock))
        return diff(before, previewed.resources), f"From stack {against} to {loaded.stack.name}"
    then = loaded.instant(against, clock)
    title = f"From {then:%Y-%m-%d %H:%M %Z} to {previewed.now:%Y-%m-%d %H:%M %Z}"
    return diff(resources_at(loaded, then), previewed.resources), title


def _switched_on(previewed: Previewed) -> tuple[list[Change] | None, str]:
    loaded = previewed.loaded
    if not any(event_at(event, previewed.now).is_there for event in loaded.events):
        return None, ""
    quiet = min(event.schedule.transitions[0].at for event in loaded.events)
    before = resources_at(loaded, quiet.replace(year=quiet.year - 1))
    return diff(before, previewed.resources), "What events have switched on"
