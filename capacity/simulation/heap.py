"""A heap of coming events, each one integer: time, kind and subject."""

from capacity.simulation.compiled import compiled
from capacity.simulation.layout import NEVER, World

# Kinds of events, in the order in which those of one millisecond happen.
NODE_READY, RELEASED, FINISHED, LEFT, IDLE, LOST, ASKED, SETTINGS_OFF = range(8)

_SUBJECT_BITS = 24
_KIND_BITS = 4
_SUBJECT = (1 << _SUBJECT_BITS) - 1
_KIND = (1 << _KIND_BITS) - 1
_BELOW_TIME = _SUBJECT_BITS + _KIND_BITS


@compiled
def push(world: World, time: int, kind: int, subject: int) -> None:
    """Add an event; one that never comes is dropped."""
    heap, state = world.heap, world.state
    if time >= NEVER:
        return
    value = (time << _BELOW_TIME) | (kind << _SUBJECT_BITS) | subject
    place = state.events
    state.events += 1
    while place > 0:
        above = (place - 1) >> 1
        if heap[above] <= value:
            break
        heap[place] = heap[above]
        place = above
    heap[place] = value


@compiled
def pop(world: World) -> int:
    """Remove and return the first event."""
    heap, state = world.heap, world.state
    first = heap[0]
    state.events -= 1
    last = heap[state.events]
    place = 0
    while True:
        child = 2 * place + 1
        if child >= state.events:
            break
        if child + 1 < state.events and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= last:
            break
        heap[place] = heap[child]
        place = child
    heap[place] = last
    return first


@compiled
def time_of(event: int) -> int:
    """Return when an event happens, in milliseconds."""
    return event >> _BELOW_TIME


@compiled
def kind_of(event: int) -> int:
    """Return what kind of event it is."""
    return (event >> _SUBJECT_BITS) & _KIND


@compiled
def subject_of(event: int) -> int:
    """Return whom or which node it is about."""
    return event & _SUBJECT
