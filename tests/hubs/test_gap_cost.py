"""What it saves that nodes go between sessions, and that schedules agree with it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.phases import LONGEST_LEAD, SCALE_DOWN, Schedule
from events.sessions import Session
from hubs.active import PlannedEvent
from hubs.gap_cost import Gap, gaps, told
from hubs.stack import Stack
from hubs.stage_cost import Cost, nodes_for

Raw = dict[str, object]
Planned = tuple[Stack, tuple[PlannedEvent, ...]]
OnGke = Callable[[Raw, Raw], Planned]

PRICE = 262_028
POOL: Raw = {"machineType": "n2-highmem-4", "warmNodes": 2}
DAY = datetime(2027, 2, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def intro(on_gke: OnGke) -> PlannedEvent:
    """An event with two warm nodes."""
    _, (event,) = on_gke({}, {"pool": POOL})
    return event


@pytest.fixture
def with_gaps(intro: PlannedEvent) -> Callable[..., PlannedEvent]:
    """Give that event gaps; as a function, which is short where it is shown."""
    return lambda *minutes, lead: _with_gaps(intro, *minutes, lead=lead)


def _with_gaps(event: PlannedEvent, *minutes: int, lead: timedelta = HOUR) -> PlannedEvent:
    """Return an event with sessions of an hour and so many minutes between what is on."""
    found, at = [Session(starts=DAY, ends=DAY + HOUR)], DAY + HOUR
    for gap in minutes:
        starts = at + HOUR + gap * MINUTE + lead
        at = starts + HOUR
        found.append(Session(starts=starts, ends=at))
    return replace(event, schedule=Schedule(sessions=tuple(found), lead=lead, drain=HOUR, users=20))


@pytest.mark.parametrize(
    ("minutes", "saved", "stays_warm"),
    [(1, 0, True), (9, 0, True), (10, 0, True), (11, 1, False), (912, 902, False)],
)
def test_what_a_gap_saves_decides_whether_seats_stay_warm(
    intro: PlannedEvent, minutes: int, saved: int, *, stays_warm: bool
) -> None:
    assert gaps(_with_gaps(intro, minutes)) == [
        Gap(
            starts=DAY + 2 * HOUR,
            ends=DAY + 2 * HOUR + minutes * MINUTE,
            nodes=2,
            staying=nodes_for(2, PRICE, minutes * MINUTE),
            saving=nodes_for(2, PRICE, saved * MINUTE),
            stays_warm=stays_warm,
        )
    ]


def test_an_event_without_gaps_says_nothing(intro: PlannedEvent) -> None:
    assert (gaps(intro), list(told(intro))) == ([], [])


def test_each_gap_is_that_of_the_people_who_come_after_it(on_gke: OnGke) -> None:
    day = {"starts": "2027-02-01T14:00", "ends": "2027-02-01T16:00", "users": 3}
    night = {"starts": "2027-02-01T22:00", "ends": "2027-02-01T23:00"}
    pool = {"machineType": "n2-highmem-4"}
    _, (event,) = on_gke({}, {"users": 60, "sessions": [day, night], "pool": pool})

    [found] = gaps(event)

    plans = {users: crowd.plan for [(_, users)], crowd in event.together.items()}
    assert plans[3].warm_nodes != plans[60].warm_nodes
    assert found.nodes == plans[60].warm_nodes


def test_who_is_never_alone_has_the_nodes_of_the_largest_crowd(intro: PlannedEvent) -> None:
    [crowd] = intro.together.values()
    event = replace(intro, together={frozenset({("intro", 20), ("other", 5)}): crowd})

    assert [gap.nodes for gap in gaps(_with_gaps(event, 30))] == [2]


def test_without_nodes_of_its_own_an_event_has_no_gaps_to_pay_for(
    intro: PlannedEvent, shipped: dict[str, Planned]
) -> None:
    _, (campus,) = shipped["campus"]

    assert gaps(_with_gaps(replace(intro, together={}), 30)) == []
    assert gaps(_with_gaps(campus, 30)) == []


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        ([912], ["minimum 0 between sessions, once 15h12m x 2 nodes: saves at most $7.88"]),
        (
            [912, 30],
            ["minimum 0 between sessions, 2 times 30m to 15h12m x 2 nodes: saves at most $8.06"],
        ),
        (
            [7, 30],
            [
                "minimum 0 between sessions, once 30m x 2 nodes: saves at most $0.18",
                "stays warm between sessions, once 7m x 2 nodes: a node goes after 10m without "
                "need, so minimum 0 would save nothing",
            ],
        ),
    ],
)
def test_what_is_saved_is_said(intro: PlannedEvent, minutes: list[int], words: list[str]) -> None:
    against = " against staying warm"
    said = [line + (against if "$" in line else "") for line in words]

    assert list(told(_with_gaps(intro, *minutes))) == [f"intro: {line}" for line in said]


def _planned(event: PlannedEvent, warm: int, price: int | None) -> PlannedEvent:
    """Return an event with another number of warm nodes at another price."""
    [(expected, crowd)] = event.together.items()
    chosen = crowd.plan.chosen
    plan = replace(
        crowd.plan,
        warm_nodes=warm,
        chosen=replace(chosen, offer=replace(chosen.offer, micro_usd_per_hour=price)),
    )
    return replace(event, plan=plan, together={expected: replace(crowd, plan=plan)})


@pytest.mark.parametrize(
    ("warm", "price", "words"),
    [
        (1, PRICE, " x 1 node: saves at most $0.09 against staying warm"),
        (2, None, " x 2 nodes: saves at most 1 hours of nodes against staying warm"),
        (0, PRICE, ": nothing is kept warm, so staying warm would cost nothing"),
    ],
)
def test_odd_nodes_are_told_too(
    intro: PlannedEvent, warm: int, price: int | None, words: str
) -> None:
    event = _with_gaps(_planned(intro, warm, price), 30)

    assert list(told(event)) == [f"intro: minimum 0 between sessions, once 30m{words}"]


def test_nothing_stays_warm_longer_than_is_allowed_though_it_saves_nothing(
    intro: PlannedEvent,
) -> None:
    event = _with_gaps(intro, 5, lead=LONGEST_LEAD)

    [found] = gaps(event)
    assert (found.saving, found.stays_warm) == (Cost(), False)
    assert list(told(event)) == [
        "intro: minimum 0 between sessions, once 5m: saves nothing, but nothing may be warm "
        "longer than 12h before a session"
    ]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.integers(min_value=1, max_value=40), min_size=1, max_size=6),
    st.integers(min_value=1, max_value=719),
)
def test_a_schedule_goes_to_minimum_0_exactly_when_that_is_cheaper(
    with_gaps: Callable[..., PlannedEvent], minutes: Sequence[int], lead: int
) -> None:
    event = with_gaps(*minutes, lead=lead * MINUTE)

    for gap in gaps(event):
        allowed = lead * MINUTE + gap.span <= LONGEST_LEAD
        assert gap.stays_warm == (allowed and not gap.saving.node_seconds)
        assert Cost() != gap.staying == gap.saving + nodes_for(2, PRICE, min(gap.span, SCALE_DOWN))
    assert [gap.span for gap in gaps(event)] == [count * MINUTE for count in minutes]
