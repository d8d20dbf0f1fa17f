"""The days of a rule, as RFC 5545 lists them and as nobody would want them."""

from datetime import date, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.recurrence import Frequency, Rule, days

WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SUNDAY = 6
FAR = date(2010, 1, 1)


def rule(frequency: Frequency, weekdays: str = "", **parts: int | set[int]) -> Rule:
    """Return a rule with weekdays as calendars write them, apart by blanks."""
    numbered = {(int(day[:-2] or 0), WEEK.index(day[-2:])) for day in weekdays.split()}
    sets = {name: frozenset(it) for name, it in parts.items() if isinstance(it, set)}
    numbers = {name: it for name, it in parts.items() if isinstance(it, int)}
    return Rule(frequency=frequency, weekdays=frozenset(numbered), **sets, **numbers)  # pyright: ignore[reportArgumentType] - as written


def listed(found: Rule, first: str, count: int, last: date = FAR) -> str:
    """Return the first days of a rule; a month only where it is another one."""
    shown: list[str] = []
    month = ""
    for day in islice(days(found, date.fromisoformat(first), last), count):
        shown += [f"{day:%d}" if f"{day:%b}" == month else f"{day:%b %d}"]
        month = f"{day:%b}"
    return " ".join(shown)


# Source: RFC 5545, section 3.8.5.3, "Recurrence Rule", the examples and their days.
@pytest.mark.parametrize(
    ("found", "first", "expected"),
    [
        (rule("DAILY"), "1997-09-02", "Sep 02 03 04 05 06"),
        (rule("DAILY", interval=10), "1997-09-02", "Sep 02 12 22 Oct 02 12"),
        (rule("DAILY", months={1}), "1998-01-30", "Jan 30 31 01 02"),
        (rule("WEEKLY"), "1997-09-02", "Sep 02 09 16 23 30 Oct 07"),
        (rule("WEEKLY", "TU TH", week_starts=SUNDAY), "1997-09-02", "Sep 02 04 09 11 16"),
        (
            rule("WEEKLY", "TU TH", interval=2, week_starts=SUNDAY),
            "1997-09-02",
            "Sep 02 04 16 18 30 Oct 02 14 16",
        ),
        (rule("WEEKLY", "TU SU", interval=2), "1997-08-05", "Aug 05 10 19 24"),
        (
            rule("WEEKLY", "TU SU", interval=2, week_starts=SUNDAY),
            "1997-08-05",
            "Aug 05 17 19 31",
        ),
        (rule("MONTHLY", "1FR"), "1997-09-05", "Sep 05 Oct 03 Nov 07 Dec 05 Jan 02 Feb 06"),
        (
            rule("MONTHLY", "1SU -1SU", interval=2),
            "1997-09-07",
            "Sep 07 28 Nov 02 30 Jan 04 25 Mar 01 29 May 03 31",
        ),
        (rule("MONTHLY", "-2MO"), "1997-09-22", "Sep 22 Oct 20 Nov 17 Dec 22 Jan 19 Feb 16"),
        (
            rule("MONTHLY", month_days={-3}),
            "1997-09-28",
            "Sep 28 Oct 29 Nov 28 Dec 29 Jan 29 Feb 26",
        ),
        (
            rule("MONTHLY", month_days={1, -1}),
            "1997-09-30",
            "Sep 30 Oct 01 31 Nov 01 30 Dec 01 31 Jan 01 31 Feb 01",
        ),
        (
            rule("MONTHLY", interval=18, month_days={10, 11, 12, 13, 14, 15}),
            "1997-09-10",
            "Sep 10 11 12 13 14 15 Mar 10 11 12 13",
        ),
        (
            rule("MONTHLY", "FR", month_days={13}),
            "1997-09-02",
            "Feb 13 Mar 13 Nov 13 Aug 13 Oct 13",
        ),
        (
            rule("MONTHLY", "SA", month_days={7, 8, 9, 10, 11, 12, 13}),
            "1997-09-13",
            "Sep 13 Oct 11 Nov 08 Dec 13 Jan 10 Feb 07 Mar 07",
        ),
        (rule("MONTHLY", "TU WE TH", positions={3}), "1997-09-04", "Sep 04 Oct 07 Nov 06"),
        (
            rule("MONTHLY", "MO TU WE TH FR", positions={-2}),
            "1997-09-29",
            "Sep 29 Oct 30 Nov 27 Dec 30 Jan 29 Feb 26 Mar 30",
        ),
        (rule("MONTHLY", month_days={15, 30}), "2007-01-15", "Jan 15 30 Feb 15 Mar 15 30"),
        (rule("YEARLY", months={6, 7}), "1997-06-10", "Jun 10 Jul 10 Jun 10 Jul 10"),
        (rule("YEARLY", "TH", months={3}), "1997-03-13", "Mar 13 20 27 05 12 19 26"),
        (
            rule("YEARLY", "TU", interval=4, months={11}, month_days={2, 3, 4, 5, 6, 7, 8}),
            "1996-11-05",
            "Nov 05 07 02",
        ),
    ],
)
def test_the_days_are_those_of_the_standard(found: Rule, first: str, expected: str) -> None:
    count = sum(part.isdigit() for part in expected.split())

    assert listed(found, first, count) == expected


@pytest.mark.parametrize(
    ("found", "first", "expected"),
    [
        # Nothing but the period: the day, weekday or date of the first.
        (rule("MONTHLY"), "2027-01-31", "Jan 31 Mar 31 May 31"),
        (rule("MONTHLY", months={1, 2}), "2027-01-29", "Jan 29 29 Feb 29"),
        (rule("YEARLY"), "2024-02-29", "Feb 29 29"),
        # Numbered in the year unless there are months; a plain day beside it is every one.
        (rule("YEARLY", "2MO"), "2027-01-11", "Jan 11 10 08"),
        (rule("YEARLY", "-1MO"), "2027-12-27", "Dec 27 25 31"),
        (rule("YEARLY", "-1MO", months={1, 2}), "2027-01-25", "Jan 25 Feb 22 Jan 31"),
        (rule("YEARLY", "1MO TU", months={5}), "2027-05-03", "May 03 04 11 18 25 01 02"),
        # Of a period that begins before the first, what is before it is left out, and counted.
        (rule("WEEKLY", "MO FR"), "2027-02-03", "Feb 05 08 12"),
        (rule("MONTHLY", "MO", positions={1, 2, -9}), "2027-02-06", "Feb 08 Mar 01 08"),
    ],
)
def test_what_the_standard_leaves_to_the_reader(found: Rule, first: str, expected: str) -> None:
    count = sum(part.isdigit() for part in expected.split())

    assert listed(found, first, count, date(2034, 1, 1)) == expected


@pytest.mark.parametrize(
    "found",
    [
        rule("DAILY", "TU", interval=7),
        rule("DAILY", months={2}, month_days={30}),
        rule("WEEKLY", months={7}, interval=52),
        rule("MONTHLY", "5MO", months={2}),
        rule("MONTHLY", "MO", positions={9}),
        rule("MONTHLY", "MO", positions={-9}),
        rule("YEARLY", months={2}, month_days={31}),
        rule("YEARLY", interval=999, months={1}, month_days={1}),
    ],
)
def test_a_rule_that_no_day_fits_has_none(found: Rule) -> None:
    assert list(days(found, date(2026, 11, 16), date(2028, 11, 17))) == []


def test_the_last_day_is_included() -> None:
    first = date(2026, 11, 16)

    assert list(days(rule("DAILY"), first, first)) == [first]
    assert list(days(rule("DAILY"), first, first - timedelta(days=1))) == []


RULES = st.builds(
    Rule,
    frequency=st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    interval=st.integers(1, 5),
    weekdays=st.frozensets(st.tuples(st.integers(-5, 5), st.integers(0, 6)), max_size=4),
    months=st.frozensets(st.integers(1, 12), max_size=4),
    month_days=st.frozensets(st.integers(-31, 31), max_size=4),
    positions=st.frozensets(st.integers(-5, 5).filter(bool), max_size=3),
    week_starts=st.integers(0, 6),
)
FIRSTS = st.dates(date(2026, 1, 1), date(2028, 12, 31))


@given(RULES, FIRSTS, st.integers(0, 732))
def test_days_rise_within_their_bounds_and_stop_earlier_if_the_last_is(
    found: Rule, first: date, length: int
) -> None:
    last = first + timedelta(days=length)
    every = list(days(found, first, last))
    half = first + timedelta(days=length // 2)

    assert all(first <= day <= last for day in every)
    assert all(before < after for before, after in pairwise(every))
    assert list(days(found, first, half)) == [day for day in every if day <= half]


@given(RULES, FIRSTS)
def test_positions_choose_among_the_days_of_each_period(found: Rule, first: date) -> None:
    last = first + timedelta(days=400)
    chosen = days(found, first, last)
    free = Rule(
        frequency=found.frequency,
        interval=found.interval,
        weekdays=found.weekdays,
        months=found.months,
        month_days=found.month_days,
        week_starts=found.week_starts,
    )

    assert set(chosen) <= set(days(free, first, last))
