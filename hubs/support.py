"""Until when AWS keeps a version of Kubernetes, and whether an event ends before that. Pure.

The stack asks for standard support alone (`upgradePolicy`): past it, AWS upgrades the control
plane by itself, at a time that nobody is told, and EKS knows no exclusions.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from hubs.active import EventNow

# Standard support ends at the start of that day in UTC (EKS user guide, "Amazon EKS Kubernetes
# release calendar"; its dates as endoflife.date repeats them, read on 2026-11-22).
STANDARD_SUPPORT_ENDS: Mapping[str, datetime] = {
    "1.35": datetime(2027, 3, 27, tzinfo=UTC),
    "1.36": datetime(2027, 8, 2, tzinfo=UTC),
}


def support_warnings(kubernetes: str, events: Iterable[EventNow], now: datetime) -> tuple[str, ...]:
    """Return what to tell people of upgrades that AWS may make by itself.

    Args:
        kubernetes: The version that the stack file asks for, one whose add-ons are pinned.
        events: All of the stack's, also those that are long to come.
        now: The instant.
    """
    return tuple(_warnings(kubernetes, events, now))


def _warnings(kubernetes: str, events: Iterable[EventNow], now: datetime) -> Iterator[str]:
    ends = STANDARD_SUPPORT_ENDS[kubernetes]
    if ends <= now:
        yield (
            f"AWS may have upgraded Kubernetes {kubernetes} by itself: its standard support ended "
            f"on {ends:%Y-%m-%d}; {_way_out(now)}"
        )
        return
    for event in events:
        over = event.planned.schedule.windows[-1].ends
        if now < over and ends <= over:
            yield (
                f"AWS may upgrade Kubernetes {kubernetes} by itself before or during event "
                f"{event.planned.config.name}: its standard support ends on {ends:%Y-%m-%d}, the "
                f"event on {over.astimezone(UTC):%Y-%m-%d}; {_way_out(over)}"
            )


def _way_out(needed: datetime) -> str:
    """Return what to do so that a version is supported until an instant."""
    lasting = [known for known, ends in STANDARD_SUPPORT_ENDS.items() if ends > needed]
    if lasting:
        return f'set cluster.kubernetesVersion to "{lasting[0]}" and deploy while no event is on'
    newest, ends = list(STANDARD_SUPPORT_ENDS.items())[-1]
    return f"no version known here is supported so long ({newest} until {ends:%Y-%m-%d})"
