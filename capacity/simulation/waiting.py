"""The scheduler's queue of pods that found no room.

Every change that might help (a node is added, becomes Ready, or loses a pod) has all of them
tried again: first those whose back-off is over, the one tried longest ago first, then the
others by the second in which their back-off ends. So who waited longest may be served last.
Source: kubernetes/kubernetes pkg/scheduler/backend/queue (backoff_queue.go: 1 s doubled with
every attempt up to 10 s, windows of one second; scheduling_queue.go), seen in recorded runs
of kube-scheduler 1.36.3.
"""

import numpy as np

from capacity.simulation.compiled import compiled
from capacity.simulation.layout import Person, World
from capacity.simulation.scheduler import NONE, bind, hold

_FIRST_BACKOFF = 1_000
_LONGEST_BACKOFF = 10_000
_WINDOW = 1_000
# Doublings after which the longest back-off is reached.
_DOUBLINGS = 4


@compiled
def back_off_ends(person: Person) -> int:
    """Return the second (in milliseconds) in which a pod's back-off ends."""
    doublings = min(person.attempts - 1, _DOUBLINGS)
    wait = min(_FIRST_BACKOFF << doublings, _LONGEST_BACKOFF)
    return (person.tried + wait) // _WINDOW * _WINDOW


@compiled
def _put_in_order(world: World, now: int) -> None:
    """Sort the waiting pods into the order in which they are tried now."""
    queue, keys, count = world.queue, world.keys, world.state.pending
    window = now // _WINDOW * _WINDOW
    backing_off = 0
    for place in range(count):
        ends = back_off_ends(world.people[queue[place]])
        keys[place] = ends if ends >= window else -1
        backing_off += ends >= window
    if backing_off > 0:
        order = np.argsort(keys[:count], kind="mergesort")
        keys[:count] = queue[:count][order]
        queue[:count] = keys[:count]


@compiled
def try_again(world: World, now: int, times: int) -> None:
    """Note so many failed attempts of every waiting pod."""
    _put_in_order(world, now)
    for place in range(world.state.pending):
        person = world.people[world.queue[place]]
        person.attempts += times
        person.tried = now


@compiled
def join(world: World, user: int, now: int) -> None:
    """Put a pod that found no room behind the others."""
    state, person = world.state, world.people[user]
    person.attempts = 1
    person.tried = now
    world.queue[state.pending] = user
    state.pending += 1


@compiled
def leave(world: World, user: int) -> None:
    """Take a pod out of the queue whose start was given up."""
    state, queue = world.state, world.queue
    place = 0
    while queue[place] != user:
        place += 1
    for behind in range(place, state.pending - 1):
        queue[behind] = queue[behind + 1]
    state.pending -= 1


@compiled
def bind_waiting(world: World, now: int) -> int:
    """Bind waiting users while there is room, then placeholders; returns how many users.

    They stand at the front of `keys` afterwards.
    """
    state, queue = world.state, world.queue
    count = 0
    if state.pending > 0:
        _put_in_order(world, now)
        while count < state.pending and bind(world, queue[count], now) != NONE:
            count += 1
        world.keys[:count] = queue[:count]
        for place in range(count, state.pending):
            queue[place - count] = queue[place]
        state.pending -= count
        for place in range(state.pending):
            person = world.people[queue[place]]
            person.attempts += 1
            person.tried = now
    hold(world, now)
    return count
