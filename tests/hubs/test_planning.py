"""Who is ever expected on a hub together, and the plans for them."""

from collections.abc import Callable, Sequence

import pytest

from hubs.active import Expected, PlannedEvent
from hubs.core_pods import beside_users
from hubs.event_needs import need_of
from hubs.mistakes import MistakesError
from hubs.planning import Crowd, crowds, planned
from hubs.schedules import lead_of, schedule
from hubs.stack import Stack

Raw = dict[str, object]
Planned = tuple[Stack, tuple[PlannedEvent, ...]]
Build = Callable[[Raw, Raw, Sequence[Raw]], Planned]
POOL: Raw = {"pool": {"machineType": "n2-highmem-4"}}


def who(found: dict[str, list[Crowd]]) -> dict[str, list[list[tuple[str, int]]]]:
    """Return who is expected together, by the event whose pool takes them."""
    return {name: [sorted(one.expected) for one in own] for name, own in found.items()}


def session(starts: str, ends: str, **parts: object) -> Raw:
    """Return a session of 1 February."""
    return {"starts": f"2027-02-01T{starts}", "ends": f"2027-02-01T{ends}"} | parts


@pytest.fixture
def three(build: Build, gke: Raw, hub: Raw, event: Raw) -> Planned:
    """Three events: two that overlap, and one of cohorts that meets neither."""
    common = event | POOL
    longer = common | {"name": "longer", "users": 8, "sessions": [session("15:00", "18:00")]}
    cohorts = common | {
        "name": "cohorts",
        "sessions": [
            {"starts": "2027-02-03T10:00", "ends": "2027-02-03T12:00", "users": 5},
            {"starts": "2027-02-03T11:00", "ends": "2027-02-03T12:00", "users": 15},
        ],
    }
    return build(gke, hub, [common, longer, cohorts])


def test_every_set_of_people_that_is_ever_there_is_found_once(three: Planned) -> None:
    stack, _ = three

    assert who(crowds(stack.cluster, stack.hubs[0], stack.events)) == {
        "cohorts": [[("cohorts", 5)], [("cohorts", 20)]],
        "intro": [[("intro", 20)]],
        "longer": [[("intro", 20), ("longer", 8)], [("longer", 8)]],
    }


def test_a_crowd_is_planned_as_one_event_with_as_many_people_as_come(three: Planned) -> None:
    stack, _ = three
    found = crowds(stack.cluster, stack.hubs[0], stack.events)
    [both, later] = found["longer"]
    few = found["cohorts"][0]

    assert (both.config.name, both.config.users, both.need.users) == ("intro-and-longer", 28, 28)
    assert (later.config, later.need.users) == (stack.events[1], 8)
    assert (few.config.name, few.config.users, few.need.users) == ("cohorts", 5, 5)


def test_events_alone_at_their_times_are_each_for_themselves(three: Planned) -> None:
    stack, _ = three
    [intro, *_] = stack.events

    assert crowds(stack.cluster, stack.hubs[0], []) == {}
    assert crowds(stack.cluster, stack.hubs[0], [intro]) == {
        "intro": [
            Crowd(
                expected=frozenset({("intro", 20)}),
                config=intro,
                need=need_of(stack.cluster, intro, stack.hubs[0]),
            )
        ]
    }


def test_one_machine_type_holds_everybody_who_is_ever_in_the_pool(three: Planned) -> None:
    _, (intro, longer, cohorts) = three

    assert {event.config.name: (event.owner, event.need.users) for event in three[1]} == {
        "intro": ("intro", 20),
        "longer": ("longer", 28),
        "cohorts": ("cohorts", 20),
    }
    for event in (intro, longer, cohorts):
        nodes = {crowd.plan.node for crowd in event.together.values()}
        assert nodes == {event.plan.node}
    by_users = {users: crowd.plan for [(_, users)], crowd in cohorts.together.items()}
    assert by_users[5].warm_nodes < by_users[20].warm_nodes == cohorts.plan.warm_nodes


def test_an_event_whose_people_are_always_in_anothers_pool_is_planned_for_itself(
    three: Planned,
) -> None:
    stack, (intro, *_) = three
    found = planned(stack.cluster, stack.hubs[0], stack.events[0], ())

    nobody: dict[Expected, object] = {}
    assert found.together == nobody
    assert (found.need, found.plan.node) == (intro.need, intro.plan.node)
    assert found.lead == lead_of(stack.cluster, stack.events[0], stack.hubs[0])
    assert found.schedule == schedule(stack.cluster, stack.events[0], stack.hubs[0])


def test_what_people_move_together_counts_in_the_figures_of_the_pool(
    build: Build, gke: Raw, hub: Raw, event: Raw
) -> None:
    moves = event | POOL | {"storage": {"sharedReadPerUser": "7Gi"}}
    longer = event | POOL | {"name": "longer", "sessions": [session("15:00", "18:00")]}
    _, (_, found) = build(gke, hub, [moves, longer])

    assert found.config.storage is None
    assert "storageNeeded" in [figure.name for figure in found.plan.figures]


def test_what_is_ours_takes_seats_of_nodes_that_are_there(
    build: Build, existing: Raw, hub: Raw, event: Raw
) -> None:
    del hub["pool"]
    sold = {"count": 4, "sold": {"memory": "8Gi", "cpu": 4}}
    seat = {"users": 16, "seat": {"memory": "1.76Gi", "cpu": 0.5}}

    stack, (found,) = build(existing | {"nodes": sold}, hub, [event | seat])

    offer = found.plan.chosen.offer
    assert offer.beside == beside_users(stack.cluster, stack.hubs)
    assert len(offer.beside) == 7
    assert (found.plan.chosen.seats.seats, found.plan.max_nodes, found.plan.warm_seats) == (
        4,
        4,
        12,
    )
    [together] = found.together.values()
    assert together.plan == found.plan


def test_a_seat_that_no_node_holds_is_told_of_each_pool_that_would_have_to_hold_it(
    build: Build, gke: Raw, hub: Raw, event: Raw
) -> None:
    large = event | {"seat": {"memory": "150Gi", "cpu": 0.5}}
    longer = event | {"name": "longer", "sessions": [session("15:00", "18:00")]}
    apart = event | {"name": "apart", "sessions": [session("08:00", "10:00")]}
    with pytest.raises(MistakesError) as caught:
        build(gke, hub, [apart, large, longer])

    told = (
        "no node holds 4 to 100 such seats, only 0 to 3 before pod slots run out; "
        "lower usersPerNode.min or change the seat"
    )
    assert str(caught.value).splitlines() == [
        f"events[1].usersPerNode: {told}",
        f"events[2].usersPerNode: {told}",
    ]
