"""What all sessions of an event cost together is what the timeline says."""

from collections.abc import Callable, Sequence

import pytest

from capacity.figures import dollars
from capacity.planned import Figure
from hubs.active import PlannedEvent
from hubs.stack import Stack
from hubs.stage_cost import Cost
from hubs.steps import steps

Raw = dict[str, object]
Planned = tuple[Stack, tuple[PlannedEvent, ...]]
Build = Callable[[Raw, Raw, Sequence[Raw]], Planned]
OnGke = Callable[[Raw, Raw], Planned]

POOL: Raw = {"machineType": "n2-highmem-4", "warmNodes": 2}
FIRST: Raw = {"starts": "2027-02-01T14:00", "ends": "2027-02-01T16:00"}
LONGER: Raw = {"starts": "2027-02-01T14:00", "ends": "2027-02-01T17:30"}
APART: Raw = {"starts": "2027-02-08T14:00", "ends": "2027-02-08T16:00"}
SHARED = "within which they share nodes"
ENDS = "at most: everybody comes, as readyroom calendar counts it"


def _told(event: PlannedEvent) -> Figure | None:
    return next((it for it in event.plan.figures if it.name == "eventCost"), None)


def _whole(planned: Planned) -> Cost:
    """Return what `readyroom calendar` says of a stack."""
    stack, events = planned
    return sum((step.cost for step in steps(events, stack.cluster)), Cost())


def _sessions(of: OnGke, *sessions: Raw) -> Planned:
    return of({}, {"pool": POOL, "sessions": list(sessions)})


@pytest.mark.parametrize(
    ("sessions", "because"),
    [
        ([FIRST, APART], "2 sessions"),
        ([FIRST, LONGER], f"2 sessions in a single stretch of time, {SHARED}"),
        ([FIRST, LONGER, APART], f"3 sessions in 2 stretches of time, {SHARED}"),
        ([FIRST, APART | {"users": 2}], "2 sessions"),
    ],
)
def test_sessions_cost_together_what_the_calendar_says(
    sessions: list[Raw], because: str, on_gke: OnGke
) -> None:
    planned = _sessions(on_gke, *sessions)
    _, (event,) = planned

    assert _told(event) == Figure(
        name="eventCost",
        value=dollars(_whole(planned).micro_usd),
        unit="USD",
        because=f"{because}; {ENDS}",
        source="timeline",
    )


def test_sessions_at_one_time_are_paid_for_once_and_sessions_apart_each(on_gke: OnGke) -> None:
    first, longer = (_whole(_sessions(on_gke, one)) for one in (FIRST, LONGER))

    assert _whole(_sessions(on_gke, FIRST, LONGER)) == longer
    assert _whole(_sessions(on_gke, FIRST, APART)) == first.times(2)
    fewer = _whole(_sessions(on_gke, FIRST, APART | {"users": 2}))
    assert first.node_seconds < fewer.node_seconds < first.times(2).node_seconds


def test_it_stands_after_the_cost_of_a_session(on_gke: OnGke) -> None:
    _, (event,) = on_gke({}, {"pool": POOL, "sessions": [FIRST, APART]})

    names = [figure.name for figure in event.plan.figures]
    assert names[names.index("sessionCost") :][:2] == ["sessionCost", "eventCost"]


def test_a_single_session_has_no_such_figure(on_gke: OnGke) -> None:
    _, (event,) = on_gke({}, {"pool": POOL})

    assert _told(event) is None


def test_own_nodes_have_none_either(build: Build, existing: Raw, hub: Raw, event: Raw) -> None:
    own = {key: value for key, value in hub.items() if key != "pool"}
    _, (found,) = build(existing, own, [event | {"sessions": [FIRST, APART]}])

    assert _told(found) is None


def test_people_of_other_events_on_a_pool_are_counted_with_it(
    build: Build, gke: Raw, hub: Raw, event: Raw
) -> None:
    shared = event | {"pool": POOL, "sessions": [FIRST, APART]}
    planned = build(gke, hub, [shared | {"name": "long"}, shared | {"name": "intro"}])
    _, events = planned

    long, intro = events
    assert _told(intro) is None
    told = _told(long)
    assert told is not None
    assert told.because == f"2 sessions; those of intro on its pool as well; {ENDS}"
    assert told.value == dollars(_whole(planned).micro_usd)


@pytest.mark.parametrize("stack", ["exam", "icesat2"])
def test_a_shipped_stack_with_one_event_has_the_cost_of_its_calendar(
    stack: str, shipped: dict[str, Planned]
) -> None:
    told = _told(shipped[stack][1][0])

    assert told is not None
    assert told.value == dollars(_whole(shipped[stack]).micro_usd)
