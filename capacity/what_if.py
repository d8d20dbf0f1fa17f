"""What breaks a plan first when things go otherwise, and what surviving it costs. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from capacity.candidates import Choice, Option
from capacity.crowds import Poisson
from capacity.machine_choice import Alternative
from capacity.needs import Need
from capacity.plan import spawn_limit, start_timeout
from capacity.planned import Plan
from capacity.proof import Cause, Proof
from capacity.quantities import ceil_div
from capacity.scene import HubRules
from capacity.search import Search

# Of a quota that falls short, what is left; of spot nodes taken at once, how many.
_QUOTA_PERCENT = 75
_SPOT_WAVE_PERMILLE = 333
# What cannot happen to nodes of one's own, which nothing adds or takes away.
_OF_A_CLOUD = ("zoneGone", "spotWave", "quotaShort")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shock:
    """Something that goes otherwise than planned: what is then known of the event."""

    name: str
    label: str
    need: Need


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a shock does to a plan.

    Attributes:
        shock: What goes otherwise.
        as_planned: Who waits with the plan as it is.
        holds: Whether the bound on waiting is kept.
        limit: What held people up most, with its number; empty where nobody waits.
        survivor: The cheapest plan on the same machine type that keeps the bound; None if
            none does, or the plan holds.
        extra_micro_usd: What it costs more for one session; None without a price.
        advice: What to change, in words.
    """

    shock: Shock
    as_planned: Proof
    holds: bool
    limit: str
    survivor: Option | None
    extra_micro_usd: int | None
    advice: str


def shocks(need: Need, plan: Plan, zones: int) -> Iterator[Shock]:
    """Yield everything that is tried: people, image, nodes, a zone, spot nodes, quota."""
    half = need.within // 2
    for percent in (150, 200):
        yield Shock(
            name=f"users{percent}",
            label=f"{percent / 100:g} times the users",
            need=more_users(need, percent),
        )
    yield Shock(
        name="image300",
        label="an image three times as big",
        need=replace(need, image_pull=3 * need.image_pull),
    )
    yield Shock(
        name="slowNodes",
        label="nodes twice as slow to start",
        need=replace(need, node_ready=2 * need.node_ready),
    )
    if zones > 1:
        yield Shock(
            name="zoneGone",
            label=f"one of {zones} zones gone while people come",
            need=replace(need, lost_permille=1000 // zones, lost_at=half),
        )
    yield Shock(
        name="spotWave",
        label="a third of the warm nodes reclaimed (were they spot)",
        need=replace(need, lost_permille=_SPOT_WAVE_PERMILLE, lost_at=half),
    )
    left = plan.max_nodes * _QUOTA_PERCENT // 100
    yield Shock(
        name="quotaShort",
        label=f"a quota for {left} of {plan.max_nodes} nodes",
        need=replace(need, node_limit=left),
    )


def more_users(need: Need, percent: int) -> Need:
    """Return an event with so many hundredths of the users, in the same time."""
    arrive = need.arrive
    if isinstance(arrive, Poisson):
        arrive = Poisson(arrive.users * percent, arrive.every * 100)
    return replace(need, users=ceil_div(need.users * percent, 100), arrive=arrive)


def what_if(need: Need, plan: Plan, zones: int) -> Iterator[Verdict]:
    """Yield what every shock does to a plan, one after the other."""
    for shock in shocks(need, plan, zones):
        if plan.chosen.offer.count is None or shock.name not in _OF_A_CLOUD:
            yield judged(shock, plan)


def judged(shock: Shock, plan: Plan) -> Verdict:
    """Return what a shock does to a plan, and the cheapest way to survive it."""
    hub = HubRules(spawn_limit=plan.spawn_limit, start_timeout=plan.start_timeout)
    planned = plan.options[0].choice
    limit = shock.need.node_limit
    if limit is not None:
        warm = min(planned.warm_nodes, limit)
        planned = replace(planned, max_nodes=limit, warm_nodes=warm)
    now = Search(shock.need, hub).evaluate(planned)
    survivor = None if now.within_bound else _survivor(shock.need, plan)
    return Verdict(
        shock=shock,
        as_planned=now.proof,
        holds=now.within_bound,
        limit=_first_limit(now.proof, shock.need, plan, planned),
        survivor=survivor,
        extra_micro_usd=_extra(survivor, plan),
        advice=_advice(now, survivor, plan, limit),
    )


def _survivor(need: Need, plan: Plan) -> Option | None:
    """Return the cheapest plan on the same machine type for what is then known."""
    if plan.chosen.offer.count is not None:
        return None
    nodes = ceil_div(need.users, plan.chosen.seats.seats)
    alternative = Alternative(offer=plan.chosen.offer, seats=plan.chosen.seats, nodes=nodes)
    hub = HubRules(spawn_limit=spawn_limit(need), start_timeout=start_timeout(need))
    search = Search(replace(need, node_limit=None), hub)
    found = search.refined(search.quick(alternative))
    return found if found.within_bound else None


def _extra(survivor: Option | None, plan: Plan) -> int | None:
    if survivor is None or survivor.micro_usd is None or plan.micro_usd is None:
        return None
    return survivor.micro_usd - plan.micro_usd


def _first_limit(proof: Proof, need: Need, plan: Plan, choice: Choice) -> str:
    """Return what held people up most, with its number."""
    if not any(proof.causes.values()):
        return ""
    cause = max(proof.causes, key=lambda name: proof.causes[name])
    told: dict[Cause, str] = {
        "nodeBoot": f"warm nodes: {choice.warm_nodes}",
        "maxNodes": f"most nodes: {choice.max_nodes}",
        "spawnLimit": f"spawn limit: {plan.spawn_limit}",
        "scheduler": f"scheduler: {plan.scene.scheduler_rate} binds/s",
        "imagePull": f"image pull: {need.image_pull} s",
        "notServed": f"seats: {choice.max_nodes * choice.alternative.seats.seats}",
    }
    return told[cause]


def _advice(now: Option, survivor: Option | None, plan: Plan, limit: int | None) -> str:
    if now.within_bound:
        return "holds as it is"
    if limit is not None:
        return f"request a quota for {plan.max_nodes} nodes"
    if survivor is None:
        return "none of the plans tried keeps the bound"
    changes = [
        f"{name} {before} -> {after}"
        for name, before, after in (
            ("warm nodes", plan.warm_nodes, survivor.choice.warm_nodes),
            ("most nodes", plan.max_nodes, survivor.choice.max_nodes),
        )
        if before != after
    ]
    return ", ".join(changes) or "a spawn limit and a start timeout for what then comes"
