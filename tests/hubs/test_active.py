"""An event with its plan, and what of it is on, alone or together with others."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from events.phases import Schedule, Transition
from events.sessions import Session
from hubs.active import EventNow, PlannedEvent, at, expected, on_hub, owner
from hubs.stack import Stack

Raw = dict[str, object]
Planned = tuple[Stack, tuple[PlannedEvent, ...]]
OnGke = Callable[[Raw, Raw], Planned]
Build = Callable[[Raw, Raw, Sequence[Raw]], Planned]
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("time", "phase", "has_pool", "is_on"),
    [
        ("2027-01-25T13:59", "quiet", False, False),
        ("2027-01-25T14:00", "staged", True, False),
        ("2027-02-01T13:32", "staged", True, False),
        ("2027-02-01T13:33", "warm", True, True),
        ("2027-02-01T14:00", "live", True, True),
        ("2027-02-01T17:19", "live", True, True),
        ("2027-02-01T17:20", "over", False, False),
    ],
)
def test_what_is_on_follows_from_the_phase(
    on_gke: OnGke, time: str, phase: str, *, has_pool: bool, is_on: bool
) -> None:
    _, (planned,) = on_gke({}, {})
    now = datetime.fromisoformat(time).replace(tzinfo=BERLIN)

    found = at(planned, now)

    assert (found.state.phase, found.has_pool, found.is_on) == (phase, has_pool, is_on)


@pytest.fixture
def together(build: Build, existing: Raw, hub: Raw, event: Raw) -> dict[str, PlannedEvent]:
    """A workshop of 20 from 14:00 to 16:00, and an exam of 10 from 15:00 to 18:00; by name."""
    del hub["pool"]
    exam = event | {
        "name": "final",
        "kind": "exam",
        "users": 10,
        "sessions": [{"starts": "2027-02-01T15:00", "ends": "2027-02-01T18:00"}],
    }
    _, planned = build(existing, hub, [event, exam])
    return {one.config.name: one for one in planned}


def _on(events: dict[str, PlannedEvent], time: str) -> EventNow | None:
    now = datetime.fromisoformat(f"2027-02-01T{time}").replace(tzinfo=BERLIN)
    return on_hub(events["intro"].hub, [at(one, now) for one in events.values()])


def test_nothing_is_on_at_a_hub_before_and_after_all_events_or_of_another_hub(
    together: dict[str, PlannedEvent],
) -> None:
    # 27 minutes of lead, and half an hour of drain after an exam.
    assert _on(together, "13:32") is None
    assert _on(together, "18:30") is None
    now = datetime(2027, 2, 1, 15, tzinfo=BERLIN)
    elsewhere = together["intro"].hub.model_copy()
    assert on_hub(elsewhere, [at(one, now) for one in together.values()]) is None


@pytest.mark.parametrize(
    ("time", "name", "users", "phase", "members"),
    [
        ("13:43", "intro", 20, "warm", ["intro"]),
        ("14:42", "intro", 20, "live", ["intro"]),
        # The exam's lead begins while the workshop is on.
        ("14:43", "final-and-intro", 30, "live", ["final", "intro"]),
        ("17:19", "final-and-intro", 30, "live", ["final", "intro"]),
        ("17:20", "final", 10, "live", ["final"]),
    ],
)
def test_those_who_are_on_at_one_time_are_one_event(
    together: dict[str, PlannedEvent],
    time: str,
    name: str,
    users: int,
    phase: str,
    members: list[str],
) -> None:
    found = _on(together, time)

    assert found
    assert (found.planned.config.name, found.planned.config.users) == (name, users)
    assert (found.state.phase, found.state.users) == (phase, users)
    assert [one.planned.config.name for one in found.members] == members
    assert found.planned.need.users == users
    assert found.planned.plan.max_nodes == 4


def test_the_pool_of_the_last_to_end_takes_everybody_while_it_is_on(
    together: dict[str, PlannedEvent],
) -> None:
    owners = {
        time: found.planned.owner
        for time in ("13:43", "14:43", "17:19", "17:20")
        if (found := _on(together, time))
    }

    assert owners == {"13:43": "intro", "14:43": "final", "17:19": "final", "17:20": "final"}


@pytest.mark.parametrize(
    ("time", "since", "draining"),
    [
        ("14:59", "14:43", False),
        ("15:30", "15:00", False),
        # The workshop drains from four, and the exam decides.
        ("16:30", "16:00", False),
        ("17:30", "17:20", False),
        ("18:00", "18:00", True),
    ],
)
def test_an_exam_that_is_not_over_holds_back_the_culling(
    together: dict[str, PlannedEvent], time: str, since: str, *, draining: bool
) -> None:
    found = _on(together, time)

    assert found
    at_last = datetime.fromisoformat(f"2027-02-01T{since}").replace(tzinfo=BERLIN)
    # What is on since 17:20 is the exam alone, which changed at three.
    assert found.state.at == (at_last if time != "17:30" else at_last.replace(hour=15, minute=0))
    assert found.state.draining is draining


def test_an_exam_that_is_over_lets_the_hub_drain_whatever_else_is_on(
    build: Build, existing: Raw, hub: Raw, event: Raw
) -> None:
    del hub["pool"]
    exam = event | {
        "name": "final",
        "kind": "exam",
        "sessions": [{"starts": "2027-02-01T14:00", "ends": "2027-02-01T15:00"}],
    }
    _, planned = build(existing, hub, [event, exam])
    found = _on({one.config.name: one for one in planned}, "15:15")

    assert found
    assert (found.state.phase, found.state.draining) == ("live", True)


@pytest.mark.parametrize("order", [1, -1])
def test_all_drain_only_when_each_of_several_workshops_does(
    build: Build, existing: Raw, hub: Raw, event: Raw, order: int
) -> None:
    del hub["pool"]
    longer = event | {
        "name": "later",
        "sessions": [{"starts": "2027-02-01T14:00", "ends": "2027-02-01T16:30"}],
    }
    _, planned = build(existing, hub, [event, longer][::order])
    events = {one.config.name: one for one in planned}

    drains = {
        time: found.state.draining for time in ("16:15", "16:30") if (found := _on(events, time))
    }
    assert drains == {"16:15": False, "16:30": True}


def test_all_warm_is_warm_and_one_live_is_live(
    build: Build, existing: Raw, hub: Raw, event: Raw
) -> None:
    del hub["pool"]
    same = event | {"name": "again"}
    _, planned = build(existing, hub, [event, same])
    events = {one.config.name: one for one in planned}

    phases = {
        time: found.state.phase for time in ("13:45", "14:00") if (found := _on(events, time))
    }
    assert phases == {"13:45": "warm", "14:00": "live"}


def test_who_is_expected_are_those_who_are_on_and_as_many_as_come(
    together: dict[str, PlannedEvent],
) -> None:
    def who(time: str) -> frozenset[tuple[str, int]]:
        now = datetime.fromisoformat(f"2027-02-01T{time}").replace(tzinfo=BERLIN)
        return expected(at(one, now) for one in together.values())

    assert who("13:32") == frozenset()
    assert who("14:00") == {("intro", 20)}
    assert who("15:00") == {("intro", 20), ("final", 10)}


def test_an_event_within_a_longer_one_has_no_pool_of_its_own(
    build: Build, existing: Raw, hub: Raw, event: Raw
) -> None:
    del hub["pool"]
    short = event | {
        "name": "short",
        "users": 5,
        "sessions": [{"starts": "2027-02-01T14:30", "ends": "2027-02-01T15:00"}],
    }
    _, planned = build(existing, hub, [event, short])
    long_now, short_now = (at(one, datetime(2027, 2, 1, 14, 30, tzinfo=BERLIN)) for one in planned)

    assert (long_now.has_pool, short_now.has_pool) == (True, False)
    assert (long_now.is_there, short_now.is_there) == (True, True)
    assert (long_now.is_on, short_now.is_on) == (True, True)
    assert [sorted(who) for who in planned[0].together] == [
        [("intro", 20)],
        [("intro", 20), ("short", 5)],
    ]
    assert planned[1].together == {}
    assert planned[0].where == BERLIN


def test_the_owner_is_the_last_to_end_and_of_those_that_end_together_the_last_by_name() -> None:
    def until(hours: int) -> Schedule:
        start = datetime(2027, 2, 1, tzinfo=UTC)
        return Schedule(
            sessions=(Session(starts=start, ends=start + timedelta(hours=hours)),),
            lead=timedelta(minutes=30),
            drain=timedelta(minutes=30),
            users=1,
        )

    assert owner([("a", until(3)), ("b", until(2))]) == "a"
    assert owner([("b", until(2)), ("a", until(3))]) == "a"
    assert owner([("a", until(2)), ("b", until(2))]) == "b"
    assert owner([("b", until(2)), ("a", until(2))]) == "b"


def test_an_event_alone_is_itself(together: dict[str, PlannedEvent]) -> None:
    found = _on(together, "14:00")

    assert found
    assert found.planned == together["intro"]
    assert found.state == Transition(
        at=datetime(2027, 2, 1, 13, tzinfo=UTC), phase="live", users=20
    )
