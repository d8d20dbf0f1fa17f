"""Measures the compiled model against its SimPy peer: speed, and likeness of results.

Run as `python -m benchmarks.speed [--json] [--compile]`. Exits with 1 if results differ.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from rich.table import Table

from benchmarks.likeness import Test, compare, compiled_sample, peer_sample, significance
from benchmarks.speed_scenes import SAME, SPEED, Case
from benchmarks.timing import Timing, first_call, time_models
from cli.output import console, write_json

# Targets on two cores.
MOST_SECONDS = 0.3
TIMES_AS_FAST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How much is run.

    Attributes:
        replicas: Replicas of the compiled model that are timed.
        runs: Times that they are run; the fastest counts.
        peer_seconds: About how long the peer is timed.
        compared: Replicas of each model whose results are compared.
    """

    replicas: int
    runs: int
    peer_seconds: float
    compared: int


FULL = Effort(replicas=1000, runs=15, peer_seconds=15, compared=300)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What was measured.

    Attributes:
        cores: Cores of the machine.
        first_call: Seconds of a new process's first call, with compiled code at hand.
        compilation: The same without; None if it was not asked for.
        timing: Both models on the clock.
        tests: The comparisons, by case.
    """

    cores: int
    first_call: float
    compilation: float | None
    timing: Timing
    tests: dict[str, tuple[Test, ...]]

    @property
    def threshold(self) -> float:
        """Return the p below which a test says that results differ."""
        return significance(sum(len(tests) for tests in self.tests.values()))

    @property
    def alike(self) -> bool:
        """Return whether no test says that results differ."""
        return all(test.p >= self.threshold for tests in self.tests.values() for test in tests)


def measure(effort: Effort, cases: Sequence[Case], *, compilation: bool) -> Figures:
    """Measure everything."""
    return Figures(
        cores=os.cpu_count() or 1,
        first_call=first_call(fresh=False),
        compilation=first_call(fresh=True) if compilation else None,
        timing=time_models(SPEED, effort.replicas, effort.runs, effort.peer_seconds),
        tests={
            case.name: compare(
                compiled_sample(case, effort.compared, seed=1),
                peer_sample(case, effort.compared, seed=2),
                case.scene.wait_limit,
            )
            for case in cases
        },
    )


def speed_table(figures: Figures) -> Table:
    """Return the table of times."""
    timing = figures.timing
    fast, faster = timing.times_as_fast, timing.times_as_fast_per_core
    each_compiled = timing.compiled.wall / timing.replicas * 1000
    each_peer = timing.peer.wall / timing.peer_replicas * 1000
    rows = [
        (
            f"compiled, {timing.replicas:,} replicas",
            f"{timing.compiled.wall:.3f} s",
            _target(f"< {MOST_SECONDS} s", met=timing.compiled.wall < MOST_SECONDS),
        ),
        ("processor time of that, all cores", f"{timing.compiled.cpu:.3f} s", ""),
        ("with percentiles, intervals, causes", f"{timing.proof.wall:.3f} s", ""),
        ("first call of a process", f"{figures.first_call:.2f} s", ""),
        ("first call with nothing compiled", _seconds(figures.compilation), ""),
        ("compiled, a replica", f"{each_compiled:.2f} ms", ""),
        (f"SimPy, a replica (of {timing.peer_replicas:,})", f"{each_peer:.1f} ms", ""),
        (
            "times as fast, all cores against one",
            f"{fast:.0f}",
            _target(f">= {TIMES_AS_FAST}", met=fast >= TIMES_AS_FAST),
        ),
        ("times as fast, one core against one", f"{faster:.0f}", ""),
    ]
    table = Table(title=f"{SPEED.name}, {figures.cores} cores", title_justify="left")
    table.add_column("what")
    table.add_column("measured", justify="right")
    table.add_column("target")
    for row in rows:
        table.add_row(*row)
    return table


def _target(target: str, *, met: bool) -> str:
    return f"{target}, {'met' if met else 'missed'}"


def _seconds(seconds: float | None) -> str:
    return "not measured" if seconds is None else f"{seconds:.0f} s"


def likeness_table(figures: Figures) -> Table:
    """Return the table of comparisons."""
    table = Table(title="Compiled and SimPy: one distribution?", title_justify="left")
    table.add_column("scene")
    table.add_column("of each replica")
    for heading in ("compiled", "SimPy", "distance", "p"):
        table.add_column(heading, justify="right")
    for name, tests in figures.tests.items():
        for number, test in enumerate(tests):
            table.add_row(
                name if number == 0 else "",
                test.statistic,
                f"{test.compiled:.4g}",
                f"{test.peer:.4g}",
                f"{test.distance:.3f}",
                f"{test.p:.3f}",
                end_section=number == len(tests) - 1,
            )
    return table


def verdict(figures: Figures) -> str:
    """Return in a sentence whether results differ."""
    least = min(test.p for tests in figures.tests.values() for test in tests)
    count = sum(len(tests) for tests in figures.tests.values())
    found = "no difference found" if figures.alike else "the models differ"
    return (
        f"{found}: the least of {count} p values is {least:.4f}, "
        f"the threshold {figures.threshold:.4f}"
    )


def as_json(figures: Figures) -> dict[str, object]:
    """Return everything measured, and what follows from it."""
    timing = figures.timing
    return {
        **asdict(figures),
        "times_as_fast": timing.times_as_fast,
        "times_as_fast_per_core": timing.times_as_fast_per_core,
        "threshold": figures.threshold,
        "alike": figures.alike,
    }


def main(arguments: Sequence[str], effort: Effort = FULL, cases: Sequence[Case] = SAME) -> int:
    """Measure and print; returns 1 if results differ."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    parser.add_argument(
        "--compile", action="store_true", help="also time a compilation from nothing (a minute)"
    )
    asked = parser.parse_args(arguments)
    figures = measure(effort, cases, compilation=asked.compile)
    if asked.json:
        write_json(as_json(figures))
    else:
        output = console()
        output.print(speed_table(figures))
        output.print(likeness_table(figures))
        output.print(verdict(figures))
    return 0 if figures.alike else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
