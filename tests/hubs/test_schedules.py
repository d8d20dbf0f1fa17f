"""From what a file says of an event to its sessions, lead and drain."""

from collections.abc import Callable, Sequence
from datetime import UTC, timedelta

import pytest

from events.lead import Lead
from hubs.active import PlannedEvent
from hubs.event import EventConfig
from hubs.schedules import (
    drain_seconds,
    longest_session,
    node_ready,
    session_mistakes,
    sessions,
)
from hubs.stack import Stack

Raw = dict[str, object]
Planned = tuple[Stack, tuple[PlannedEvent, ...]]
Build = Callable[[Raw, Raw, Sequence[Raw]], Planned]
OnGke = Callable[[Raw, Raw], Planned]

SKIPPED = "found 2027-03-28T%s, which a clock change in Europe/Berlin skips; write an hour later"


def utc(event: EventConfig) -> list[str]:
    """Return when the sessions of an event start."""
    return [f"{one.starts.astimezone(UTC):%m-%dT%H:%M}" for one in sessions(event)]


def test_sessions_and_their_repeats_are_in_order(event: Raw) -> None:
    event["sessions"] = [
        {"starts": "2027-03-10T09:00", "ends": "2027-03-10T10:00"},
        {
            "starts": "2027-03-08T14:00",
            "ends": "2027-03-08T16:00",
            "repeats": "daily",
            "until": "2027-03-10",
        },
    ]

    assert utc(EventConfig.model_validate(event)) == [
        "03-08T13:00",
        "03-09T13:00",
        "03-10T08:00",
        "03-10T13:00",
    ]


def test_repeats_keep_the_local_hour_over_a_clock_change(event: Raw) -> None:
    event["sessions"] = [
        {
            "starts": "2027-03-22T14:00",
            "ends": "2027-03-22T16:00",
            "repeats": "weekly",
            "until": "2027-03-29",
        }
    ]

    assert utc(EventConfig.model_validate(event)) == ["03-22T13:00", "03-29T12:00"]


def test_the_longest_session_counts_whatever_the_clock_says(event: Raw) -> None:
    # Over the change from 02:00 to 03:00, a session from one to five lasts three hours.
    event["sessions"] = [
        {"starts": "2027-03-27T13:00", "ends": "2027-03-27T15:30"},
        {"starts": "2027-03-28T01:00", "ends": "2027-03-28T05:00"},
    ]

    assert longest_session(EventConfig.model_validate(event)) == 3 * 3600


def test_whole_days_repeats_and_exceptions_are_read_in_the_zone_of_the_event(event: Raw) -> None:
    event["sessions"] = [
        {"starts": "2027-03-27", "ends": "2027-03-28"},
        {
            "starts": "2027-03-10T09:00",
            "ends": "2027-03-10T10:00",
            "repeats": "FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20270318",
            "exceptions": ["2027-03-15"],
            "cohort": "Monday",
            "users": 5,
        },
    ]
    config = EventConfig.model_validate(event)

    assert utc(config) == ["03-10T08:00", "03-17T08:00", "03-26T23:00"]
    assert [(one.cohort, one.users) for one in sessions(config)] == [
        ("Monday", 5),
        ("Monday", 5),
        ("", None),
    ]
    # Two days, of which the second has 23 hours.
    assert longest_session(config) == 47 * 3600


NINE = {"starts": "2027-02-01T09:00", "ends": "2027-02-01T10:00"}


@pytest.mark.parametrize(
    ("found", "mistakes"),
    [
        ([{"starts": "2027-02-01T14:00", "ends": "2027-02-01T14:01"}], []),
        ([NINE | {"repeats": "daily", "until": "2027-02-01"}], []),
        (
            [{"starts": "2027-02-01T14:00", "ends": "2027-02-01T14:00"}],
            [("sessions[0].ends", "found 2027-02-01T14:00, not after starts 2027-02-01T14:00")],
        ),
        (
            [NINE, {"starts": "2027-02-02", "ends": "2027-02-01"}],
            [("sessions[1].ends", "found 2027-02-01, not after starts 2027-02-02")],
        ),
        (
            [{"starts": "2027-03-28T02:30", "ends": "2027-03-28T02:45"}],
            [("sessions[0].starts", SKIPPED % "02:30"), ("sessions[0].ends", SKIPPED % "02:45")],
        ),
        (
            [NINE | {"repeats": "daily", "until": "2027-01-31"}],
            [("sessions[0].until", "found 2027-01-31, before starts 2027-02-01T09:00")],
        ),
        (
            [NINE | {"repeats": "FREQ=WEEKLY;BYDAY=TU;COUNT=2"}],
            [
                (
                    "sessions[0].repeats",
                    "found FREQ=WEEKLY;BYDAY=TU;COUNT=2, and the session starts on a Monday, "
                    "2027-02-01, which is none of its days",
                )
            ],
        ),
        (
            [
                {
                    "starts": "2027-03-27T02:30",
                    "ends": "2027-03-27T04:00",
                    "repeats": "FREQ=DAILY;COUNT=2",
                }
            ],
            [("sessions[0].repeats", SKIPPED % "02:30")],
        ),
        # One that cannot be keeps those who are counted from being told of.
        (
            [NINE | {"users": 30}, {"starts": "2027-02-01T14:00", "ends": "2027-02-01T13:00"}],
            [("sessions[1].ends", "found 2027-02-01T13:00, not after starts 2027-02-01T14:00")],
        ),
        ([NINE | {"users": 20}], []),
        (
            [NINE | {"users": 21}],
            [("users", "found 20, and 21 are in sessions at once from 2027-02-01 09:00")],
        ),
        # Sessions at once add up, and those that meet do not.
        (
            [
                NINE | {"users": 15},
                {"starts": "2027-02-01T10:00", "ends": "2027-02-01T11:00", "users": 15},
            ],
            [],
        ),
        (
            [
                NINE | {"users": 15},
                {"starts": "2027-02-01T09:30", "ends": "2027-02-01T11:00", "users": 6},
            ],
            [("users", "found 20, and 21 are in sessions at once from 2027-02-01 09:30")],
        ),
        (
            [
                NINE | {"repeats": "FREQ=DAILY;COUNT=399"},
                {"starts": "2027-02-01T14:00", "ends": "2027-02-01T15:00"},
            ],
            [],
        ),
        (
            [
                NINE | {"repeats": "FREQ=DAILY;COUNT=400"},
                {"starts": "2027-02-01T14:00", "ends": "2027-02-01T15:00"},
            ],
            [
                (
                    "sessions",
                    "found 401 with their repeats; write at most 400, "
                    "and the rest as another event",
                )
            ],
        ),
    ],
)
def test_what_cannot_be_is_told_by_its_path(
    event: Raw, found: list[Raw], mistakes: list[tuple[str, str]]
) -> None:
    config = EventConfig.model_validate(event | {"sessions": found})

    assert list(session_mistakes(config)) == mistakes


def test_since_when_there_are_too_many_is_told_in_the_zone_of_the_event(event: Raw) -> None:
    config = EventConfig.model_validate(
        event | {"timezone": "America/Toronto", "sessions": [NINE | {"users": 21}]}
    )

    assert list(session_mistakes(config)) == [
        ("users", "found 20, and 21 are in sessions at once from 2027-02-01 09:00")
    ]


@pytest.mark.parametrize(
    ("at_cluster", "at_event", "lead"),
    [
        ({}, {}, Lead(node_ready=600, image_pull=64, slack=900)),
        ({"nodeReady": "4m"}, {}, Lead(node_ready=240, image_pull=64, slack=900)),
        (
            {"nodeReady": "4m", "scheduleSlack": "1m"},
            {"nodeReady": "7m"},
            Lead(node_ready=420, image_pull=64, slack=60),
        ),
    ],
)
def test_the_event_knows_better_than_the_cluster_how_long_a_node_takes(
    on_gke: OnGke, at_cluster: Raw, at_event: Raw, lead: Lead
) -> None:
    _, (found,) = on_gke(at_cluster, at_event)

    assert found.lead == lead
    assert found.schedule.lead == lead.span


@pytest.mark.parametrize(
    ("at_cluster", "at_event", "seconds"),
    [
        ({}, {}, 0),
        # Somebody's own autoscaler brings them.
        ({"nodeReady": "4m"}, {}, 240),
        ({"nodeReady": "4m"}, {"nodeReady": "7m"}, 420),
    ],
)
def test_nodes_that_are_there_are_ready(  # noqa: PLR0913, PLR0917 - one case in all its parts
    build: Build, existing: Raw, hub: Raw, event: Raw, at_cluster: Raw, at_event: Raw, seconds: int
) -> None:
    del hub["pool"]

    stack, (found,) = build(existing | at_cluster, hub, [event | at_event])

    assert found.lead == Lead(node_ready=seconds, image_pull=64, slack=900)
    assert found.need.node_ready == seconds
    assert node_ready(stack.cluster) == (240 if at_cluster else 0)


@pytest.mark.parametrize(
    ("changed", "seconds"),
    [
        ({}, 3600 + 2 * 600),
        ({"kind": "class"}, 3600 + 2 * 600),
        ({"kind": "exam"}, 600 + 2 * 600),
        ({"drain": "20m"}, 1200),
        ({"kind": "exam", "drain": "90s"}, 90),
    ],
)
def test_a_drain_outlasts_the_culling(on_gke: OnGke, changed: Raw, seconds: int) -> None:
    stack, (found,) = on_gke({}, changed)

    assert drain_seconds(found.config, stack.hubs[0]) == seconds
    # Whole minutes, rounded up.
    assert found.schedule.drain == timedelta(minutes=-(-seconds // 60))
