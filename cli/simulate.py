"""`readyroom simulate`: a scenario file, many times over, without a stack or a cloud."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.output import console, progress, write_json
from hubs.files import read_yaml
from hubs.mistakes import Mistake, MistakesError

if TYPE_CHECKING:
    from preview.simulated import Simulated

_PICTURES = (".png", ".svg")


def simulate(
    scenario: Annotated[Path, typer.Argument(help="A scenario file; see docs/simulate.md.")],
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,  # noqa: FBT002 - a flag of the command line
    trace: Annotated[  # noqa: FBT002 - a flag of the command line
        bool, typer.Option("--trace", help="Everybody's wait in one of the events.")
    ] = False,
    picture: Annotated[
        Path | None, typer.Option(help="Draw the event into a .png or .svg file.")
    ] = None,
    replicas: Annotated[
        int | None, typer.Option(min=1, help="Events to simulate, instead of the file's.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(min=0, help="What chance starts from, instead of the file's.")
    ] = None,
) -> None:
    """Say who waits how long and why when so many people come to such a cluster."""
    if picture is not None and picture.suffix not in _PICTURES:
        told = f"found {str(picture)!r}; write a file that ends in .png or .svg"
        raise MistakesError([Mistake("--picture", told)])
    of = _simulated(scenario, replicas, seed, sampled=picture is not None)
    if picture is not None:
        _draw(of, scenario.stem, picture)
    _show(of, as_json=as_json, traced=trace)


def _simulated(path: Path, replicas: int | None, seed: int | None, *, sampled: bool) -> "Simulated":
    """Run a file; the simulator and its libraries are imported only here."""
    raw = read_yaml(path)
    with progress().status(f"simulating {path.name} (the first run compiles for half a minute)"):
        from hubs.scenario_scene import read_scenario  # noqa: PLC0415 - other verbs never pay
        from preview.simulated import simulated  # noqa: PLC0415 - other verbs never pay

        return simulated(read_scenario(raw, str(path), replicas, seed), sampled=sampled)


def _draw(of: "Simulated", name: str, path: Path) -> None:
    from preview.picture import draw_event  # noqa: PLC0415 - other verbs never pay
    from preview.picture_style import save  # noqa: PLC0415 - other verbs never pay

    with progress().status(f"drawing {path.name}"):
        try:
            save(draw_event(of, name), path)
        except OSError as error:
            message = error.strerror or str(error)
            raise MistakesError([Mistake(str(path), message)]) from None


def _show(of: "Simulated", *, as_json: bool, traced: bool) -> None:
    if as_json:
        from preview.simulated import simulated_json  # noqa: PLC0415 - other verbs never pay

        write_json(simulated_json(of, traced=traced))
        return
    from preview.show_simulated import shown  # noqa: PLC0415 - other verbs never pay

    out = console()
    for part in shown(of, traced=traced):
        out.print(part)
