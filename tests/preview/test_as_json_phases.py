"""What machines read of phases, and of home directories that are faster for a while."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from preview.as_json import homes_json, phases_json
from preview.loaded import Loaded
from preview.pack import Verdict
from preview.run import Previewed

Previews = Callable[[str, str], Previewed]


def _read(content: object) -> Any:  # noqa: ANN401 - any JSON value
    """Return what a machine reads of what is written."""
    return json.loads(json.dumps(content))


def unjudged(loaded: Loaded, now: datetime) -> Previewed:
    """Return a stack at an instant, without what the program and the pack say of it."""
    nothing = Verdict(rules=(), violations=(), not_applicable={})
    return Previewed(loaded=loaded, now=now, resources=[], verdict=nothing)


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
    assert {tuple(change) for change in transitions} == {
        ("at", "phase", "draining", "users", "switched")
    }
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


def test_a_change_of_home_directories_alone_is_told_though_it_moves_no_event(
    loaded: Callable[[str], Loaded], instant: Callable[[str, str], datetime]
) -> None:
    of = unjudged(loaded("full-eks"), instant("full-eks", "event"))
    phases = _read(phases_json(of))

    assert _read(homes_json(of)) == [
        {"at": "2027-03-01T08:33:00-08:00", "size": 52, "unit": "MiB/s", "usual": False},
        {"at": "2027-03-02T17:40:00-08:00", "size": 40, "unit": "MiB/s", "usual": True},
        {"at": "2027-03-03T08:33:00-08:00", "size": 52, "unit": "MiB/s", "usual": False},
        {"at": "2027-03-04T09:33:00-08:00", "size": 40, "unit": "MiB/s", "usual": True},
    ]
    assert [found["event"] for found in phases] == ["hackweek", "midterm"]
    told = [
        (change["at"], change["switched"]["home directories"])
        for found in phases
        for change in found["transitions"]
        if "home directories" in change["switched"]
    ]
    assert told == [
        ("2027-03-01T08:33:00-08:00", "52 MiB/s"),
        ("2027-03-02T17:40:00-08:00", "off"),
        ("2027-03-03T08:33:00-08:00", "52 MiB/s"),
    ]


def test_homes_that_never_change_have_no_changes(
    loaded: Callable[[str], Loaded], instant: Callable[[str, str], datetime]
) -> None:
    assert homes_json(unjudged(loaded("campus"), instant("campus", "event"))) == []


@pytest.mark.parametrize(
    ("word", "phase"), [("quiet", "quiet"), ("warm", "warm"), ("over", "over")]
)
def test_a_phase_is_that_of_the_instant(
    word: str, phase: str, loaded: Callable[[str], Loaded], instant: Callable[[str, str], datetime]
) -> None:
    at = unjudged(loaded("exam"), instant("exam", word))

    assert [found["phase"] for found in phases_json(at)] == [phase]
