"""A small event, to be worked out by hand."""

from collections.abc import Callable
from typing import Any

import pytest

from benchmarks.scenarios import Event

Make = Callable[..., Event]

SMALL: dict[str, Any] = {
    "name": "small",
    "source": "a test",
    "cloud": "gke",
    "region": "us-central1",
    "users": 10,
    "showUp": "1.0",
    "arrivals": {"shape": "uniform", "withinMinutes": 10},
    "stayHours": "3",
    "days": 1,
    "seat": {"memoryGi": "3.4", "cpu": "0.4"},
    "imageGb": "4",
    "nodeReadySeconds": {"p50": 300, "p95": 450},
    "waitBound": "0.3",
    "practice": {
        "machineType": "n2-highmem-4",
        "hoursBeforeFirstArrival": "1",
        "hoursAfterFirstArrival": "9.5",
        "nodesLeftOnBetweenDays": 0,
    },
    "waitLimit": 60,
    "cullTimeout": 3600,
    "logsOut": "0.3",
}


@pytest.fixture
def make() -> Make:
    """Make the small event, with some facts of it or of its practice changed."""

    def change(practice: dict[str, Any] | None = None, **changed: object) -> Event:
        by_hand = SMALL["practice"] | (practice or {})
        return Event.model_validate(SMALL | changed | {"practice": by_hand})

    return change
