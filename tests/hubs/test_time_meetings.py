"""Recorded cases of events that meet on one hub, or are added while they are under way."""

import json
import re
from collections.abc import Callable, Sequence
from datetime import datetime

import pytest

from hubs.active import at, on_hub
from hubs.deployment import deployment
from preview.resources import Registered
from tests.hubs.told import BERLIN, Planned, pools

Raw = dict[str, object]
Build = Callable[[Raw, Raw, Sequence[Raw]], Planned]


@pytest.fixture
def overlapping(build: Build, gke: Raw, hub: Raw, event: Raw) -> Planned:
    """A workshop of 20 from two to four and a longer one of 40 from three to six."""
    pool = {"pool": {"machineType": "n2-highmem-4"}, "drain": "30m"}
    longer = event | {
        "name": "longer",
        "users": 40,
        "seat": {"memory": "4Gi", "cpu": 0.5},
        "sessions": [{"starts": "2027-02-01T15:00", "ends": "2027-02-01T18:00"}],
    }
    return build(gke, hub, [event | pool, longer | pool])


def test_of_two_events_on_a_hub_the_pool_of_the_longer_takes_both(overlapping: Planned) -> None:
    _, (intro, longer) = overlapping
    plans = {
        tuple(sorted(who)): crowd.plan
        for event in (intro, longer)
        for who, crowd in event.together.items()
    }
    alone, both, later = (
        plans[who] for who in ((("intro", 20),), (("intro", 20), ("longer", 40)), (("longer", 40),))
    )

    assert len(plans) == 3
    assert (set(intro.together), len(longer.together)) == ({frozenset({("intro", 20)})}, 2)
    most = {"intro": alone.max_nodes, "longer": max(both.max_nodes, later.max_nodes)}
    expected = {
        "14:00": {"intro": alone.warm_nodes, "longer": 0},
        "15:00": {"intro": 0, "longer": both.warm_nodes},
        # Those who came to the first before three are still on its pool.
        "16:29": {"intro": 0, "longer": both.warm_nodes},
        "16:30": {"longer": later.warm_nodes},
        "18:29": {"longer": later.warm_nodes},
        "18:30": {},
    }
    for time, least in expected.items():
        assert pools(overlapping, f"2027-02-01T{time}") == {
            name: (nodes, most[name]) for name, nodes in least.items()
        }
    assert both.warm_nodes > later.warm_nodes > 0


def test_while_two_events_overlap_every_seat_is_the_larger_and_people_add_up(
    overlapping: Planned,
) -> None:
    stack, events = overlapping
    now = datetime(2027, 2, 1, 15, tzinfo=BERLIN)
    on = on_hub(stack.hubs[0], [at(event, now) for event in events])

    assert on
    assert (on.planned.config.name, on.state.users) == ("intro-and-longer", 60)
    assert on.planned.config.seat.memory == 4 * 2**30
    assert on.planned.owner == "longer"


def test_an_event_wholly_within_a_longer_one_brings_no_pool(
    build: Build, gke: Raw, hub: Raw, event: Raw
) -> None:
    pool = {"pool": {"machineType": "n2-highmem-4"}}
    short = (
        event
        | pool
        | {
            "name": "short",
            "users": 5,
            "sessions": [{"starts": "2027-02-01T14:30", "ends": "2027-02-01T15:00"}],
        }
    )
    planned = build(gke, hub, [event | pool, short])

    for time in ("13:40", "14:10", "14:45", "16:10"):
        assert set(pools(planned, f"2027-02-01T{time}")) == {"intro"}
    assert planned[1][1].together == {}


@pytest.mark.parametrize("cluster", ["gke", "eks"])
def test_an_event_that_is_added_while_it_is_under_way_is_as_if_it_had_been_there(
    build: Build, request: pytest.FixtureRequest, hub: Raw, event: Raw, cluster: str
) -> None:
    types = {"gke": "n2-highmem-4", "eks": "r5.xlarge"}
    hub |= {"pool": {"machineType": types[cluster], "maxNodes": 5}}
    pool = {"pool": {"machineType": types[cluster]}}
    other = (
        event
        | pool
        | {
            "name": "other",
            "sessions": [{"starts": "2027-01-04T14:00", "ends": "2027-01-04T16:00"}],
        }
    )
    now = datetime(2027, 2, 1, 15, tzinfo=BERLIN)
    where: Raw = request.getfixturevalue(cluster)
    late = deployment(*build(where, hub, [event | pool]), now)
    early = deployment(*build(where, hub, [other, event | pool]), now)

    assert late.pools == early.pools
    assert [one.values for one in late.hubs] == [one.values for one in early.hubs]
    assert [pool.event for pool in late.pools if pool.event] == ["intro"]


def test_on_eks_nothing_is_told_when_an_event_began(
    resources: Callable[[str, str], list[Registered]],
) -> None:
    # AWS refuses a schedule that starts in the past, so there is none.
    found = resources("icesat2", "event")

    assert found
    assert [one.type for one in found if "schedule" in one.type.lower()] == []
    text = json.dumps([one.inputs for one in found], default=str)
    assert re.findall(r"20\d\d-\d\d-\d\dT\d\d:\d\d", text) == []
