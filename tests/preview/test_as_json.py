"""What machines read has exactly these keys, and plain values."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from preview.as_json import phases_json, plan_json, plans_json, preview_json
from preview.diff import Change
from preview.pack import Verdict, Violation
from preview.run import Loaded, Previewed

Previews = Callable[[str, str], Previewed]

KEYS = [
    "stack",
    "at",
    "refused",
    "violations",
    "notApplicable",
    "plan",
    "phases",
    "resources",
]
FIGURES = [
    "machineType",
    "node",
    "seat",
    "seatsPerNode",
    "nodes",
    "warmSeats",
    "rateRule",
    "warmNodes",
    "placeholders",
    "maxNodes",
    "spawnLimit",
    "startTimeout",
]


def _read(content: object) -> Any:  # noqa: ANN401 - any JSON value
    """Return what a machine reads of what is written."""
    return json.loads(json.dumps(content))


def test_a_preview_has_exactly_these_keys(previewed: Previews) -> None:
    found = _read(preview_json(previewed("workshop", "event"), None))

    assert list(found) == KEYS
    assert found["stack"] == "workshop"
    assert found["at"] == "2026-12-07T09:00:00-05:00"
    assert (found["refused"], found["violations"], found["notApplicable"]) == (False, [], {})
    assert len(found["resources"]) == 29
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
    found = _read(plan_json(loaded("workshop").events[0]))

    assert list(found) == ["hub", "figures", "outcome", "alternatives"]
    assert found["hub"] == "workshop"
    assert list(found["figures"]) == FIGURES
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
        "placeholders": 24,
        "maxNodes": 60,
        "spawnLimit": 240,
        "startTimeout": 1284,
    }


def test_an_outcome_and_alternatives_are_told_in_numbers(loaded: Callable[[str], Loaded]) -> None:
    found = _read(plan_json(loaded("workshop").events[0]))

    assert found["outcome"] == {
        "users": 240,
        "waiting": 72,
        "waitingShare": 0.3,
        "newNodes": 24,
        "evictions": 24,
    }
    assert found["alternatives"] == [
        {
            "machineType": "n2-highmem-4",
            "seatsPerNode": 7,
            "limitedBy": "memory",
            "nodes": 35,
            "microUsdPerHour": 9170980,
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


def test_phases_tell_lead_drain_and_every_change(previewed: Previews) -> None:
    [found] = _read(phases_json(previewed("exam", "event")))
    transitions = found.pop("transitions")

    assert found == {
        "event": "final",
        "hub": "exam",
        "phase": "live",
        "draining": False,
        "lead": {
            "seconds": 1740,
            "because": "node ready 10m + image pulled 3m12s + schedule slack 15m",
        },
        "drain": "30m",
    }
    assert {tuple(change) for change in transitions} == {("at", "phase", "draining", "switched")}
    assert [(change["at"], change["phase"], change["draining"]) for change in transitions] == [
        ("2026-12-07T09:00:00-05:00", "staged", False),
        ("2026-12-14T08:31:00-05:00", "warm", False),
        ("2026-12-14T09:00:00-05:00", "live", False),
        ("2026-12-14T13:30:00-05:00", "live", True),
        ("2026-12-14T14:00:00-05:00", "over", False),
    ]
    assert transitions[1]["switched"] == {
        "minimum nodes": "8",
        "placeholders": "8 of 15 seats",
        "profile": "final only",
        "pre-puller": "on",
        "spawn limit": "100",
        "start timeout": "1188 s",
        "QoS": "Guaranteed",
        "culling": "suspended",
    }


@pytest.mark.parametrize(
    ("word", "phase"), [("quiet", "quiet"), ("warm", "warm"), ("over", "over")]
)
def test_a_phase_is_that_of_the_instant(
    word: str, phase: str, loaded: Callable[[str], Loaded], instant: Callable[[str, str], Any]
) -> None:
    nothing = Verdict(rules=(), violations=(), not_applicable={})
    at = Previewed(loaded=loaded("exam"), now=instant("exam", word), resources=[], verdict=nothing)

    assert [found["phase"] for found in phases_json(at)] == [phase]
