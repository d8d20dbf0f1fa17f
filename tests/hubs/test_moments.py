"""Which instant `--at` means."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest

from hubs.active import PlannedEvent
from hubs.mistakes import MistakesError
from hubs.moments import moment
from hubs.stack import Stack

Raw = dict[str, object]
Planned = tuple[Stack, tuple[PlannedEvent, ...]]
Build = Callable[[Raw, Raw, Sequence[Raw]], Planned]

CLOCK = datetime(2026, 11, 21, 8, 59, 58, 999, tzinfo=UTC)

SKIPPED = (
    "found 2027-03-14T02:30, which a clock change in America/New_York skips; write an hour later"
)


def utc(found: datetime) -> str:
    """Return an instant as text."""
    return f"{found.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}"


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        (None, "2026-11-21T08:59:00.000000"),
        ("now", "2026-11-21T08:59:00.000000"),
        ("event", "2026-12-07T14:00:00.000000"),
        ("intro", "2026-12-07T14:00:00.000000"),
        ("2026-12-07T08:45", "2026-12-07T13:45:00.000000"),
        ("2026-12-07 08:45:59", "2026-12-07T13:45:00.000000"),
        ("2026-12-07T08:45+01:00", "2026-12-07T07:45:00.000000"),
        ("2026-12-07T08:45Z", "2026-12-07T08:45:00.000000"),
    ],
)
def test_a_word_or_a_time_in_the_zone_of_the_events(
    shipped: dict[str, Planned], written: str | None, instant: str
) -> None:
    _, events = shipped["workshop"]

    assert utc(moment(written, events, CLOCK)) == instant


def test_an_event_is_its_first_session(shipped: dict[str, Planned]) -> None:
    _, events = shipped["datahub"]

    assert utc(moment("section", events, CLOCK)) == "2027-01-28T16:00:00.000000"
    assert utc(moment("event", events, CLOCK)) == utc(moment("lab", events, CLOCK))


def test_the_first_event_is_the_one_that_begins_first_in_whatever_order_they_are_listed(
    build: Build, existing: Raw, hub: Raw, event: Raw
) -> None:
    del hub["pool"]
    sessions = [{"starts": "2027-03-01T14:00", "ends": "2027-03-01T16:00"}]
    later = event | {"name": "far", "timezone": "Asia/Tokyo", "sessions": sessions}
    found = {
        moment("event", build(existing, hub, listed)[1], CLOCK).isoformat()
        for listed in ([event, later], [later, event])
    }

    assert found == {"2027-02-01T14:00:00+01:00"}


def test_without_events_a_time_has_an_offset() -> None:
    assert utc(moment("2026-12-07T08:45+01:00", (), CLOCK)) == "2026-12-07T07:45:00.000000"


@pytest.mark.parametrize(
    ("written", "mistake", "words"),
    [
        (
            "evnt",
            "found 'evnt'; write a quoted local time, such as \"2026-12-14T09:00\"",
            "now, event, intro; nearest: event",
        ),
        (
            "2027-03-14T02:30",
            SKIPPED,
            "now, event, intro",
        ),
    ],
)
def test_neither_word_nor_time_is_refused(
    shipped: dict[str, Planned], written: str, mistake: str, words: str
) -> None:
    with pytest.raises(MistakesError) as caught:
        moment(written, shipped["workshop"][1], CLOCK)

    assert str(caught.value) == f"at: {mistake}; or a word, allowed: {words}"


def test_a_local_time_of_no_zone_is_refused() -> None:
    with pytest.raises(MistakesError) as caught:
        moment("2026-12-07T08:45", (), CLOCK)

    assert str(caught.value) == (
        "at: found '2026-12-07T08:45'; there is no event, so add an offset, such as "
        "2026-12-07T08:45+00:00; or a word, allowed: now, event"
    )


def test_a_local_time_of_several_zones_is_refused(
    build: Build, existing: Raw, hub: Raw, event: Raw
) -> None:
    del hub["pool"]
    sessions = [{"starts": "2027-03-01T14:00", "ends": "2027-03-01T16:00"}]
    far = event | {"name": "far", "timezone": "Asia/Tokyo", "sessions": sessions}
    _, events = build(existing, hub, [event, far])

    with pytest.raises(MistakesError) as caught:
        moment("2027-02-01T14:00", events, CLOCK)

    assert str(caught.value) == (
        "at: found '2027-02-01T14:00'; events are in Asia/Tokyo, Europe/Berlin, so add an "
        "offset, such as 2027-02-01T14:00+00:00; or a word, allowed: now, event, intro, far"
    )


def test_an_event_where_there_is_none_is_refused() -> None:
    with pytest.raises(MistakesError) as caught:
        moment("event", [], datetime(2026, 11, 21, tzinfo=UTC))

    assert str(caught.value) == "at: found 'event', and the stack has none; write a time"
