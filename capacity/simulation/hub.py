"""The hub: who may spawn, who is told to come again, what a failed start does.

Source: JupyterHub's concurrent_spawn_limit answers 429 and asks to come again within
spawn_throttle_retry_range (30 to 60 s); consecutive_failure_limit (5 in z2jh) failed starts
without a success between them end the hub's process.
"""

from capacity.simulation import heap as events
from capacity.simulation.compiled import compiled
from capacity.simulation.layout import World


@compiled
def come_again(world: World, user: int, now: int) -> int:
    """Have a user ask again after the time that the hub names; returns how long that is."""
    rules = world.rules
    span = rules.retry_most - rules.retry_least
    wait = rules.retry_least + int(world.random.random() * span)
    wait = max(wait, world.state.hub_down_until - now)
    events.push(world, now + wait, events.ASKED, user)
    return wait


@compiled
def admits(world: World, now: int) -> bool:
    """Return whether the hub starts a server for somebody who asks now."""
    return now >= world.state.hub_down_until and world.state.spawning < world.rules.spawn_limit


@compiled
def failed(world: World, user: int, now: int) -> None:
    """Count a start that took too long; too many in a row restart the hub."""
    rules, state = world.rules, world.state
    state.failures += 1
    world.people[user].restarts += 1
    if state.failures >= rules.failure_limit:
        state.failures = 0
        state.hub_down_until = now + rules.hub_restart
