"""How long a preview of many hubs takes, beside a bare program that registers the same.

    python -m benchmarks.hubs [--json] [--runs N] [--hubs N ...]

Both run in one process and in the same in-process monitor, in turns; the fastest run of each
counts. Ours reads YAML, validates, plans and registers; the other one only registers.
"""

import argparse
import gc
import logging
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import linear_regression
from tempfile import TemporaryDirectory

import numpy as np
import yaml
from rich.table import Table

from benchmarks.bare import run_bare, steps
from benchmarks.timing import Took, took
from cli.output import console, write_json
from hubs.files import read_yaml
from hubs.shapes import is_mapping
from preview.loaded import load
from preview.resources import Registered, registered
from preview.run import recorded_at, resources_at

MOST_TIMES = 1.3
_ROOT = Path(__file__).parents[1]
_STACKS = ("workshop", "icesat2")
_STACK = "many"
_HUBS = (25, 50, 100, 200)
_RUNS = 3
_NOW = datetime(2027, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One stack with so many hubs: how long each program took at best."""

    provider: str
    hubs: int
    resources: int
    ours: Took
    bare: Took

    @property
    def times_as_long(self) -> float:
        """Return the ratio on the clock."""
        return self.ours.wall / self.bare.wall

    @property
    def times_the_work(self) -> float:
        """Return the ratio of processor time, which nothing beside it disturbs."""
        return self.ours.cpu / self.bare.cpu


def write_stack(folder: Path, shipped: str, hubs: int) -> None:
    """Write a project with so many hubs, all like that of a shipped stack with one hub.

    It has no events: planning one takes as long however many hubs there are.
    """
    for name in ("__main__.py", "Pulumi.yaml"):
        shutil.copy(_ROOT / name, folder / name)
    (folder / "hubs").mkdir()
    config = _mapping(_mapping(read_yaml(_ROOT / f"Pulumi.{shipped}.yaml"))["config"])
    hub = _mapping(read_yaml(_ROOT / "hubs" / f"{shipped}.yaml"))
    names = [f"hub-{number:03}" for number in range(hubs)]
    for name in names:
        text = yaml.safe_dump(hub | {"name": name})
        (folder / "hubs" / f"{name}.yaml").write_text(text, "utf-8")
    many = {"readyroom:cluster": config["readyroom:cluster"], "readyroom:hubs": names}
    (folder / f"Pulumi.{_STACK}.yaml").write_text(yaml.safe_dump({"config": many}), "utf-8")


def _mapping(content: object) -> dict[str, object]:
    return {str(key): value for key, value in content.items()} if is_mapping(content) else {}


def measured(shipped: str, hubs: int, runs: int) -> Result:
    """Time both programs in turns, after a first run of each that loads what they need.

    Raises:
        ValueError: they do not register the same.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_stack(folder, shipped, hubs)
        loaded = load(folder, _STACK)
        recorded = recorded_at(loaded, _NOW)
        todo, wanted = steps(recorded), registered(recorded)

        def ours() -> list[Registered]:
            return resources_at(load(folder, _STACK), _NOW)

        def bare() -> list[Registered]:
            return registered(run_bare(todo, _STACK, folder))

        if bare() != wanted:
            msg = f"{shipped} with {hubs} hubs: the bare program does not register the same"
            raise ValueError(msg)
        turns = [(_timed(ours), _timed(bare)) for _ in range(runs)]
    return Result(
        provider=loaded.stack.cluster.provider,
        hubs=hubs,
        resources=len(wanted),
        ours=_least([mine for mine, _ in turns]),
        bare=_least([other for _, other in turns]),
    )


def _timed(work: Callable[[], object]) -> Took:
    gc.collect()
    return took(work)


def _least(times: Sequence[Took]) -> Took:
    return Took(wall=min(it.wall for it in times), cpu=min(it.cpu for it in times))


def over_half(result: Result, results: Sequence[Result]) -> float | None:
    """Return the processor time over twice that of half as many hubs; 1 is linear."""
    for half in results:
        if (half.provider, half.hubs * 2) == (result.provider, result.hubs):
            return result.ours.cpu / (2 * half.ours.cpu)
    return None


def exponent(results: Sequence[Result]) -> float:
    """Return by which power of the resources our processor time grows; 1 is linear."""
    sizes = np.log([it.resources for it in results])
    return linear_regression(sizes, np.log([it.ours.cpu for it in results])).slope


def table(results: Sequence[Result]) -> Table:
    """Return one row per stack."""
    shown = Table(box=None, pad_edge=False, header_style="bold")
    shown.add_column("cluster")
    for column in ("hubs", "resources", "ours s", "bare s", "ratio", "ours cpu s", "bare cpu s"):
        shown.add_column(column, justify="right")
    for column in ("ratio cpu", "cpu ms/hub", "/ 2 x half"):
        shown.add_column(column, justify="right")
    for one in results:
        growth = over_half(one, results)
        shown.add_row(
            one.provider,
            str(one.hubs),
            f"{one.resources:,}",
            f"{one.ours.wall:.2f}",
            f"{one.bare.wall:.2f}",
            f"{one.times_as_long:.2f}",
            f"{one.ours.cpu:.2f}",
            f"{one.bare.cpu:.2f}",
            f"{one.times_the_work:.2f}",
            f"{one.ours.cpu / one.hubs * 1000:.1f}",
            "" if growth is None else f"{growth:.2f}",
        )
    return shown


def verdict(results: Sequence[Result]) -> str:
    """Return in a sentence how one cluster's previews compare and grow."""
    worst = max(one.times_the_work for one in results)
    met = "met" if worst <= MOST_TIMES else "missed"
    return (
        f"{results[0].provider}: at most {worst:.2f} times the work of a bare program "
        f"(target <= {MOST_TIMES}, {met}); time grows with resources to the power of "
        f"{exponent(results):.2f}"
    )


def main() -> None:
    """Print the table, or JSON for machines."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hubs", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--runs", type=int, default=_RUNS)
    parser.add_argument("--hubs", type=int, nargs="+", default=_HUBS)
    parser.add_argument("--stacks", nargs="+", default=_STACKS, help="shipped stacks with one hub")
    asked = parser.parse_args()
    logging.disable(logging.WARNING)
    of_stack = [[measured(it, many, asked.runs) for many in asked.hubs] for it in asked.stacks]
    if asked.json:
        write_json([asdict(one) for results in of_stack for one in results])
        return
    console().print(table([one for results in of_stack for one in results]))
    for results in of_stack:
        console().print(verdict(results))


if __name__ == "__main__":
    main()
