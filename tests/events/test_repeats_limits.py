"""Rules that no day fits are refused at once, and what holds for every rule."""

from datetime import date, datetime
from itertools import pairwise
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.repeats import occurrences, rule_text

BERLIN = ZoneInfo("Europe/Berlin")
NONE: frozenset[date] = frozenset()
# The processor's seconds in which a rule is answered, whatever it is.
AT_ONCE = 0.3


def refused(rule: str, first: str) -> str:
    """Return why a rule is refused, which takes no time to find out."""
    before = process_time()
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        occurrences(datetime.fromisoformat(first), BERLIN, rule_text(rule), None, NONE)
    assert process_time() - before < AT_ONCE
    return str(caught.value)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=DAILY;INTERVAL=999;BYMONTHDAY=31;BYMONTH=2",
        "FREQ=DAILY;BYMONTHDAY=30;BYMONTH=2",
        "FREQ=WEEKLY;INTERVAL=52;BYMONTH=7",
        "FREQ=MONTHLY;BYDAY=5MO;BYMONTH=2",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=9",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=999",
        "FREQ=MONTHLY;BYDAY=MO;BYMONTHDAY=-31;BYMONTH=4",
        "FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2,4,6,9,11",
        "FREQ=YEARLY;BYMONTHDAY=30",
        "FREQ=YEARLY;INTERVAL=999;BYDAY=TU",
        "FREQ=YEARLY;BYDAY=MO;BYSETPOS=54",
    ],
)
@pytest.mark.parametrize("end", ["COUNT=400", "UNTIL=20281116"])
def test_rules_that_its_first_day_does_not_fit_are_refused_at_once(rule: str, end: str) -> None:
    assert refused(f"{rule};{end}", "2026-11-16T09:00") == (
        f"found {rule};{end}, and the session starts on a Monday, 2026-11-16, "
        "which is none of its days"
    )


def test_a_rule_that_hardly_any_day_fits_is_counted_at_once() -> None:
    rule = "FREQ=DAILY;BYMONTHDAY=29;BYMONTH=2;BYDAY=TU;COUNT=2"

    assert refused(rule, "2028-02-29T09:00") == (
        f"found {rule}, of which 1 are before 2030-03-02; write COUNT=1"
    )


WEEKDAYS = st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1)


@settings(deadline=None)
@given(
    first=st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)),  # noqa: DTZ001 - local time
    weekdays=WEEKDAYS,
    interval=st.integers(1, 4),
    count=st.integers(1, 26),
)
def test_a_count_is_the_count_and_every_repeat_is_at_the_same_time_of_a_day_of_the_rule(
    first: datetime, weekdays: list[str], interval: int, count: int
) -> None:
    own = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[first.weekday()]
    allowed = {*weekdays, own}
    rule = f"FREQ=WEEKLY;INTERVAL={interval};BYDAY={','.join(sorted(allowed))};COUNT={count}"
    found = occurrences(first, BERLIN, rule_text(rule), None, NONE)

    assert found[0] == first
    assert len(found) == count
    assert all(before < after for before, after in pairwise(found))
    assert {one.time() for one in found} == {first.time()}
    assert {one.strftime("%a")[:2].upper() for one in found} <= allowed
    weeks = {(one.date().toordinal() - 1) // 7 - (first.toordinal() - 1) // 7 for one in found}
    assert all(week % interval == 0 for week in weeks)
