"""Sessions and remarks as lines of a calendar."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from events.ical_writing import Dated, calendar_text, remark_lines, session_lines, text_value
from events.sessions import Written

BERLIN = ZoneInfo("Europe/Berlin")


def between(session: Written, where: ZoneInfo = BERLIN) -> list[str]:
    """Return what is said of a session's times and users."""
    lines = session_lines(Dated(uid="u", event="final", session=session, form="{}"), where)
    assert lines[:3] == ["BEGIN:VEVENT", "UID:u", "DTSTAMP:19700101T000000Z"]
    assert lines[-3:] == ["CATEGORIES:readyroom-session", "X-READYROOM-SESSION:{}", "END:VEVENT"]
    return lines[3:-3]


SAID = {
    "once": (
        Written(starts="2027-02-01T09:00", ends="2027-02-01T10:00:30", users=25, cohort="a, b"),
        [
            "SUMMARY:final: a\\, b",
            "DTSTART;TZID=Europe/Berlin:20270201T090000",
            "DTEND;TZID=Europe/Berlin:20270201T100030",
            "DESCRIPTION:users: 25",
        ],
    ),
    "an hour that is shown twice": (
        Written(starts="2027-10-31T01:30", ends="2027-10-31T02:30+01:00"),
        ["SUMMARY:final", "DTSTART:20271030T233000Z", "DTEND:20271031T013000Z"],
    ),
    "daily": (
        Written(
            starts="2027-02-01T09:00",
            ends="2027-02-01T10:00",
            repeats="daily",
            until=date(2027, 4, 1),
            exceptions=frozenset({date(2027, 2, 3), date(2027, 2, 2)}),
        ),
        [
            "SUMMARY:final",
            "DTSTART;TZID=Europe/Berlin:20270201T090000",
            "DTEND;TZID=Europe/Berlin:20270201T100000",
            "RRULE:FREQ=DAILY;UNTIL=20270401T215959Z",
            "EXDATE;TZID=Europe/Berlin:20270202T090000,20270203T090000",
        ],
    ),
    "until a local time": (
        Written(
            starts="2027-02-01T09:00",
            ends="2027-02-01T10:00",
            repeats="FREQ=WEEKLY;UNTIL=20270401T120000;BYDAY=MO",
        ),
        [
            "SUMMARY:final",
            "DTSTART;TZID=Europe/Berlin:20270201T090000",
            "DTEND;TZID=Europe/Berlin:20270201T100000",
            "RRULE:FREQ=WEEKLY;UNTIL=20270401T100000Z;BYDAY=MO",
        ],
    ),
    "days": (
        Written(
            starts="2027-02-01",
            ends="2027-02-03",
            repeats="FREQ=WEEKLY;COUNT=3",
            exceptions=frozenset({date(2027, 2, 8)}),
        ),
        [
            "SUMMARY:final",
            "DTSTART;VALUE=DATE:20270201",
            "DTEND;VALUE=DATE:20270204",
            "RRULE:FREQ=WEEKLY;COUNT=3",
            "EXDATE;VALUE=DATE:20270208",
        ],
    ),
    "days until a time in UTC": (
        Written(
            starts="2027-02-01", ends="2027-02-01", repeats="FREQ=DAILY;UNTIL=20270203T230000Z"
        ),
        [
            "SUMMARY:final",
            "DTSTART;VALUE=DATE:20270201",
            "DTEND;VALUE=DATE:20270202",
            "RRULE:FREQ=DAILY;UNTIL=20270204",
        ],
    ),
    "one day": (
        Written(starts="2027-02-01", ends="2027-02-01"),
        ["SUMMARY:final", "DTSTART;VALUE=DATE:20270201", "DTEND;VALUE=DATE:20270202"],
    ),
}


@pytest.mark.parametrize(("session", "lines"), SAID.values(), ids=SAID)
def test_a_session_is_said_as_calendars_say_it(session: Written, lines: list[str]) -> None:
    assert between(session) == lines


def test_a_session_by_utc_needs_no_zone() -> None:
    session = Written(
        starts="2027-02-01T09:00",
        ends="2027-02-01T10:00",
        repeats="FREQ=DAILY;COUNT=3",
        exceptions=frozenset({date(2027, 2, 2)}),
    )
    assert between(session, ZoneInfo("UTC")) == [
        "SUMMARY:final",
        "DTSTART:20270201T090000Z",
        "DTEND:20270201T100000Z",
        "RRULE:FREQ=DAILY;COUNT=3",
        "EXDATE:20270202T090000Z",
    ]


def test_a_repeat_from_an_hour_that_is_shown_twice_cannot_be_said() -> None:
    session = Written(
        starts="2027-10-31T02:30+01:00", ends="2027-10-31T04:00", repeats="FREQ=DAILY;COUNT=3"
    )
    with pytest.raises(ValueError, match=r".") as caught:
        between(session)

    assert str(caught.value) == (
        "2027-10-31T02:30+01:00 to 2027-10-31T04:00, repeated, has a time that clocks show "
        "twice; write the first as a session of its own"
    )


def test_a_remark_takes_no_time() -> None:
    at = datetime(2027, 2, 1, 9, tzinfo=BERLIN)

    assert remark_lines("u", "final: warm", at, "3 nodes, 40 seats\nuntil 12:00") == [
        "BEGIN:VEVENT",
        "UID:u",
        "DTSTAMP:19700101T000000Z",
        "SUMMARY:final: warm",
        "DTSTART:20270201T080000Z",
        "DESCRIPTION:3 nodes\\, 40 seats\\nuntil 12:00",
        "CATEGORIES:readyroom-transition",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def test_a_calendar_is_folded_at_75_bytes_and_never_within_a_sign() -> None:
    text = calendar_text("exam; 試", [["X-LONG:" + "試" * 30], ["X-SHORT:1"]])

    assert text == (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//readyroom//readyroom//EN\r\n"
        "CALSCALE:GREGORIAN\r\nX-WR-CALNAME:exam\\; 試\r\n"
        f"X-LONG:{'試' * 22}\r\n {'試' * 8}\r\nX-SHORT:1\r\nEND:VCALENDAR\r\n"
    )
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_every_sign_of_a_text_is_kept() -> None:
    assert text_value("\\N;a,b\r\nc\rd\x00") == "\\\\N\\;a\\,b\\nc\\nd "


def test_it_is_in_utc_that_remarks_are_written() -> None:
    assert "DTSTART:20270201T090000Z" in remark_lines(
        "u", "", datetime(2027, 2, 1, 9, tzinfo=UTC), ""
    )
