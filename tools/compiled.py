"""Compiles the simulation once, so that nobody waits for it later.

    python -m tools.compiled

What was compiled of an older text of the package is removed.
"""

import shutil
import sys
import time
from pathlib import Path

from capacity.crowds import Crowd, Uniform
from capacity.packing import Seat
from capacity.replicas import run_replicas
from capacity.scene import Room, Scene, always
from capacity.simulation.compiled import cache_folder


def compile_simulation() -> None:
    """Run a small event, which compiles every function of the simulation or loads it."""
    scene = Scene(
        seat=Seat(memory=1, cpu=1),
        room=Room(memory=2, cpu=2),
        warm_nodes=1,
        max_nodes=2,
        node_ready=always(60),
        image_pull=always(0),
    )
    run_replicas(scene, Crowd(users=2, shape=Uniform(60)), replicas=1, seed=1)


def remove_older(kept: Path) -> None:
    """Remove the folders of compiled code beside the one in use."""
    for folder in kept.parent.glob("simulation-*"):
        if folder != kept:
            shutil.rmtree(folder)


def main() -> None:
    """Compile, say how long it took, and tidy up."""
    began = time.monotonic()
    compile_simulation()
    sys.stdout.write(f"simulation compiled in {time.monotonic() - began:.1f} s\n")
    remove_older(cache_folder())


if __name__ == "__main__":
    main()
