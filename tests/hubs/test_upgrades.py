"""What a cloud may upgrade by itself during an event."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from hubs.active import PlannedEvent, at
from hubs.stack import Stack
from hubs.upgrades import upgrade_warnings

Raw = dict[str, object]
Planned = tuple[Stack, tuple[PlannedEvent, ...]]
Build = Callable[[Raw, Raw, list[Raw]], Planned]

LIVE = datetime(2027, 2, 1, 14, tzinfo=ZoneInfo("Europe/Berlin"))
LONG: Raw = {"sessions": [{"starts": "2027-02-01T01:00", "ends": "2027-04-08T16:00"}]}
OWN: Raw = {"machineType": "r5.xlarge", "maxNodes": 5}


def _told(planned: Planned) -> tuple[str, ...]:
    stack, events = planned
    return upgrade_warnings(stack.cluster, [at(event, LIVE) for event in events], LIVE)


def test_gke_may_upgrade_where_no_exclusion_fits(
    build: Build, gke: Raw, hub: Raw, event: Raw
) -> None:
    [told] = _told(build(gke | {"maintenance": {"days": ["monday"]}}, hub, [event | LONG]))

    assert told.startswith("GKE may upgrade the cluster during event intro, from 2027-01-31 23:33")


def test_eks_may_upgrade_past_standard_support(
    build: Build, eks: Raw, hub: Raw, event: Raw
) -> None:
    [told] = _told(build(eks, hub | {"pool": OWN}, [event | LONG]))

    assert told.startswith("AWS may upgrade Kubernetes 1.35 by itself before or during event intro")


def test_nobody_upgrades_what_was_there_already(
    build: Build, existing: Raw, hub: Raw, event: Raw
) -> None:
    del hub["pool"]

    assert _told(build(existing, hub, [event | LONG])) == ()
