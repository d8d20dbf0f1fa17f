"""When a hub is frozen, who has lifted that, and what the gate is told."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hubs.active import PlannedEvent
from hubs.deployment import deployment
from hubs.freeze import ends, freezes, frozen_facts, lifted
from hubs.freeze_parts import unseen
from hubs.mistakes import MistakesError
from hubs.stack import Stack

Raw = dict[str, Any]
Planned = tuple[Stack, tuple[PlannedEvent, ...]]
Build = Callable[[Raw, Raw, Sequence[Raw]], Planned]

FROZEN = {"since": "2027-01-28T15:00", "environment": {"chart": "0123456789abcdef"}}
# In Berlin it is an hour later; an hour of culling and 20 minutes after the session.
SINCE = datetime(2027, 1, 28, 14, tzinfo=UTC)
UNTIL = datetime(2027, 2, 1, 16, 20, tzinfo=UTC)
EMERGENCY = {"by": " Ada ", "reason": "the notebook does not start\n"}
SPAN = "from 2027-01-28 15:00 CET to 2027-02-01 17:20 CET"
LIFTED = f"freeze of hub lab for event intro {SPAN} is lifted by Ada: the notebook does not start"
MINUTE = timedelta(minutes=1)


def test_a_hub_is_frozen_until_the_last_setting_of_its_event_goes_off(
    gke: Raw, hub: Raw, event: Raw, build: Build
) -> None:
    _, events = build(gke, hub, [event | {"freeze": FROZEN}])

    [found] = freezes(events)

    assert (found.event, found.hub, found.span) == ("intro", "lab", SPAN)
    assert (found.since, found.until) == (SINCE, UNTIL)
    assert ends(events[0].config, events[0].schedule) == UNTIL
    assert events[0].schedule.state(UNTIL).phase == "over"
    assert events[0].schedule.state(UNTIL - MINUTE).phase == "live"
    instants = (SINCE - MINUTE, SINCE, UNTIL - MINUTE, UNTIL)
    assert [found.holds(now) for now in instants] == [False, True, True, False]


def test_a_span_over_a_clock_change_names_both_zones(
    gke: Raw, hub: Raw, event: Raw, build: Build
) -> None:
    sessions = [{"starts": "2027-03-29T14:00", "ends": "2027-03-29T16:00"}]
    frozen = FROZEN | {"since": "2027-03-26T15:00"}
    _, events = build(gke, hub, [event | {"freeze": frozen, "sessions": sessions}])

    [found] = freezes(events)

    assert found.span == "from 2027-03-26 15:00 CET to 2027-03-29 17:20 CEST"


def test_an_event_that_freezes_nothing_has_no_freeze(
    gke: Raw, hub: Raw, event: Raw, build: Build
) -> None:
    stack, events = build(gke, hub, [event])

    assert freezes(events) == []
    assert lifted(events, SINCE) == []
    assert "frozen" not in deployment(stack, events, SINCE).hubs[0].facts


def test_the_first_to_begin_comes_first(gke: Raw, hub: Raw, event: Raw, build: Build) -> None:
    names = {"b": "2027-01-28T15:00", "a": "2027-01-28T15:00", "c": "2027-01-27T15:00"}
    written = [
        event | {"name": name, "freeze": FROZEN | {"since": since}} for name, since in names.items()
    ]
    _, events = build(gke, hub, written)

    assert [one.event for one in freezes(events)] == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (SINCE - timedelta(days=30), True),
        (SINCE, True),
        (UNTIL - MINUTE, True),
        (UNTIL, False),
    ],
)
def test_who_has_lifted_a_freeze_is_told_until_the_event_is_over(
    now: datetime, gke: Raw, hub: Raw, event: Raw, build: Build, *, told: bool
) -> None:
    _, events = build(gke, hub, [event | {"freeze": FROZEN | {"emergency": EMERGENCY}}])

    assert lifted(events, now) == [LIFTED] * told


@pytest.mark.parametrize(
    ("emergency", "told"),
    [
        ({}, None),
        (
            {"emergency": EMERGENCY},
            LIFTED,
        ),
    ],
)
def test_the_gate_is_told_while_a_freeze_holds(
    emergency: Raw, told: str | None, gke: Raw, hub: Raw, event: Raw, build: Build
) -> None:
    stack, events = build(gke, hub, [event | {"freeze": FROZEN | emergency}])
    [usual] = [one.values for one in deployment(stack, (), SINCE).hubs]
    facts = {
        "unseen": unseen(stack.hubs[0], usual),
        "freezes": [
            {
                "event": "intro",
                "span": SPAN,
                "environment": {"chart": "0123456789abcdef"},
                "lifted": told,
            }
        ],
    }

    for now in (SINCE, UNTIL - MINUTE):
        assert deployment(stack, events, now).hubs[0].facts["frozen"] == facts
    for now in (SINCE - MINUTE, UNTIL):
        assert "frozen" not in deployment(stack, events, now).hubs[0].facts


def test_two_events_freeze_a_hub_each_for_itself(
    gke: Raw, hub: Raw, event: Raw, build: Build
) -> None:
    sessions = [{"starts": "2027-02-08T14:00", "ends": "2027-02-08T16:00"}]
    other = event | {"name": "later", "freeze": FROZEN, "sessions": sessions}
    stack, events = build(gke, hub, [other, event | {"freeze": FROZEN}])

    def names(now: datetime) -> list[str]:
        facts: Any = frozen_facts(stack.hubs[0], events, now, dict)
        return [one["event"] for one in facts["frozen"]["freezes"]]

    assert names(SINCE) == ["intro", "later"]
    assert names(UNTIL) == ["later"]


def test_other_hubs_are_not_frozen(gke: Raw, hub: Raw, event: Raw, build: Build) -> None:
    stack, events = build(gke, hub, [event | {"freeze": FROZEN}])
    other = stack.hubs[0].model_copy(update={"name": "other"})

    def unread() -> Raw:
        raise AssertionError

    assert frozen_facts(other, events, SINCE, unread) == {}


@pytest.mark.parametrize(
    ("since", "message"),
    [
        (
            "2027-02-01T17:20",
            "found 2027-02-01T17:20, not before 2027-02-01 17:20 CET, when the event is over; "
            "write an earlier time",
        ),
        (
            "2026-03-29T02:30",
            "found 2026-03-29T02:30, which a clock change in Europe/Berlin skips; write an hour "
            "later",
        ),
        (
            "2026-10-25T02:30",
            "found 2026-10-25T02:30, which a clock change in Europe/Berlin shows twice; add the "
            "offset, 2026-10-25T02:30+02:00 or 2026-10-25T02:30+01:00",
        ),
    ],
)
def test_a_freeze_that_can_never_hold_is_a_mistake(
    since: str, message: str, gke: Raw, hub: Raw, event: Raw, build: Build
) -> None:
    with pytest.raises(MistakesError) as caught:
        build(gke, hub, [event | {"freeze": FROZEN | {"since": since}}])

    assert str(caught.value) == f"events[0].freeze.since: {message}"


def test_a_freeze_may_begin_a_minute_before_the_end(
    gke: Raw, hub: Raw, event: Raw, build: Build
) -> None:
    _, events = build(gke, hub, [event | {"freeze": FROZEN | {"since": "2027-02-01T17:19"}}])

    assert freezes(events)[0].holds(UNTIL - MINUTE)
