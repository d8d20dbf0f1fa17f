"""What exists for events at a time, as tests of their stories ask for it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from hubs.active import PlannedEvent
from hubs.deployment import deployment
from hubs.stack import Stack

Planned = tuple[Stack, tuple[PlannedEvent, ...]]
BERLIN = ZoneInfo("Europe/Berlin")


def pools(planned: Planned, time: str) -> dict[str, tuple[int, int]]:
    """Return least and most nodes of the pools of events at a time of Berlin, by event."""
    now = datetime.fromisoformat(time).replace(tzinfo=BERLIN)
    return {
        pool.event: (pool.min_nodes, pool.max_nodes)
        for pool in deployment(*planned, now).pools
        if pool.event
    }
