"""What of a stack's schedule is not applied yet, what is late, and what comes next. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from events.lead import SCHEDULE_SLACK_SECONDS
from hubs.active import PlannedEvent
from hubs.cluster import ClusterConfig
from hubs.settings import Change, changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A schedule between the instant that was applied last and now.

    Attributes:
        applied: The instant that the last update planned for.
        now: The instant to plan for.
        slack: How long after its time a change may be applied; leads contain it.
        due: Changes after `applied`, and not after `now`, in order.
        ahead: Changes after `now` that are applied already and switch anything, in order.
        next: The first change after `now` and `applied`.
    """

    applied: datetime
    now: datetime
    slack: timedelta
    due: tuple[Change, ...]
    ahead: tuple[Change, ...]
    next: Change | None

    @property
    def missed(self) -> tuple[Change, ...]:
        """Return what was due longer ago than the slack, and switches anything."""
        return tuple(change for change in self.due if self.is_missed(change))

    def is_missed(self, change: Change) -> bool:
        """Return whether a change that is due switches anything, and is too late."""
        return bool(change.switched) and self.late(change) > self.slack

    def late(self, change: Change) -> timedelta:
        """Return how long ago a change was due."""
        return self.now - change.at


def slack_of(cluster: ClusterConfig) -> timedelta:
    """Return how long after its time a change of a stack may be applied."""
    return timedelta(seconds=cluster.schedule_slack or SCHEDULE_SLACK_SECONDS)


def due(
    cluster: ClusterConfig, events: Sequence[PlannedEvent], applied: datetime, now: datetime
) -> Due:
    """Return what of the events of a stack is due.

    There is no looking ahead: an event's pool would go before its people have left.

    Args:
        cluster: Where, and with how much slack.
        events: All events of the stack.
        applied: The instant that the last update planned for.
        now: The instant to plan for.
    """
    found = sorted(changes(events, cluster), key=lambda it: (it.at, it.hub.name))
    return Due(
        applied=applied,
        now=now,
        slack=slack_of(cluster),
        due=tuple(it for it in found if applied < it.at <= now),
        ahead=tuple(it for it in found if now < it.at <= applied and it.switched),
        next=next((it for it in found if it.at > max(now, applied)), None),
    )
