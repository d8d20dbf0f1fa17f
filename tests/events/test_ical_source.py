"""From bytes to entries: what is kept, and every calendar that is refused as a whole."""

import pytest
from calendar_texts import calendar, entry, lesson

from events.ical_source import MOST_BYTES, Entry, Property, entries, shortened


def test_an_entry_has_what_is_read_unfolded_and_without_what_lies_inside_it() -> None:
    content = calendar(
        "BEGIN:VTIMEZONE\r\nTZID:Mars\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
        "RRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n",
        entry(
            'dtstart;tzid="Europe/Berlin";x-a=b:2027',
            " 0201T090000",
            "DESCRIPTION:users:\\n25",
            "ATTENDEE:mailto:a@example.org",
            "BEGIN:VALARM",
            "DESCRIPTION:soon",
            "END:VALARM",
            "",
            " ",
            summary="final\\, please",
        ),
        "begin:vevent\nEnd:Vevent\n",
    )

    assert entries(b"\xef\xbb\xbf" + content) == [
        Entry(
            position=1,
            properties=[
                Property(name="UID", params={}, value="one@example.org"),
                Property(name="SUMMARY", params={}, value="final\\, please"),
                Property(
                    name="DTSTART",
                    params={"TZID": "Europe/Berlin", "X-A": "b"},
                    value="20270201T090000",
                ),
                Property(name="DESCRIPTION", params={}, value="users:\\n25"),
            ],
        ),
        Entry(position=2),
    ]


def test_texts_lose_their_escapes_and_the_first_of_several_counts() -> None:
    [found] = entries(calendar(lesson("SUMMARY:second", summary=" final\\, a\\;b\\\\c\\n ")))

    assert found.text("SUMMARY") == "final, a;b\\c"
    assert [one.text for one in found.every("SUMMARY")] == [" final, a;b\\c\n ", "second"]
    assert (found.text("STATUS"), found.first("STATUS")) == ("", None)


def test_an_entry_is_told_from_others_by_place_summary_start_and_uid() -> None:
    first, second = entries(
        calendar(lesson(summary="final\\nof " + "9" * 80), "BEGIN:VEVENT\r\nEND:VEVENT\r\n")
    )

    assert first.title == (
        f"entry 1 ('final of {'9' * 48}...', 20270201T090000, UID one@example.org)"
    )
    assert second.title == "entry 2 ('', no start, UID missing)"


def test_what_is_no_property_is_kept_apart() -> None:
    [found] = entries(calendar(lesson("DESCRIPTION", ";:", "ATTENDEE")))

    assert found.broken == ["DESCRIPTION", ";:"]


def test_a_long_text_is_shown_by_its_beginning() -> None:
    assert shortened("a" * 60) == "a" * 60
    assert shortened("a" * 61) == "a" * 57 + "..."


def test_two_calendars_in_a_file_are_one() -> None:
    assert [one.position for one in entries(calendar(lesson()) + calendar(lesson()))] == [1, 2]


REFUSED = {
    "nothing": (b"", "begins with nothing, not with BEGIN:VCALENDAR; export it as iCalendar, .ics"),
    "a page": (
        b"<!DOCTYPE html>\n<html>",
        "begins with '<!DOCTYPE html> <html>', not with BEGIN:VCALENDAR; export it as "
        "iCalendar, .ics",
    ),
    "UTF-16": (
        calendar().decode().encode("utf-16"),
        "is not UTF-8 text (byte 1); export it as iCalendar, .ics",
    ),
    "Latin-1": (
        calendar(lesson(summary="Pr\xfcfung")).decode().encode("latin-1"),
        "is not UTF-8 text (byte 76); export it as iCalendar, .ics",
    ),
    "garbage": (
        bytes(range(255, 0, -1)) * 4000,
        "is not UTF-8 text (byte 1); export it as iCalendar, .ics",
    ),
    "zeros": (b"BEGIN:VCALENDAR\r\n" + bytes(10**6), "ends within VCALENDAR; export it again"),
    "ten megabytes": (
        b"BEGIN:VCALENDAR\r\n" + b"a" * 10**7,
        "is larger than 1 MiB, which is read at most; export fewer years or one calendar",
    ),
    "too many": (
        calendar("BEGIN:VEVENT\nEND:VEVENT\n" * 2001),
        "has more than 2000 entries; export fewer years or one calendar",
    ),
    "too deep": (
        calendar("BEGIN:X\r\n" * 50_000),
        "is nested deeper than 4 components; export it again",
    ),
    "too deep in an entry": (
        calendar("BEGIN:VEVENT\r\n" + "BEGIN:VALARM\r\n" * 50_000),
        "is nested deeper than 4 components (entry 1); export it again",
    ),
    "cut off": (
        calendar(lesson(), lesson())[:-40],
        "ends within VEVENT (entry 2); export it again",
    ),
    "another end": (
        calendar("BEGIN:VEVENT\r\nEND:VALARM\r\n"),
        "has END:VALARM, where END:VEVENT belongs (entry 1); export it again",
    ),
    "one end too many": (
        calendar() + b"END:VCALENDAR\r\n",
        "has END:VCALENDAR, where nothing belongs; export it again",
    ),
    "an entry in an entry": (
        calendar("BEGIN:VEVENT\r\nBEGIN:VEVENT\r\n"),
        "has VEVENT within VEVENT (entry 1); export it again",
    ),
    "a calendar in a calendar": (
        calendar(calendar().decode()),
        "has VCALENDAR within VCALENDAR; export it again",
    ),
    "an entry outside": (
        calendar() + lesson().encode(),
        "has VEVENT within no VCALENDAR; export it again",
    ),
}


@pytest.mark.parametrize(("content", "told"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_calendar_is_refused(content: bytes, told: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        entries(content)

    assert str(caught.value) == told


def test_as_much_as_is_allowed_is_read() -> None:
    full = calendar("BEGIN:VEVENT\nEND:VEVENT\n" * 2000)

    assert len(entries(full + b"\n" * (MOST_BYTES - len(full)))) == 2000
