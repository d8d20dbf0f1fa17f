"""One run: every event in its order, from the first warm node to the last server."""

from capacity.simulation import autoscaler, effects, nodes
from capacity.simulation import heap as events
from capacity.simulation.compiled import compiled
from capacity.simulation.layout import NEVER, Longs, Table, World
from capacity.simulation.scheduler import NONE, hold, take

# Columns of a summary and of a sample.
EVICTIONS, NEW_NODES, NODE_TIME, MOST_NODES, RESTARTS, UNSERVED, ENDED = range(7)
ARRIVED, SERVED, READY_NODES, COMING_NODES, HELD = range(5)


@compiled
def warm_up(world: World) -> None:
    """Bring the warm nodes up: all there before the first arrival, or asked for with a lead."""
    rules, state = world.rules, world.state
    start = -rules.warm_age if rules.lead < 0 else -rules.lead
    state.minimum = rules.warm_nodes
    state.held_pending = rules.replicas
    for _ in range(rules.warm_nodes):
        index = nodes.add(world, start)
        if rules.lead < 0:
            world.nodes[index].ready = start
            nodes.becomes_ready(world, index, start)
            world.images[index, :] = start
            world.nodes[index].pulls_until = start
    seat_those_before(world)
    hold(world, start)
    for index in range(rules.warm_nodes):
        world.nodes[index].held_since = start
        if rules.loss_at != NEVER and index < rules.loss_nodes:
            nodes.dooms(world, index, rules.loss_at)
    state.granted = start * 1000
    for _ in range(state.held_pending):
        autoscaler.mark(world, start, 0)
    events.push(world, rules.minimum_until, events.SETTINGS_OFF, 0)


@compiled
def seat_those_before(world: World) -> None:
    """Seat those who came before anybody is counted, node by node."""
    rules = world.rules
    left = rules.users_before
    for index in range(rules.warm_nodes):
        machine = world.nodes[index]
        while (
            left > 0
            and machine.pods > 0
            and machine.cpu >= rules.seat_cpu
            and machine.memory >= rules.seat_memory
        ):
            take(machine, rules.seat_cpu, rules.seat_memory, 1)
            machine.seated += 1
            machine.before += 1
            left -= 1


@compiled
def happen(world: World, event: int) -> None:
    """Let one event from the heap happen."""
    now, kind, subject = events.time_of(event), events.kind_of(event), events.subject_of(event)
    if kind == events.FINISHED:
        effects.finished(world, subject, now)
    elif kind == events.LEFT:
        person = world.people[subject]
        if person.node != NONE and person.ready <= now:
            effects.free_seat(world, subject, now)
    elif kind == events.ASKED:
        effects.ask(world, subject, now)
    elif kind == events.RELEASED:
        effects.released(world, subject, now)
    elif kind == events.NODE_READY:
        effects.node_ready(world, subject, now)
    elif kind == events.IDLE:
        nodes.idle(world, subject, now)
    elif kind == events.LOST:
        effects.lost(world, subject, now)
    elif kind == events.SETTINGS_OFF:
        effects.settings_off(world, now)


@compiled
def sample(world: World, until: int) -> None:
    """Add what is seen at every regular time before `until` to the samples."""
    state, every = world.state, world.rules.sample_every
    while state.sampled < len(world.samples) and state.sampled * every < until:
        row = world.samples[state.sampled]
        row[ARRIVED] += state.arrived
        row[SERVED] += state.served
        row[HELD] += state.held
        for index in range(world.rules.max_nodes):
            machine = world.nodes[index]
            row[READY_NODES] += machine.is_ready
            row[COMING_NODES] += machine.ready != NEVER and machine.is_ready == 0
        state.sampled += 1


@compiled
def run(world: World) -> None:
    """Let everything happen, from the warm nodes until nothing happens any more."""
    rules, state, people = world.rules, world.state, world.people
    warm_up(world)
    coming = 0
    while True:
        arrival = people[coming].arrival if coming < len(people) else NEVER
        next_event = events.time_of(world.heap[0]) if state.events else NEVER
        now = min(arrival, next_event, state.loop_at)
        if now >= rules.horizon:
            break
        if rules.sample_every:
            sample(world, now)
        if next_event == now:
            happen(world, events.pop(world))
        elif arrival == now:
            effects.ask(world, coming, now)
            coming += 1
        else:
            effects.grow(world, now)
    if rules.sample_every:
        sample(world, NEVER)
    for index in range(rules.max_nodes):
        if world.nodes[index].ready != NEVER:
            nodes.remove(world, index, max(state.ended, nodes.charged_from(world, index)))


@compiled
def clear(world: World, arrivals: Longs, leaves: Longs) -> None:
    """Make a world ready for the next run."""
    state, rules = world.state, world.rules
    state.arrived = state.served = state.spawning = state.pending = 0
    state.held = state.held_pending = state.nodes = state.minimum = state.events = 0
    state.granted = -NEVER
    state.loop_at = NEVER
    state.loop_free = -NEVER
    state.fresh_first = state.fresh_last = state.failures = 0
    state.hub_down_until = -NEVER
    state.evictions = state.new_nodes = state.node_time = state.most_nodes = 0
    state.sampled = state.template_known = state.ended = 0
    for index in range(rules.max_nodes):
        world.nodes[index].ready = NEVER
        world.nodes[index].is_ready = 0
    for user in range(len(arrivals)):
        person = world.people[user]
        person.arrival = arrivals[user]
        person.leaves = leaves[user]
        person.image = int(world.random.random() * rules.images) if rules.images > 1 else 0
        person.asked = person.admitted = person.ready = NEVER
        person.placed = person.bound = NEVER
        person.served = person.tried = person.attempts = person.no_room = person.restarts = 0
        person.node = NONE
        person.waited = -1
        person.cause = effects.NOT_SERVED


@compiled
def summarise(world: World, summary: Longs, waits: Longs, causes: Longs) -> None:
    """Write down what came of a run; who was not served waited until it ended."""
    state = world.state
    summary[EVICTIONS] = state.evictions
    summary[NEW_NODES] = state.new_nodes
    summary[NODE_TIME] = state.node_time
    summary[MOST_NODES] = state.most_nodes
    summary[ENDED] = state.ended
    summary[RESTARTS] = summary[UNSERVED] = 0
    for user in range(len(world.people)):
        person = world.people[user]
        summary[RESTARTS] += person.restarts
        causes[user] = person.cause
        waits[user] = person.waited
        if person.served == 0 and person.arrival < NEVER:
            summary[UNSERVED] += 1
            causes[user] = effects.NO_ROOM if person.no_room else effects.NOT_SERVED
            since = person.arrival if person.asked == NEVER else person.asked
            waits[user] = world.rules.horizon - since


@compiled
def run_all(
    world: World, arrivals: Table, leaves: Table, summary: Table, waits: Table, causes: Table
) -> None:
    """Run once per row of arrivals, in the same world."""
    for row in range(len(arrivals)):
        clear(world, arrivals[row], leaves[row])
        run(world)
        summarise(world, summary[row], waits[row], causes[row])
