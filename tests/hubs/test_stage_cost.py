"""What nodes of events cost from one change to the next: exact, additive, never too low."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.phases import SCALE_DOWN, Schedule
from events.sessions import Session
from hubs.active import PlannedEvent
from hubs.stack import Stack
from hubs.stage_cost import Cost, Load, Spending, loads, nodes_for
from hubs.timeline import stages
from tests.hubs.clusters import CLUSTER

Raw = dict[str, object]
Planned = tuple[Stack, tuple[PlannedEvent, ...]]
Build = Callable[[Raw, Raw, Sequence[Raw]], Planned]
OnGke = Callable[[Raw, Raw], Planned]
AtTimes = Callable[[Schedule], PlannedEvent]

# An n2-highmem-4 in us-central1 for an hour, in millionths of a dollar: six seats of 2 GiB.
PRICE = 262_028
POOL: Raw = {"machineType": "n2-highmem-4", "warmNodes": 2}
START = datetime(2027, 2, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
sessions = st.lists(st.tuples(st.integers(0, 900), st.integers(1, 240)), min_size=1, max_size=4)
spans = st.integers(min_value=1, max_value=90).map(lambda count: count * MINUTE)
instants = st.integers(min_value=-200, max_value=1_600).map(lambda count: START + count * MINUTE)


def _schedule(found: Sequence[tuple[int, int]], lead: timedelta, drain: timedelta) -> Schedule:
    return Schedule(
        sessions=tuple(
            Session(starts=START + first * MINUTE, ends=START + (first + length) * MINUTE)
            for first, length in found
        ),
        lead=lead,
        drain=drain,
        users=20,
    )


schedules = st.builds(_schedule, sessions, spans, spans)


@pytest.fixture
def intro(on_gke: OnGke) -> PlannedEvent:
    """An event for 20 people with two warm nodes and at most four."""
    _, (event,) = on_gke({}, {"pool": POOL})
    return event


@pytest.fixture
def at_times(intro: PlannedEvent) -> Callable[[Schedule], PlannedEvent]:
    """Give that event another schedule; as a function, which is short where it is shown."""
    return lambda schedule: replace(intro, schedule=schedule)


def _spending(events: Sequence[PlannedEvent]) -> Spending:
    found = stages(events, CLUSTER)
    return Spending(found, loads(found))


def _clock(at: datetime) -> str:
    return f"{at:%d %H:%M}"


def test_nodes_for_a_time_have_a_cost_rounded_up() -> None:
    cost = nodes_for(2, PRICE, timedelta(minutes=27, seconds=1))

    assert cost == Cost(node_seconds=3_242, micro_usd_seconds=3_242 * PRICE)
    assert (cost.micro_usd, cost.node_hours) == (235_971, 1)
    assert Cost().micro_usd == 0


def test_a_price_that_is_not_known_is_none_and_nothing_is_nothing() -> None:
    assert nodes_for(2, None, timedelta(hours=1)).micro_usd is None
    assert (nodes_for(2, None, timedelta(hours=1)) + nodes_for(1, 1, MINUTE)).micro_usd is None
    assert nodes_for(0, None, timedelta(hours=1)) == Cost()


def test_costs_add_up_and_take_away() -> None:
    one, other = nodes_for(2, 7, MINUTE), nodes_for(1, None, MINUTE)

    assert one + other == Cost(node_seconds=180, micro_usd_seconds=840, unpriced_seconds=60)
    assert one + other - one == other
    assert one.times(3) == one + one + one


def test_one_session_from_change_to_change(intro: PlannedEvent) -> None:
    found = stages([intro], CLUSTER)
    spending = _spending([intro])

    assert [
        (_clock(stage.starts), held, spending.between(stage.starts, stage.ends).micro_usd)
        for stage, held in zip(found, loads(found), strict=True)
    ] == [
        ("25 13:00", {"lab": Load(nodes={})}, 0),
        ("01 12:33", {"lab": Load(users=20, warm_seats=12, nodes={"intro": 2})}, 235_826),
        ("01 13:00", {"lab": Load(users=20, warm_seats=12, nodes={"intro": 4})}, 2_096_224),
        ("01 15:00", {"lab": Load(users=20, warm_seats=12, nodes={"intro": 4})}, 1_397_483),
        # Four nodes for the ten minutes until the autoscaler lets them go.
        ("01 16:20", {"lab": Load(nodes={})}, 174_686),
    ]


def test_nothing_is_spent_before_the_first_change_and_after_the_last_node(
    intro: PlannedEvent,
) -> None:
    spending = _spending([intro])
    last = stages([intro], CLUSTER)[-1].starts

    assert spending.until(START - timedelta(days=30)) == Cost()
    assert spending.until(last + SCALE_DOWN) == spending.until(last + timedelta(days=30))
    assert spending.between(last + SCALE_DOWN, None) == Cost()


def test_no_events_cost_nothing() -> None:
    assert _spending([]).between(START, None) == Cost()
    assert _spending([]).until(START) == Cost()


def test_who_came_to_one_pool_stays_on_it_while_another_takes_new_servers(
    build: Build, gke: Raw, hub: Raw, event: Raw
) -> None:
    shared: Raw = {"pool": POOL, "drain": "20m"}
    weekly = {
        "starts": "2027-02-01T09:00",
        "ends": "2027-02-01T11:00",
        "repeats": "weekly",
        "until": "2027-02-08",
    }
    once = {"starts": "2027-02-01T08:00", "ends": "2027-02-01T13:00"}
    _, events = build(
        gke,
        hub,
        [
            event | shared | {"name": "long", "sessions": [weekly]},
            event | shared | {"name": "once", "users": 10, "sessions": [once]},
        ],
    )

    found = stages(events, CLUSTER)

    assert [
        (_clock(stage.starts), held["lab"].users, dict(held["lab"].nodes), held["lab"].most_nodes)
        for stage, held in zip(found, loads(found), strict=True)
    ] == [
        ("25 07:00", 0, {}, 0),
        ("25 08:00", 0, {}, 0),
        ("01 06:33", 10, {"once": 2}, 2),
        ("01 07:00", 10, {"once": 2}, 2),
        # The longer event takes new servers; those who came before stay where they are.
        ("01 07:33", 30, {"once": 2, "long": 5}, 7),
        ("01 08:00", 30, {"once": 2, "long": 5}, 7),
        ("01 10:00", 30, {"once": 2, "long": 5}, 7),
        # And the ten may have come back to its pool.
        ("01 10:20", 10, {"once": 2, "long": 2}, 4),
        ("01 12:00", 10, {"once": 2, "long": 2}, 4),
        ("01 12:20", 0, {}, 0),
        ("08 07:33", 20, {"long": 2}, 2),
        ("08 08:00", 20, {"long": 5}, 5),
        ("08 10:00", 20, {"long": 5}, 5),
        ("08 10:20", 0, {}, 0),
    ]


def test_placeholders_of_the_stack_file_hold_their_nodes_before_anybody_comes(
    on_gke: OnGke,
) -> None:
    held = {"replicas": 3, "memory": "20Gi", "cpu": 3}
    _, events = on_gke({}, {"pool": POOL, "placeholders": held})

    assert [load["lab"].most_nodes for load in loads(stages(events, CLUSTER))] == [0, 3, 4, 4, 0]


def test_own_nodes_are_nobodys_cost(build: Build, existing: Raw, hub: Raw, event: Raw) -> None:
    own = {key: value for key, value in hub.items() if key != "pool"}
    _, events = build(existing, own, [event])

    found = loads(stages(events, CLUSTER))

    assert [load["lab"].users for load in found] == [0, 20, 20, 20, 0]
    assert [load["lab"].nodes for load in found] == [{}] * 5
    assert _spending(events).between(START, None) == Cost()


@pytest.mark.parametrize("stack", ["datahub", "exam", "icesat2", "workshop"])
def test_it_is_no_less_than_what_the_simulated_sessions_cost(
    shipped: dict[str, Planned], stack: str
) -> None:
    _, events = shipped[stack]
    sessions = {event.config.name: len(event.schedule.windows) for event in events}
    simulated = sum((it.plan.micro_usd or 0) * sessions[it.config.name] for it in events)
    found = stages(events, CLUSTER)

    whole = _spending(events).between(found[0].starts, None).micro_usd

    assert whole is not None
    assert simulated <= whole <= simulated * 1.25


fixed = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@fixed
@given(schedules)
def test_stages_add_up_to_the_whole_and_none_is_negative(
    at_times: AtTimes, schedule: Schedule
) -> None:
    event = at_times(schedule)
    found, spending = stages([event], CLUSTER), _spending([event])
    costs = [spending.between(stage.starts, stage.ends) for stage in found]

    assert sum(costs, Cost()) == spending.between(found[0].starts, None)
    assert all(cost.node_seconds >= 0 <= cost.micro_usd_seconds for cost in costs)


@fixed
@given(schedules, st.lists(instants, min_size=2, max_size=5))
def test_spans_add_up_wherever_they_are_cut(
    at_times: AtTimes, schedule: Schedule, cuts: list[datetime]
) -> None:
    spending = _spending([at_times(schedule)])
    cuts.sort()
    parts = [spending.between(one, other) for one, other in pairwise(cuts)]

    assert sum(parts, Cost()) == spending.between(cuts[0], cuts[-1])
    assert all(part.node_seconds >= 0 for part in parts)


@settings(fixed, max_examples=30)
@given(schedules)
def test_it_is_what_looking_at_every_minute_finds(at_times: AtTimes, schedule: Schedule) -> None:
    event = at_times(schedule)
    found = stages([event], CLUSTER)
    held = {
        stage.starts: load["lab"].most_nodes
        for stage, load in zip(found, loads(found), strict=True)
    }
    nodes: list[int] = []
    for minute in range(-100, 1_500):
        now = START + minute * MINUTE
        nodes.append(held[max((at for at in held if at <= now), default=found[0].starts)])
    lingering = [max(nodes[max(0, place - 10) : place + 1]) for place in range(len(nodes))]

    whole = _spending([event]).between(found[0].starts, None)

    assert whole == nodes_for(sum(lingering), PRICE, MINUTE)


@fixed
@given(schedules, schedules)
def test_hubs_are_counted_apart(at_times: AtTimes, schedule: Schedule, other: Schedule) -> None:
    one = at_times(schedule)
    [crowd] = one.together.values()
    two = replace(
        at_times(other),
        config=one.config.model_copy(update={"name": "other"}),
        hub=one.hub.model_copy(update={"name": "elsewhere"}),
        owner="other",
        together={frozenset({("other", 20)}): crowd},
    )
    early = START - timedelta(days=30)

    both = _spending([one, two]).between(early, None)

    assert both == _spending([one]).between(early, None) + _spending([two]).between(early, None)
