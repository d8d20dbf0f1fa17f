"""What an entry says as a session, and everything that is refused by name."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from calendar_texts import START, Found, calendar, entry, found, lesson, times

from events.ical_sessions import is_cancelled
from events.ical_source import entries
from events.sessions import Written

BERLIN = ZoneInfo("Europe/Berlin")
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


APART = (
    "repeats by the clocks of {}, and the event goes by those of Europe/Berlin; give the entry "
    "that time zone, or write its times one by one"
)
REFUSED = {
    "no start": (entry("DURATION:PT1H"), ["has no DTSTART"]),
    "no end": (entry(START), ["has no end; give it DTEND or DURATION"]),
    "both ends": (
        lesson("DTEND:20270201T090000Z"),
        ["has DTEND and DURATION; leave one out"],
    ),
    "a day and a time": (
        times(";VALUE=DATE:20270201", ":20270201T090000Z"),
        ["begins with a day and ends with a time, or the reverse; choose one"],
    ),
    "ends at once": (
        times(":20270201T090000Z", ":20270201T090000Z"),
        ["does not end after it begins"],
    ),
    "several": (
        lesson(
            "DESCRIPTION",
            "SUMMARY:final",
            "STATUS:TENTATIVE",
            "EXRULE:FREQ=DAILY",
            "DESCRIPTION:bring a laptop",
        ).replace("Europe/Berlin", "Mars"),
        [
            "line 'DESCRIPTION' is no property",
            "SUMMARY is there twice",
            "EXRULE is not read; write the days as EXDATE",
            "STATUS is TENTATIVE; confirm or cancel it",
            "description 'bring a laptop' is not read; write users: 25, or clear it",
            "DTSTART 20270201T090000: time zone 'Mars' is neither of the IANA list nor of "
            "Windows; choose one such as Europe/Berlin",
        ],
    ),
    "this and all that follow": (
        lesson("RECURRENCE-ID;RANGE=THISANDFUTURE:20270201T080000Z", "RRULE:FREQ=DAILY;COUNT=2"),
        [
            "RECURRENCE-ID is of this and all that follow; end the repeat, and write another",
            "has RECURRENCE-ID and RRULE; a single one does not repeat",
        ],
    ),
    "too many dates": (
        lesson("EXDATE:" + ",".join(["20270201T080000Z"] * 401)),
        ["has 401 dates in RDATE, EXDATE and changes; at most 400"],
    ),
    "a word": (
        lesson("RRULE:daily"),
        ["RRULE 'daily' is no rule, such as FREQ=DAILY;COUNT=5"],
    ),
    "without an end": (
        entry("RRULE:FREQ=DAILY", "DTSTART:20270201T090000"),
        [
            "RRULE: found 'FREQ=DAILY'; it needs either COUNT or UNTIL, so that it ends, such "
            "as FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261218",
            "DTSTART 20270201T090000 has no time zone; give the entry one",
        ],
    ),
    "repeats and added times": (
        lesson("DESCRIPTION:soon", "RRULE:FREQ=DAILY;COUNT=500", "RDATE:soon"),
        [
            "description 'soon' is not read; write users: 25, or clear it",
            "RRULE: found FREQ=DAILY;COUNT=500, which is more than 400 sessions; write fewer",
            "RDATE 'SOON' is no time, such as 20261214T090000Z",
        ],
    ),
    "every second": (
        lesson("RRULE:FREQ=SECONDLY;COUNT=10"),
        [
            "RRULE: found 'FREQ=SECONDLY;COUNT=10'; FREQ cannot be 'SECONDLY', "
            "allowed: DAILY, WEEKLY, MONTHLY, YEARLY"
        ],
    ),
    "never": (
        lesson("RRULE:FREQ=MONTHLY;BYDAY=MO;BYSETPOS=31;COUNT=3"),
        [
            "RRULE: found FREQ=MONTHLY;BYDAY=MO;BYSETPOS=31;COUNT=3, and the session starts on "
            "a Monday, 2027-02-01, which is none of its days"
        ],
    ),
    "none of its times": (
        lesson(
            "RRULE:FREQ=DAILY;COUNT=3",
            "EXDATE:20270202T090000Z,soon",
            "EXDATE;TZID=Europe/Berlin:20270202T100000",
            "EXDATE;VALUE=DATE:20270301",
        ),
        [
            "EXDATE 'SOON' is no time, such as 20261214T090000Z",
            "EXDATE 2027-02-02T10:00 is none of its times",
            "EXDATE 2027-03-01 is none of its times",
        ],
    ),
    "an exception by a clock that skips it": (
        lesson("RRULE:FREQ=DAILY;COUNT=3", "EXDATE;TZID=America/New_York:20270314T023000"),
        [
            "found 2027-03-14T02:30, which a clock change in America/New_York skips; write the "
            "entry in UTC, or an hour earlier or later"
        ],
    ),
    "by the clocks of UTC": (
        times(":20270201T080000Z", ":20270201T090000Z", "RRULE:FREQ=WEEKLY;COUNT=2"),
        [APART.format("UTC")],
    ),
    "by clocks that change on another day": (
        entry(
            "DTSTART;TZID=Africa/Algiers:20270322T090000",
            "DURATION:PT1H",
            "RRULE:FREQ=WEEKLY;COUNT=2",
        ),
        [APART.format("Africa/Algiers")],
    ),
    "a repeat on an hour that is skipped": (
        times(
            ";TZID=Europe/Berlin:20270321T023000",
            ";TZID=Europe/Berlin:20270321T040000",
            "RRULE:FREQ=WEEKLY;COUNT=2",
        ),
        [
            "found 2027-03-28T02:30, which a clock change in Europe/Berlin skips; write an hour "
            "later"
        ],
    ),
}


@pytest.mark.parametrize(("text", "told"), REFUSED.values(), ids=REFUSED)
def test_an_entry_that_is_not_understood_is_refused(text: str, told: list[str]) -> None:
    assert found(text) == ([], told)


def test_an_entry_that_stands_for_none_of_the_repeats_is_refused() -> None:
    changed = lesson("RECURRENCE-ID:20270209T080000Z")

    assert found(lesson("RRULE:FREQ=DAILY;COUNT=3"), changed) == (
        [],
        ["RECURRENCE-ID (of entry 2) 2027-02-09T09:00 is none of its times"],
    )


@pytest.mark.parametrize(("status", "cancelled"), [("cancelled", True), ("CONFIRMED", False)])
def test_an_entry_may_be_cancelled(status: str, *, cancelled: bool) -> None:
    assert is_cancelled(entries(calendar(lesson(f"STATUS:{status}")))[0]) is cancelled
