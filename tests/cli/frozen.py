"""A stack with an exam that is frozen, for tests of the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from hubs.mistakes import MistakesError

Freeze = Callable[..., Result]

AT = "2026-12-09T15:00"
STACK = """\
# An exam.
config:
  readyroom:cluster:
    provider: gke
    authorizedNetworks: [198.51.100.0/24]
    region: northamerica-northeast1
    zones: [northamerica-northeast1-b]
    corePool: {machineType: n2-highmem-2, maxNodes: 3}
    homes: {tier: BASIC_SSD, capacity: 2560Gi}
  readyroom:hubs: [exam, course]
  readyroom:events:
    - name: final
      hub: exam
      kind: exam
      users: 100  # and two who watch
      seat: {memory: 2Gi, cpu: 1}
      arrivals: {within: 10m}
      timezone: America/Toronto
      sessions:
        - {starts: "2026-12-14T09:00", ends: "2026-12-14T12:00"}
        - {starts: "2026-12-14T09:00", ends: "2026-12-14T13:30", cohort: extra time}
      engineers: [first, second]
"""


def change(path: Path, old: str, new: str) -> None:
    """Replace what is in a file exactly once."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def refused(call: Freeze, *arguments: str) -> str:
    """Return what is said of a freeze that cannot be."""
    with pytest.raises(MistakesError) as caught:
        call("freeze", *arguments)
    return str(caught.value)


def fingerprints(call: Freeze) -> dict[str, str]:
    """Return the fingerprints of the exam's hub as it is."""
    found = call("freeze", "exam", "final", "--at", AT, "--again", "--dry-run", "--json")
    return json.loads(found.stdout)["environment"]
