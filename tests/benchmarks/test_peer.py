"""The compiled model and its SimPy peer, user by user, where chance decides little."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from benchmarks.peer.run import run
from capacity.crowds import NOT_COMING
from capacity.packing import Seat
from capacity.replicas import run_drawn
from capacity.scene import HubRules, Placeholders, Room, Scene, always
from capacity.simulation import engine

SEAT = Seat(memory=2**30, cpu=1000)
# The compiled model counts whole milliseconds, rounded up.
TOLERANCE = 2
# So often is a scene run whose outcome hangs on whether a loop sees a mark at once.
DRAWS = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Waits in milliseconds and counts of one replica."""

    waits: tuple[int, ...]
    new_nodes: int
    evictions: int
    failed_starts: int
    node_seconds: int


def scene(seats: int) -> Scene:
    """Return one warm node of so many seats, others a minute away."""
    return Scene(
        seat=SEAT,
        room=Room(memory=seats * SEAT.memory, cpu=seats * SEAT.cpu),
        warm_nodes=1,
        max_nodes=8,
        node_ready=always(60),
        image_pull=always(30),
        pod_start=5.0,
    )


def held(replicas: int, seats: int = 1) -> Placeholders:
    """Return placeholders of so many seats each."""
    return Placeholders(
        replicas=replicas, pod=Seat(memory=seats * SEAT.memory, cpu=seats * SEAT.cpu)
    )


def compiled(case: Scene, arrivals: list[int], leaves: list[int]) -> set[Counted]:
    rows = np.tile(np.array([arrivals, leaves], np.int64)[:, None], (1, DRAWS, 1))
    runs = run_drawn(case, rows[0], rows[1], np.random.SeedSequence(1).spawn(DRAWS))
    return {
        Counted(
            waits=tuple(waits.tolist()),
            new_nodes=counts[engine.NEW_NODES],
            evictions=counts[engine.EVICTIONS],
            failed_starts=counts[engine.RESTARTS],
            node_seconds=counts[engine.NODE_TIME] // 1000 if case.minimum_until else 0,
        )
        for waits, counts in zip(runs.waits, runs.summary.tolist(), strict=True)
    }


def peer(case: Scene, arrivals: list[int], leaves: list[int]) -> set[Counted]:
    random = np.random.default_rng(1)
    outcomes = [run(case, arrivals, leaves, random) for _ in range(DRAWS)]
    return {
        Counted(
            waits=tuple(outcome.waits),
            new_nodes=outcome.new_nodes,
            evictions=outcome.evictions,
            failed_starts=outcome.failed_starts,
            node_seconds=int(outcome.node_seconds) if case.minimum_until else 0,
        )
        for outcome in outcomes
    }


def apart(one: set[Counted], other: set[Counted]) -> list[Counted]:
    """Return the outcomes of either that have no like in the other, within the tolerance."""

    def alike(a: Counted, b: Counted) -> bool:
        pairs = zip(a.waits, b.waits, strict=True)
        return (
            all(abs(x - y) <= TOLERANCE for x, y in pairs)
            and abs(a.node_seconds - b.node_seconds) <= 1
            and replace(a, waits=(), node_seconds=0) == replace(b, waits=(), node_seconds=0)
        )

    return [
        mine
        for ours, theirs in ((one, other), (other, one))
        for mine in ours
        if not any(alike(mine, yours) for yours in theirs)
    ]


PATIENT = HubRules(retry=(30, 30))
EVERY_SECOND = [number * 1000 + 1 for number in range(12)]

CASES = {
    "a free seat": (scene(1), [1_000], None),
    "one who does not come": (scene(2), [1_000, NOT_COMING], None),
    "no node yet": (replace(scene(1), warm_nodes=0), [1_000], None),
    "no node ever": (replace(scene(1), max_nodes=1), [1_000, 2_000], None),
    "first fit onto what is coming": (scene(2), EVERY_SECOND[:6], None),
    "one seat is preempted": (replace(scene(4), placeholders=held(2)), EVERY_SECOND[:4], None),
    "a burst on one large placeholder": (
        replace(scene(8), placeholders=held(1, seats=8), max_nodes=1),
        [1_000, 1_010, 1_020, 1_030],
        None,
    ),
    "several victims for one user": (
        replace(scene(4), placeholders=Placeholders(replicas=8, pod=Seat(memory=2**29, cpu=500))),
        [1_000, 3_000, 5_000],
        None,
    ),
    "the scheduler's rate": (
        replace(scene(60), scheduler_rate=5),
        [1_000 + 7 * number for number in range(60)],
        None,
    ),
    "its rate when all preempt": (
        replace(scene(40), scheduler_rate=5, placeholders=held(40), max_nodes=1),
        [1_000 + 7 * number for number in range(40)],
        None,
    ),
    "a placeholder too large for the template": (
        replace(
            scene(2),
            warm_age=30.0,
            placeholders=held(1, seats=2),
            room=Room(memory=2 * SEAT.memory, cpu=2 * SEAT.cpu, template_cpu=100),
        ),
        [1_000],
        None,
    ),
    "one image after the other": (
        replace(scene(4), warm_nodes=0, pre_puller=False),
        [1_000, 80_000, 81_000],
        None,
    ),
    "nodes asked for with a lead": (
        replace(scene(2), lead=30, warm_nodes=2),
        EVERY_SECOND[:4],
        None,
    ),
    "refused and back after 30 s": (
        replace(scene(8), hub=replace(PATIENT, spawn_limit=2), pod_start=5.3),
        EVERY_SECOND[:8],
        None,
    ),
    "starts that time out": (
        replace(scene(1), node_ready=always(100), hub=replace(PATIENT, start_timeout=40)),
        [1_000, 3_000],
        None,
    ),
    "five failures end the hub": (
        replace(scene(1), warm_nodes=0, max_nodes=0, hub=replace(PATIENT, start_timeout=40)),
        [1_000 + 500 * number for number in range(6)],
        None,
    ),
    "a lost node's users ask again": (
        replace(scene(2), warm_nodes=2, lost_nodes=1, lost_at=20, minimum_until=600),
        [1_000, 2_000, 3_000],
        [300_000, 310_000, 320_000],
    ),
    "seats that are left are taken": (
        replace(scene(2), max_nodes=1, minimum_until=600),
        [1_000, 2_000, 3_000, 4_000],
        [100_000, 110_000, 400_000, 410_000],
    ),
    "idle nodes go, the warm ones last": (
        replace(scene(1), minimum_until=4_000, scale_down=300),
        [1_000, 2_000],
        [1_500_000, 900_000],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_both_models_know_the_same_outcomes(name: str) -> None:
    case, arrivals, leaves = CASES[name]
    left = leaves or [NOT_COMING] * len(arrivals)

    ours, theirs = compiled(case, arrivals, left), peer(case, arrivals, left)

    assert apart(ours, theirs) == []


def test_a_free_seat_is_had_after_the_servers_start() -> None:
    (outcome,) = peer(scene(1), [1_000], [NOT_COMING])

    assert outcome.waits == (5_000,)


def test_a_loop_sees_a_mark_at_once_or_a_scan_later() -> None:
    # Boot 60 s, pull 30 s, start 5 s; the loop 20 ms after the mark, or the next after 10 s.
    outcomes = peer(replace(scene(1), warm_nodes=0), [1_000], [NOT_COMING])

    assert {outcome.waits for outcome in outcomes} == {(95_020,), (105_020,)}


def test_outcomes_that_differ_are_told() -> None:
    one = Counted(waits=(5_000,), new_nodes=0, evictions=0, failed_starts=0, node_seconds=0)

    assert apart({one}, {replace(one, waits=(5_002,))}) == []
    assert apart({one}, {replace(one, waits=(5_003,))}) == [one, replace(one, waits=(5_003,))]
    assert apart({one}, {replace(one, evictions=1)}) == [one, replace(one, evictions=1)]
