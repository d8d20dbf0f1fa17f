"""Cluster Autoscaler: when its loop runs, what it sees, how many nodes it asks for.

Measured with cluster-autoscaler 1.36.1: a pod marked unschedulable starts a loop at once,
which does not see that very pod yet; otherwise every `scan`, and again at once after a loop
that added nodes. Pending pods are put on nodes that are on their way first, by priority, each
node as the template has it; the template is a real node's once one was Ready for a minute.
"""

from capacity.simulation.compiled import compiled
from capacity.simulation.layout import NEVER, Rules, World

TEMPLATE_FROM_REAL_NODE = 60_000
# Milliseconds from a mark to the loop that it starts; how fresh a mark a loop does not see;
# how long a loop takes that adds nodes.
_REACTION = 20
_UNSEEN = 50
_SCALE_UP = 100
_SEEN_AT_ONCE = 0.3
FRESH = 64


@compiled
def mark(world: World, now: int, is_user: int) -> None:
    """Note that the scheduler marked a pod unschedulable, which starts a loop."""
    state = world.state
    if not is_user or world.random.random() >= _SEEN_AT_ONCE:
        world.fresh[state.fresh_last % FRESH] = now * 2 + is_user
        state.fresh_last += 1
        state.fresh_first = max(state.fresh_first, state.fresh_last - FRESH)
    wake(world, now)


@compiled
def wake(world: World, now: int) -> None:
    """Start a loop soon, as the mark of a pod does that will preempt others."""
    state = world.state
    state.loop_at = min(state.loop_at, max(now + _REACTION, state.loop_free))


@compiled
def _unseen(world: World, now: int, is_user: int) -> int:
    """Return how many pods were marked too short ago to be seen."""
    state, fresh = world.state, world.fresh
    while (
        state.fresh_first < state.fresh_last
        and fresh[state.fresh_first % FRESH] // 2 < now - _UNSEEN
    ):
        state.fresh_first += 1
    count = 0
    for place in range(state.fresh_first, state.fresh_last):
        count += fresh[place % FRESH] % 2 == is_user
    return count


@compiled
def _room_for(cpu: int, memory: int, pods: int, each_cpu: int, each_memory: int) -> int:
    """Return how many pods of one size fit."""
    count = pods
    if each_cpu:
        count = min(count, cpu // each_cpu)
    if each_memory:
        count = min(count, memory // each_memory)
    return max(count, 0)


@compiled
def _held_beside(rules: Rules, cpu: int, memory: int, seated: int) -> int:
    """Return how many placeholders fit a node of the template beside so many users."""
    return _room_for(
        cpu - seated * rules.seat_cpu,
        memory - seated * rules.seat_memory,
        rules.node_pods - seated,
        rules.held_cpu,
        rules.held_memory,
    )


@compiled
def nodes_wanted(rules: Rules, known: int, users: int, held: int, coming: int) -> int:
    """Return how many nodes to add for pending users and placeholders, first fit.

    `known` says whether the template is a real node's; `coming` nodes are on their way.
    """
    cpu = rules.node_cpu if known else rules.node_cpu - rules.template_cpu
    memory = rules.node_memory if known else rules.node_memory - rules.template_memory
    each = _room_for(cpu, memory, rules.node_pods, rules.seat_cpu, rules.seat_memory)
    alone = _held_beside(rules, cpu, memory, 0)
    if each == 0:
        users = 0
        each = 1
    new = max(0, -(-users // each) - coming)
    if alone == 0:
        return new
    full = users // each
    rest = users - full * each
    empty = coming + new - full
    if rest:
        empty -= 1
        held -= _held_beside(rules, cpu, memory, rest)
    held -= full * _held_beside(rules, cpu, memory, each) + empty * alone
    return new + max(0, -(-held // alone))


@compiled
def _template_is_real(world: World, now: int) -> int:
    """Return whether a node was Ready for so long that the template is taken from it."""
    state = world.state
    if state.template_known == 0:
        for index in range(world.rules.max_nodes):
            machine = world.nodes[index]
            if machine.is_ready and machine.ready + TEMPLATE_FROM_REAL_NODE < now:
                state.template_known = 1
                break
    return state.template_known


@compiled
def _coming(world: World) -> int:
    """Return how many nodes are on their way."""
    count = 0
    for index in range(world.rules.max_nodes):
        machine = world.nodes[index]
        count += machine.ready != NEVER and machine.is_ready == 0
    return count


@compiled
def loop(world: World, now: int) -> int:
    """Run one loop; returns how many nodes to add now."""
    rules, state = world.rules, world.state
    users = max(0, state.pending - _unseen(world, now, 1))
    held = max(0, state.held_pending - _unseen(world, now, 0))
    known = _template_is_real(world, now)
    coming, left = _coming(world), rules.max_nodes - state.nodes
    adding = min(nodes_wanted(rules, known, users, held, coming), left)
    if nodes_wanted(rules, known, users, 0, coming) > left:
        for place in range(state.pending):
            world.people[world.queue[place]].no_room = 1
    if adding > 0:
        state.loop_free = now + _SCALE_UP
        state.loop_at = state.loop_free
        return adding
    state.loop_free = now
    settled = known == 1 and state.fresh_first == state.fresh_last
    state.loop_at = NEVER if settled else now + rules.scan
    return 0
