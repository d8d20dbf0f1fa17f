"""What is due of a schedule between two instants."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubs.active import PlannedEvent
from hubs.due import Due, due, slack_of
from hubs.settings import Change
from hubs.stack import Stack

Planned = tuple[Stack, tuple[PlannedEvent, ...]]
Between = Callable[..., Due]
QUIET = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def between(shipped: dict[str, Planned]) -> Between:
    """Ask what of a shipped stack is due."""

    def ask(stack: str, applied: datetime, now: datetime) -> Due:
        found, events = shipped[stack]
        return due(found.cluster, events, applied, now)

    return ask


def _names(changes: tuple[Change, ...]) -> list[str]:
    return [
        f"{one.planned.config.name} {one.state.phase}{' draining' * one.state.draining}"
        for change in changes
        for one in change.moved
    ]


@pytest.fixture
def at(shipped: dict[str, Planned]) -> dict[str, datetime]:
    """The instants at which the workshop changes its phase."""
    [event] = shipped["workshop"][1]
    return {
        f"{change.phase}{' draining' * change.draining}": change.at
        for change in event.schedule.transitions
    }


def test_before_the_first_change_nothing_is_due(between: Between) -> None:
    found = between("workshop", QUIET, QUIET + timedelta(days=1))

    assert (found.due, found.ahead, found.missed) == ((), (), ())
    assert found.next is not None
    assert _names((found.next,)) == ["intro staged"]


def test_a_change_is_due_from_its_own_minute_on(between: Between, at: dict[str, datetime]) -> None:
    before, exactly = at["warm"] - timedelta(minutes=1), at["warm"]

    assert between("workshop", at["staged"], before).due == ()
    assert _names(between("workshop", at["staged"], exactly).due) == ["intro warm"]
    assert between("workshop", exactly, exactly).due == ()


def test_a_change_is_missed_after_the_slack_and_not_within_it(
    between: Between, at: dict[str, datetime]
) -> None:
    latest = at["warm"] + timedelta(minutes=15)

    assert between("workshop", at["staged"], latest).missed == ()
    late = between("workshop", at["staged"], latest + timedelta(minutes=1))
    assert _names(late.missed) == ["intro warm"]
    assert late.late(late.missed[0]) == timedelta(minutes=16)


def test_what_switches_nothing_is_never_missed(between: Between, at: dict[str, datetime]) -> None:
    found = between("workshop", at["warm"], at["over"] - timedelta(minutes=1))

    assert _names(found.due) == ["intro live", "intro live draining"]
    assert found.missed == ()


def test_an_update_that_planned_ahead_is_told(between: Between, at: dict[str, datetime]) -> None:
    found = between("workshop", at["live"], at["staged"] - timedelta(minutes=1))

    assert (found.due, _names(found.ahead)) == ((), ["intro staged", "intro warm"])
    assert found.next is not None
    assert _names((found.next,)) == ["intro live draining"]


def test_after_the_last_change_nothing_comes(between: Between, at: dict[str, datetime]) -> None:
    found = between("workshop", at["over"], at["over"] + timedelta(days=300))

    assert (found.due, found.next) == ((), None)


def test_the_slack_is_the_clusters_own(shipped: dict[str, Planned]) -> None:
    cluster = shipped["workshop"][0].cluster

    assert slack_of(cluster) == timedelta(minutes=15)
    own = cluster.model_copy(update={"schedule_slack": 1800})
    assert slack_of(own) == timedelta(minutes=30)


_MINUTES = st.integers(0, 400 * 24 * 60).map(lambda minutes: QUIET + timedelta(minutes=minutes))


@given(
    stack=st.sampled_from(["datahub", "exam", "icesat2"]),
    instants=st.lists(_MINUTES, min_size=3, max_size=3),
)
def test_no_change_is_lost_or_applied_twice_between_runs(
    stack: str, instants: list[datetime], shipped: dict[str, Planned]
) -> None:
    found, events = shipped[stack]
    first, second, third = sorted(instants)

    one, other, both = (
        due(found.cluster, events, *span).due
        for span in ((first, second), (second, third), (first, third))
    )
    assert (*one, *other) == both
