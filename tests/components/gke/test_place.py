"""What every part of a GKE stack knows of the others."""

from collections.abc import Callable
from typing import Any

import pytest

from preview.monitor import RecordingMonitor

Built = Callable[..., RecordingMonitor]
Told = Callable[[RecordingMonitor], dict[str, Any]]

LINES = """
tell(project=place.project, pool=place.workload_pool, name=place.physical("compute", "router"))
"""


@pytest.mark.parametrize(
    ("written", "project"),
    # Where the file does not say, the provider knows, and the network's project is that.
    [("of-the-file", "of-the-file"), (None, "example-project")],
)
def test_the_project_decides_how_pods_are_known(
    written: str | None, project: str, built: Built, told: Told
) -> None:
    assert told(built("gke", LINES, project=written)) == {
        "project": project,
        "pool": f"{project}.svc.id.goog",
        "name": "readyroom-dev-router",
    }
