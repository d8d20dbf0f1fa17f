"""`readyroom what-if`: what breaks each event's plan first, and the price of surviving it."""

from pathlib import Path
from typing import Annotated

import typer
from rich.padding import Padding

from capacity.what_if import Verdict
from capacity.what_if import what_if as verdicts_of
from cli.loading import loaded_with_notes
from cli.output import console, progress, write_json
from cli.pictures import Pictures, folder_of
from hubs.active import PlannedEvent
from hubs.cluster import ClusterConfig
from hubs.existing import ExistingConfig
from hubs.mistakes import Mistake, MistakesError, nearest
from preview.loaded import Loaded
from preview.show_what_if import verdict_json, what_if_table


def what_if(
    stack: Annotated[str, typer.Argument(help="Stack, or path of a stack file.")] = "workshop",
    event: Annotated[str | None, typer.Option(help="Only this event of the stack.")] = None,
    pictures: Pictures = None,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Try more users, a bigger image, slower nodes, a zone or spot nodes lost, a short quota."""
    loaded = loaded_with_notes(stack)
    found: dict[str, list[Verdict]] = {}
    events = _chosen(loaded, event)
    zones = _zones(loaded.stack.cluster)
    with progress().status("") as status:
        for one in events:
            name = one.config.name
            found[name] = []
            for verdict in verdicts_of(one.need, one.plan, zones):
                found[name].append(verdict)
                status.update(f"{name}: tried {verdict.shock.label}")
    if pictures is not None:
        _draw(events, found, folder_of(pictures))
    if as_json:
        write_json({name: [verdict_json(one) for one in told] for name, told in found.items()})
        return
    for one in events:
        console().print(Padding(what_if_table(one, found[one.config.name]), (0, 0, 1, 0)))


def _draw(events: list[PlannedEvent], found: dict[str, list[Verdict]], folder: Path) -> None:
    from preview.picture_plan import save_what_if  # noqa: PLC0415 - drawing is rarely asked for

    for event in events:
        path = save_what_if(event, found[event.config.name], folder)
        progress().print(f"wrote {path}")


def _chosen(loaded: Loaded, name: str | None) -> list[PlannedEvent]:
    events = [one for one in loaded.events if name in (None, one.config.name)]
    if name is not None and not events:
        names = [one.config.name for one in loaded.events]
        raise MistakesError([Mistake("--event", f"found {name!r}; {nearest(name, names)}")])
    return events


def _zones(cluster: ClusterConfig) -> int:
    return 1 if isinstance(cluster, ExistingConfig) else len(cluster.zones)
