"""kube-scheduler: a free node first, else preemption; packing or spreading.

Measured with kube-scheduler 1.36.3: a user who preempts binds 0.02-0.07 s later; users who
come before the victim is gone each empty a placeholder of their own; among equal nodes the
one whose placeholder started last loses it.
"""

from capacity.simulation import heap as events
from capacity.simulation.compiled import compiled
from capacity.simulation.layout import NEVER, Machine, World

# Milliseconds until an evicted placeholder is gone and its place can be taken.
EVICTION = 50
NONE = -1


@compiled
def grant(world: World, now: int, cost: int) -> int:
    """Return when the scheduler's client may make calls that cost so many microseconds."""
    state = world.state
    at = max(now * 1000, state.granted - world.rules.bind_burst)
    state.granted = max(state.granted, now * 1000) + cost
    return -(-at // 1000)


@compiled
def fits(machine: Machine, cpu: int, memory: int) -> bool:
    """Return whether a pod finds room on a node."""
    return machine.pods > 0 and machine.cpu >= cpu and machine.memory >= memory


@compiled
def take(machine: Machine, cpu: int, memory: int, pods: int) -> None:
    """Take room on a node, or give it back when negative."""
    machine.cpu -= cpu
    machine.memory -= memory
    machine.pods -= pods


@compiled
def free_node(world: World, now: int, cpu: int, memory: int) -> int:
    """Return the node with room that the scheduler likes best, or `NONE`.

    It adds up the shares of CPU and of memory that are free; packing wants the least.
    """
    rules = world.rules
    spreads = rules.spreads
    best, best_room, ties = NONE, 0, 0
    for index in range(world.rules.max_nodes):
        machine = world.nodes[index]
        if not machine.is_ready or machine.released > now or not fits(machine, cpu, memory):
            continue
        room = machine.cpu * rules.node_memory + machine.memory * rules.node_cpu
        if not spreads:
            room = -room
        if best == NONE or room > best_room:
            best, best_room, ties = index, room, 1
        elif room == best_room and spreads:
            ties += 1
            if world.random.random() * ties < 1:
                best = index
    return best


@compiled
def _share(lacking: int, each: int, most: int) -> int:
    """Return how many placeholders of a size must go for what is lacking."""
    if lacking <= 0:
        return 0
    return -(-lacking // each) if each else most + 1


@compiled
def victims(world: World, machine: Machine) -> int:
    """Return how many placeholders must be gone for one more user; 0 if none can help."""
    rules = world.rules
    more = max(
        _share(rules.seat_cpu - machine.cpu, rules.held_cpu, machine.held),
        _share(rules.seat_memory - machine.memory, rules.held_memory, machine.held),
        _share(1 - machine.pods, 1, machine.held),
    )
    return 0 if more > machine.held else machine.terminating + more


@compiled
def preempted_node(world: World) -> int:
    """Return the node where the fewest, then the youngest placeholders go, or `NONE`."""
    best, fewest, youngest, ties = NONE, 0, 0, 0
    for index in range(world.rules.max_nodes):
        machine = world.nodes[index]
        if not machine.is_ready or machine.held + machine.terminating == 0:
            continue
        gone = victims(world, machine)
        if gone == 0:
            continue
        started = machine.held_since // 1000
        if best == NONE or gone < fewest or (gone == fewest and started > youngest):
            best, fewest, youngest, ties = index, gone, started, 1
        elif gone == fewest and started == youngest:
            ties += 1
            if world.random.random() * ties < 1:
                best = index
    return best


@compiled
def preempt(world: World, index: int, now: int) -> None:
    """Evict what must go for one more user; its room is there at `released`."""
    rules, state, machine = world.rules, world.state, world.nodes[index]
    gone = victims(world, machine) - machine.terminating
    if gone == 0:
        return
    machine.held -= gone
    machine.terminating += gone
    take(machine, -gone * rules.held_cpu, -gone * rules.held_memory, -gone)
    state.held -= gone
    state.evictions += gone
    machine.released = grant(world, now, rules.preempt_cost) + EVICTION
    events.push(world, machine.released, events.RELEASED, index)


@compiled
def bind(world: World, user: int, now: int) -> int:
    """Bind a user's pod to a node if any can be had; returns the node or `NONE`."""
    rules, person = world.rules, world.people[user]
    index = free_node(world, now, rules.seat_cpu, rules.seat_memory)
    after = now
    if index == NONE:
        index = preempted_node(world)
        if index == NONE:
            return NONE
        preempt(world, index, now)
        after = world.nodes[index].released
    machine = world.nodes[index]
    take(machine, rules.seat_cpu, rules.seat_memory, 1)
    machine.seated += 1
    machine.idle_since = NEVER
    person.node = index
    person.placed = now
    person.bound = grant(world, after, rules.bind_cost)
    return index


@compiled
def hold(world: World, now: int) -> None:
    """Bind the placeholders that wait, as far as there is room."""
    rules, state = world.rules, world.state
    while state.held_pending > 0:
        index = free_node(world, now, rules.held_cpu, rules.held_memory)
        if index == NONE:
            return
        machine = world.nodes[index]
        take(machine, rules.held_cpu, rules.held_memory, 1)
        machine.held += 1
        machine.idle_since = NEVER
        machine.held_since = grant(world, now, rules.bind_cost)
        state.held += 1
        state.held_pending -= 1
