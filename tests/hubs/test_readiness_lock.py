"""A locked exam: what stays open, and whether somebody has tried it."""

from dataclasses import replace

import pytest
from pydantic import TypeAdapter

from hubs.cluster import ClusterConfig
from hubs.readiness_lines import Exam, Finding, Gap
from hubs.readiness_people import network
from tests.hubs.exams import BEFORE, Change, changed, loaded

CLUSTER: TypeAdapter[ClusterConfig] = TypeAdapter(ClusterConfig)


def locked(change: Change) -> Exam:
    """Return the shipped exam, an hour before its door opens, with a lock."""
    stack, events = loaded(changed(change))
    return Exam(stack=stack, planned=events[0], events=events, now=BEFORE)


def lock(*allow: str, tried: dict[str, str] | None = None) -> Change:
    """Return a change to an exam that is locked, and perhaps tried."""

    def change(event: dict[str, object]) -> None:
        event["egressLock"] = {"allow": list(allow)}
        event["readiness"] = {"network": "locked", "lockTried": tried or {}}

    return change


@pytest.mark.parametrize(
    ("allow", "left"),
    [
        ((), "DNS and the hub"),
        (("192.0.2.0/28",), "DNS, the hub and 192.0.2.0/28"),
        (
            ("198.51.100.0/24", "192.0.2.0/28"),
            "DNS, the hub, 192.0.2.0/28 and 198.51.100.0/24",
        ),
    ],
)
def test_a_locked_room_says_what_stays_open(allow: tuple[str, ...], left: str) -> None:
    assert network(locked(lock(*allow))) == Finding(proof=f"locked, but for {left}")


UNTRIED = Gap("locked, and nobody has tried it from a server", "readiness.lockTried: {by, day}")
TO_COME = Gap("the lock was tried on 2026-12-15, which is to come", "readiness.lockTried.day")


@pytest.mark.parametrize(
    ("tried", "told", "elsewhere", "everywhere"),
    [
        ({}, "", [UNTRIED], []),
        ({"by": "first"}, "", [UNTRIED], []),
        ({"day": "2026-12-11"}, "", [UNTRIED], []),
        (
            {"by": "first", "day": "2026-12-14"},
            "; tried from a server by first on 2026-12-14",
            [],
            [],
        ),
        (
            {"by": "first", "day": "2026-12-15"},
            "; tried from a server by first on 2026-12-15",
            [],
            [TO_COME],
        ),
        ({"day": "2026-12-15"}, "", [UNTRIED], [TO_COME]),
    ],
)
@pytest.mark.parametrize("provider", ["gke", "eks", "existing"])
def test_a_lock_is_tried_where_nobody_knows_that_policies_hold(
    provider: str,
    tried: dict[str, str],
    told: str,
    elsewhere: list[Gap],
    everywhere: list[Gap],
    request: pytest.FixtureRequest,
) -> None:
    stack, events = loaded(changed(lock(tried=tried)))
    cluster = CLUSTER.validate_python(request.getfixturevalue(provider))
    exam = Exam(stack=replace(stack, cluster=cluster), planned=events[0], events=events, now=BEFORE)

    assert network(exam) == Finding(
        proof=f"locked, but for DNS and the hub{told}",
        gaps=[*([] if provider == "gke" else elsewhere), *everywhere],
    )
