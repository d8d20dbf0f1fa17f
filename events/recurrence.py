"""The days of a rule of RFC 5545. Pure.

Periods are walked from the first day to a last one, so that a rule which no day fits is told at
once. Source: RFC 5545, section 3.3.10, "Recurrence Rule": which parts widen a period to several
days, and which take days away.
"""

from calendar import isleap, monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import takewhile
from typing import Literal

Frequency = Literal["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Which days of every so many periods; no days or months at all mean those of the first.

    Attributes:
        frequency: The period.
        interval: Every how many periods.
        weekdays: From 0 for Monday, each with its number in the month or year; 0 for every one.
        months: From 1 for January.
        month_days: From 1, or from -1 for the last of a month.
        positions: Which of a period's days, from 1 or from -1 for the last.
        week_starts: The first day of a week.
    """

    frequency: Frequency
    interval: int = 1
    weekdays: frozenset[tuple[int, int]] = frozenset()
    months: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()
    positions: frozenset[int] = frozenset()
    week_starts: int = 0


def days(rule: Rule, first: date, last: date) -> Iterator[date]:
    """Yield the days of a rule, in order, from a first to a last one."""
    whole = _with_days(rule, first)
    for begins, length in takewhile(lambda period: period[0] <= last, _periods(rule, first)):
        period = (begins + _DAY * count for count in range(length))
        found = [day for day in period if _fits(whole, day)]
        yield from (day for day in _chosen(found, rule.positions) if first <= day <= last)


def _with_days(rule: Rule, first: date) -> Rule:
    """Return the rule with what it leaves to its first day."""
    if rule.frequency == "DAILY" or rule.weekdays or rule.month_days:
        return rule
    if rule.frequency == "WEEKLY":
        return replace(rule, weekdays=frozenset({(0, first.weekday())}))
    months = rule.months
    if rule.frequency == "YEARLY":
        months = months or frozenset({first.month})
    return replace(rule, months=months, month_days=frozenset({first.day}))


def _periods(rule: Rule, first: date) -> Iterator[tuple[date, int]]:
    """Yield the first day, and the length in days, of every period from that of a day on."""
    if rule.frequency in ("DAILY", "WEEKLY"):
        length = 1 if rule.frequency == "DAILY" else 7
        begins = first - _DAY * ((first.weekday() - rule.week_starts) % length)
        while True:
            yield begins, length
            begins += _DAY * (length * rule.interval)
    year, month = first.year, first.month
    while rule.frequency == "MONTHLY":
        yield date(year, month, 1), monthrange(year, month)[1]
        more, month = divmod(month - 1 + rule.interval, 12)
        year, month = year + more, month + 1
    while True:
        yield date(year, 1, 1), 365 + isleap(year)
        year += rule.interval


def _fits(rule: Rule, day: date) -> bool:
    left = monthrange(day.year, day.month)[1] - day.day
    in_month = not rule.month_days or bool({day.day, -left - 1} & rule.month_days)
    in_year = not rule.months or day.month in rule.months
    return in_month and in_year and (not rule.weekdays or _is_numbered(rule, day, left))


def _is_numbered(rule: Rule, day: date, left: int) -> bool:
    """Return whether a day is one of the weekdays, by its number in the month or year."""
    before = day.day - 1
    if rule.frequency == "YEARLY" and not rule.months:
        before = day.timetuple().tm_yday - 1
        left = 364 + isleap(day.year) - before
    numbers = (0, before // 7 + 1, -(left // 7) - 1)
    return any((number, day.weekday()) in rule.weekdays for number in numbers)


def _chosen(found: list[date], positions: frozenset[int]) -> list[date]:
    if not positions:
        return found
    indices = {place - 1 if place > 0 else len(found) + place for place in positions}
    return [day for index, day in enumerate(found) if index in indices]
