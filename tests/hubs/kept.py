"""Options that events keep on offer, and what servers of their hub are then."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from hubs.active import PlannedEvent
from hubs.deployment import deployment
from hubs.stack import Stack

Raw = dict[str, Any]
Planned = tuple[Stack, tuple[PlannedEvent, ...]]

WHERE = ZoneInfo("Europe/Berlin")
STAGED = datetime(2027, 1, 31, tzinfo=WHERE)
LIVE = datetime(2027, 2, 1, 14, tzinfo=WHERE)
OPTIONS: list[Raw] = [
    {"name": "large", "title": "A whole node", "machineType": "n2-standard-8", "maxNodes": 4,
     "scratch": "100Gi", "storage": "fast"},
    {"name": "gpu", "machineType": "g2-standard-8", "maxNodes": 2},
    {"name": "gpus", "machineType": "g2-standard-24", "maxNodes": 1, "scratch": "20Gi"},
]  # fmt: skip
HALF: Raw = {"name": "half", "machineType": "n2-standard-8", "maxNodes": 3, "perNode": 2}


def single(planned: Planned, now: datetime) -> Raw:
    """Return the singleuser values of the hub at an instant."""
    found: Any = deployment(*planned, now).hubs[0].values
    return found["singleuser"]


def slugs(found: Raw) -> list[str]:
    """Return the slugs of the profiles, in order."""
    return [entry["slug"] for entry in found["profileList"]]
