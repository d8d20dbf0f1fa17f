"""`readyroom orphans`: what carries a stack's tags in the cloud, and is in no state."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.padding import Padding

from cli.output import console, progress, project_root, write_json
from hubs.eks import EksConfig
from hubs.existing import ExistingConfig
from hubs.gke import GkeConfig
from hubs.mistakes import Mistake, MistakesError
from hubs.names import cost_labels
from hubs.orphan_files import parse_listing, parse_state
from hubs.orphan_remedies import remedy, wanted
from hubs.orphans import STACK_TAG, Thing, compare
from preview.loaded import load
from preview.resources import Registered
from preview.run import resources_at
from preview.show_orphans import OrphanReport, orphan_table, orphans_json, summary, todo

FOUND = 1


def orphans(
    stack: Annotated[str, typer.Argument(help="Stack, or path of a stack file.")] = "workshop",
    at: Annotated[
        str | None, typer.Option(help="Instant at which the program is asked what it wants.")
    ] = None,
    state: Annotated[
        Path | None, typer.Option(help="An exported state. Default: pulumi stack export.")
    ] = None,
    listing: Annotated[
        Path | None, typer.Option(help="What the cloud lists, as JSON. Default: asks the cloud.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """List what carries a stack's tags and is not in its state, and say what to do."""
    root = project_root()
    loaded = load(root, stack)
    cluster, name = loaded.stack.cluster, loaded.stack.name
    if isinstance(cluster, ExistingConfig):
        told = "is existing: this stack owns nothing in a cloud, and nothing there has its tags"
        raise MistakesError([Mistake("cluster.provider", told)])
    program = resources_at(loaded, loaded.instant(at, datetime.now(UTC)))
    place = {"region": cluster.region} | _place(program)
    known = parse_state(_state(name, root, state), str(state or "pulumi stack export"))
    things = _things(name, cluster, place, listing)
    found = compare(things, known, cost_labels(name)[STACK_TAG])
    meant = wanted(program)
    report = OrphanReport(
        stack=name,
        place=" ".join(filter(None, (place["region"], place.get("project")))),
        found=found,
        remedies=[remedy(orphan, meant, known, name) for orphan in found.orphans],
    )
    _show(report, as_json=as_json)
    if found.orphans:
        raise typer.Exit(FOUND)


def _place(program: Sequence[Registered]) -> dict[str, str]:
    """Return the project and the region of the stack's own provider of a cloud."""
    clouds = [it for it in program if it.type in ("pulumi:providers:gcp", "pulumi:providers:aws")]
    inputs = clouds[0].inputs
    return {key: str(inputs[key]) for key in ("project", "region") if inputs.get(key)}


def _state(stack: str, root: Path, path: Path | None) -> Any:  # noqa: ANN401 - any JSON
    if path is not None:
        return _json(path, "--state")
    from live.orphans_state import export_state  # noqa: PLC0415 - other verbs never pay for it

    with progress().status("reading the state"):
        return export_state(stack, root)


def _things(
    stack: str, cluster: GkeConfig | EksConfig, place: Mapping[str, str], path: Path | None
) -> list[Thing]:
    if path is not None:
        return parse_listing(_json(path, "--listing"), path.name, place)
    from live.orphans import list_things  # noqa: PLC0415 - other verbs never pay for it

    with progress().status(f"listing what carries the tags of {stack}"):
        return list_things(stack, cluster, place)


def _json(path: Path, option: str) -> Any:  # noqa: ANN401 - any JSON
    try:
        return json.loads(path.read_text("utf-8"))
    except OSError as error:
        told = f"cannot read {path}: {error.strerror}"
    except ValueError as error:
        told = f"{path} is no JSON: {error}"
    raise MistakesError([Mistake(option, told)])


def _show(report: OrphanReport, *, as_json: bool) -> None:
    if as_json:
        write_json(orphans_json(report))
        return
    out = console()
    out.print(summary(report), markup=False)
    if not report.found.orphans:
        return
    out.print(Padding(orphan_table(report), (1, 0)))
    for line in todo(report):
        out.print(line, soft_wrap=True)
