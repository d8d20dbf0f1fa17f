"""What each kind of event does to hub, scheduler and nodes."""

from capacity.simulation import autoscaler, hub, nodes, waiting
from capacity.simulation import heap as events
from capacity.simulation.compiled import compiled
from capacity.simulation.layout import NEVER, World
from capacity.simulation.scheduler import NONE, bind, hold, take

# Why somebody waited: the largest part of the wait.
AT_HUB, FOR_NODE, NO_ROOM, FOR_BIND, FOR_START, NOT_SERVED = range(6)


@compiled
def start_server(world: World, user: int) -> None:
    """Note when a bound pod's server will be ready, or its start be given up."""
    rules, person = world.rules, world.people[user]
    there = nodes.image_there(world, person.node, person.image, person.bound)
    person.ready = max(person.bound, there) + rules.pod_start
    ends = min(person.ready, person.admitted + rules.start_timeout)
    events.push(world, ends, events.FINISHED, user)


@compiled
def ask(world: World, user: int, now: int) -> None:
    """A user asks the hub for a server, for the first time or again."""
    state, person = world.state, world.people[user]
    if person.asked == NEVER:
        person.asked = now
        person.at_hub = person.for_node = person.for_bind = person.for_start = 0
        state.arrived += 1
    if not hub.admits(world, now):
        person.at_hub += hub.come_again(world, user, now)
        return
    person.admitted = now
    state.spawning += 1
    if bind(world, user, now) != NONE:
        start_server(world, user)
        if world.nodes[person.node].released > now:
            autoscaler.wake(world, now)
        return
    waiting.join(world, user, now)
    autoscaler.mark(world, now, 1)
    events.push(world, now + world.rules.start_timeout, events.FINISHED, user)


@compiled
def serve_waiting(world: World, now: int) -> None:
    """Bind whoever waits after something changed for the better."""
    for place in range(waiting.bind_waiting(world, now)):
        start_server(world, world.keys[place])


@compiled
def node_ready(world: World, index: int, now: int) -> None:
    """A node is Ready: the condition and the taint each have the waiting pods tried again."""
    state, machine = world.state, world.nodes[index]
    if machine.is_ready or machine.ready != now:
        return
    nodes.becomes_ready(world, index, now)
    serve_waiting(world, now)
    waiting.try_again(world, now, 1)
    if state.pending + state.held_pending > 0:
        state.loop_at = min(state.loop_at, now + world.rules.scan)
    nodes.watch_idle(world, index, now)


@compiled
def released(world: World, index: int, now: int) -> None:
    """Evicted placeholders are gone; their StatefulSet makes them again."""
    state, machine = world.state, world.nodes[index]
    if machine.terminating == 0 or machine.released > now:
        return
    waited = state.held_pending
    if world.rules.replicas > 0 and now < world.rules.minimum_until:
        state.held_pending += machine.terminating
    machine.terminating = 0
    hold(world, now)
    for _ in range(state.held_pending - waited):
        autoscaler.mark(world, now, 0)


@compiled
def free_seat(world: World, user: int, now: int) -> None:
    """Give back the room of a user's pod."""
    rules, person = world.rules, world.people[user]
    index = person.node
    take(world.nodes[index], -rules.seat_cpu, -rules.seat_memory, -1)
    world.nodes[index].seated -= 1
    person.node = NONE
    world.state.ended = now
    serve_waiting(world, now)
    nodes.watch_idle(world, index, now)


@compiled
def finished(world: World, user: int, now: int) -> None:
    """A server is ready, or its start has taken too long."""
    rules, state, person = world.rules, world.state, world.people[user]
    if person.served:
        return
    if person.ready == now:
        person.served = 1
        state.spawning -= 1
        state.failures = 0
        state.served += 1
        state.ended = now
        add_up(world, user, now)
        note_wait(world, user, now)
        events.push(world, max(person.leaves, now), events.LEFT, user)
    elif person.ready > now and person.admitted + rules.start_timeout == now:
        state.spawning -= 1
        was_bound = add_up(world, user, now)
        if was_bound:
            free_seat(world, user, now)
        else:
            waiting.leave(world, user)
        person.admitted = person.ready = NEVER
        hub.failed(world, user, now)
        lost_time = hub.come_again(world, user, now)
        if was_bound:
            person.for_start += lost_time
        else:
            person.for_node += lost_time


@compiled
def add_up(world: World, user: int, now: int) -> bool:
    """Add a start that ends now to what a user waited for; returns whether a node was found."""
    person = world.people[user]
    if person.node == NONE:
        person.for_node += now - person.admitted
        return False
    bound = min(person.bound, now)
    person.for_node += person.placed - person.admitted
    person.for_bind += bound - person.placed
    person.for_start += now - bound
    return True


@compiled
def why(world: World, user: int) -> int:
    """Return what the longest part of a user's wait was for."""
    person = world.people[user]
    longest = max(person.at_hub, person.for_node, person.for_bind, person.for_start)
    if longest == person.for_start:
        return FOR_START
    if longest == person.for_node:
        return NO_ROOM if person.no_room else FOR_NODE
    return AT_HUB if longest == person.at_hub else FOR_BIND


@compiled
def note_wait(world: World, user: int, now: int) -> None:
    """Keep the longest wait of a user and what it was for."""
    person = world.people[user]
    if now - person.asked >= person.waited:
        person.waited = now - person.asked
        person.cause = why(world, user)


@compiled
def lost(world: World, index: int, now: int) -> None:
    """A node is reclaimed or fails: whoever sat there asks again."""
    state, machine = world.state, world.nodes[index]
    if machine.ready == NEVER or machine.dies != now:
        return
    waited = state.held_pending
    if now < world.rules.minimum_until:
        state.held_pending += machine.held + machine.terminating
    state.held -= machine.held
    machine.held = machine.terminating = 0
    nodes.remove(world, index, now)
    for user in range(len(world.people)):
        person = world.people[user]
        if person.node == index:
            if person.served:
                state.served -= 1
                state.arrived -= 1
                person.served = 0
                person.asked = NEVER
            else:
                state.spawning -= 1
                add_up(world, user, now)
            person.node = NONE
            person.admitted = person.ready = NEVER
            events.push(world, now, events.ASKED, user)
    hold(world, now)
    for _ in range(state.held_pending - waited):
        autoscaler.mark(world, now, 0)
    if state.pending + state.held_pending > 0:
        autoscaler.wake(world, now)


@compiled
def settings_off(world: World, now: int) -> None:
    """The session ends: no minimum, no placeholders, and who was there before goes."""
    rules, state = world.rules, world.state
    state.minimum = state.held_pending = 0
    for index in range(rules.max_nodes):
        machine = world.nodes[index]
        if machine.ready == NEVER:
            continue
        gone = machine.held
        take(machine, -gone * rules.held_cpu, -gone * rules.held_memory, -gone)
        state.held -= gone
        machine.held = 0
        gone = machine.before
        take(machine, -gone * rules.seat_cpu, -gone * rules.seat_memory, -gone)
        machine.seated -= gone
        machine.before = 0
        if machine.is_ready:
            nodes.watch_idle(world, index, now)


@compiled
def grow(world: World, now: int) -> None:
    """Run the autoscaler's loop and add what it asks for."""
    adding = autoscaler.loop(world, now)
    for _ in range(adding):
        nodes.add(world, now)
    world.state.new_nodes += adding
    if adding:
        waiting.try_again(world, now, adding)
