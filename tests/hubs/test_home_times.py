"""When home directories are faster than usual, and when they go back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from events.sessions import Session
from hubs.active import PlannedEvent
from hubs.cluster import ClusterConfig
from hubs.event import StorageConfig
from hubs.gke import FilestoreConfig, GkeConfig
from hubs.home_times import (
    EFS_COOLDOWN,
    HomeStep,
    home_steps,
    largest_size,
    size_at,
    unit,
    usual_size,
)
from preview.loaded import Loaded

Load = Callable[[str], Loaded]
HOUR = timedelta(hours=1)


def _later(event: PlannedEvent, *gaps: timedelta) -> PlannedEvent:
    """Return an event with sessions of an hour whose windows are so far apart."""
    schedule = event.schedule
    sessions = [
        Session(starts=schedule.sessions[0].starts, ends=schedule.sessions[0].starts + HOUR)
    ]
    for gap in gaps:
        starts = sessions[-1].ends + schedule.drain + gap + schedule.lead
        sessions.append(Session(starts=starts, ends=starts + HOUR))
    return replace(event, schedule=replace(schedule, sessions=tuple(sessions)))


@pytest.mark.parametrize(
    ("stack", "usual", "named"),
    [
        ("full-eks", 40, "MiB/s"),
        ("full-gke", 1024, "GiB"),
        # Elastic, basic, and somebody else's: nothing goes up and down.
        ("icesat2", None, "MiB/s"),
        ("workshop", None, "GiB"),
        ("campus", None, "GiB"),
    ],
)
def test_only_what_goes_down_again_is_ever_raised(
    stack: str, usual: int | None, named: str, loaded: Load
) -> None:
    found = loaded(stack)
    cluster, now = found.stack.cluster, found.events[0].schedule.sessions[0].starts

    assert (usual_size(cluster), unit(cluster)) == (usual, named)
    if usual is None:
        assert home_steps(cluster, found.events) == []
        assert size_at(cluster, found.events, now) is None
        assert largest_size(cluster, found.events) is None


def test_efs_stays_fast_over_the_first_night_since_it_went_up_that_day(loaded: Load) -> None:
    found = loaded("full-eks")
    cluster, [event, other] = found.stack.cluster, found.events
    windows = event.schedule.windows
    # The midterm says nothing of what it moves.
    assert (len(windows), other.config.storage) == (3, None)

    assert home_steps(cluster, [event, other]) == [
        HomeStep(at=windows[0].starts, size=52, usual=False),
        HomeStep(at=windows[1].ends, size=40, usual=True),
        HomeStep(at=windows[2].starts, size=52, usual=False),
        # Nobody is there any more, but it went up less than a day ago.
        HomeStep(at=windows[2].starts + EFS_COOLDOWN, size=40, usual=True),
    ]


def test_filestore_goes_back_every_night(loaded: Load) -> None:
    found = loaded("full-gke")
    windows = found.events[0].schedule.windows

    assert home_steps(found.stack.cluster, found.events) == [
        step
        for window in windows
        for step in (
            HomeStep(at=window.starts, size=3072, usual=False),
            HomeStep(at=window.ends, size=1024, usual=True),
        )
    ]


@pytest.mark.parametrize(
    ("gap", "hours"),
    [
        # Up, and down no sooner than a day later, though the session is over long before.
        (timedelta(hours=100), [25, 25]),
        # The next session begins before it may go down, and then has its own day.
        (timedelta(hours=10), [25]),
    ],
)
def test_efs_slows_down_a_day_after_it_went_up_or_when_people_are_gone(
    gap: timedelta, hours: list[int], loaded: Load
) -> None:
    found = loaded("full-eks")
    event = _later(found.events[0], gap)

    steps = home_steps(found.stack.cluster, [event])
    assert [step.usual for step in steps] == [False, True] * len(hours)
    ups, downs = steps[::2], steps[1::2]
    lasted = [down.at - up.at for up, down in zip(ups, downs, strict=True)]
    assert lasted == [hour * HOUR for hour in hours]
    assert EFS_COOLDOWN == 25 * HOUR


def test_an_event_that_raises_it_further_holds_back_slowing_down_for_another(
    loaded: Load,
) -> None:
    found = loaded("full-eks")
    first = _later(found.events[0])
    starts = first.schedule.sessions[0].starts + 10 * HOUR
    own = (Session(starts=starts, ends=starts + 30 * HOUR),)
    second = replace(first, schedule=replace(first.schedule, sessions=own))
    both = (Session(starts=first.schedule.sessions[0].starts, ends=starts + HOUR),)
    first = replace(first, schedule=replace(first.schedule, sessions=both))

    up, more = first.schedule.windows[0].starts, second.schedule.windows[0].starts
    assert home_steps(found.stack.cluster, [first, second]) == [
        HomeStep(at=up, size=52, usual=False),
        HomeStep(at=more, size=103, usual=False),
        HomeStep(at=more + EFS_COOLDOWN, size=52, usual=False),
        HomeStep(at=more + 2 * EFS_COOLDOWN, size=40, usual=True),
    ]


def test_what_events_move_at_the_same_time_adds_up(loaded: Load) -> None:
    found = loaded("full-eks")
    one = _later(found.events[0])
    start = one.schedule.windows[0].starts

    assert size_at(found.stack.cluster, [one], start) == 52
    assert size_at(found.stack.cluster, [one, one], start) == 103
    assert size_at(found.stack.cluster, [one, one], start - timedelta(minutes=1)) == 40
    assert [largest_size(found.stack.cluster, events) for events in ([], [one], [one, one])] == [
        40,
        52,
        103,
    ]


def test_what_no_money_buys_is_left_to_the_gate(loaded: Load) -> None:
    found = loaded("full-eks")
    one = _later(found.events[0])
    much = StorageConfig(shared_read_per_user="1000Gi")  # pyright: ignore[reportArgumentType] - as it is written
    wanting = replace(one, config=one.config.model_copy(update={"storage": much}))

    assert home_steps(found.stack.cluster, [wanting]) == []


def test_a_small_need_changes_nothing(loaded: Load) -> None:
    found = loaded("full-eks")
    one = _later(found.events[0])
    little = StorageConfig(shared_read_per_user="1Mi")  # pyright: ignore[reportArgumentType] - as it is written
    wanting = replace(one, config=one.config.model_copy(update={"storage": little}))

    assert home_steps(found.stack.cluster, [wanting]) == []
    now: datetime = wanting.schedule.sessions[0].starts
    assert size_at(found.stack.cluster, [wanting], now) == 40


def _wanting(loaded: Load, homes: dict[str, str], each: str) -> tuple[ClusterConfig, PlannedEvent]:
    """Return the cluster on GKE with other homes, and its event with 60 users reading so much."""
    found = loaded("full-gke")
    one = _later(found.events[0])
    much = StorageConfig(shared_read_per_user=each)  # pyright: ignore[reportArgumentType] - as it is written
    cluster = found.stack.cluster
    assert isinstance(cluster, GkeConfig)
    return (
        cluster.model_copy(update={"homes": FilestoreConfig.model_validate(homes)}),
        replace(one, config=one.config.model_copy(update={"storage": much})),
    )


# 60 users who read 40 GiB each within 15 minutes want 2730.7 MiB/s; 9984 GiB have 2535 at most.
@pytest.mark.parametrize(
    ("tier", "capacity", "each", "raised"),
    [
        ("ZONAL", "8Ti", "30Gi", []),
        ("ZONAL", "8Ti", "35Gi", [9472]),
        # 10 TiB and more would do, and Google refuses to make that of it.
        ("ZONAL", "8Ti", "40Gi", []),
        ("ZONAL", "8Ti", "50Gi", []),
        ("REGIONAL", "1Ti", "50Gi", []),
        ("ZONAL", "10Ti", "40Gi", [12_800]),
        ("REGIONAL", "10Ti", "50Gi", [15_360]),
    ],
)
def test_filestore_grows_within_its_band_or_not_at_all(
    tier: str, capacity: str, each: str, raised: list[int], loaded: Load
) -> None:
    cluster, event = _wanting(loaded, {"tier": tier, "capacity": capacity}, each)

    assert [step.size for step in home_steps(cluster, [event]) if not step.usual] == raised
    assert largest_size(cluster, [event]) == max([usual_size(cluster) or 0, *raised])
