"""What is not understood of an entry is refused by name."""

import pytest
from calendar_texts import START, entry, found, lesson, times

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
