"""When events to come are judged: when their people come first, and when most are there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from events.phases import Schedule
from events.sessions import Session
from hubs.active import PlannedEvent
from preview.ahead import Ahead, to_judge
from preview.loaded import Loaded

Load = Callable[[str], Loaded]
Make = Callable[..., PlannedEvent]
START = datetime(2027, 2, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
EARLY = START - timedelta(days=30)


@pytest.fixture
def make(loaded: Load) -> Make:
    """Make an event whose sessions begin so many hours after the start, an hour each.

    A session may have people of its own: the hour, and how many.
    """
    model = loaded("campus").events[0]

    def made(name: str, *sessions: float | tuple[float, int], hub: str = "lab") -> PlannedEvent:
        found = [one if isinstance(one, tuple) else (one, None) for one in sessions]
        return replace(
            model,
            config=model.config.model_copy(update={"name": name, "timezone": "Europe/Berlin"}),
            hub=hubs.setdefault(hub, model.hub.model_copy(update={"name": hub})),
            owner=name,
            schedule=Schedule(
                sessions=tuple(
                    Session(starts=START + hour * HOUR, ends=START + hour * HOUR + HOUR, users=who)
                    for hour, who in found
                ),
                lead=HOUR / 4,
                drain=HOUR / 4,
                users=20,
            ),
        )

    hubs: dict[str, object] = {}
    return made


def _told(events: list[PlannedEvent], now: datetime) -> list[tuple[tuple[str, ...], float, str]]:
    return [(one.names, (one.now - START) / HOUR, one.word) for one in to_judge(events, now)]


def test_every_event_is_judged_when_its_people_come_first(make: Make) -> None:
    events = [make("later", 100, 200), make("first", 0)]

    assert to_judge(events, EARLY) == [
        Ahead(names=("first",), now=START, word="first"),
        Ahead(names=("later",), now=START + 100 * HOUR, word="later"),
    ]
    assert [f"{one.now:%H:%M %Z}" for one in to_judge(events, EARLY)] == ["10:00 CET", "14:00 CET"]


def test_what_is_on_at_the_instant_is_judged_there(make: Make) -> None:
    events = [make("first", 0), make("later", 100), make("same", 0, hub="other")]

    assert _told(events, START) == [(("later",), 100, "later")]
    assert _told(events, START + HOUR / 2) == [(("later",), 100, "later")]


def test_events_at_one_instant_are_judged_there_together(make: Make) -> None:
    # Those who came to the first have not gone yet when the third begins.
    events = [make("b", 5), make("a", 5, hub="other"), make("c", 6)]

    assert _told(events, EARLY) == [(("a", "b"), 5, "a"), (("b", "c"), 6, "c")]


def test_what_is_over_is_not_judged(make: Make) -> None:
    assert _told([make("past", 0), make("first", 10)], START + 5 * HOUR) == [
        (("first",), 10, "first")
    ]
    assert to_judge([make("past", 0)], START + 5 * HOUR) == []
    assert to_judge([], START) == []


def test_between_sessions_it_is_the_next_one_that_no_name_means(make: Make) -> None:
    assert _told([make("weekly", 0, 100, 200)], START + 5 * HOUR) == [
        (("weekly",), 100, "2027-02-05T14:00+01:00")
    ]


def test_sessions_of_more_people_are_judged_as_well(make: Make) -> None:
    event = make("weekly", (0, 5), (100, 5), (200, 30), (300, 30))

    assert _told([event], EARLY) == [
        (("weekly",), 0, "weekly"),
        (("weekly",), 200, "2027-02-09T18:00+01:00"),
    ]
    assert _told([event], START) == [(("weekly",), 200, "2027-02-09T18:00+01:00")]


def test_the_instant_at_which_events_of_a_hub_meet_is_judged(make: Make) -> None:
    long, short = make("long", 0, 100), make("short", 50, 100.5)

    assert _told([long, short], EARLY) == [
        (("long",), 0, "long"),
        (("short",), 50, "short"),
        (("long", "short"), 100.5, "2027-02-05T14:30+01:00"),
    ]
    assert _told([long, make("short", 50, 100.5, hub="other")], EARLY) == [
        (("long",), 0, "long"),
        (("short",), 50, "short"),
    ]


@pytest.mark.parametrize(
    ("stack", "found"),
    [
        ("campus", []),
        ("exam", []),
        (
            "datahub",
            [("lecture", "2027-01-26T10:00:00-08:00"), ("section", "2027-01-28T08:00:00-08:00")],
        ),
    ],
)
def test_shipped_stacks_are_judged_when_their_events_come(
    stack: str, found: list[tuple[str, str]], loaded: Load
) -> None:
    of = loaded(stack)

    assert [
        (" ".join(one.names), one.now.isoformat())
        for one in to_judge(of.events, of.instant("event", EARLY))
    ] == found
