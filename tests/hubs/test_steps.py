"""Every change of a stack with what it switches, holds and costs."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from hubs.active import PlannedEvent
from hubs.settings import changes
from hubs.stack import Stack
from hubs.stage_cost import Cost, Load
from hubs.steps import in_force, steps
from hubs.timeline import stages
from tests.hubs.clusters import CLUSTER

Planned = tuple[Stack, tuple[PlannedEvent, ...]]
Raw = dict[str, object]


def test_changes_at_one_instant_are_one_step(shipped: dict[str, Planned]) -> None:
    _, events = shipped["datahub"]

    found = steps(events, CLUSTER)

    assert [step.at for step in found] == [stage.starts for stage in stages(events, CLUSTER)]
    together = [change for step in found for change in step.changes]
    assert sorted(together, key=lambda it: (it.hub.name, it.at)) == sorted(
        changes(events, CLUSTER), key=lambda it: (it.hub.name, it.at)
    )
    assert all(change.at == step.at for step in found for change in step.changes)


def test_a_step_has_what_is_held_and_spent_until_the_next(
    on_gke: Callable[[Raw, Raw], Planned],
) -> None:
    _, events = on_gke({}, {"pool": {"machineType": "n2-highmem-4", "warmNodes": 2}})

    warm = steps(events, CLUSTER)[1]

    assert (warm.at, warm.until) == (
        datetime(2027, 2, 1, 12, 33, tzinfo=UTC),
        datetime(2027, 2, 1, 13, 0, tzinfo=UTC),
    )
    assert [change.hub.name for change in warm.changes] == ["lab"]
    assert warm.loads == {"lab": Load(users=20, warm_seats=12, nodes={"intro": 2})}
    assert warm.cost == Cost(node_seconds=3_240, micro_usd_seconds=3_240 * 262_028)


def test_a_step_is_in_force_until_the_next(shipped: dict[str, Planned]) -> None:
    _, events = shipped["workshop"]
    found = steps(events, CLUSTER)
    moment = timedelta(seconds=1)

    assert in_force(found, found[0].at - moment) is None
    assert in_force(found, found[0].at) is found[0]
    assert in_force(found, found[1].at - moment) is found[0]
    assert in_force(found, found[-1].at + timedelta(days=400)) is found[-1]
    assert in_force([], found[0].at) is None


def test_without_events_nothing_changes() -> None:
    assert steps((), CLUSTER) == []
