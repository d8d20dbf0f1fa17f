"""What is due, in lines and for machines."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from events.phases import Transition
from hubs.due import Due, due
from hubs.settings import Change, changes
from preview.loaded import Loaded
from preview.show_due import due_json, due_lines

Between = Callable[[str, str], Due]


@pytest.fixture
def between(loaded: Callable[[str], Loaded]) -> Between:
    """Ask what of the campus is due between two times of its own, as `day hour:minute`."""
    campus = loaded("campus")

    def ask(applied: str, now: str) -> Due:
        instants = (
            campus.instant(f"2027-{text}", datetime.min.replace(tzinfo=UTC))
            for text in (applied, now)
        )
        return due(campus.stack.cluster, campus.events, *instants)

    return ask


def _lines(found: Due, *, edited: bool = False) -> list[str]:
    return list(due_lines("campus", found, edited=edited))


def test_what_is_due_or_missed_is_told_with_how_late_it_is(between: Between) -> None:
    assert _lines(between("01-20T12:00", "02-01T14:05")) == [
        "campus, Mon 2027-02-01 14:05 CET; last update for Wed 2027-01-20 12:00 CET",
        "missed: Mon 2027-01-25 14:00 CET demo staged; 7d5m ago, slack 15m",
        "missed: Mon 2027-02-01 13:43 CET demo warm; 22m ago, slack 15m",
        "due: Mon 2027-02-01 14:00 CET demo live; 5m ago, slack 15m",
        "next: Mon 2027-02-01 16:00 CET demo live, draining",
    ]


def test_of_a_long_list_the_end_is_told(loaded: Callable[[str], Loaded]) -> None:
    stack = loaded("icesat2")
    first, last = (change.at for change in (_changes(stack)[0], _changes(stack)[-1]))
    found = due(stack.stack.cluster, stack.events, first - timedelta(minutes=1), last)
    told = list(due_lines("icesat2", found, edited=False))

    assert (len(found.due), len(told)) == (21, 11)
    assert told[1] == "due: 13 before these, of them 7 missed"
    assert told[2] == "missed: Thu 2027-06-17 08:02 PDT hackweek warm; 1d10h48m ago, slack 15m"


def _changes(stack: Loaded) -> list[Transition]:
    return stack.events[0].schedule.transitions


def test_a_change_that_moves_no_event_tells_what_it_switches(
    loaded: Callable[[str], Loaded],
) -> None:
    of = loaded("full-eks")
    [*_, over, last] = (it.at for it in sorted(_all(of), key=lambda it: it.at))
    found = due(of.stack.cluster, of.events, over, last + timedelta(minutes=20))
    ahead = due(of.stack.cluster, of.events, last, over)
    told = "Thu 2027-03-04 09:33 PST full-eks: everything as usual"

    assert list(due_lines("full-eks", found, edited=False)) == [
        "full-eks, Thu 2027-03-04 09:53 PST; last update for Wed 2027-03-03 17:40 PST",
        f"missed: {told}; 20m ago, slack 15m",
        "next: nothing any more",
    ]
    assert list(due_lines("full-eks", ahead, edited=False))[1] == f"ahead: {told}; applied already"
    assert due_json("full-eks", found, edited=False)["due"] == [
        {
            "at": "2027-03-04T17:33:00+00:00",
            "hub": "full-eks",
            "events": {},
            "switched": {"home directories": "off"},
            "missed": True,
        }
    ]


def _all(of: Loaded) -> list[Change]:
    return list(changes(of.events, of.stack.cluster))


def test_nothing_is_due_on_a_quiet_day(between: Between) -> None:
    assert _lines(between("01-20T12:00", "01-21T12:00")) == [
        "campus, Thu 2027-01-21 12:00 CET; last update for Wed 2027-01-20 12:00 CET",
        "nothing is due",
        "next: Mon 2027-01-25 14:00 CET demo staged",
    ]


def test_after_the_last_event_instants_are_told_in_utc(between: Between) -> None:
    assert _lines(between("03-01T12:00", "03-02T12:00")) == [
        "campus, Tue 2027-03-02 11:00 UTC; last update for Mon 2027-03-01 11:00 UTC",
        "nothing is due",
        "next: nothing any more",
    ]


def test_other_events_in_the_file_are_due(between: Between) -> None:
    assert _lines(between("01-20T12:00", "01-21T12:00"), edited=True)[1:] == [
        "due: the events of the stack file, which were others at the last update",
        "next: Mon 2027-01-25 14:00 CET demo staged",
    ]


def test_what_is_applied_ahead_of_its_time_is_told(between: Between) -> None:
    assert _lines(between("02-01T14:00", "02-01T12:00"))[1:] == [
        "ahead: Mon 2027-02-01 13:43 CET demo warm; applied already",
        "next: Mon 2027-02-01 16:00 CET demo live, draining",
    ]


def test_machines_read_the_same(between: Between) -> None:
    found = due_json("campus", between("01-26T12:00", "02-01T13:43"), edited=False)

    [warm] = found.pop("due")
    assert (warm.pop("at"), sorted(warm.pop("switched"))) == (
        "2027-02-01T12:43:00+00:00",
        ["pre-puller", "profile", "spawn limit", "start timeout"],
    )
    assert warm == {"hub": "campus", "events": {"demo": "warm"}, "missed": False}
    assert found == {
        "stack": "campus",
        "at": "2027-02-01T13:43:00+01:00",
        "lastPlannedFor": "2027-01-26T12:00:00+01:00",
        "slackSeconds": 900,
        "edited": False,
        "ahead": [],
        "next": {
            "at": "2027-02-01T13:00:00+00:00",
            "hub": "campus",
            "events": {"demo": "live"},
            "switched": {},
        },
    }
