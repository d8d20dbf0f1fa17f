"""The two recorded exams whose settings stayed on, replayed: ours go off within the hour."""

from datetime import timedelta

import pytest

from benchmarks.overruns import OVERRUNS, Overrun, replay, table
from events.phases import LONGEST_EXAM_DRAIN, LONGEST_LEAD
from hubs.active import at
from hubs.settings import settings

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
NAMED = pytest.mark.parametrize("overrun", OVERRUNS, ids=lambda one: one.name)


def test_the_spans_are_those_recorded() -> None:
    # Clocks went back by an hour between the two commits of October.
    assert [replay(one).held for one in OVERRUNS] == [
        timedelta(hours=65, minutes=15),
        timedelta(days=12),
    ]
    assert [len(one.exams) for one in OVERRUNS] == [1, 4]


@NAMED
def test_ours_are_on_half_a_day_before_at_most_and_off_within_the_hour(overrun: Overrun) -> None:
    schedule = replay(overrun).event.schedule

    assert len(schedule.windows) == len(schedule.sessions) == len(overrun.exams)
    for exam, window in zip(schedule.sessions, schedule.windows, strict=True):
        assert timedelta() < exam.starts - window.starts <= LONGEST_LEAD
        assert timedelta() < window.ends - exam.ends <= LONGEST_EXAM_DRAIN
        assert exam.ends - exam.starts == 3 * HOUR
        # The recorded settings were on during the exam, too.
        assert overrun.held.starts <= window.starts < window.ends <= overrun.held.ends


@NAMED
def test_seats_are_guaranteed_in_the_windows_and_at_no_other_time(overrun: Overrun) -> None:
    event = replay(overrun).event
    now, guaranteed = overrun.held.starts, timedelta()
    while now < overrun.held.ends:
        guaranteed += MINUTE * ("QoS" in settings(event.hub, [at(event, now)], "gke"))
        now += MINUTE

    assert guaranteed == replay(overrun).on


@pytest.mark.parametrize(
    ("index", "on", "node_hours", "dollars"),
    [
        (0, timedelta(hours=3, minutes=59), (1174.5, 71.7), (467.53, 28.54)),
        (1, timedelta(hours=15, minutes=56), (5184.0, 286.8), (2063.59, 114.17)),
    ],
)
def test_the_difference_is_the_hours_of_the_same_nodes(
    index: int, on: timedelta, node_hours: tuple[float, float], dollars: tuple[float, float]
) -> None:
    found = replay(OVERRUNS[index])

    assert (found.on, found.before, found.after) == (on, 29 * MINUTE, 30 * MINUTE)
    assert found.event.plan.node.name == "e2-highmem-8"
    assert found.nodes == found.event.plan.warm_nodes == 18
    assert found.micro_usd_per_hour == 398_069
    spans = (found.held, found.on)
    assert tuple(round(found.node_hours(span), 1) for span in spans) == node_hours
    assert tuple(round(found.dollars(span), 2) for span in spans) == dollars


def test_the_table_says_what_is_assumed_and_shows_both() -> None:
    assert table().splitlines() == [
        "100 students with 8 GiB each on e2-highmem-8 (assumed)",
        "",
        "| over-run | exams | hours held | ours | node-hours held | ours | $ held | ours | ratio |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
        "| October | 1 | 65.2 | 4.0 | 1174 | 72 | 468 | 29 | 16.4 |",
        "| December | 4 | 288.0 | 15.9 | 5184 | 287 | 2064 | 114 | 18.1 |",
    ]
