"""The cheapest way to keep the waiting within its bound, found by simulation. Pure.

The space: machine types, warm nodes, size of placeholders, lead. Every candidate meets the
same crowds, so that a difference between two of them is theirs and not chance's.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from capacity.candidates import (
    Choice,
    Option,
    held_of,
    held_per_node,
    keeps,
    nodes_for_all,
    scene_of,
    sizes,
)
from capacity.crowds import NOT_COMING, Times
from capacity.machine_choice import Alternative
from capacity.needs import Need
from capacity.proof import Proof, judge
from capacity.quantities import ceil_div
from capacity.replicas import run_drawn
from capacity.scene import HubRules
from capacity.simulation.engine import NODE_TIME

# Simulated people for each candidate: a big crowd differs less from one event to the next.
_SEARCH_PEOPLE, _FEWEST_REPLICAS, _MOST_REPLICAS = 6_400, 8, 64
_SEED = 1
_HOUR_MILLIS = 3_600 * 1_000
# Candidates that cost at most so many hundredths of the cheapest are refined, too.
_NEAR_PERCENT = 104
_NOTHING_YET = (True, 1.0, 0.0, 0.0)
# Warm nodes more that are considered when a proof fails.
_STEPS = (0, 1, 2, 4, 8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What a simulation of one candidate gave.

    Attributes:
        node_millis: Milliseconds of all nodes in all replicas, the lead included.
        proof: Who waits.
    """

    node_millis: int
    proof: Proof


def _is_near(option: Option, best: Option) -> bool:
    """Return whether an option may yet become the cheapest when it is refined."""
    mine, theirs = option.rank, best.rank
    return mine[0] == theirs[0] and mine[1] * 100 <= theirs[1] * _NEAR_PERCENT


def _usual(considered: Sequence[int]) -> int:
    """Return a size of placeholder that neither invites waits nor is emptied by a burst."""
    return considered[max(len(considered) - 3, 0)]


def first_kept(most: int, begin: int, keeps_bound: Callable[[int], bool]) -> int:
    """Return the least number up to `most` that keeps a bound, looking around `begin` first.

    What keeps it stays kept for every greater number; `most` is not tried. Steps double away
    from `begin` until the answer lies between two of them, then halve.
    """
    low, high, step = 0, most, 1
    probe = min(begin, most - 1)
    up = None
    while low < high:
        kept = keeps_bound(probe)
        low, high = (low, probe) if kept else (probe + 1, high)
        up = not kept if up is None else up
        if up == kept:
            step = 0
        probe = (low + high) // 2
        if step:
            probe = min(low + step - 1, high - 1) if up else max(high - step, low)
            step *= 2
    return low


@dataclass
class Search:
    """Candidates for one event, each tried once.

    Attributes:
        need: What is known of the event.
        hub: How the hub starts servers.
        seed: What chance starts from.
        warm_permille: Share of warm nodes that kept the bound last, in thousandths.
        tried: What every candidate gave.
    """

    need: Need
    hub: HubRules
    seed: int = _SEED
    warm_permille: int = 500
    tried: dict[tuple[int, int, int, int, int | None], Tried] = field(default_factory=dict)

    @cached_property
    def replicas(self) -> int:
        """Return how many events are simulated for each candidate."""
        return max(_FEWEST_REPLICAS, min(_MOST_REPLICAS, _SEARCH_PEOPLE // self.need.users))

    @cached_property
    def _drawn(self) -> tuple[Times, Times, list[np.random.SeedSequence]]:
        seeds = np.random.SeedSequence(self.seed).spawn(self.replicas + 1)
        arrivals, leaves = self.need.crowd.draw(self.replicas, np.random.default_rng(seeds[-1]))
        return arrivals, leaves, seeds

    @cached_property
    def seat_millis(self) -> int:
        """Return how long seats are in use in an event on average, in milliseconds."""
        arrivals, leaves, _ = self._drawn
        there = (arrivals < NOT_COMING) & (leaves < NOT_COMING)
        return int((leaves - arrivals)[there].sum()) // self.replicas

    def bound(self, alternative: Alternative) -> int:
        """Return what a type costs at least: every seat paid for only while it is used."""
        price = alternative.offer.micro_usd_per_hour or 0
        return price * self.seat_millis // (_HOUR_MILLIS * alternative.seats.seats)

    def evaluate(self, choice: Choice) -> Option:
        """Return what a choice costs and who waits with it."""
        return self._priced(choice, self._simulated(choice))

    def option(self, alternative: Alternative, warm: int, size: int, lead: int | None) -> Option:
        """Return one candidate; types with as many seats a node are simulated once."""
        choice = Choice(
            alternative=alternative,
            warm_nodes=warm,
            held=held_of(self.need, alternative, warm, size),
            max_nodes=max(nodes_for_all(self.need, alternative), warm),
            lead=lead,
        )
        hold = held_per_node(self.need, alternative)
        key = (alternative.seats.seats, hold, warm, size, lead)
        if key not in self.tried:
            self.tried[key] = self._simulated(choice)
        return self._priced(choice, self.tried[key])

    def _simulated(self, choice: Choice) -> Tried:
        arrivals, leaves, seeds = self._drawn
        runs = run_drawn(scene_of(self.need, choice, self.hub), arrivals, leaves, seeds)
        node_millis = int(runs.summary[:, NODE_TIME].sum())
        if choice.lead is None:
            node_millis += self.replicas * choice.warm_nodes * self.need.lead * 1000
        proof = judge(runs, self.need.wait_limit, self.seed)
        return Tried(node_millis=node_millis, proof=proof)

    def _priced(self, choice: Choice, tried: Tried) -> Option:
        price = choice.alternative.offer.micro_usd_per_hour
        hours = self.replicas * _HOUR_MILLIS
        return Option(
            choice=choice,
            micro_usd=None if price is None else ceil_div(price * tried.node_millis, hours),
            proof=tried.proof,
            within_bound=keeps(self.need, tried.proof),
        )

    def quick(self, alternative: Alternative) -> Option:
        """Return the cheapest candidate of a machine type with placeholders of a usual size."""
        size = _usual(sizes(self.need, alternative))
        found = [self._with(alternative, size, lead) for lead in self.need.leads or (None,)]
        return min(found, key=lambda option: option.rank)

    def refined(self, option: Option) -> Option:
        """Return the best on a candidate's machine type: every lead, placeholders of every size."""
        alternative = option.choice.alternative
        found = [option]
        for lead in self.need.leads or (None,):
            found += [self._with(alternative, size, lead) for size in sizes(self.need, alternative)]
        return min(found, key=lambda one: one.rank)

    def _with(self, alternative: Alternative, size: int, lead: int | None) -> Option:
        """Return the candidate with the fewest warm nodes for one size and lead."""
        most = nodes_for_all(self.need, alternative)
        if self.need.every_seat_warm:
            return self.option(alternative, most, size, lead)
        return self.option(alternative, self._fewest(alternative, size, lead, most), size, lead)

    def _fewest(self, alternative: Alternative, size: int, lead: int | None, most: int) -> int:
        """Return the fewest warm nodes that keep the bound.

        It begins beside the share of warm nodes that was found last: other machine types,
        sizes and leads want nearly the same.
        """
        begin = ceil_div(self.warm_permille * most, 1000)
        found = first_kept(
            most, begin, lambda warm: self.option(alternative, warm, size, lead).within_bound
        )
        self.warm_permille = found * 1000 // most
        return found

    def ranked(self, alternatives: Sequence[Alternative], shown: int) -> list[Option]:
        """Return the best candidate of each type, cheapest first; at least so many types.

        A type whose seats alone cost more than the best candidate is not simulated.
        """
        found: list[Option] = []
        for alternative in sorted(alternatives, key=self.bound):
            cheapest = min((one.rank for one in found), default=_NOTHING_YET)
            enough = len(found) >= shown and not cheapest[0]
            if enough and self.bound(alternative) >= cheapest[1]:
                break
            found.append(self.quick(alternative))
        found.sort(key=lambda option: option.rank)
        near = [self.refined(one) if _is_near(one, found[0]) else one for one in found]
        return sorted(near, key=lambda option: option.rank)

    def dearer(self, option: Option) -> list[Option]:
        """Return what else there is on the same machine type, the cheapest first.

        That is as many warm nodes or more, at every lead.
        """
        choice = option.choice
        alternative, held = choice.alternative, choice.held
        size = held.seats if held else 1
        most = nodes_for_all(self.need, alternative)
        found = [
            self.option(alternative, warm, size, lead)
            for lead in self.need.leads or (None,)
            for warm in sorted({min(choice.warm_nodes + more, most) for more in _STEPS})
        ]
        return sorted(
            (one for one in found if one.within_bound and one.rank > option.rank),
            key=lambda one: one.rank,
        )

    def curve(self, best: Option, points: int) -> list[Option]:
        """Return what fewer or more warm nodes would cost, and who would wait."""
        held = best.choice.held
        alternative, lead = best.choice.alternative, best.choice.lead
        most = nodes_for_all(self.need, alternative)
        size = held.seats if held else sizes(self.need, alternative)[0]
        wanted = {round(most * step / max(points - 1, 1)) for step in range(points)}
        return [
            self.option(alternative, warm, size, lead)
            for warm in sorted(wanted | {best.choice.warm_nodes})
        ]
