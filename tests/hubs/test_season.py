"""A term: its weeks by local days, and what each has and costs."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from capacity.quantities import ceil_div
from hubs.active import PlannedEvent
from hubs.season import Season, season, usual_days, zone_of
from hubs.stack import Stack
from hubs.stage_cost import Cost, Spending
from tests.hubs.clusters import CLUSTER

Raw = dict[str, object]
Planned = tuple[Stack, tuple[PlannedEvent, ...]]
OnGke = Callable[[Raw, Raw], Planned]
Make = Callable[[tuple[date, date], int | None], Season]

PRICE = 262_028
# A dollar for each hour of a month.
IDLE = 730 * 10**6


@pytest.fixture
def make(on_gke: OnGke) -> Make:
    """Make a season of an event that meets on Sundays, from before the clocks change on."""
    weekly: Raw = {
        "starts": "2027-03-21T14:00",
        "ends": "2027-03-21T16:00",
        "repeats": "weekly",
        "until": "2027-04-04",
    }
    pool = {"machineType": "n2-highmem-4", "warmNodes": 2}
    _, events = on_gke({}, {"sessions": [weekly], "pool": pool})
    return lambda days, idle: season("small", events, CLUSTER, days, idle)


def test_the_usual_days_are_whole_weeks(on_gke: OnGke, shipped: dict[str, Planned]) -> None:
    _, events = on_gke({}, {})

    # Staged on Monday a week before; over on Monday.
    assert usual_days(events) == (date(2027, 1, 25), date(2027, 2, 7))
    assert usual_days(shipped["datahub"][1]) == (date(2027, 1, 18), date(2027, 5, 9))
    assert zone_of(events) == ZoneInfo("Europe/Berlin")


def test_weeks_begin_on_monday_at_midnight_whatever_the_clocks_do(make: Make) -> None:
    found = make((date(2027, 3, 25), date(2027, 4, 7)), IDLE)

    assert [(week.name, week.first, week.starts, week.idle) for week in found.weeks] == [
        ("2027-W12", date(2027, 3, 25), datetime(2027, 3, 24, 23, tzinfo=UTC), 95 * 10**6),
        ("2027-W13", date(2027, 3, 29), datetime(2027, 3, 28, 22, tzinfo=UTC), 168 * 10**6),
        ("2027-W14", date(2027, 4, 5), datetime(2027, 4, 4, 22, tzinfo=UTC), 72 * 10**6),
    ]
    assert [one.ends for one in found.weeks[:-1]] == [one.starts for one in found.weeks[1:]]
    assert (found.starts, found.ends) == (
        datetime(2027, 3, 24, 23, tzinfo=UTC),
        datetime(2027, 4, 7, 22, tzinfo=UTC),
    )


def test_a_week_has_sessions_seats_and_costs(make: Make) -> None:
    found = make((date(2027, 3, 22), date(2027, 4, 11)), None)
    # Warm for 27 minutes on two nodes, on four until drained, and ten minutes until they go.
    each = Cost(node_seconds=54_840 - 1_200, micro_usd_seconds=(54_840 - 1_200) * PRICE)

    assert [(week.sessions, week.most_seats, week.cost, week.idle) for week in found.weeks] == [
        (1, 20, each, None),
        (1, 20, each, None),
        (0, 0, Cost(), None),
    ]
    assert (found.cost, found.idle) == (each + each, None)
    assert found.hubs == ["lab"]


@pytest.mark.parametrize(
    ("first", "last", "weeks"),
    [
        ("2027-03-22", "2027-03-22", 1),
        ("2027-03-22", "2027-03-28", 1),
        ("2027-03-28", "2027-03-28", 1),
        ("2027-03-28", "2027-03-29", 2),
        ("2027-03-23", "2027-03-25", 1),
    ],
)
def test_any_days_can_be_asked_for(make: Make, first: str, last: str, weeks: int) -> None:
    found = make((date.fromisoformat(first), date.fromisoformat(last)), None)

    assert len(found.weeks) == weeks
    assert found.ends.astimezone(found.where).date() == found.last + timedelta(days=1)


def test_what_holds_in_these_days_began_before_them(make: Make) -> None:
    quiet = make((date(2027, 1, 1), date(2027, 1, 3)), None)
    between = make((date(2027, 3, 23), date(2027, 3, 24)), None)
    after = make((date(2027, 6, 1), date(2027, 6, 3)), None)

    assert quiet.within() == []
    assert [step.stage.events[0].state.phase for step in between.within()] == ["staged"]
    assert [step.stage.events[0].state.phase for step in after.within()] == ["over"]
    assert [found.weeks[0].most_seats for found in (quiet, between, after)] == [0, 0, 0]


def test_events_are_in_the_order_of_hubs_and_of_their_beginning(
    shipped: dict[str, Planned],
) -> None:
    _, events = shipped["datahub"]
    found = season("datahub", events[::-1], CLUSTER, usual_days(events), IDLE)

    assert [event.config.name for event in found.events] == ["lecture", "lab", "section"]
    assert found.hubs == ["data100", "data8", "stat20"]
    assert max(week.most_seats for week in found.weeks) == 1200


def test_freezes_are_those_of_the_events(on_gke: OnGke) -> None:
    frozen = {"since": "2027-01-30T09:00", "environment": {"image": "0123456789abcdef"}}
    _, events = on_gke({}, {"freeze": frozen})

    found = season("small", events, CLUSTER, usual_days(events), None)

    [freeze] = found.frozen
    assert (freeze.event, freeze.since) == ("intro", datetime(2027, 1, 30, 8, tzinfo=UTC))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dates(date(2027, 3, 1), date(2027, 4, 20)),
    st.integers(min_value=0, max_value=60),
    st.integers(min_value=0, max_value=10**10),
)
def test_weeks_add_up_to_the_season(make: Make, first: date, days: int, idle: int) -> None:
    found = make((first, first + timedelta(days=days)), idle)
    spending = Spending([step.stage for step in found.steps], [step.loads for step in found.steps])
    hours = (found.ends - found.starts) // timedelta(hours=1)
    whole = ceil_div(idle * hours, 730)

    assert found.cost == spending.between(found.starts, found.ends)
    assert all(one.ends == other.starts for one, other in pairwise(found.weeks))
    # Each week is rounded up by less than one millionth.
    assert found.idle is not None
    assert whole <= found.idle < whole + len(found.weeks)
