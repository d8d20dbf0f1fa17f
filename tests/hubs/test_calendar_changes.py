"""What a calendar changes: every session, repeats apart, that comes, goes or stays."""

from collections.abc import Callable

from hubs.calendar_changes import changes
from hubs.event import EventConfig
from hubs.session_config import SessionConfig


def test_sessions_come_go_and_stay(final_event: Callable[..., EventConfig]) -> None:
    once = SessionConfig(starts="2027-02-01T09:00", ends="2027-02-01T10:00")
    three = SessionConfig(
        starts="2027-02-01T09:00", ends="2027-02-01T10:00", repeats="daily", until="2027-02-03"
    )
    fewer = SessionConfig(starts="2027-02-02T09:00", ends="2027-02-02T10:00", users=5, cohort="b")
    found = changes(final_event(), [three, once], [once, fewer])

    assert [(one.kind, *one.bounds, one.session.users, one.session.cohort) for one in found] == [
        ("gone", "Mon 2027-02-01 09:00", "Mon 2027-02-01 10:00", None, ""),
        ("same", "Mon 2027-02-01 09:00", "Mon 2027-02-01 10:00", None, ""),
        ("gone", "Tue 2027-02-02 09:00", "Tue 2027-02-02 10:00", None, ""),
        ("new", "Tue 2027-02-02 09:00", "Tue 2027-02-02 10:00", 5, "b"),
        ("gone", "Wed 2027-02-03 09:00", "Wed 2027-02-03 10:00", None, ""),
    ]
    assert {one.event.name for one in found} == {"final"}
