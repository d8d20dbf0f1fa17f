"""What machines read has exactly these keys, and plain values."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from preview.ahead import Ahead, Judged
from preview.as_json import plan_json, plans_json, preview_json
from preview.diff import Change
from preview.identities import without_identities
from preview.loaded import Loaded
from preview.pack import Verdict, Violation
from preview.run import Previewed

Previews = Callable[[str, str], Previewed]

KEYS = [
    "stack",
    "at",
    "refused",
    "violations",
    "notApplicable",
    "later",
    "plan",
    "phases",
    "homes",
    "freezes",
    "missingSecrets",
    "upgrades",
    "resources",
]


def _read(content: object) -> Any:  # noqa: ANN401 - any JSON value
    """Return what a machine reads of what is written."""
    return json.loads(json.dumps(content))


def test_a_preview_has_exactly_these_keys(previewed: Previews) -> None:
    shown = previewed("workshop", "event")
    found = _read(preview_json(shown, None))

    assert list(found) == KEYS
    assert found["stack"] == "workshop"
    assert found["at"] == "2026-12-07T09:00:00-05:00"
    assert (found["refused"], found["notApplicable"]) == (False, {})
    assert found["upgrades"] == []
    # Nobody has read the quotas of a shipped stack.
    assert [(told["policy"], told["level"]) for told in found["violations"]] == [
        ("quotas-read", "advisory")
    ]
    assert [it["urn"] for it in found["resources"]] == [
        it.urn for it in without_identities(shown.resources)
    ]
    assert {tuple(resource) for resource in found["resources"]} == {
        ("urn", "type", "name", "parent", "inputs")
    }


def test_a_comparison_adds_what_differs(previewed: Previews) -> None:
    change = Change(kind="added", urn="urn:one", type="a:b:C", name="one")

    found = _read(preview_json(previewed("workshop", "event"), [change]))
    assert list(found) == [*KEYS, "diff"]
    assert found["diff"] == [{"kind": "added", "urn": "urn:one", "type": "a:b:C", "name": "one"}]


def test_a_comparison_without_a_difference_says_so(previewed: Previews) -> None:
    assert _read(preview_json(previewed("workshop", "event"), []))["diff"] == []


def test_a_violation_is_four_things(previewed: Previews) -> None:
    good = previewed("workshop", "event")
    violation = Violation(policy="one", level="mandatory", urn="urn:one", message="No.")
    verdict = Verdict(rules=("one",), violations=(violation,), not_applicable={})
    bad = Previewed(loaded=good.loaded, now=good.now, resources=good.resources, verdict=verdict)

    found = _read(preview_json(bad, None))
    assert found["refused"] is True
    assert found["violations"] == [
        {"policy": "one", "level": "mandatory", "urn": "urn:one", "message": "No."}
    ]


def test_a_plan_has_every_figure_with_its_reason_and_source(
    loaded: Callable[[str], Loaded],
) -> None:
    event = loaded("workshop").events[0]
    found = _read(plan_json(event))

    assert list(found) == ["hub", "figures", "proof", "tried", "alternatives", "tradeOff"]
    assert found["hub"] == "workshop"
    assert list(found["figures"]) == [figure.name for figure in event.plan.figures]
    assert {tuple(figure) for figure in found["figures"].values()} == {
        ("value", "unit", "because", "source")
    }
    assert [figure for figure in found["figures"].values() if not figure["because"]] == []
    assert [figure for figure in found["figures"].values() if not figure["source"]] == []
    assert {name: figure["value"] for name, figure in found["figures"].items()} == {
        "machineType": "n2-highmem-4",
        "node": 28310651944,
        "seat": 3650722202,
        "seatsPerNode": 7,
        "nodes": 35,
        "warmSeats": 168,
        "rateRule": 200,
        "warmNodes": 24,
        "placeholders": 48,
        "maxNodes": 35,
        # No new node is ready within the 12 minutes: 240 - 168 of 240.
        "waitingShare": "30.0",
        "waitP95": found["figures"]["waitP95"]["value"],
        "waitMax": found["figures"]["waitMax"]["value"],
        "sessionCost": found["figures"]["sessionCost"]["value"],
        "spawnLimit": 240,
        "startTimeout": 1284,
    }


def test_a_proof_tells_every_wait_with_its_interval(loaded: Callable[[str], Loaded]) -> None:
    plan = loaded("workshop").events[0].plan
    found = _read(plan_json(loaded("workshop").events[0]))["proof"]

    intervals = {
        name: (found[name]["mean"], found[name]["low"], found[name]["high"])
        for name in found
        if isinstance(found[name], dict) and name != "causes"
    }
    assert list(found) == [
        "replicas",
        "seed",
        "users",
        "waitingShare",
        "waitingShareOf95Events",
        "waitP50",
        "waitP95",
        "waitMax",
        "newNodes",
        "mostNodes",
        "evictions",
        "nodeHours",
        "restarts",
        "unserved",
        "causes",
    ]
    assert (found["replicas"], found["seed"]) == (200, 2)
    assert found["waitingShareOf95Events"] == plan.proof.share_of_95
    assert list(found["causes"]) == list(plan.proof.causes)
    assert intervals["users"] == (240, 240, 240)
    assert intervals["newNodes"] == (11, 11, 11)
    assert intervals["mostNodes"] == (35, 35, 35)
    assert intervals["unserved"] == (0, 0, 0)
    for mean, low, high in intervals.values():
        assert low <= mean <= high


def test_alternatives_are_told_in_numbers(loaded: Callable[[str], Loaded]) -> None:
    plan = loaded("workshop").events[0].plan
    found = _read(plan_json(loaded("workshop").events[0]))

    [option] = plan.options
    assert found["tried"] == plan.tried
    assert found["alternatives"] == [
        {
            "machineType": "n2-highmem-4",
            "seatsPerNode": 7,
            "limitedBy": "memory",
            "nodes": 35,
            "warmNodes": 24,
            "maxNodes": 35,
            "maxVcpus": 140,
            "placeholders": {"replicas": 48, "seats": 3},
            "microUsdPerHour": 262028,
            "microUsdPerSession": option.micro_usd,
            "waitingShare": option.proof.waiting_share.mean,
            "waitingShareOf95Events": option.proof.share_of_95,
            "withinBound": True,
        }
    ]


def test_a_trade_off_goes_from_no_warm_nodes_to_one_for_everybody(
    loaded: Callable[[str], Loaded],
) -> None:
    found = _read(plan_json(loaded("workshop").events[0]))

    points = found["tradeOff"]
    assert [point["warmNodes"] for point in points] == [0, 7, 14, 21, 24, 28, 35]
    assert found["alternatives"][0] in points
    assert points[0]["placeholders"] is None
    assert (points[0]["waitingShare"], points[-1]["waitingShare"]) == (1, 0)
    assert [point["withinBound"] for point in points] == [False] * 4 + [True] * 3


def test_own_nodes_have_no_alternatives_no_price_and_no_vcpus(
    loaded: Callable[[str], Loaded],
) -> None:
    found = _read(plan_json(loaded("campus").events[0]))

    assert (found["tried"], found["tradeOff"]) == (0, [])
    assert found["alternatives"] == [
        {
            "machineType": "declared",
            "seatsPerNode": 7,
            "limitedBy": "memory",
            "nodes": 3,
            "warmNodes": 3,
            "maxNodes": 3,
            "maxVcpus": None,
            "placeholders": None,
            "microUsdPerHour": None,
            "microUsdPerSession": None,
            "waitingShare": 0,
            "waitingShareOf95Events": 0,
            "withinBound": True,
        }
    ]


@pytest.mark.parametrize(
    ("stack", "events"),
    [("campus", ["demo"]), ("datahub", ["lab", "lecture", "section"]), ("exam", ["final"])],
)
def test_plans_come_by_the_name_of_their_event(
    stack: str, events: list[str], loaded: Callable[[str], Loaded]
) -> None:
    assert list(plans_json(loaded(stack))) == events


def test_what_is_judged_of_events_to_come_is_told(previewed: Previews) -> None:
    good = previewed("workshop", "event")
    violation = Violation(policy="one", level="mandatory", urn="urn:one", message="No.")
    verdict = Verdict(rules=("one",), violations=(violation,), not_applicable={})
    at = datetime.fromisoformat("2027-02-01T09:00:00-05:00")
    later = Judged(ahead=Ahead(names=("lab", "night"), now=at, word="lab"), verdict=verdict)

    found = _read(preview_json(replace(good, later=(later,)), None))
    assert found["refused"] is True
    assert [told["policy"] for told in found["violations"]] == ["quotas-read"]
    assert found["later"] == [
        {
            "events": ["lab", "night"],
            "at": "2027-02-01T09:00:00-05:00",
            "refused": True,
            "violations": [
                {"policy": "one", "level": "mandatory", "urn": "urn:one", "message": "No."}
            ],
        }
    ]


def test_secrets_that_are_missing_are_told(previewed: Previews) -> None:
    good = previewed("workshop", "event")
    loaded = replace(good.loaded, stack=replace(good.loaded.stack, missing=("githubSecret",)))

    assert _read(preview_json(good, None))["missingSecrets"] == []
    found = _read(preview_json(replace(good, loaded=loaded), None))
    assert found["missingSecrets"] == ["githubSecret"]
