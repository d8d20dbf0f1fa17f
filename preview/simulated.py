"""What a simulation says: every figure with its reason, and as JSON."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Any

from capacity.figures import dollars
from capacity.proof import CAUSES, Cause, Interval, Proof, judge
from capacity.replicas import Runs, run_replicas
from events.durations import show
from hubs.scenario_scene import Scenario

_MINUTE = 60
_DIGITS = 6
_MILLIS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """A scenario and what came of it."""

    scenario: Scenario
    runs: Runs
    proof: Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One figure for a reader: its mean, the interval around it, where it comes from."""

    name: str
    mean: str
    interval: str
    because: str


def simulated(scenario: Scenario, *, sampled: bool = False) -> Simulated:
    """Return what comes of a scenario; `sampled` keeps what a picture needs."""
    scene = scenario.scene
    runs = run_replicas(scene, scenario.crowd, scenario.replicas, scenario.seed, sampled=sampled)
    proof = judge(runs, scene.wait_limit, scenario.seed)
    return Simulated(scenario=scenario, runs=runs, proof=proof)


def seconds_text(seconds: float) -> str:
    """Return seconds for a reader: `0.05 s`, `12.3 s`, `33m52s`."""
    if seconds >= _MINUTE:
        return show(round(seconds))
    return f"{seconds:.2f} s" if seconds < 1 else f"{seconds:.3g} s"


def _possible(found: Interval, most: float = float("inf")) -> Interval:
    """Return an interval cut to what can be: from 0 to `most`."""
    return Interval(found.mean, max(found.low, 0.0), min(found.high, most))


def figures(of: Simulated) -> Iterator[Told]:
    """Yield every figure with the reason for it."""
    yield from _waits(of)
    yield from _nodes(of)


def _waits(of: Simulated) -> Iterator[Told]:
    proof, limit = of.proof, seconds_text(of.scenario.scene.wait_limit)
    events = "of one event" if proof.replicas == 1 else f"mean of {proof.replicas} events"
    yield Told(
        name="waiting share",
        mean=f"{proof.waiting_share.mean:.1%}",
        interval="{0.low:.1%} to {0.high:.1%}".format(_possible(proof.waiting_share, 1)),
        because=f"people whose server runs later than {limit} after asking (waitLimit); {events}",
    )
    for name, found, what in (
        ("median wait", proof.wait_p50, "of all waits"),
        ("95th percentile", proof.wait_p95, "of all waits"),
        ("longest wait", proof.wait_max, "of all waits"),
    ):
        cut = _possible(found)
        yield Told(
            name=name,
            mean=seconds_text(found.mean),
            interval=f"{seconds_text(cut.low)} to {seconds_text(cut.high)}",
            because=f"{what}; {events}",
        )


def _nodes(of: Simulated) -> Iterator[Told]:
    scene, proof = of.scenario.scene, of.proof
    begins = "the first second" if scene.lead is None else f"{show(scene.lead)} before (lead)"
    added = f"added to {scene.warm_nodes} warm ones (warmNodes); at most {scene.max_nodes} in all"
    held = f"of {scene.placeholders.replicas} placeholders, those that users preempted"
    ends = "the last server runs" if of.scenario.crowd.stay is None else "the last node goes"
    hours = f"of all nodes, from {begins} until {ends}"
    for name, found, digits, because in (
        ("new nodes", proof.new_nodes, 1, added),
        ("evictions", proof.evictions, 1, held),
        ("node hours", proof.node_hours, 2, hours),
    ):
        cut = _possible(found)
        yield Told(
            name=name,
            mean=f"{found.mean:.{digits}f}",
            interval=f"{cut.low:.{digits}f} to {cut.high:.{digits}f}",
            because=because,
        )
    price = of.scenario.micro_usd_per_hour
    if price is not None:
        cost = [dollars(ceil(one * price)) for one in _three(proof.node_hours)]
        yield Told(
            name="cost in dollars",
            mean=cost[0],
            interval=f"{cost[1]} to {cost[2]}",
            because=f"node hours x {dollars(price)} (nodePrice), rounded up",
        )


def _three(found: Interval) -> tuple[float, float, float]:
    cut = _possible(found)
    return cut.mean, cut.low, cut.high


def main_cause(proof: Proof) -> Cause | None:
    """Return what most people wait for who wait longer than the limit; None if nobody does."""
    cause = max(proof.causes, key=lambda name: proof.causes[name])
    return cause if proof.causes[cause] else None


def trace(of: Simulated) -> list[dict[str, Any]]:
    """Return who waited how long and why in the first of the events, by arrival."""
    names = {number: name for name, number in CAUSES.items()}
    rows = zip(of.runs.arrivals[0], of.runs.waits[0], of.runs.causes[0], strict=True)
    return [
        {
            "user": user,
            "arrival": int(arrival) / _MILLIS,
            "wait": int(wait) / _MILLIS,
            "cause": names[int(cause)] if wait else None,
        }
        for user, (arrival, wait, cause) in enumerate(rows, start=1)
        if wait >= 0
    ]


def simulated_json(of: Simulated, *, traced: bool = False) -> dict[str, Any]:
    """Return a simulation for machines; waits in seconds, shares from 0 to 1."""
    proof = of.proof
    found: dict[str, Any] = {
        "replicas": proof.replicas,
        "seed": proof.seed,
        "waitLimit": of.scenario.scene.wait_limit,
        "came": _figure(proof.came),
        "waitingShare": _figure(_possible(proof.waiting_share, 1)),
        "waitingShareOf95": round(proof.share_of_95, _DIGITS),
        "waitP50": _figure(proof.wait_p50),
        "waitP95": _figure(proof.wait_p95),
        "waitMax": _figure(proof.wait_max),
        "newNodes": _figure(proof.new_nodes),
        "mostNodes": _figure(proof.most_nodes),
        "evictions": _figure(proof.evictions),
        "nodeHours": _figure(proof.node_hours),
        "failedStarts": _figure(proof.restarts),
        "unserved": _figure(proof.unserved),
        "causes": {name: round(share, _DIGITS) for name, share in proof.causes.items()},
    }
    price = of.scenario.micro_usd_per_hour
    if price is not None:
        mean, low, high = (ceil(one * price) for one in _three(proof.node_hours))
        found["costMicroUsd"] = {"mean": mean, "low": low, "high": high}
    return found | ({"trace": trace(of)} if traced else {})


def _figure(found: Interval) -> dict[str, float]:
    mean, low, high = (round(one, _DIGITS) for one in _three(found))
    return {"mean": mean, "low": low, "high": high}
