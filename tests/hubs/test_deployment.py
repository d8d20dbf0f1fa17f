"""Pools and facts of a stack at an instant."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from hubs.active import PlannedEvent
from hubs.boot_disks import NodeDisk
from hubs.deployment import deployment
from hubs.names import Taint
from hubs.pools import Pool
from hubs.stack import Stack

Raw = dict[str, object]
Planned = tuple[Stack, tuple[PlannedEvent, ...]]
Build = Callable[[Raw, Raw, Sequence[Raw]], Planned]

BERLIN = ZoneInfo("Europe/Berlin")
QUIET = datetime(2027, 1, 1, tzinfo=BERLIN)
STAGED = datetime(2027, 1, 31, tzinfo=BERLIN)
WARM = datetime(2027, 2, 1, 13, 33, tzinfo=BERLIN)
LIVE = datetime(2027, 2, 1, 14, tzinfo=BERLIN)
OVER = datetime(2027, 2, 1, 17, 20, tzinfo=BERLIN)
PURPOSE, POOL = "hub.jupyter.org/node-purpose", "readyroom/pool"

CORE = Pool(
    name="core-n2-highmem-2",
    purpose="core",
    machine_type="n2-highmem-2",
    min_nodes=1,
    max_nodes=3,
    labels={PURPOSE: "core", POOL: "core-n2-highmem-2"},
    taint=None,
    zones=("us-central1-b",),
    disk=NodeDisk(kind="pd-balanced", gib=100),
)
USUAL = Pool(
    name="lab-n2-highmem-4",
    purpose="user",
    machine_type="n2-highmem-4",
    min_nodes=0,
    max_nodes=5,
    labels={PURPOSE: "user", POOL: "lab-n2-highmem-4"},
    taint=Taint(key="hub.jupyter.org_dedicated", value="user"),
    hub="lab",
    zones=("us-central1-b",),
    disk=NodeDisk(kind="pd-balanced", gib=100),
)


def for_event(min_nodes: int) -> Pool:
    """Return the pool of the event with so many nodes at least."""
    return Pool(
        name="lab-intro-n2-highmem-4",
        purpose="user",
        machine_type="n2-highmem-4",
        min_nodes=min_nodes,
        max_nodes=4,
        labels={PURPOSE: "user", POOL: "lab-intro-n2-highmem-4"},
        taint=USUAL.taint,
        hub="lab",
        event="intro",
        zones=USUAL.zones,
        disk=USUAL.disk,
    )


@pytest.mark.parametrize(
    ("now", "pools"),
    [
        (QUIET, (CORE, USUAL)),
        (STAGED, (CORE, USUAL, for_event(0))),
        (WARM, (CORE, USUAL, for_event(3))),
        (LIVE, (CORE, USUAL, for_event(3))),
        (OVER, (CORE, USUAL)),
    ],
)
def test_an_event_brings_its_own_pool_and_takes_it_away(
    build: Build, gke: Raw, hub: Raw, event: Raw, now: datetime, pools: tuple[Pool, ...]
) -> None:
    stack, events = build(gke, hub, [event | {"pool": {"machineType": "n2-highmem-4"}}])

    assert deployment(stack, events, now).pools == pools


def test_on_eks_only_placeholders_keep_nodes(build: Build, eks: Raw, hub: Raw, event: Raw) -> None:
    hub["pool"] = {"machineType": "m5.2xlarge", "maxNodes": 5}
    stack, events = build(eks, hub, [event | {"pool": {"machineType": "m5.2xlarge"}}])

    found = deployment(stack, events, LIVE).pools

    assert [(pool.name, pool.min_nodes, pool.max_nodes) for pool in found] == [
        ("core-m5-xlarge", 1, 3),
        ("lab-m5-2xlarge", 0, 5),
        ("lab-intro-m5-2xlarge", 0, 2),
    ]
    assert found[-1].taint == Taint(key="hub.jupyter.org/dedicated", value="user")


def test_a_minimum_never_exceeds_the_maximum(build: Build, gke: Raw, hub: Raw, event: Raw) -> None:
    pool = {"machineType": "n2-highmem-4", "maxNodes": 1}
    stack, events = build(gke, hub, [event | {"pool": pool}])

    found = deployment(stack, events, LIVE).pools[-1]

    assert (found.min_nodes, found.max_nodes) == (1, 1)


@pytest.mark.parametrize("now", [QUIET, LIVE])
def test_own_nodes_are_in_no_pool(
    build: Build, existing: Raw, hub: Raw, event: Raw, now: datetime
) -> None:
    del hub["pool"]
    stack, events = build(existing, hub, [event])

    assert deployment(stack, events, now).pools == ()


@pytest.mark.parametrize(("changed", "fewest"), [({}, None), ({"usersPerNode": {"min": 2}}, 2)])
def test_the_gate_knows_what_it_recomputes_from(
    build: Build, gke: Raw, hub: Raw, event: Raw, changed: Raw, fewest: int | None
) -> None:
    pool = {"machineType": "n2-highmem-4"}
    stack, events = build(gke, hub, [event | {"pool": pool} | changed])

    assert [one.facts for one in deployment(stack, events, LIVE).hubs] == [
        {
            "name": "lab",
            "release": "lab",
            "image": 2**30,
            "event": {
                "name": "intro",
                "kind": "workshop",
                "users": 20,
                "fewestPerNode": fewest,
                "warmNodes": 3,
            },
        }
    ]
    assert [one.facts for one in deployment(stack, events, STAGED).hubs] == [
        {"name": "lab", "release": "lab", "image": 2**30, "event": None}
    ]


def test_the_gate_knows_what_users_move_where_the_file_says_so(
    build: Build, gke: Raw, hub: Raw, event: Raw
) -> None:
    storage = {"sharedReadPerUser": "7Gi"}
    stack, events = build(gke, hub, [event | {"storage": storage}])

    facts = deployment(stack, events, LIVE).hubs[0].facts["event"]
    assert isinstance(facts, dict)
    assert facts["storage"] == {
        "arrive": 600,
        "within": 600,
        "sharedRead": 7 * 2**30,
        "homeWrite": 0,
        "scratch": 0,
        "image": 2**30,
    }


def test_two_events_on_one_hub_take_turns(build: Build, gke: Raw, hub: Raw, event: Raw) -> None:
    later = [{"starts": "2027-02-02T14:00", "ends": "2027-02-02T16:00"}]
    again = event | {"name": "again", "sessions": later}
    stack, events = build(gke, hub, [event, again])

    names: list[object] = []
    for now in (LIVE, LIVE + timedelta(days=1)):
        facts = deployment(stack, events, now).hubs[0].facts["event"]
        assert isinstance(facts, dict)
        names.append(facts["name"])

    assert names == ["intro", "again"]


def test_a_deployment_holds_its_stack_instant_and_events(shipped: dict[str, Planned]) -> None:
    stack, events = shipped["exam"]
    now = events[0].schedule.sessions[0].starts

    found = deployment(stack, events, now)

    assert found.cluster is stack.cluster
    assert (found.stack, found.now) == (stack, now)
    assert [(one.planned, one.state.phase) for one in found.events] == [(events[0], "live")]
    assert [hub.config.name for hub in found.hubs] == ["exam", "course"]
    assert found.hubs[1].facts == {
        "name": "course",
        "release": "course",
        "image": 4 * 2**30,
        "event": None,
    }


def test_passwords_are_those_of_the_first_event_until_it_is_over(
    build: Build, gke: Raw, hub: Raw, event: Raw
) -> None:
    later = [{"starts": "2027-02-03T14:00", "ends": "2027-02-03T16:00"}]
    again = event | {"name": "again", "sessions": later}
    orders = [[event, again], [again, event]]

    found = [
        [
            deployment(*build(gke, hub, order), now).hubs[0].password_of
            for now in (QUIET, STAGED, LIVE, OVER, OVER + timedelta(days=3))
        ]
        for order in orders
    ]

    # The second one is staged before the first one begins, and locks nobody out of it.
    assert found == [["", "intro", "intro", "again", ""]] * 2
