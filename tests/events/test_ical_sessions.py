"""What an entry says as a session."""

from datetime import date

import pytest
from calendar_texts import Found, calendar, entry, found, lesson, times

from events.ical_sessions import is_cancelled
from events.ical_source import entries
from events.sessions import Written

NINE = "20270201T090000"


def one(starts: str, ends: str, **more: object) -> Found:
    """Return one session."""
    return [Written(starts=starts, ends=ends, **more)], []  # pyright: ignore[reportArgumentType] - any


READ = {
    "local": (lesson(), one("2027-02-01T09:00", "2027-02-01T10:00")),
    "cohort and users": (
        lesson("DESCRIPTION:users: 25", "STATUS:CONFIRMED", summary="final: extra\\, time"),
        one("2027-02-01T09:00", "2027-02-01T10:00", users=25, cohort="extra, time"),
    ),
    "UTC": (
        times(":20270201T080000Z", ":20270201T090000Z"),
        one("2027-02-01T09:00", "2027-02-01T10:00"),
    ),
    "another zone, and Windows' name of it": (
        times(";TZID=Eastern Standard Time:20270201T090000", ":20270201T150000Z"),
        one("2027-02-01T15:00", "2027-02-01T16:00"),
    ),
    "an hour that is shown twice": (
        times(":20271031T003000Z", ":20271031T013000Z"),
        one("2027-10-31T02:30+02:00", "2027-10-31T02:30+01:00"),
    ),
    "a day": (entry("DTSTART;VALUE=DATE:20270201"), one("2027-02-01", "2027-02-01")),
    "days, of which the last is not in": (
        times(";VALUE=DATE:20270201", ";VALUE=DATE:20270206"),
        one("2027-02-01", "2027-02-05"),
    ),
    "days by their number": (
        entry("DTSTART;VALUE=DATE:20270201", "DURATION:P1W"),
        one("2027-02-01", "2027-02-07"),
    ),
    "a repeat": (
        lesson("RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20270301T090000Z"),
        one(
            "2027-02-01T09:00",
            "2027-02-01T10:00",
            repeats="FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20270301T090000Z",
        ),
    ),
    "a repeat without some": (
        lesson(
            "RRULE:FREQ=DAILY;COUNT=5",
            "EXDATE;TZID=Europe/Berlin:20270202T090000,20270203T090000",
            "EXDATE:20270204T080000Z",
            "EXDATE;VALUE=DATE:20270205",
        ),
        one(
            "2027-02-01T09:00",
            "2027-02-01T10:00",
            repeats="FREQ=DAILY;COUNT=5",
            exceptions=frozenset(date(2027, 2, day) for day in (2, 3, 4, 5)),
        ),
    ),
    "days that repeat": (
        entry(
            "DTSTART;VALUE=DATE:20270201",
            "RRULE:FREQ=WEEKLY;COUNT=3",
            "EXDATE;VALUE=DATE:20270208",
        ),
        one(
            "2027-02-01",
            "2027-02-01",
            repeats="FREQ=WEEKLY;COUNT=3",
            exceptions=frozenset({date(2027, 2, 8)}),
        ),
    ),
    "an exception that the clocks skip": (
        times(
            ";TZID=Europe/Berlin:20270321T023000",
            ";TZID=Europe/Berlin:20270321T040000",
            "RRULE:FREQ=WEEKLY;COUNT=2",
            "EXDATE;TZID=Europe/Berlin:20270328T023000",
        ),
        one(
            "2027-03-21T02:30",
            "2027-03-21T04:00",
            repeats="FREQ=WEEKLY;COUNT=2",
            exceptions=frozenset({date(2027, 3, 28)}),
        ),
    ),
    "a repeat by another zone's name for the same clocks": (
        entry(
            "DTSTART;TZID=Arctic/Longyearbyen:20270201T090000",
            "DURATION:PT1H",
            "RRULE:FREQ=WEEKLY;COUNT=20",
        ),
        one("2027-02-01T09:00", "2027-02-01T10:00", repeats="FREQ=WEEKLY;COUNT=20"),
    ),
    "added times": (
        lesson(
            "RDATE;TZID=Europe/Berlin:20270203T110000,20270201T090000",
            "RDATE;VALUE=PERIOD:20270204T080000Z/PT2H,20270205T080000Z/20270205T083000Z",
        ),
        (
            [
                Written(starts="2027-02-01T09:00", ends="2027-02-01T10:00"),
                Written(starts="2027-02-03T11:00", ends="2027-02-03T12:00"),
                Written(starts="2027-02-04T09:00", ends="2027-02-04T11:00"),
                Written(starts="2027-02-05T09:00", ends="2027-02-05T09:30"),
            ],
            [],
        ),
    ),
    "added days, one of them left out": (
        times(
            ";VALUE=DATE:20270201",
            ";VALUE=DATE:20270203",
            "RDATE;VALUE=DATE:20270210,20270220",
            "EXDATE;VALUE=DATE:20270220",
        ),
        (
            [
                Written(starts="2027-02-01", ends="2027-02-02"),
                Written(starts="2027-02-10", ends="2027-02-11"),
            ],
            [],
        ),
    ),
    "nothing is left": (lesson(f"EXDATE;TZID=Europe/Berlin:{NINE}"), ([], [])),
}


@pytest.mark.parametrize(("text", "said"), READ.values(), ids=READ)
def test_an_entry_is_read(text: str, said: Found) -> None:
    assert found(text) == said


def test_an_entry_that_stands_for_one_of_several_leaves_that_one_out() -> None:
    changed = lesson("RECURRENCE-ID;TZID=Europe/Berlin:20270202T090000")
    by_utc = lesson("RECURRENCE-ID:20270203T080000Z", "STATUS:CANCELLED")

    assert found(lesson("RRULE:FREQ=DAILY;COUNT=3"), changed, by_utc) == one(
        "2027-02-01T09:00",
        "2027-02-01T10:00",
        repeats="FREQ=DAILY;COUNT=3",
        exceptions=frozenset({date(2027, 2, 2), date(2027, 2, 3)}),
    )
    assert found(changed) == one("2027-02-01T09:00", "2027-02-01T10:00")


@pytest.mark.parametrize(("status", "cancelled"), [("cancelled", True), ("CONFIRMED", False)])
def test_an_entry_may_be_cancelled(status: str, *, cancelled: bool) -> None:
    assert is_cancelled(entries(calendar(lesson(f"STATUS:{status}")))[0]) is cancelled
