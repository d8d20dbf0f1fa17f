"""The sessions of an event from a calendar: whose entries, and every mistake by its entry."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from calendar_texts import calendar, entry, lesson, lines_of, without

from hubs.calendars import Read, Remark, as_calendar, read_calendar
from hubs.event import EventConfig
from hubs.mistakes import Mistake, MistakesError
from hubs.session_config import SessionConfig

Raw = dict[str, object]
Event = Callable[..., EventConfig]
NAMES = ("final", "labs")


@pytest.fixture
def said(final_event: Event) -> Callable[..., Read]:
    """Return what a calendar of these entries says of the event `final`."""

    def read(*entries: str) -> Read:
        return read_calendar(calendar(*entries), final_event(), NAMES)

    return read


def test_entries_are_of_an_event_by_their_summary(said: Callable[..., Read]) -> None:
    found = said(
        lesson(uid="1"),
        lesson("DESCRIPTION:users: 2", summary=" FINAL : Extra time", uid="2"),
        lesson("DESCRIPTION:whatever", summary="Labs", uid="3"),
        lesson("CATEGORIES:readyroom-transition", summary="final: warm", uid="4"),
        lesson("STATUS:CANCELLED", "DESCRIPTION:moved to Monday", uid="5"),
        lesson("STATUS:CANCELLED", summary="another", uid="6"),
    )

    assert found == Read(
        sessions=(
            SessionConfig(starts="2027-02-01T09:00", ends="2027-02-01T10:00"),
            SessionConfig(
                starts="2027-02-01T09:00",
                ends="2027-02-01T10:00",
                cohort="Extra time",
                users=2,
            ),
        )
    )


def test_an_entry_of_one_of_several_is_a_session_of_its_own(said: Callable[..., Read]) -> None:
    found = said(
        lesson("RRULE:FREQ=DAILY;COUNT=3"),
        entry(
            "RECURRENCE-ID;TZID=Europe/Berlin:20270202T090000",
            "DTSTART;TZID=Europe/Berlin:20270202T150000",
            "DURATION:PT2H",
        ),
        lesson("RECURRENCE-ID;TZID=Europe/Berlin:20270203T090000", "STATUS:CANCELLED"),
    )

    assert found.mistakes == []
    assert [one.model_dump(exclude_unset=True) for one in found.sessions] == [
        {
            "starts": "2027-02-01T09:00",
            "ends": "2027-02-01T10:00",
            "repeats": "FREQ=DAILY;COUNT=3",
            "exceptions": ("2027-02-02", "2027-02-03"),
        },
        {"starts": "2027-02-02T15:00", "ends": "2027-02-02T17:00"},
    ]


def test_every_mistake_is_found_and_names_its_entry(said: Callable[..., Read]) -> None:
    found = said(
        lesson("DESCRIPTION:<b>bring a laptop</b>", uid="1", summary="final:"),
        lesson("RECURRENCE-ID:20270202T080000Z", uid="2"),
        lesson("RECURRENCE-ID:20270202T080000Z", uid=""),
        lesson("RRULE:FREQ=DAILY", uid="3"),
        lesson(uid="3"),
        lesson(summary="fnal", uid="4"),
        entry("DTSTART:20270201T090000", "DURATION:PT1H", summary="Staff meeting", uid="5"),
    )

    at = "20270201T090000, UID"
    assert found == Read(
        mistakes=[
            f"entry 1 ('final:', {at} 1) has a colon and no cohort after it; write one, or leave "
            "the colon out",
            f"entry 1 ('final:', {at} 1) description '<b>bring a laptop</b>' is not read; write "
            "users: 25, or clear it",
            f"entry 2 ('final', {at} 2) changes one of several, which are not in this calendar; "
            "export them too",
            f"entry 3 ('final', {at} missing) changes one of several, which are not in this "
            "calendar; export them too",
            f"entry 4 ('final', {at} 3) RRULE: found 'FREQ=DAILY'; it needs either COUNT or "
            "UNTIL, so that it ends, such as FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261218",
            f"entry 5 ('final', {at} 3) has the UID of entry 4; leave one out",
        ],
        sessions=found.sessions,
        unknown=[
            f"entry 6 ('fnal', {at} 4) names no event; allowed: final, labs; nearest: final",
            f"entry 7 ('Staff meeting', {at} 5) names no event; allowed: final, labs",
        ],
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "begins with nothing, not with BEGIN:VCALENDAR; export it as iCalendar, .ics"),
        (calendar(), "has no entry named final"),
        (calendar(lesson(summary="labs")), "has no entry named final"),
        (calendar(*[lesson()] * 401), "has 401 entries named final; at most 400"),
        (
            calendar(
                lesson("RRULE:FREQ=DAILY;COUNT=400", uid="1"),
                lesson(uid="2"),
                lesson("RRULE:FREQ=DAILY", uid="3"),
            ),
            "entry 2 ('final', 20270201T090000, UID 2) is beyond 400 sessions, repeats included",
        ),
    ],
)
def test_too_little_and_too_much_are_refused(content: bytes, told: str, final_event: Event) -> None:
    assert read_calendar(content, final_event(), NAMES).mistakes == [told]


CHANGED = {
    "moved": ("T140000", "T150000", {"starts": "2027-02-01T15:00", "ends": "2027-02-01T16:00"}),
    "of others": ("final: a", "final: b", {"cohort": "b"}),
    "of more": ("users: 5", "users: 6", {"users": 6}),
    "form of no session": ('{"cohort"', '{"kohort"', {}),
    "form without sense": ('{"cohort"', '["cohort"', {}),
    "form of an hour that the clocks skip": (
        '"starts":"2027-02-01T14:00"',
        '"starts":"2027-03-28T02:30"',
        {},
    ),
    "form of the year 1": ('"starts":"2027-02-01T14:00"', '"starts":"0001-01-01"', {}),
}


@pytest.mark.parametrize(("old", "new", "keys"), CHANGED.values(), ids=CHANGED)
def test_what_an_entry_says_counts_more_than_the_form_beside_it(
    old: str, new: str, keys: Raw, final_event: Event
) -> None:
    session = {"starts": "2027-02-01T14:00", "ends": "2027-02-01T16:00", "cohort": "a", "users": 5}
    text = as_calendar("exam", [final_event(sessions=[session])]).replace("\r\n ", "")
    assert text.count(old) >= 1
    text = text.replace(old, new)

    assert read_calendar(text.encode(), final_event(), NAMES) == Read(
        sessions=(SessionConfig.model_validate(session | keys),)
    )


def test_the_same_stack_gives_the_same_calendar_without_a_clock(final_event: Event) -> None:
    whole = {"starts": "2027-06-14", "ends": "2027-06-18"}
    hours = {"starts": "2027-02-01T14:00", "ends": "2027-02-01T16:00"}
    events = [
        final_event(sessions=[hours, hours, whole]),
        final_event(name="labs", sessions=[hours]),
    ]
    remark = Remark(name="final: warm", at=datetime(2027, 2, 1, tzinfo=UTC), text="3 nodes")
    text = as_calendar("exam", events, [remark])

    assert text == as_calendar("exam", events, [remark])
    assert lines_of(text, "UID") == [
        f":{uid}@readyroom"
        for uid in (
            "4bad247f26ceca6b7240a664d0da88b4",
            "cbbd21b34ae716b40f20a3bda37b0d7c",
            "72a3e2b2997f8a3ed831cddc5e42ce45",
            "4c34d1ab39217f54afea2833d400bb61",
            "c605ef99038ac321178a8787fdb41fa5",
        )
    ]
    assert lines_of(text, "DTSTAMP") == [":19700101T000000Z"] * 5
    assert lines_of(text, "TZID") == [":Europe/Berlin"]
    assert [read_calendar(text.encode(), event, NAMES) for event in events] == [
        Read(sessions=event.sessions) for event in events
    ]


def test_another_stack_has_other_entries(final_event: Event) -> None:
    first, second = (
        set(lines_of(as_calendar(name, [final_event()]), "UID")) for name in ("a", "b")
    )

    assert len(first) == len(second) == 1
    assert not first & second


def test_zones_are_written_as_far_as_sessions_go_and_in_order(final_event: Event) -> None:
    late = {"starts": "2029-02-01T14:00", "ends": "2029-02-01T16:00"}
    text = as_calendar(
        "exam",
        [
            final_event(
                sessions=[{"starts": "2027-02-01T14:00", "ends": "2027-02-01T16:00"}, late]
            ),
            final_event(name="labs", timezone="America/New_York", sessions=[late]),
            final_event(
                name="days",
                timezone="Asia/Tokyo",
                sessions=[{"starts": "2027-02-01", "ends": "2027-02-01"}],
            ),
            final_event(name="zulu", timezone="UTC", sessions=[late]),
        ],
    )

    assert lines_of(text, "TZID") == [":America/New_York", ":Europe/Berlin"]
    onsets = lines_of(
        text[text.index("TZID:Europe/Berlin") : text.index("BEGIN:VEVENT")], "DTSTART"
    )
    assert (onsets[0], onsets[-1]) == (":20260131T140000", ":20291028T030000")


def test_what_no_calendar_can_say_is_refused_as_a_whole(final_event: Event) -> None:
    twice = {
        "starts": "2027-10-31T02:30+01:00",
        "ends": "2027-10-31T04:00",
        "repeats": "FREQ=DAILY;COUNT=3",
    }
    with pytest.raises(MistakesError) as caught:
        as_calendar("exam", [final_event(sessions=[twice])])

    assert caught.value.mistakes == [
        Mistake(
            "final.sessions[0]",
            "2027-10-31T02:30+01:00 to 2027-10-31T04:00, repeated, has a time that clocks show "
            "twice; write the first as a session of its own",
        )
    ]


def test_a_program_that_drops_our_form_changes_no_session(final_event: Event) -> None:
    event = final_event(
        sessions=[
            {
                "starts": "2027-02-01T09:00Z",
                "ends": "2027-02-01T11:00",
                "repeats": "daily",
                "until": "2027-02-05",
                "exceptions": ["2027-02-04", "2027-02-03"],
                "cohort": " extra time ",
            }
        ]
    )
    text = without(as_calendar("exam", [event]), "X-READYROOM-SESSION")

    [found] = read_calendar(text.encode(), event, NAMES).sessions
    assert found.model_dump(exclude_unset=True) == {
        "starts": "2027-02-01T10:00",
        "ends": "2027-02-01T11:00",
        "repeats": "FREQ=DAILY;UNTIL=20270205T225959Z",
        "exceptions": ("2027-02-03", "2027-02-04"),
        "cohort": "extra time",
    }
