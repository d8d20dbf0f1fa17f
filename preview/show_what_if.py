"""What breaks a plan first, for a reader and for machines."""

from collections.abc import Iterable
from typing import Any

from capacity.figures import dollars
from capacity.what_if import Verdict
from hubs.active import PlannedEvent
from preview.as_json import proof_json
from preview.tables import Fitting


def what_if_table(event: PlannedEvent, verdicts: Iterable[Verdict]) -> Fitting:
    """Return one row per shock: who then waits, what broke first, what surviving it costs."""
    plan, need = event.plan, event.need
    price = "" if plan.micro_usd is None else f", ${dollars(plan.micro_usd)} a session"
    table = Fitting(
        f"What if, for {event.config.name}: at most {need.waiting_permille / 10:g} % may "
        f"wait over {need.wait_limit} s; as planned {plan.proof.share_of_95 * 100:.1f} % in 95 of "
        f"100 events{price}"
    )
    table.names("what if there are")
    table.figures("waiting", "95 of 100", "longest")
    table.names("breaks first")
    table.texts("to survive")
    table.figures("$/session more")
    for verdict in verdicts:
        proof = verdict.as_planned
        table.add_row(
            verdict.shock.label,
            f"{proof.waiting_share.mean * 100:.1f} %",
            f"{proof.share_of_95 * 100:.1f} %",
            f"{proof.wait_max.mean:.0f} s",
            "-" if verdict.holds else verdict.limit,
            verdict.advice,
            _more(verdict),
            style=None if verdict.holds else "bold",
        )
    return table


def _more(verdict: Verdict) -> str:
    extra = verdict.extra_micro_usd
    if extra is None:
        return "-"
    return f"{'-' if extra < 0 else '+'}{dollars(abs(extra))}"


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict: the shock, who waits, what broke, what surviving it takes."""
    survivor = verdict.survivor
    return {
        "name": verdict.shock.name,
        "label": verdict.shock.label,
        "holds": verdict.holds,
        "breaksFirst": verdict.limit or None,
        "proof": proof_json(verdict.as_planned),
        "advice": verdict.advice,
        "survivor": None
        if survivor is None
        else {
            "warmNodes": survivor.choice.warm_nodes,
            "maxNodes": survivor.choice.max_nodes,
            "microUsdPerSession": survivor.micro_usd,
            "extraMicroUsdPerSession": verdict.extra_micro_usd,
            "waitingShare": survivor.proof.waiting_share.mean,
        },
    }
