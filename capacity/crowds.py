"""Who comes when, how long they stay, how their seats are freed. Pure.

Times are seconds from the start of a session in what people write, and whole milliseconds
from there on. Chance comes from a generator that the caller seeds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol, TypeAlias

import numpy as np

from capacity.quantities import ceil_div
from capacity.simulation.layout import NEVER

Times: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"
Shares: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"

# A user who does not come; later than anything that happens.
NOT_COMING = NEVER
_MILLIS = 1000
_ALL = 1000
# Seven tenths come in the first third of the window. Source: the bell of the recorded events
# of 2i2c and datahub, as their arrivals were given.
_BELL_SHARE, _BELL_PART = 0.7, 1 / 3


class Shape(Protocol):
    """How the arrivals of a crowd lie in time."""

    def at(self, shares: Shares, users: int) -> Times:
        """Return when the given shares of so many users have come, in milliseconds.

        Shares are in [0, 1), of any array shape; the answer has the same.
        """
        ...


@dataclass(frozen=True, slots=True)
class Uniform:
    """Evenly at random in a window of so many seconds."""

    within: int

    def at(self, shares: Shares, users: int) -> Times:
        """Return the times of shares of the crowd."""
        del users
        return (shares * (self.within * _MILLIS)).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Bell:
    """Seven tenths in the first third of a window of so many seconds, the rest evenly after."""

    within: int

    def at(self, shares: Shares, users: int) -> Times:
        """Return the times of shares of the crowd."""
        del users
        early = shares * (_BELL_PART / _BELL_SHARE)
        late = _BELL_PART + (shares - _BELL_SHARE) * ((1 - _BELL_PART) / (1 - _BELL_SHARE))
        part = np.where(shares < _BELL_SHARE, early, late)
        return (part * (self.within * _MILLIS)).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Poisson:
    """At random, `users` of them every so many seconds on average."""

    users: int
    every: int

    def at(self, shares: Shares, users: int) -> Times:
        """Return the times of shares of the crowd, as in a window in which all come.

        Given how many come, the arrivals of a Poisson process lie evenly at random.
        """
        return Uniform(max(ceil_div(users * self.every, self.users), 1)).at(shares, users)


@dataclass(frozen=True, slots=True)
class Recorded:
    """As once seen: seconds of arrivals, in order. Drawn anew, or as they were."""

    times: tuple[float, ...]

    def at(self, shares: Shares, users: int) -> Times:
        """Return the times of shares of the crowd; of as many users, those recorded."""
        del users
        seen = np.asarray(self.times, dtype=np.float64) * _MILLIS
        return np.rint(seen[(shares * len(seen)).astype(np.int64)]).astype(np.int64)

    def even(self, users: int) -> Shares:
        """Return shares at which every recorded time is met as often as every other."""
        return (np.arange(users, dtype=np.float64) + 0.5) / users


@dataclass(frozen=True, slots=True)
class Cohort:
    """A part of a crowd that comes in its own way, so many seconds later."""

    users: int
    shape: Shape
    after: int = 0


@dataclass(frozen=True, slots=True)
class Cohorts:
    """Several cohorts in one crowd."""

    parts: tuple[Cohort, ...]

    def sizes(self, users: int) -> list[int]:
        """Return how many of so many users belong to each cohort; as written if it adds up."""
        total = sum(part.users for part in self.parts)
        bounds = [0]
        for part in self.parts:
            bounds.append(bounds[-1] + part.users)
        cuts = [bound * users // total for bound in bounds]
        return [high - low for low, high in pairwise(cuts)]

    def at(self, shares: Shares, users: int) -> Times:
        """Return the times of shares of the crowd: the first columns are the first cohort's.

        The last axis of `shares` has one entry per user.
        """
        times = np.zeros(shares.shape, dtype=np.int64)
        start = 0
        for part, size in zip(self.parts, self.sizes(users), strict=True):
            mine = (..., slice(start, start + size))
            inner = part.shape.even(size) if isinstance(part.shape, Recorded) else shares[mine]
            times[mine] = part.shape.at(inner, size) + part.after * _MILLIS
            start += size
        return times


def is_counter(points: Sequence[tuple[float, float]]) -> bool:
    """Return whether seconds rise and counts never fall, and anybody comes at all."""
    steps = list(pairwise(points))
    rises = all(later[0] > sooner[0] and later[1] >= sooner[1] for sooner, later in steps)
    return rises and points[-1][1] - points[0][1] >= 1


def of_series(points: Sequence[tuple[float, float]]) -> Recorded:
    """Return the arrivals behind a counter: those between two points lie evenly there.

    `points` are seconds and people so far, as Prometheus stores a counter; the seconds are
    counted from the first.
    """
    times: list[float] = []
    start, nobody = points[0]
    for (sooner, _), (later, after) in pairwise(points):
        many = int(after - nobody) - len(times)
        times += [sooner - start + (later - sooner) * (one + 1) / many for one in range(many)]
    return Recorded(tuple(times))


def last_arrival(shape: Shape, users: int) -> int:
    """Return the seconds in which so many users come, rounded down, at least one."""
    if isinstance(shape, Uniform | Bell):
        return shape.within
    if isinstance(shape, Poisson):
        return max(users * shape.every // shape.users, 1)
    if isinstance(shape, Cohorts):
        return max(part.after + last_arrival(part.shape, part.users) for part in shape.parts)
    return max(int(Crowd(users=users, shape=shape).typical()[-1]) // _MILLIS, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """How long a seat is held.

    Attributes:
        seconds: From arrival, or from the start of the session to its end.
        until_end: Whether everybody stays until the session ends.
        logs_out_permille: Of those leaving, how many free their seat at once.
        cull: Seconds after which the seats of the others are freed.
        spread_percent: How much a single stay differs from the usual, at most.
    """

    seconds: int
    until_end: bool = False
    logs_out_permille: int = 0
    cull: int = 3600
    spread_percent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A pause after which some come back to a server that was culled meanwhile."""

    at: int
    lasts: int
    permille: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """Everybody of one session.

    Attributes:
        users: People expected.
        shape: How their arrivals lie in time.
        show_up_permille: How many of them come.
        stay: How long they stay; None where only the way in matters.
        pause: A break in the middle; None if there is none.
    """

    users: int
    shape: Shape
    show_up_permille: int = 1000
    stay: Stay | None = None
    pause: Break | None = None

    def typical(self) -> Times:
        """Return when each of the users comes if they come as evenly as the shape allows."""
        return np.sort(self.shape.at(_even(self.shape, self.users), self.users))

    def peak(self, seconds: float) -> int:
        """Return the most users that come within any span of so many seconds."""
        times = self.typical()
        ends = np.searchsorted(times, times + int(seconds * _MILLIS), side="left")
        return max(1, int((ends - np.arange(len(times))).max()))

    def draw(self, replicas: int, random: np.random.Generator) -> tuple[Times, Times]:
        """Return arrivals and departures in milliseconds, a row per replica, arrivals in order.

        Recorded arrivals of as many users as were recorded are taken as they are. A departure
        is when the seat is free again; without a stay it never is.
        """
        shares = random.random((replicas, self.users))
        if isinstance(self.shape, Recorded) and len(self.shape.times) == self.users:
            shares[:] = self.shape.even(self.users)
        arrivals = self.shape.at(shares, self.users)
        if self.show_up_permille < _ALL:
            stays_away = _chances(arrivals, random) * _ALL >= self.show_up_permille
            arrivals[stays_away] = NOT_COMING
        arrivals.sort(axis=1)
        leaves = _departures(arrivals, self.stay, random)
        if self.pause is None:
            return arrivals, leaves
        return _with_break(arrivals, leaves, self.pause, random)


def _even(shape: Shape, users: int) -> Shares:
    """Return shares that lie as evenly as a shape allows, one per user."""
    if isinstance(shape, Recorded):
        return shape.even(users)
    if isinstance(shape, Cohorts):
        parts = zip(shape.parts, shape.sizes(users), strict=True)
        return np.concatenate([_even(part.shape, size) for part, size in parts])
    return np.arange(users, dtype=np.float64) / users


def _chances(like: Times, random: np.random.Generator) -> Shares:
    """Return a number in [0, 1) for each of some people."""
    return np.asarray(random.random(like.shape), dtype=np.float64)


def _departures(arrivals: Times, stay: Stay | None, random: np.random.Generator) -> Times:
    if stay is None:
        return np.full(arrivals.shape, NOT_COMING, dtype=np.int64)
    leaves: Times = np.full(arrivals.shape, stay.seconds * _MILLIS, dtype=np.int64)
    if stay.spread_percent:
        off = (_chances(arrivals, random) * 2 - 1) * stay.spread_percent / 100
        leaves += (leaves * off).astype(np.int64)
    if not stay.until_end:
        leaves += arrivals
    leaves[_chances(arrivals, random) * _ALL >= stay.logs_out_permille] += stay.cull * _MILLIS
    leaves = np.maximum(leaves, arrivals)
    leaves[arrivals >= NOT_COMING] = NOT_COMING
    return leaves


def _with_break(
    arrivals: Times, leaves: Times, pause: Break, random: np.random.Generator
) -> tuple[Times, Times]:
    """Return the arrivals with those who come back as people of their own."""
    begins, ends = pause.at * _MILLIS, (pause.at + pause.lasts) * _MILLIS
    back = (_chances(arrivals, random) * _ALL < pause.permille) & (arrivals < begins)
    again = np.where(back & (leaves > ends), ends, NOT_COMING)
    first = np.where(back, np.minimum(leaves, begins), leaves)
    both = np.concatenate([arrivals, again], axis=1)
    gone = np.concatenate([first, np.where(again < NOT_COMING, leaves, NOT_COMING)], axis=1)
    order = np.argsort(both, axis=1, kind="stable")
    return np.take_along_axis(both, order, axis=1), np.take_along_axis(gone, order, axis=1)
