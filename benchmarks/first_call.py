"""Prints how many seconds a process takes until its first replica is run, as JSON.

Run as `python -m benchmarks.first_call`.
"""

import json
import sys
from time import perf_counter

from benchmarks.speed_scenes import SPEED
from capacity.replicas import run_replicas


def seconds_of_first_call() -> float:
    """Return what the first replica of this process takes: compiled code is loaded or made."""
    begun = perf_counter()
    run_replicas(SPEED.scene, SPEED.crowd, 1, seed=0)
    return perf_counter() - begun


if __name__ == "__main__":
    sys.stdout.write(json.dumps(seconds_of_first_call()))
