"""What the planner is told of an event, and what of its plan is set instead."""

from collections.abc import Callable

import pytest

from capacity.crowds import Bell, Recorded, Stay, Uniform
from capacity.needs import Held, Need
from capacity.packing import Seat
from hubs.active import PlannedEvent
from hubs.event_needs import need_of
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
        arrive=Uniform(600),
        show_up_permille=1000,
        # Two hours, then culled after an hour's idleness and two looks ten minutes apart.
        stay=Stay(seconds=7200, until_end=True, cull=4800),
        ends=7200 + 4800,
        # 27 minutes, from half past one and three minutes on.
        lead=1620,
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


@pytest.mark.parametrize(
    ("changed", "length", "drain"),
    [
        ({}, 7200, 4800),
        ({"drain": "20m"}, 7200, 1200),
        ({"kind": "exam"}, 7200, 1800),
        (
            {
                "sessions": [
                    {
                        "starts": "2027-02-01T14:00",
                        "ends": "2027-02-01T16:00",
                        "repeats": "daily",
                        "until": "2027-02-03",
                    },
                    {"starts": "2027-02-04T14:00", "ends": "2027-02-04T17:00"},
                ]
            },
            10_800,
            4800,
        ),
    ],
)
def test_all_stay_to_the_end_of_the_longest_session_and_until_they_are_culled(
    on_gke: OnGke, changed: Raw, length: int, drain: int
) -> None:
    found = needed(on_gke({}, changed))

    assert found.stay == Stay(seconds=length, until_end=True, cull=drain)
    assert found.ends == length + drain


@pytest.mark.parametrize(("changed", "permille"), [({}, 1000), ({"showUp": 0.8}, 800)])
def test_those_who_stay_away_are_known(on_gke: OnGke, changed: Raw, permille: int) -> None:
    assert needed(on_gke({}, changed)).show_up_permille == permille


@pytest.mark.parametrize(
    ("arrivals", "curve"),
    [
        ({"within": "10m", "shape": "bell"}, Bell(600)),
        ({"recorded": [0, 4, 8.5]}, Recorded((0.0, 4.0, 8.5))),
    ],
)
def test_arrivals_keep_their_shape(on_gke: OnGke, arrivals: Raw, curve: object) -> None:
    assert needed(on_gke({}, {"arrivals": arrivals})).arrive == curve


def test_what_users_move_adds_figures_of_storage(on_gke: OnGke) -> None:
    _, (without,) = on_gke({}, {})
    _, (moved,) = on_gke({}, {"storage": {"sharedReadPerUser": "7Gi"}})

    names = [figure.name for figure in moved.plan.figures]
    assert names[: len(without.plan.figures)] == [figure.name for figure in without.plan.figures]
    assert names[len(without.plan.figures) :] == [
        "storageNeeded",
        "storageOffered",
        "storageSeconds",
        "storageCost",
        "storageSetting",
        "bootDisk",
        "imageWrite",
        "scratchSeconds",
    ]


def test_a_chosen_type_is_one_of_those_allowed_and_the_cheapest(on_gke: OnGke) -> None:
    _, (derived,) = on_gke({}, {})
    _, (named,) = on_gke({}, {"pool": {"machineType": "n2-highmem-4"}})
    costs = [one.micro_usd or 0 for one in derived.plan.options]

    assert derived.plan.chosen == derived.plan.options[0].choice.alternative
    assert costs == sorted(costs)
    assert all(one.within_bound for one in derived.plan.options)
    assert all(4 <= one.choice.alternative.seats.seats <= 100 for one in derived.plan.options)
    assert [one.choice.alternative.offer.node.name for one in named.plan.options] == [
        "n2-highmem-4"
    ]
