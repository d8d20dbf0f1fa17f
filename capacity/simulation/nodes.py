"""Nodes that come, are filled with images, stand idle, go or are lost."""

import math

from capacity.simulation import heap as events
from capacity.simulation.compiled import compiled
from capacity.simulation.layout import NEVER, Random, World
from capacity.simulation.scheduler import NONE


@compiled
def lognormal(random: Random, median: float, sigma: float) -> int:
    """Return a duration in milliseconds whose median and spread are given."""
    if sigma == 0.0:
        return int(median)
    return int(median * math.exp(sigma * random.standard_normal()))


@compiled
def _free_slot(world: World) -> int:
    for index in range(world.rules.max_nodes):
        if world.nodes[index].ready == NEVER:
            return index
    return NONE


@compiled
def add(world: World, now: int) -> int:
    """Ask for a node; returns its slot. There must be one free."""
    rules, state = world.rules, world.state
    index = _free_slot(world)
    machine = world.nodes[index]
    machine.cpu = rules.node_cpu
    machine.memory = rules.node_memory
    machine.pods = rules.node_pods
    machine.seated = machine.before = machine.held = machine.terminating = 0
    machine.held_since = machine.released = now
    machine.created = now
    machine.ready = now + lognormal(world.random, rules.boot_p50, rules.boot_sigma)
    machine.is_ready = 0
    machine.pull = lognormal(world.random, rules.pull_p50, rules.pull_sigma)
    machine.idle_since = NEVER
    machine.dies = NEVER
    world.images[index, :] = NEVER
    state.nodes += 1
    state.most_nodes = max(state.most_nodes, state.nodes)
    events.push(world, machine.ready, events.NODE_READY, index)
    if rules.reclaim_mean:
        life = int(world.random.standard_exponential() * rules.reclaim_mean)
        lives_from = max(now, 0) if rules.lead < 0 else now
        dooms(world, index, lives_from + life)
    return index


@compiled
def dooms(world: World, index: int, when: int) -> None:
    """Have a node be lost at a time."""
    world.nodes[index].dies = when
    events.push(world, when, events.LOST, index)


@compiled
def becomes_ready(world: World, index: int, now: int) -> None:
    """Note that a node is Ready; a pre-puller then pulls every image, one by one."""
    rules, machine = world.rules, world.nodes[index]
    machine.is_ready = 1
    machine.pulls_until = now
    if rules.pre_puller:
        for image in range(rules.images):
            machine.pulls_until += machine.pull
            world.images[index, image] = machine.pulls_until


@compiled
def image_there(world: World, index: int, image: int, bound: int) -> int:
    """Return when an image is on a node on which a server was bound."""
    machine = world.nodes[index]
    if world.images[index, image] == NEVER:
        machine.pulls_until = max(bound, machine.pulls_until) + machine.pull
        world.images[index, image] = machine.pulls_until
    return world.images[index, image]


@compiled
def watch_idle(world: World, index: int, now: int) -> None:
    """Start the clock of a node on which nothing runs any more."""
    machine = world.nodes[index]
    if machine.seated == 0 and machine.held == 0 and machine.terminating == 0:
        machine.idle_since = now
        events.push(world, now + world.rules.scale_down, events.IDLE, index)


@compiled
def remove(world: World, index: int, now: int) -> None:
    """Take a node away and charge for its time."""
    state, machine = world.state, world.nodes[index]
    state.node_time += now - charged_from(world, index)
    state.nodes -= 1
    machine.ready = NEVER
    machine.is_ready = 0
    machine.idle_since = NEVER


@compiled
def charged_from(world: World, index: int) -> int:
    """Return from when a node is charged: warm ones without a lead from the first arrival."""
    created = world.nodes[index].created
    return max(created, 0) if world.rules.lead < 0 else created


@compiled
def idle(world: World, index: int, now: int) -> None:
    """Remove a node that stood idle long enough and is not kept by the minimum.

    Where people stay for a time, nodes are charged until the last one goes.
    """
    state, machine = world.state, world.nodes[index]
    if not machine.is_ready or machine.idle_since == NEVER:
        return
    if now - machine.idle_since < world.rules.scale_down or state.nodes <= state.minimum:
        return
    remove(world, index, now)
    if world.people[0].leaves < NEVER:
        state.ended = now
