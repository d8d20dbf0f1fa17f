"""Times, days and spans of calendars."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from events.ical_source import Property
from events.ical_times import Moment, Span, local_text, moment, moments, span

BERLIN = ZoneInfo("Europe/Berlin")
NINE = datetime(2027, 2, 1, 9)  # noqa: DTZ001 - a local time


def written(value: str, **params: str) -> Property:
    """Return a DTSTART."""
    return Property(name="DTSTART", params=params, value=value)


@pytest.mark.parametrize(
    ("found", "local", "key"),
    [
        (written("20270201T090000", TZID="Europe/Berlin"), NINE, "Europe/Berlin"),
        (written(" 20270201t090000z "), NINE, "UTC"),
        (written("20270201T090000Z", VALUE="date-time"), NINE, "UTC"),
        # Source: RFC 5545, section 3.2.19: no TZID beside UTC; where there is one, UTC it is.
        (written("20270201T090000Z", TZID="Europe/Berlin"), NINE, "UTC"),
    ],
)
def test_a_time_has_a_zone(found: Property, local: datetime, key: str) -> None:
    assert moment(found) == Moment(local=local, zone=ZoneInfo(key))
    assert not moment(found).is_day


@pytest.mark.parametrize("found", [written("20270201"), written("20270201", VALUE="DATE")])
def test_a_day_has_none(found: Property) -> None:
    assert moment(found) == Moment(local=datetime(2027, 2, 1), zone=None)  # noqa: DTZ001 - a day
    assert moment(found).is_day


def test_a_property_may_have_several() -> None:
    assert moments(written("20270201T090000Z,20270202T090000Z")) == [
        Moment(local=NINE, zone=ZoneInfo("UTC")),
        Moment(local=NINE + timedelta(days=1), zone=ZoneInfo("UTC")),
    ]


REFUSED = {
    "words": (written("tomorrow"), "DTSTART 'TOMORROW' is no time, such as 20261214T090000Z"),
    "nothing": (written(""), "DTSTART '' is no time, such as 20261214T090000Z"),
    "hour": (
        written("20270201T250000Z"),
        "DTSTART '20270201T250000Z' is no time, such as 20261214T090000Z",
    ),
    "month": (written("20271301"), "DTSTART '20271301' is no time, such as 20261214T090000Z"),
    "digits": (
        written("٢٠٢٧٠٢٠١"),
        "DTSTART '٢٠٢٧٠٢٠١' is no time, such as 20261214T090000Z",
    ),
    "a time as a date": (
        written("20270201T090000Z", VALUE="DATE"),
        "DTSTART '20270201T090000Z' is no time, such as 20261214T090000Z",
    ),
    "year 1": (
        written("00010101T000000Z"),
        "DTSTART 00010101T000000Z is not between 1990 and 2200",
    ),
    "year 9999": (written("99991231"), "DTSTART 99991231 is not between 1990 and 2200"),
    "floating": (
        written("20270201T090000"),
        "DTSTART 20270201T090000 has no time zone; give the entry one",
    ),
    "no such zone": (
        written("20270201T090000", TZID="Mars"),
        "DTSTART 20270201T090000: time zone 'Mars' is neither of the IANA list nor of Windows; "
        "choose one such as Europe/Berlin",
    ),
}


@pytest.mark.parametrize(("found", "told"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_time_is_refused(found: Property, told: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        moment(found)

    assert str(caught.value) == told


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("P2W", Span(days=timedelta(days=14))),
        ("+P1D", Span(days=timedelta(days=1))),
        ("p1dt2h", Span(days=timedelta(days=1), time=timedelta(hours=2))),
        ("PT25H", Span(time=timedelta(hours=25))),
        ("PT1H30M", Span(time=timedelta(minutes=90))),
        ("PT90S", Span(time=timedelta(seconds=90))),
        ("P366D", Span(days=timedelta(days=366))),
    ],
)
def test_a_span_keeps_days_apart_from_hours(text: str, found: Span) -> None:
    assert span(Property(name="DURATION", params={}, value=text)) == found


@pytest.mark.parametrize(
    "text", ["", "1H", "P", "PT", "PT0S", "-PT1H", "P1H", "P367D", "P" + "9" * 30 + "D", "PT٢H"]
)
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        span(Property(name="DURATION", params={}, value=text))

    assert str(caught.value) == (f"DURATION {text!r} is no span of at most a year, such as PT1H30M")


@pytest.mark.parametrize(
    ("length", "ends"),
    [
        # The clocks of Berlin go forward on 28 March 2027.
        (Span(days=timedelta(days=1)), datetime(2027, 3, 28, 7, tzinfo=UTC)),
        (Span(time=timedelta(hours=24)), datetime(2027, 3, 28, 8, tzinfo=UTC)),
        (
            Span(days=timedelta(days=1), time=timedelta(hours=1)),
            datetime(2027, 3, 28, 8, tzinfo=UTC),
        ),
    ],
)
def test_days_are_counted_by_the_calendar_and_hours_as_they_pass(
    length: Span, ends: datetime
) -> None:
    starts = Moment(local=datetime(2027, 3, 27, 9), zone=BERLIN)  # noqa: DTZ001 - a local time

    assert starts.after(length).instant() == ends


def test_a_whole_day_ends_with_a_day_within_reach() -> None:
    day = Moment(local=datetime(2200, 12, 31), zone=None)  # noqa: DTZ001 - a day
    with pytest.raises(ValueError, match=r"^begins with a day, and cannot end 1:00:00 later$"):
        day.after(Span(time=timedelta(hours=1)))
    with pytest.raises(ValueError, match=r"^ends after 2200$"):
        day.after(Span(days=timedelta(days=1)))


@pytest.mark.parametrize(
    ("local", "told"),
    [
        (
            datetime(2027, 3, 28, 2, 30),  # noqa: DTZ001 - a local time
            "found 2027-03-28T02:30, which a clock change in Europe/Berlin skips; write the "
            "entry in UTC, or an hour earlier or later",
        ),
        (
            datetime(2027, 10, 31, 2, 30),  # noqa: DTZ001 - a local time
            "found 2027-10-31T02:30, which a clock change in Europe/Berlin shows twice; write "
            "the entry in UTC, or an hour earlier or later",
        ),
    ],
)
def test_an_hour_that_is_skipped_or_shown_twice_is_never_guessed(
    local: datetime, told: str
) -> None:
    found = Moment(local=local, zone=BERLIN)
    with pytest.raises(ValueError, match=r".") as caught:
        found.on_clock(ZoneInfo("UTC"))

    assert str(caught.value) == told
    assert found.on_clock(BERLIN) == local


def test_a_time_is_shown_on_the_clock_of_another_zone_and_a_day_is_not() -> None:
    assert Moment(local=NINE, zone=BERLIN).on_clock(ZoneInfo("UTC")).hour == 8
    assert Moment(local=NINE, zone=None).on_clock(ZoneInfo("Asia/Tokyo")) == NINE


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (datetime(2027, 2, 1, 8, tzinfo=UTC), "2027-02-01T09:00"),
        (datetime(2027, 2, 1, 8, 0, 5, tzinfo=UTC), "2027-02-01T09:00:05"),
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "2027-10-31T02:30+02:00"),
        (datetime(2027, 10, 31, 1, 30, tzinfo=UTC), "2027-10-31T02:30+01:00"),
    ],
)
def test_an_instant_is_written_as_in_a_stack_file(at: datetime, text: str) -> None:
    assert local_text(at, BERLIN) == text
