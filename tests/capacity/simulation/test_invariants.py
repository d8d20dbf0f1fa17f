"""What holds at every moment of every run, whatever the cluster and whoever comes."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capacity.crowds import Break, Crowd, Stay, Uniform
from capacity.packing import Seat
from capacity.replicas import _world, run_replicas
from capacity.scene import Duration, HubRules, Placeholders, Room, Scene, always, rules_of
from capacity.simulation import effects, engine
from capacity.simulation.layout import NEVER, World
from capacity.simulation.scheduler import NONE

SEAT = Seat(memory=100, cpu=10)
durations = st.sampled_from([always(0), always(60), Duration(p50=60, p95=120)])
hubs = st.builds(
    HubRules,
    spawn_limit=st.sampled_from([None, 1, 3]),
    start_timeout=st.sampled_from([None, 45, 200]),
    failure_limit=st.integers(min_value=1, max_value=5),
)
rooms = st.builds(
    Room,
    memory=st.integers(min_value=100, max_value=600),
    cpu=st.integers(min_value=15, max_value=60),
    pods=st.integers(min_value=1, max_value=8),
    template_cpu=st.sampled_from([0, 5]),
)
scenes = st.builds(
    Scene,
    seat=st.just(SEAT),
    room=rooms,
    warm_nodes=st.integers(min_value=0, max_value=3),
    max_nodes=st.integers(min_value=3, max_value=8),
    warm_age=st.sampled_from([20.0, 3600.0]),
    lead=st.sampled_from([None, 30, 200]),
    minimum_until=st.sampled_from([None, 150, 600]),
    users_before=st.integers(min_value=0, max_value=5),
    placeholders=st.builds(
        lambda replicas, seats: Placeholders(replicas=replicas, pod=SEAT.times(seats)),
        st.integers(min_value=0, max_value=6),
        st.integers(min_value=1, max_value=3),
    ),
    spreads=st.booleans(),
    hub=hubs,
    node_ready=durations,
    image_pull=durations,
    images=st.integers(min_value=1, max_value=3),
    pre_puller=st.booleans(),
    pod_start=st.sampled_from([0.0, 3.5]),
    scale_down=st.sampled_from([60, 600]),
    reclaim_hours=st.sampled_from([None, 0.1]),
    lost_nodes=st.integers(min_value=0, max_value=3),
    lost_at=st.integers(min_value=0, max_value=300),
)
crowds = st.builds(
    Crowd,
    users=st.integers(min_value=1, max_value=14),
    shape=st.builds(Uniform, st.sampled_from([1, 60, 400])),
    show_up_permille=st.sampled_from([1000, 700]),
    stay=st.sampled_from([None, Stay(seconds=200, logs_out_permille=500, cull=300)]),
    pause=st.sampled_from([None, Break(at=250, lasts=100, permille=600)]),
)


def _check(world: World) -> None:
    """Hold the books of nodes against what is on them, and the queue against people."""
    rules, state = world.rules, world.state
    people = [world.people[user] for user in range(len(world.people))]
    used = [world.nodes[index] for index in range(rules.max_nodes)]
    used = [machine for machine in used if machine.ready != NEVER]
    for machine in used:
        assert min(machine.cpu, machine.memory, machine.pods, machine.seated) >= 0
        assert min(machine.held, machine.terminating) >= 0
        seats, held = machine.seated, machine.held
        assert machine.cpu == rules.node_cpu - seats * rules.seat_cpu - held * rules.held_cpu
        assert (
            machine.memory
            == rules.node_memory - seats * rules.seat_memory - held * rules.held_memory
        )
        assert machine.pods == rules.node_pods - seats - held
    seated = sum(person.node != NONE for person in people)
    before = sum(machine.seated for machine in used) - seated
    assert 0 <= before <= rules.users_before
    assert before == sum(machine.before for machine in used)
    assert state.held == sum(machine.held for machine in used)
    gone = sum(machine.terminating for machine in used)
    assert state.held + state.held_pending + gone in {rules.replicas, state.held + gone}
    assert state.nodes == len(used) <= rules.max_nodes
    waiting = {int(world.queue[place]) for place in range(state.pending)}
    assert len(waiting) == state.pending
    assert all(people[user].node == NONE for user in waiting)
    assert all(people[user].admitted != NEVER for user in waiting)
    for person in people:
        parts = (person.at_hub, person.for_node, person.for_bind, person.for_start)
        assert min(parts) >= 0
        if person.served:
            assert sum(parts) == person.ready - person.asked <= person.waited
    assert 0 <= state.pending <= state.spawning <= rules.spawn_limit
    assert state.served == sum(person.served for person in people)
    assert 0 <= state.served <= state.arrived <= len(people)
    assert state.events <= len(world.heap)


def _watched(monkeypatch: pytest.MonkeyPatch) -> Callable[[World], None]:
    """Return the run with everything that happens checked."""
    happen = engine.happen

    def checked(world: World, event: int) -> None:
        happen(world, event)
        _check(world)

    monkeypatch.setattr(engine, "happen", checked)
    plain: Any = engine.run
    return getattr(plain, "py_func", plain)


@given(scene=scenes, crowd=crowds, seed=st.integers(min_value=0, max_value=99))
@settings(deadline=None, derandomize=True, max_examples=25)
def test_the_books_are_right_after_every_event(scene: Scene, crowd: Crowd, seed: int) -> None:
    random = np.random.default_rng(seed)
    arrivals, leaves = crowd.draw(1, random)
    world = _world(scene, rules_of(scene, 1_000_000, 0), arrivals.shape[1], random)
    engine.clear(world, arrivals[0], leaves[0])
    with pytest.MonkeyPatch.context() as monkeypatch:
        _watched(monkeypatch)(world)

    assert world.state.nodes == 0


@given(scene=scenes, crowd=crowds)
@settings(deadline=None, derandomize=True, max_examples=25)
def test_waits_are_told_for_all_who_came_and_for_nobody_else(scene: Scene, crowd: Crowd) -> None:
    runs = run_replicas(scene, crowd, 3, 5)

    assert ((runs.waits >= 0) == (runs.arrivals < NEVER)).all()
    assert (runs.causes[runs.came] <= effects.NOT_SERVED).all()
    assert (runs.summary >= 0).all()
    assert (runs.summary[:, engine.MOST_NODES] <= scene.max_nodes).all()


@given(scene=scenes, crowd=crowds)
@settings(deadline=None, derandomize=True, max_examples=25)
def test_everybody_is_served_where_nodes_suffice(scene: Scene, crowd: Crowd) -> None:
    calm = replace(scene.hub, start_timeout=None)
    scene = replace(scene, hub=calm, max_nodes=40, reclaim_hours=None, lost_nodes=0)

    runs = run_replicas(scene, crowd, 3, 5)

    assert runs.summary[:, engine.UNSERVED].tolist() == [0, 0, 0]
