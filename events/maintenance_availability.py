"""What GKE asks of a cluster's maintenance exclusions, and whether they leave it. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

from events.maintenance_window import Window, openings
from events.sessions import Session, merged


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What GKE accepts.

    Attributes:
        total: Most exclusions on a cluster.
        no_upgrades: Most of them that may forbid every upgrade.
        available: Least maintenance that must stay possible in each `rolling` span.
        rolling: The length of that span.
        contiguous: Least uninterrupted maintenance that counts.
    """

    total: int
    no_upgrades: int
    available: timedelta
    rolling: timedelta
    contiguous: timedelta

    @property
    def longest(self) -> timedelta:
        """Return the length at which one exclusion alone leaves just enough."""
        return self.rolling - self.available


# Source: Google Cloud, "Maintenance windows and exclusions" and "Configure maintenance windows
# and exclusions"; google/skills, gke-upgrades, 2026-08-19. Until mid-2026 they had 32 rolling days
# and a longest exclusion of 30.
GKE = Limits(
    total=20,
    no_upgrades=3,
    available=timedelta(hours=48),
    rolling=timedelta(days=92),
    contiguous=timedelta(hours=4),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Least:
    """The rolling span with the least maintenance: how much, and from when."""

    available: timedelta
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """The maintenance that exclusions leave of a window.

    A stretch counts when it is long enough as a whole, and then as far as it lies in the rolling
    span: so one exclusion of 90 days leaves the 48 hours of 92 days, as GKE's limits have it.

    Attributes:
        window: When maintenance may run without any exclusion.
        now: Whose offset from UTC the window has.
        limits: What counts, and how much of it is asked.
    """

    window: Window
    now: datetime
    limits: Limits

    def holds(self, exclusions: Sequence[Session], around: Session) -> bool:
        """Return whether every rolling span that meets `around` keeps enough."""
        return self.least(exclusions, around).available >= self.limits.available

    def least(self, exclusions: Sequence[Session], around: Session) -> Least:
        """Return the least that any rolling span keeps, of those that meet `around`.

        The sum falls while the start of the span passes through available time and its end does
        not: it is least where that stops, or at the ends of what is looked at.
        """
        rolling = self.limits.rolling
        first, last = around.starts - rolling, around.ends
        reach = Session(starts=first, ends=last + rolling)
        left = self._left(openings(self.window, self.now, reach), merged(list(exclusions)))
        sums = list(accumulate((one.ends - one.starts for one in left), initial=timedelta()))
        found = [
            (self._kept(left, sums, moment), moment)
            for moment in (first, *(one.ends for one in left), last)
            if first <= moment <= last
        ]
        available, since = min(found)
        return Least(available=available, since=since)

    def _left(self, opened: list[Session], excluded: list[Session]) -> list[Session]:
        """Return what exclusions leave of openings, without what is too short to count."""
        found: list[Session] = []
        for opening in opened:
            starts = opening.starts
            nearest = bisect_right(excluded, starts, key=lambda one: one.ends)
            beyond = bisect_left(excluded, opening.ends, key=lambda one: one.starts)
            for one in excluded[nearest:beyond]:
                found.append(Session(starts=starts, ends=one.starts))
                starts = one.ends
            found.append(Session(starts=starts, ends=opening.ends))
        return [one for one in found if one.ends - one.starts >= self.limits.contiguous]

    def _kept(self, left: list[Session], sums: list[timedelta], start: datetime) -> timedelta:
        """Return the available time of the rolling span from `start`."""
        end = start + self.limits.rolling
        whole = bisect_left(left, start, key=lambda one: one.starts)
        past = bisect_right(left, end, key=lambda one: one.ends)
        if past < whole:
            # One stretch reaches beyond both ends.
            return self.limits.rolling
        kept = sums[past] - sums[whole]
        if whole:
            kept += max(left[whole - 1].ends - start, timedelta())
        if past < len(left):
            kept += max(end - left[past].starts, timedelta())
        return kept
