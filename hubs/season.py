"""A term of a stack: its changes, and what each week has and costs. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from capacity.quantities import ceil_div
from capacity.storage.store import HOURS_PER_MONTH
from events.instants import first_of_day
from hubs.active import PlannedEvent, phase_changes
from hubs.cluster import ClusterConfig
from hubs.freeze import Freeze, freezes
from hubs.stage_cost import Cost, Spending
from hubs.steps import Step, steps

# Two years, as long as repeats may go on.
MOST_DAYS = 731
_DAYS_PER_WEEK = 7
_SECONDS_PER_MONTH = HOURS_PER_MONTH * 3_600


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A calendar week, from Monday on, or what of it lies in the season.

    Attributes:
        first: Its first day.
        starts: Its first instant, in UTC.
        ends: The first instant after it.
        sessions: How many begin in it.
        most_seats: The most people for whom seats are held at once, on all hubs together.
        cost: Of all event nodes in it, at most.
        idle: What it costs beside that, in millionths of a dollar, rounded up; None where
            nothing has a price.
    """

    first: date
    starts: datetime
    ends: datetime
    sessions: int
    most_seats: int
    cost: Cost
    idle: int | None

    @property
    def name(self) -> str:
        """Return the number of its calendar week, by ISO 8601."""
        year, week, _ = self.first.isocalendar()
        return f"{year}-W{week:02d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """Some days of a stack.

    Attributes:
        stack: Name of the stack.
        first: The first day.
        last: The last one.
        where: The time zone in which days are days.
        events: All events of the stack, by hub.
        steps: Every change of theirs, outside of these days too.
        frozen: From when to when environments may not change.
        weeks: The weeks, in order.
    """

    stack: str
    first: date
    last: date
    where: ZoneInfo
    events: tuple[PlannedEvent, ...]
    steps: tuple[Step, ...]
    frozen: tuple[Freeze, ...]
    weeks: tuple[Week, ...]

    @property
    def starts(self) -> datetime:
        """Return the first instant, in UTC."""
        return self.weeks[0].starts

    @property
    def ends(self) -> datetime:
        """Return the first instant after it, in UTC."""
        return self.weeks[-1].ends

    @property
    def cost(self) -> Cost:
        """Return what all event nodes cost in it, at most."""
        return sum((week.cost for week in self.weeks), Cost())

    @property
    def idle(self) -> int | None:
        """Return what its weeks cost beside that, in millionths of a dollar."""
        known = [week.idle for week in self.weeks if week.idle is not None]
        return sum(known) if known else None

    @property
    def hubs(self) -> list[str]:
        """Return the hubs that have events, in order."""
        return list(dict.fromkeys(event.hub.name for event in self.events))

    def within(self) -> list[Step]:
        """Return the changes of these days, and the one before that still holds at their start."""
        return _within(self.steps, self.starts, self.ends)


def zone_of(events: Sequence[PlannedEvent]) -> ZoneInfo:
    """Return the time zone of the event that begins first."""
    return min(events, key=lambda event: event.place).where


def usual_days(events: Sequence[PlannedEvent]) -> tuple[date, date]:
    """Return the whole weeks from the first change of some events to their last, in their zone."""
    where = zone_of(events)
    first, *_, last = phase_changes(events)
    monday, sunday = first.astimezone(where).date(), last.astimezone(where).date()
    return (
        monday - timedelta(days=monday.weekday()),
        sunday + timedelta(days=_DAYS_PER_WEEK - 1 - sunday.weekday()),
    )


def season(
    stack: str,
    events: Sequence[PlannedEvent],
    cluster: ClusterConfig,
    days: tuple[date, date],
    idle: int | None,
) -> Season:
    """Return some days of a stack.

    Args:
        stack: Its name.
        events: Its events, at least one.
        cluster: Where it is.
        days: The first and the last day.
        idle: What a month without events costs, in millionths of a dollar; None where
            nothing has a price.
    """
    where = zone_of(events)
    found = steps(events, cluster)
    return Season(
        stack=stack,
        first=days[0],
        last=days[1],
        where=where,
        events=tuple(sorted(events, key=lambda event: (event.hub.name, event.place))),
        steps=tuple(found),
        frozen=tuple(freezes(events)),
        weeks=tuple(_weeks(events, found, _bounds(*days), where, idle)),
    )


def _bounds(first: date, last: date) -> list[date]:
    """Return the first days of the weeks from one day to another, and the day after the last."""
    monday = first + timedelta(days=_DAYS_PER_WEEK - first.weekday())
    after = last + timedelta(days=1)
    count = max(ceil_div((after - monday).days, _DAYS_PER_WEEK), 0)
    mondays = [monday + timedelta(days=_DAYS_PER_WEEK * index) for index in range(count)]
    return [first, *mondays, after]


def _weeks(
    events: Sequence[PlannedEvent],
    found: Sequence[Step],
    bounds: Sequence[date],
    where: ZoneInfo,
    idle: int | None,
) -> Iterator[Week]:
    spending = Spending([step.stage for step in found], [step.loads for step in found])
    begin = sorted(one.starts for event in events for one in event.schedule.sessions)
    for first, after in pairwise(bounds):
        starts, ends = first_of_day(first, where), first_of_day(after, where)
        yield Week(
            first=first,
            starts=starts,
            ends=ends,
            sessions=sum(starts <= at < ends for at in begin),
            most_seats=_most_seats(found, starts, ends),
            cost=spending.between(starts, ends),
            idle=_idle(idle, ends - starts),
        )


def _idle(a_month: int | None, span: timedelta) -> int | None:
    if a_month is None:
        return None
    return ceil_div(a_month * (span // timedelta(seconds=1)), _SECONDS_PER_MONTH)


def _within(found: Sequence[Step], starts: datetime, ends: datetime) -> list[Step]:
    return [
        step for step in found if step.at < ends and (step.until is None or step.until > starts)
    ]


def _most_seats(found: Sequence[Step], starts: datetime, ends: datetime) -> int:
    here = _within(found, starts, ends)
    return max((sum(load.users for load in step.loads.values()) for step in here), default=0)
