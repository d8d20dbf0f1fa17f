"""Making the plan of an event: machine type, nodes, warm seats, placeholders, limits. Pure.

Nothing here knows the time: `events` says when a plan is on.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from capacity import figures
from capacity.candidates import Choice, Option, keeps, scene_of
from capacity.machine_choice import Alternative
from capacity.needs import SLOW_PERCENT, Need, Overrides
from capacity.planned import Plan
from capacity.proof import Proof, prove
from capacity.quantities import ceil_div
from capacity.scene import HubRules
from capacity.search import Search

# The chart's defaults for hub.concurrentSpawnLimit and singleuser.startTimeout (z2jh 4.4).
CHART_SPAWN_LIMIT, CHART_START_TIMEOUT = 64, 300
# Machine types that are tried whatever they cost, for a reader to compare.
SHOWN_TYPES = 4
_CURVE_POINTS = 6
# Simulated people of the proof. Of 59 events none may exceed what 95 of 100 are said to keep.
_PROOF_PEOPLE, _FEWEST_REPLICAS, _MOST_REPLICAS = 48_000, 60, 400
_PROOF_SEED = 2


def spawn_limit(need: Need) -> int:
    """Return how many spawns may be in flight at once: all that come while a node starts."""
    in_flight = need.crowd.peak(need.node_ready + need.image_pull)
    return max(CHART_SPAWN_LIMIT, in_flight)


def start_timeout(need: Need) -> int:
    """Return the seconds a start may take: a slow node and a slow pull outlasted."""
    return longest_start(need.node_ready, need.image_pull, need.slow_percent)


def longest_start(node_ready: int, image_pull: int, slow_percent: int = SLOW_PERCENT) -> int:
    """Return the seconds a start may take on nodes that come when they are asked for."""
    slow = ceil_div((node_ready + image_pull) * slow_percent, 100)
    return max(CHART_START_TIMEOUT, slow)


def make_plan(need: Need, ranked: Sequence[Alternative], overrides: Overrides) -> Plan:
    """Return the cheapest plan that keeps the bound on waiting, with its overrides.

    The same question has the same answer, which is kept.
    """
    return _made(need, tuple(ranked), overrides)


@lru_cache(maxsize=128)
def _made(need: Need, ranked: tuple[Alternative, ...], overrides: Overrides) -> Plan:
    hub = HubRules(spawn_limit=spawn_limit(need), start_timeout=start_timeout(need))
    search = Search(need, hub)
    fixed = ranked[0].offer.count
    if fixed is None:
        options = search.ranked(ranked, SHOWN_TYPES)
        wanted = _overridden(search, options[0], overrides)
        options = [wanted, *options[1:]]
        best, proof = _proved(search, wanted, overrides)
        options[0] = best
        curve = search.curve(best, _CURVE_POINTS)
    else:
        choice = Choice(alternative=ranked[0], warm_nodes=fixed, held=None, max_nodes=fixed)
        best, curve = search.evaluate(choice), []
        options, proof = [best], _proof(search, best)
    draft = _drafted(search, best, proof)
    draft = replace(draft, options=tuple(options), considered=len(ranked), curve=tuple(curve))
    return replace(draft, figures=tuple(figures.of_plan(need, draft, overrides)))


def _drafted(search: Search, best: Option, proof: Proof) -> Plan:
    need, choice = search.need, best.choice
    seats = choice.warm_nodes * choice.alternative.seats.seats
    return Plan(
        chosen=choice.alternative,
        options=(),
        considered=1,
        tried=len(search.tried),
        curve=(),
        warm_nodes=choice.warm_nodes,
        warm_seats=min(seats - choice.alternative.offer.taken(need.seat), need.users),
        max_nodes=choice.max_nodes,
        placeholders=choice.held,
        micro_usd=best.micro_usd,
        scene=scene_of(need, choice, search.hub),
        proof=proof,
        spawn_limit=spawn_limit(need),
        start_timeout=start_timeout(need),
        figures=(),
    )


def _overridden(search: Search, best: Option, overrides: Overrides) -> Option:
    """Return the best option with what the stack file sets instead."""
    if overrides == Overrides():
        return best
    choice = best.choice
    if overrides.warm_nodes is not None:
        size = choice.held.seats if choice.held else 1
        choice = search.option(choice.alternative, overrides.warm_nodes, size, choice.lead).choice
    if overrides.placeholders is not None:
        choice = replace(choice, held=overrides.placeholders)
    if overrides.max_nodes is not None:
        fewer = min(choice.warm_nodes, overrides.max_nodes)
        choice = replace(choice, max_nodes=overrides.max_nodes, warm_nodes=fewer)
    return search.evaluate(choice)


def _proof(search: Search, option: Option) -> Proof:
    scene = scene_of(search.need, option.choice, search.hub)
    crowd = search.need.crowd
    replicas = max(_FEWEST_REPLICAS, min(_MOST_REPLICAS, _PROOF_PEOPLE // crowd.users))
    return prove(scene, crowd, replicas, _PROOF_SEED)


def _proved(search: Search, option: Option, overrides: Overrides) -> tuple[Option, Proof]:
    """Return the cheapest option whose bound holds with fresh seeds, too, and the proof.

    What the stack file decides is proved as it is.
    """
    proof = _proof(search, option)
    if overrides != Overrides() or not option.within_bound:
        return option, proof
    for other in [option, *search.dearer(option)]:
        found = proof if other is option else _proof(search, other)
        if keeps(search.need, found):
            return other, found
    return option, proof
