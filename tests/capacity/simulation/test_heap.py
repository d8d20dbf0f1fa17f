"""Events come out by time, then by kind, then by subject."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capacity.simulation import heap
from capacity.simulation.layout import NEVER, World

coming = st.tuples(
    st.integers(min_value=-(10**7), max_value=NEVER - 1),
    st.integers(min_value=heap.NODE_READY, max_value=heap.SETTINGS_OFF),
    st.integers(min_value=0, max_value=(1 << 24) - 1),
)


def _drained(world: World) -> list[tuple[int, int, int]]:
    found: list[tuple[int, int, int]] = []
    while world.state.events:
        event = heap.pop(world)
        found.append((heap.time_of(event), heap.kind_of(event), heap.subject_of(event)))
    return found


@settings(deadline=None)
@given(events=st.lists(coming, max_size=60))
def test_events_come_in_order(
    make: Callable[..., World], events: list[tuple[int, int, int]]
) -> None:
    world = make()
    for event in events:
        heap.push(world, *event)

    assert _drained(world) == sorted(events)


def test_events_may_come_before_the_session(make: Callable[..., World]) -> None:
    world = make()
    heap.push(world, 5, heap.ASKED, 1)
    heap.push(world, -5, heap.SETTINGS_OFF, 2)
    heap.push(world, -5, heap.NODE_READY, 3)

    assert _drained(world) == [
        (-5, heap.NODE_READY, 3),
        (-5, heap.SETTINGS_OFF, 2),
        (5, heap.ASKED, 1),
    ]


@pytest.mark.parametrize("time", [NEVER, NEVER + 1])
def test_what_never_comes_is_dropped(make: Callable[..., World], time: int) -> None:
    world = make()
    heap.push(world, time, heap.LEFT, 0)

    assert world.state.events == 0


def test_within_a_millisecond_a_node_is_ready_before_anybody_asks() -> None:
    kinds = [
        heap.NODE_READY,
        heap.RELEASED,
        heap.FINISHED,
        heap.LEFT,
        heap.IDLE,
        heap.LOST,
        heap.ASKED,
        heap.SETTINGS_OFF,
    ]
    assert kinds == list(range(8))
