"""What breaks a plan first: a row per shock for a reader, the whole of it for machines."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from capacity.proof import CAUSES, Interval, Proof
from capacity.what_if import Shock, Verdict
from hubs.active import PlannedEvent
from preview.as_json import proof_json
from preview.loaded import Loaded
from preview.show_what_if import verdict_json, what_if_table

Load = Callable[[str], Loaded]
Lines = Callable[..., list[str]]


def _proof(event: PlannedEvent, *, share: float, share_of_95: float, longest: float) -> Proof:
    return replace(
        event.plan.proof,
        waiting_share=Interval(share, share, share),
        share_of_95=share_of_95,
        wait_max=Interval(longest, longest, longest),
    )


def _holds(event: PlannedEvent) -> Verdict:
    return Verdict(
        shock=Shock(name="image300", label="an image three times as big", need=event.need),
        as_planned=_proof(event, share=0.0, share_of_95=0.0, longest=0.05),
        holds=True,
        limit="warm nodes: 8",
        survivor=None,
        extra_micro_usd=None,
        advice="holds as it is",
    )


def _breaks(event: PlannedEvent, extra: int | None) -> Verdict:
    option = event.plan.options[0]
    choice = replace(option.choice, warm_nodes=11, max_nodes=12)
    return Verdict(
        shock=Shock(name="users150", label="1.5 times the users", need=event.need),
        as_planned=_proof(event, share=0.204, share_of_95=0.2512, longest=611.5),
        holds=False,
        limit="most nodes: 8",
        survivor=replace(option, choice=choice, micro_usd=36_690_000),
        extra_micro_usd=extra,
        advice="warm nodes 8 -> 11, most nodes 8 -> 12",
    )


def _rows(event: PlannedEvent, verdicts: list[Verdict], lines: Lines) -> list[str]:
    return [" ".join(line.split()) for line in lines(what_if_table(event, verdicts))]


def test_a_table_has_a_row_per_shock(loaded: Load, lines: Lines) -> None:
    event = loaded("exam").events[0]
    proof = replace(event.plan.proof, share_of_95=0.0)
    event = replace(event, plan=replace(event.plan, micro_usd=26_680_001, proof=proof))

    assert _rows(event, [_breaks(event, 10_010_000), _holds(event)], lines) == [
        (
            "What if, for final: at most 0 % may wait over 60 s; as planned 0.0 % in 95 of 100 "
            "events, $26.69 a session"
        ),
        "what if there are waiting 95 of 100 longest breaks first to survive $/session more",
        (
            "1.5 times the users 20.4 % 25.1 % 612 s most nodes: 8 warm nodes 8 -> 11, most nodes "
            "8 -> 12 +10.01"
        ),
        "an image three times as big 0.0 % 0.0 % 0 s - holds as it is -",
    ]


def test_without_a_price_a_dash_stands_for_it(loaded: Load, lines: Lines) -> None:
    event = loaded("campus").events[0]

    assert _rows(event, [_holds(event)], lines)[0] == (
        "What if, for demo: at most 30 % may wait over 60 s; as planned 0.0 % in 95 of 100 events"
    )


@pytest.mark.parametrize(
    ("extra", "told"),
    [
        (None, "-"),
        (0, "+0.00"),
        (1, "+0.01"),
        (10_010_000, "+10.01"),
        (-5_690_000, "-5.69"),
    ],
)
def test_what_surviving_costs_has_a_sign(
    extra: int | None, told: str, loaded: Load, lines: Lines
) -> None:
    event = loaded("exam").events[0]

    assert _rows(event, [_breaks(event, extra)], lines)[2].split()[-1] == told


def test_what_breaks_is_in_bold(loaded: Load) -> None:
    event = loaded("exam").events[0]
    table = what_if_table(event, [_holds(event), _breaks(event, None)])

    assert [row.style for row in table.rows] == [None, "bold"]


def test_machines_read_a_verdict_whole(loaded: Load) -> None:
    event = loaded("exam").events[0]
    verdict = _breaks(event, 10_010_000)

    found = verdict_json(verdict)
    assert found == {
        "name": "users150",
        "label": "1.5 times the users",
        "holds": False,
        "breaksFirst": "most nodes: 8",
        "proof": proof_json(verdict.as_planned),
        "advice": "warm nodes 8 -> 11, most nodes 8 -> 12",
        "survivor": {
            "warmNodes": 11,
            "maxNodes": 12,
            "microUsdPerSession": 36_690_000,
            "extraMicroUsdPerSession": 10_010_000,
            "waitingShare": event.plan.options[0].proof.waiting_share.mean,
        },
    }
    assert found["proof"]["waitingShareOf95Events"] == 0.2512
    assert list(found["proof"]["causes"]) == list(CAUSES)


def test_nothing_breaks_where_nobody_waits(loaded: Load) -> None:
    event = loaded("exam").events[0]
    calm = replace(_holds(event), limit="")

    found = verdict_json(calm)
    assert (found["holds"], found["breaksFirst"], found["survivor"]) == (True, None, None)
    assert verdict_json(_holds(event))["breaksFirst"] == "warm nodes: 8"
