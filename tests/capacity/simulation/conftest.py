"""Small worlds built by hand: nodes of four seats, placeholders of two.

Where nobody is named, there is one who never comes.
"""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from capacity.packing import Seat
from capacity.scene import Placeholders, Room, Scene, always, rules_of
from capacity.simulation import engine, nodes
from capacity.simulation.autoscaler import FRESH
from capacity.simulation.layout import NEVER, Machine, Person, State, World, blank

SEAT = Seat(memory=100, cpu=10)
SCENE = Scene(
    seat=SEAT,
    room=Room(memory=400, cpu=40, pods=10),
    warm_nodes=0,
    max_nodes=3,
    placeholders=Placeholders(replicas=0, pod=SEAT.times(2)),
    node_ready=always(60),
    image_pull=always(30),
)


def _blank_world(people: int, seed: int, rules: dict[str, float]) -> World:
    changed = rules_of(SCENE, 4 * 3600 * 1000, 0)
    for name, value in rules.items():
        assert hasattr(changed, name)
        setattr(changed, name, value)
    return World(
        rules=changed,
        state=blank(State, 1)[0],
        people=blank(Person, people),
        nodes=blank(Machine, changed.max_nodes),
        images=np.zeros((changed.max_nodes, changed.images), np.int64),
        queue=np.zeros(people + 1, np.int64),
        keys=np.zeros(people + 1, np.int64),
        fresh=np.zeros(FRESH, np.int64),
        heap=np.zeros(1024, np.int64),
        samples=np.zeros((4 if changed.sample_every else 0, 5), np.int64),
        random=np.random.default_rng(seed),
    )


@pytest.fixture(scope="session")
def make() -> Callable[..., World]:
    """Return what makes a world of some rules, with so many nodes Ready at time 0."""

    def world(
        arrivals: Sequence[int] = (NEVER,),
        *,
        up: int = 0,
        seed: int = 1,
        leaves: Sequence[int] | None = None,
        **rules: float,
    ) -> World:
        made = _blank_world(len(arrivals), seed, rules)
        gone = [NEVER] * len(arrivals) if leaves is None else leaves
        engine.clear(made, np.array(arrivals, np.int64), np.array(gone, np.int64))
        for index in range(up):
            nodes.add(made, 0)
            made.nodes[index].ready = 0
            made.nodes[index].is_ready = 1
            made.images[index, :] = 0
        made.state.events = 0
        return made

    return world


@pytest.fixture(scope="session")
def played(make: Callable[..., World]) -> Callable[..., World]:
    """Return what makes a world and lets everything in it happen."""

    def play(arrivals: Sequence[int] = (NEVER,), **rules: float) -> World:
        world = make(arrivals, **rules)
        engine.run(world)
        return world

    return play


@pytest.fixture(scope="session")
def told(played: Callable[..., World]) -> Callable[..., tuple[list[int], list[int], list[int]]]:
    """Return what lets a world happen and tells waits, causes and summary."""

    def tell(
        arrivals: Sequence[int] = (NEVER,), **rules: float
    ) -> tuple[list[int], list[int], list[int]]:
        world = played(arrivals, **rules)
        summary, waits, causes = (np.zeros(count, np.int64) for count in (7, *[len(arrivals)] * 2))
        engine.summarise(world, summary, waits, causes)
        return waits.tolist(), causes.tolist(), summary.tolist()

    return tell
