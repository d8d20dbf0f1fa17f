"""Several events on a hub as one: people add up, the rest is the larger."""

from itertools import permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubs.event import EventConfig
from hubs.together import as_one

Raw = dict[str, object]
GIB = 2**30


def made(name: str, **parts: object) -> EventConfig:
    """Return a small event of a name with some parts of its own."""
    return EventConfig.model_validate(
        {
            "name": name,
            "hub": "lab",
            "kind": "workshop",
            "users": 20,
            "seat": {"memory": "2Gi", "cpu": 0.5},
            "arrivals": {"within": "10m"},
            "timezone": "Europe/Berlin",
            "sessions": [{"starts": "2027-02-01T14:00", "ends": "2027-02-01T16:00"}],
        }
        | parts
    )


WORKSHOP = made(
    "intro", engineers=["first", "second"], usersPerNode={"min": 3}, options=["large", "gpu"]
)
CLASS = made(
    "lab",
    kind="class",
    users=40,
    seat={"memory": "1Gi", "cpu": 1, "memoryLimit": "3Gi"},
    arrivals={"rate": {"users": 60, "every": "3m"}},
    storage={"sharedReadPerUser": "5Gi", "within": "1h"},
    egressLock={"allow": ["198.51.100.0/24", "203.0.113.0/24"]},
    engineers=["second", "third"],
    options=["half", "gpu"],
)
EXAM = made(
    "final",
    kind="exam",
    users=10,
    storage={"homeWritePerUser": "1Gi", "sharedReadPerUser": "1Gi"},
    egressLock={"allow": ["203.0.113.0/24"]},
    usersPerNode={"min": 2},
)


def test_one_event_is_itself() -> None:
    assert as_one([CLASS], "lab") is CLASS


@pytest.mark.parametrize("events", list(permutations([WORKSHOP, CLASS])))
def test_of_two_events_people_add_up_and_the_rest_is_the_larger(
    events: tuple[EventConfig, ...],
) -> None:
    found = as_one(events, "lab")

    assert (found.name, found.kind, found.users) == ("intro-and-lab", "class", 60)
    assert found.seat.model_dump() == {
        "memory": 2 * GIB,
        "cpu": 1000,
        "memory_limit": 3 * GIB,
        "cpu_limit": None,
    }
    # Forty at sixty in three minutes are all there in two.
    assert found.arrivals.model_dump(exclude_none=True) == {"within": 120}
    assert found.storage
    assert found.storage.model_dump() == {
        "shared_read_per_user": 5 * GIB,
        "home_write_per_user": 0,
        "scratch_per_user": 0,
        "within": 3600,
    }
    assert found.users_per_node == WORKSHOP.users_per_node
    assert found.egress_lock
    assert found.egress_lock.allow == ("198.51.100.0/24", "203.0.113.0/24")
    assert found.engineers == ("first", "second", "third")
    assert found.options == ("gpu", "half", "large")
    # All else is the owner's.
    assert (found.sessions, found.hub, found.timezone) == (CLASS.sessions, "lab", "Europe/Berlin")


@pytest.mark.parametrize("owner", ["final", "lab"])
def test_beside_an_exam_every_seat_is_guaranteed_whole_and_locked_in(owner: str) -> None:
    found = as_one([EXAM, CLASS], owner)

    assert (found.name, found.kind, found.users) == ("final-and-lab", "exam", 50)
    assert found.seat.limits == (found.seat.memory, found.seat.cpu) == (3 * GIB, 1000)
    assert found.options == ()
    # Open is what both of them leave open.
    assert found.egress_lock
    assert found.egress_lock.allow == ("203.0.113.0/24",)
    assert found.users_per_node == EXAM.users_per_node
    assert found.storage
    assert (found.storage.home_write_per_user, found.storage.within) == (GIB, 3600)


def test_what_nobody_asks_for_is_not_there() -> None:
    plain = made("plain")
    found = as_one([plain, made("other")], "plain")

    assert (found.storage, found.users_per_node, found.egress_lock) == (None, None, None)
    assert found.seat == plain.seat
    assert (found.engineers, found.options) == ((), ())


SIZES = st.sampled_from(["1Gi", "2Gi", "3Gi"])
KINDS = st.sampled_from(["workshop", "class", "exam"])
NETWORKS = st.lists(st.sampled_from(["198.51.100.0/24", "203.0.113.0/24", "192.0.2.0/24"]))


@st.composite
def events(draw: st.DrawFn) -> list[EventConfig]:
    """Draw several events of one hub."""
    optional: dict[str, st.SearchStrategy[object]] = {
        "storage": st.builds(lambda size: {"sharedReadPerUser": size}, SIZES),
        "egressLock": st.builds(lambda found: {"allow": found}, NETWORKS),
        "usersPerNode": st.builds(lambda count: {"min": count}, st.integers(1, 4)),
        "engineers": st.lists(st.sampled_from(["first", "second", "third"])),
    }
    kept = st.lists(st.sampled_from(["gpu", "half", "large"]), unique=True)
    kinds = {name: draw(KINDS) for name in draw(st.sets(st.sampled_from("abcde"), min_size=1))}
    return [
        made(
            name,
            kind=kind,
            options=[] if kind == "exam" else draw(kept),
            users=draw(st.integers(1, 40)),
            seat={"memory": draw(SIZES), "cpu": draw(st.integers(1, 3)), "memoryLimit": "4Gi"},
            arrivals={"within": f"{draw(st.integers(1, 20))}m"},
            **{key: draw(it) for key, it in optional.items() if draw(st.booleans())},
        )
        for name, kind in kinds.items()
    ]


@settings(deadline=None)
@given(events(), st.randoms(use_true_random=False))
def test_the_order_of_events_decides_nothing(found: list[EventConfig], random: Random) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)
    owner = min(event.name for event in found)

    assert as_one(shuffled, owner) == as_one(found, owner)
    # But for what is the owner's alone, whose pool it is changes nothing.
    other = as_one(found, max(event.name for event in found))
    again = as_one(found, owner)
    assert other.model_copy(update={"kind": again.kind}) == again
    assert ("exam" in {other.kind, again.kind}) == any(event.kind == "exam" for event in found)


@settings(deadline=None)
@given(events())
def test_one_for_all_is_at_least_each(found: list[EventConfig]) -> None:
    one = as_one(found, found[0].name)

    assert one.users == sum(event.users for event in found)
    told = {name for event in found for name in event.options}
    assert set(one.options) == (set() if one.kind == "exam" else told)
    for event in found:
        assert all(
            mine >= own for mine, own in zip(one.seat.limits, event.seat.limits, strict=True)
        )
        assert one.seat.memory >= event.seat.memory
        assert one.seat.cpu >= event.seat.cpu
        assert one.arrivals.seconds(one.users) <= event.arrivals.seconds(event.users)
        assert event.egress_lock is None or (
            one.egress_lock and set(one.egress_lock.allow) <= set(event.egress_lock.allow)
        )
