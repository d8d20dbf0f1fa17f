"""What people have agreed and done, line by line: what is missing, and what to write."""

from datetime import UTC, datetime

import pytest

from hubs.readiness_lines import Exam, Finding, Gap
from hubs.readiness_people import access, dates, engineers, network, room, support
from tests.hubs.exams import BEFORE, Change, changed, loaded

CHECKS = {
    "room": room,
    "network": network,
    "dates": dates,
    "engineers": engineers,
    "access": access,
    "support": support,
}
DUTY = "readiness.onCall: {engineer, starts, ends}"


def found(line: str, change: Change, now: datetime = BEFORE) -> Finding:
    """Return what is found for a line of the shipped exam with some of its data changed."""
    stack, events = loaded(changed(change))
    return CHECKS[line](Exam(stack=stack, planned=events[0], events=events, now=now))


def _set(*path: str | int, to: object) -> Change:
    """Return a change that writes something at a path of the event."""

    def change(event: object) -> None:
        holder = event
        for key in path[:-1]:
            holder = holder[key]  # pyright: ignore[reportIndexIssue] - a path of the file
        holder[path[-1]] = to  # pyright: ignore[reportIndexIssue] - a path of the file

    return change


def _nothing(event: object) -> None:
    del event


@pytest.mark.parametrize(
    ("line", "proof"),
    [
        ("room", "Hall B and room 12 for extra time, with invigilators"),
        ("network", "open was agreed, and no egressLock is set"),
        (
            "dates",
            "2 sessions, 2026-12-14 09:00 to 2026-12-14 13:30 in America/Toronto; confirmed by the "
            "instructor on 2026-11-23",
        ),
        (
            "engineers",
            "first 2026-12-14 08:00 to 2026-12-14 14:00, second 2026-12-14 08:00 to 2026-12-14 "
            "14:00",
        ),
        (
            "access",
            "first on 2026-12-10, second on 2026-12-11: hubAdmin, grafana, cloudConsole, logs, "
            "kubectl",
        ),
        ("support", "telephone of the exam office, and its chat room, an answer within 5m"),
    ],
)
def test_what_proves_a_line_is_told(line: str, proof: str) -> None:
    assert found(line, _nothing) == Finding(proof=proof)


@pytest.mark.parametrize(
    ("line", "change", "told", "write"),
    [
        ("room", _set("readiness", to={}), "no room is named", "readiness.room"),
        (
            "network",
            _set("readiness", to={}),
            "nobody says whether servers may reach the internet",
            "readiness.network: locked or open",
        ),
        (
            "network",
            _set("readiness", "network", to="locked"),
            "locked was agreed, and the event has no egressLock",
            "egressLock: {}",
        ),
        (
            "network",
            _set("egressLock", to={}),
            "open was agreed, and the event has an egressLock",
            "readiness.network: locked",
        ),
        (
            "dates",
            _set("sessions", 1, "cohort", to=""),
            "sessions overlap at 2026-12-14 09:00, and one does not say for whom",
            "sessions: cohort",
        ),
        (
            "dates",
            _set("readiness", "datesConfirmed", "day", to="2026-12-15"),
            "confirmed on 2026-12-15, which is to come",
            "readiness.datesConfirmed.day",
        ),
        (
            "dates",
            _set("readiness", "datesConfirmed", "sessions", to=3),
            "3 sessions were confirmed, and there are 2",
            "correct sessions or readiness.datesConfirmed",
        ),
        (
            "dates",
            _set("readiness", "datesConfirmed", "starts", to="2026-12-14T08:45"),
            "starts 2026-12-14 08:45 was confirmed, and the file says 2026-12-14 09:00",
            "correct sessions or readiness.datesConfirmed",
        ),
        (
            "dates",
            _set("readiness", "datesConfirmed", "ends", to="2026-12-14T13:29"),
            "ends 2026-12-14 13:29 was confirmed, and the file says 2026-12-14 13:30",
            "correct sessions or readiness.datesConfirmed",
        ),
        (
            "engineers",
            _set("engineers", to=["first", "sconde"]),
            "second is on call and none of the event's engineers, allowed: first, sconde; "
            "nearest: sconde",
            "readiness.onCall[1].engineer",
        ),
        (
            "engineers",
            _set("readiness", "onCall", to=[]),
            "from 2026-12-14 09:00 to 2026-12-14 12:00 nobody is on call",
            DUTY,
        ),
        (
            "engineers",
            _set("readiness", "onCall", 1, "ends", to="2026-12-14T13:29"),
            "from 2026-12-14 13:29 to 2026-12-14 13:30 only first is on call",
            DUTY,
        ),
        (
            "engineers",
            _set("readiness", "onCall", 0, "engineer", to="second"),
            "from 2026-12-14 09:00 to 2026-12-14 12:00 only second is on call",
            DUTY,
        ),
        (
            "access",
            _set("readiness", "access", 0, "day", to="2026-12-06"),
            "first has not reached hubAdmin, grafana, cloudConsole, logs, kubectl from 2026-12-07 "
            "to 2026-12-14",
            "readiness.access: {engineer: first, day, reached: [hubAdmin, grafana, cloudConsole, "
            "logs, kubectl]}",
        ),
        (
            "access",
            _set("readiness", "access", 1, "reached", to=["hubAdmin", "grafana", "logs"]),
            "second has not reached cloudConsole, kubectl from 2026-12-07 to 2026-12-14",
            "readiness.access: {engineer: second, day, reached: [cloudConsole, kubectl]}",
        ),
        (
            "support",
            _set("readiness", "support", "respondsWithin", to="5m1s"),
            "an answer within 5m1s, more than 5m",
            "readiness.support.respondsWithin: 5m",
        ),
    ],
)
def test_what_is_missing_is_told_with_what_to_write(
    line: str, change: Change, told: str, write: str
) -> None:
    assert found(line, change).gaps == [Gap(told, write)]


@pytest.mark.parametrize(
    ("starts", "ends"),
    [("2026-12-14T09:00", "2026-12-14T11:00"), ("2026-12-14T10:59", "2026-12-14T13:30")],
)
def test_one_engineer_may_hand_over_to_another(starts: str, ends: str) -> None:
    def change(event: dict[str, object]) -> None:
        event["engineers"] = ["first", "second", "third"]
        event["readiness"] = {
            "onCall": [
                {"engineer": "first", "starts": "2026-12-14T08:00", "ends": "2026-12-14T14:00"},
                {"engineer": "second", "starts": "2026-12-14T09:00", "ends": "2026-12-14T11:00"},
                {"engineer": "third", "starts": "2026-12-14T11:00", "ends": "2026-12-14T13:30"},
                {"engineer": "third", "starts": starts, "ends": ends},
            ]
        }

    assert found("engineers", change).gaps == []


def test_the_days_of_access_are_the_last_week_before_the_session() -> None:
    first = _set("readiness", "access", 0, "day", to="2026-12-07")

    assert found("access", first).gaps == []
    assert len(found("access", _nothing, datetime(2026, 12, 11, 4, 59, tzinfo=UTC)).gaps) == 1


@pytest.mark.parametrize(
    ("now", "days"),
    [
        # In Toronto the day before the week, and its first.
        (datetime(2026, 12, 7, 4, 59, tzinfo=UTC), ", which may be written from 2026-12-07 on"),
        (datetime(2026, 12, 7, 5, 0, tzinfo=UTC), " from 2026-12-07 to 2026-12-07"),
    ],
)
def test_days_of_access_that_are_still_to_come_are_no_days_that_were_missed(
    now: datetime, days: str
) -> None:
    tools = "hubAdmin, grafana, cloudConsole, logs, kubectl"

    assert found("access", _nothing, now).gaps == [
        Gap(
            f"{name} has not reached {tools}{days}",
            f"readiness.access: {{engineer: {name}, day, reached: [{tools}]}}",
        )
        for name in ("first", "second")
    ]


def test_access_of_nobody_is_no_access() -> None:
    def change(event: dict[str, object]) -> None:
        event["engineers"], event["readiness"] = [], {"access": [{"day": "2026-12-10"}]}

    assert found("access", change) == Finding(
        proof=": hubAdmin, grafana, cloudConsole, logs, kubectl",
        gaps=[Gap("there is nobody whose access counts", "engineers: [first, second]")],
    )


def test_an_engineer_who_has_reached_nothing_was_there_on_no_day() -> None:
    def change(event: dict[str, object]) -> None:
        event["engineers"] = ["first", "second", "third"]

    assert found("access", change).proof.startswith(
        "first on 2026-12-10, second on 2026-12-11, third on no day: "
    )


def test_cohorts_that_say_how_many_they_are_are_everybody() -> None:
    def change(event: dict[str, list[dict[str, object]]]) -> None:
        event["sessions"][0]["users"], event["sessions"][1]["users"] = 90, 9

    assert found("dates", change).gaps == [
        Gap("cohorts have 99 of 100 users", "sessions: users"),
    ]


def test_an_exam_of_one_session_needs_no_cohort() -> None:
    def change(event: dict[str, object]) -> None:
        event["sessions"] = [{"starts": "2026-12-14T09:00", "ends": "2026-12-14T13:30"}]

    assert found("dates", change).gaps == [
        Gap(
            "2 sessions were confirmed, and there are 1",
            "correct sessions or readiness.datesConfirmed",
        ),
    ]
    assert found("dates", change).proof.startswith("1 session, ")
