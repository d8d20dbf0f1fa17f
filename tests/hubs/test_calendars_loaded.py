"""The file of a calendar that an event of a stack file names."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from calendar_texts import START, calendar, entry, lesson

from events.ical_source import MOST_BYTES
from hubs.calendars import calendar_bytes, with_calendar
from hubs.event import EventConfig
from hubs.mistakes import Mistake
from hubs.session_config import SessionConfig

Event = Callable[..., EventConfig]
NAMES = ("final", "labs")


@pytest.fixture
def loaded(
    final_event: Event, tmp_path: Path
) -> Callable[[], tuple[EventConfig | None, Sequence[str]]]:
    """Load the event with its calendar `final.ics`; returns it and the mistakes."""

    def load() -> tuple[EventConfig | None, Sequence[str]]:
        mistakes: list[Mistake] = []
        event = final_event(calendar="final.ics", sessions=())
        found = with_calendar(event, "events[3]", tmp_path, NAMES, mistakes)
        return found, [str(mistake) for mistake in mistakes]

    return load


Load = Callable[[], tuple[EventConfig | None, Sequence[str]]]


def test_an_event_takes_its_sessions_from_its_calendar(
    loaded: Load, final_event: Event, tmp_path: Path
) -> None:
    (tmp_path / "final.ics").write_bytes(calendar(lesson(), lesson(summary="labs", uid="2")))
    found, mistakes = loaded()

    assert mistakes == []
    assert found == final_event(calendar="final.ics", sessions=()).model_copy(
        update={"sessions": (SessionConfig(starts="2027-02-01T09:00", ends="2027-02-01T10:00"),)}
    )


def test_an_event_without_a_calendar_is_left_alone(final_event: Event, tmp_path: Path) -> None:
    mistakes: list[Mistake] = []

    assert with_calendar(final_event(), "events[0]", tmp_path, NAMES, mistakes) == final_event()
    assert mistakes == []


def test_every_mistake_of_a_calendar_is_one_of_the_event(loaded: Load, tmp_path: Path) -> None:
    (tmp_path / "final.ics").write_bytes(calendar(entry(START), lesson(summary="staff", uid="2")))

    assert loaded() == (
        None,
        [
            "events[3].calendar: final.ics entry 1 ('final', 20270201T090000, UID "
            "one@example.org) has no end; give it DTEND or DURATION",
            "events[3].calendar: final.ics entry 2 ('staff', 20270201T090000, UID 2) names no "
            "event; allowed: final, labs",
        ],
    )


def test_a_missing_calendar_names_the_nearest(loaded: Load, tmp_path: Path) -> None:
    assert loaded() == (
        None,
        ["events[3].calendar: final.ics is not in calendars/; readyroom import-calendar writes it"],
    )
    (tmp_path / "finals.ics").touch()
    (tmp_path / "labs.ics").touch()

    assert loaded() == (
        None,
        [
            "events[3].calendar: final.ics is not in calendars/; allowed: finals.ics, labs.ics; "
            "nearest: finals.ics"
        ],
    )


def test_a_folder_is_no_calendar(loaded: Load, tmp_path: Path) -> None:
    (tmp_path / "final.ics").mkdir()

    assert loaded() == (None, ["events[3].calendar: final.ics cannot be read: it is no file"])


def test_no_more_of_a_file_is_read_than_needed(tmp_path: Path) -> None:
    path = tmp_path / "large.ics"
    path.write_bytes(bytes(MOST_BYTES + 1000))

    assert len(calendar_bytes(path)) == MOST_BYTES + 1


def test_every_calendar_of_the_fixtures_belongs_to_one() -> None:
    stacks = Path(__file__).parents[1] / "stacks"
    cases = {path.name.split(".")[0] for path in stacks.glob("*.yaml")}

    assert {path.stem for path in (stacks / "calendars").iterdir()} - cases == set()
