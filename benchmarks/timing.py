"""How long the compiled model and its SimPy peer take."""

import asyncio
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from benchmarks.likeness import peer_outcomes
from benchmarks.speed_scenes import Case
from capacity.proof import prove
from capacity.replicas import run_replicas

_ROOT = Path(__file__).parents[1]
# What `benchmarks.first_call` imports.
_IMPORTED = ("capacity", "benchmarks")


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """How long something took: seconds on the clock, and of all cores together."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Both models on one case.

    Attributes:
        compiled: The fastest run of the compiled model for `replicas`.
        proof: The same with what is said of it (percentiles, intervals, causes).
        peer: The peer's run of `peer_replicas`.
    """

    replicas: int
    peer_replicas: int
    compiled: Took
    proof: Took
    peer: Took

    @property
    def times_as_fast(self) -> float:
        """Return the ratio per replica on the clock: all cores against one."""
        return (self.peer.wall / self.peer_replicas) / (self.compiled.wall / self.replicas)

    @property
    def times_as_fast_per_core(self) -> float:
        """Return the ratio per replica of processor time: one core against one."""
        return (self.peer.cpu / self.peer_replicas) / (self.compiled.cpu / self.replicas)


def took(work: Callable[[], object]) -> Took:
    """Return how long some work takes."""
    wall, cpu = perf_counter(), process_time()
    work()
    return Took(wall=perf_counter() - wall, cpu=process_time() - cpu)


def best_of(runs: int, work: Callable[[], object]) -> Took:
    """Return the run that was the fastest on the clock."""
    return min((took(work) for _ in range(runs)), key=lambda run: run.wall)


def time_models(case: Case, replicas: int, runs: int, peer_seconds: float) -> Timing:
    """Time both models; the peer runs at least one replica and about so many seconds."""
    scene, crowd = case.scene, case.crowd
    run_replicas(scene, crowd, 1, seed=0)
    one = took(lambda: peer_outcomes(scene, crowd, 1, seed=0))
    peer_replicas = max(1, int(peer_seconds / one.wall))
    return Timing(
        replicas=replicas,
        peer_replicas=peer_replicas,
        compiled=best_of(runs, lambda: run_replicas(scene, crowd, replicas, seed=1)),
        proof=best_of(runs, lambda: prove(scene, crowd, replicas, seed=1)),
        peer=took(lambda: peer_outcomes(scene, crowd, peer_replicas, seed=2)),
    )


def first_call(*, fresh: bool) -> float:
    """Return the seconds of a new process's first call, with no compiled code if `fresh`."""
    if not fresh:
        return asyncio.run(_first_call_in(_ROOT))
    with TemporaryDirectory() as folder:
        for package in _IMPORTED:
            # Compiled code is kept beside the package's text and is left behind.
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(_ROOT / package, Path(folder) / package, ignore=ignored)
        return asyncio.run(_first_call_in(Path(folder)))


async def _first_call_in(folder: Path) -> float:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.first_call", cwd=folder, stdout=asyncio.subprocess.PIPE
    )
    written, _ = await process.communicate()
    return float(json.loads(written))
