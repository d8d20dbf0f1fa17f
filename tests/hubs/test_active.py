"""An event with its plan, and what of it is on."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from capacity.needs import Held, Need
from capacity.packing import Seat
from hubs.active import PlannedEvent, at, need_of
from hubs.stack import Stack

Raw = dict[str, object]
Planned = tuple[Stack, tuple[PlannedEvent, ...]]
OnGke = Callable[[Raw, Raw], Planned]


def needed(planned: Planned) -> Need:
    """Return what the planner is told of the first event."""
    stack, (event, *_) = planned
    return need_of(stack.cluster, event.config, event.hub)


def test_what_is_known_of_a_workshop(on_gke: OnGke) -> None:
    assert needed(on_gke({}, {})) == Need(
        users=20,
        seat=Seat(memory=2 * 2**30, cpu=500),
        within=600,
        every_seat_warm=False,
        waiting_permille=300,
        wait_limit=60,
        node_ready=600,
        image_pull=64,
        fewest_per_node=4,
    )


@pytest.mark.parametrize(
    ("changed", "share", "warm"),
    [
        ({}, 300, False),
        ({"waitingShare": 0.125}, 125, False),
        ({"waitingShare": 0}, 0, False),
        ({"kind": "class", "waitingShare": 1}, 1000, False),
        ({"kind": "exam"}, 0, True),
        ({"kind": "exam", "waitingShare": 0}, 0, True),
    ],
)
def test_in_an_exam_nobody_waits(on_gke: OnGke, changed: Raw, share: int, *, warm: bool) -> None:
    found = needed(on_gke({}, changed))

    assert (found.waiting_permille, found.every_seat_warm) == (share, warm)


@pytest.mark.parametrize(
    ("users", "arrivals", "seconds"),
    [
        (20, {"within": "10m"}, 600),
        (240, {"rate": {"users": 60, "every": "3m"}}, 720),
        (20, {"rate": {"users": 60, "every": "3m"}}, 60),
        (1, {"rate": {"users": 7, "every": "10s"}}, 1),
        (1, {"rate": {"users": 60, "every": "3s"}}, 1),
    ],
)
def test_arrivals_are_a_span(on_gke: OnGke, users: int, arrivals: Raw, seconds: int) -> None:
    found = needed(on_gke({}, {"users": users, "arrivals": arrivals}))

    assert (found.users, found.within) == (users, seconds)


@pytest.mark.parametrize(
    ("memory", "cpu", "seats"), [("8Gi", 2, 4), ("9Gi", 2, 4), ("8Gi", 1.9, 3), ("5Gi", 2, 2)]
)
def test_a_placeholder_holds_the_seats_that_fit_it(
    on_gke: OnGke, memory: str, cpu: float, seats: int
) -> None:
    wanted = {"replicas": 3, "memory": memory, "cpu": cpu}
    pool = {"machineType": "n2-highmem-4"}

    _, (found,) = on_gke({}, {"placeholders": wanted, "pool": pool})

    assert found.plan.placeholders == Held(
        replicas=3,
        pod=Seat(memory=int(memory[0]) * 2**30, cpu=round(cpu * 1000)),
        seats=seats,
    )


def test_a_chosen_type_is_one_of_those_allowed_and_the_cheapest(on_gke: OnGke) -> None:
    _, (derived,) = on_gke({}, {})
    _, (named,) = on_gke({}, {"pool": {"machineType": "n2-highmem-4"}})
    prices = [one.micro_usd_per_hour or 0 for one in derived.plan.alternatives]

    assert derived.plan.chosen == derived.plan.alternatives[0]
    assert prices == sorted(prices)
    assert all(4 <= one.seats.seats <= 100 for one in derived.plan.alternatives)
    assert [one.offer.node.name for one in named.plan.alternatives] == ["n2-highmem-4"]


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
    now = datetime.fromisoformat(time).replace(tzinfo=ZoneInfo("Europe/Berlin"))

    found = at(planned, now)

    assert (found.state.phase, found.has_pool, found.is_on) == (phase, has_pool, is_on)
