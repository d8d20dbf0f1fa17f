"""When GKE may upgrade a stack's cluster, and when never."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.maintenance import Exclusion
from events.maintenance_window import Recurring
from hubs.active import PlannedEvent, at
from hubs.gke import EVERY_DAY, GkeConfig
from hubs.maintenance import Maintenance, maintenance
from hubs.stack import Stack

Raw = dict[str, object]
Planned = tuple[Stack, tuple[PlannedEvent, ...]]
OnGke = Callable[[Raw, Raw], Planned]
Build = Callable[[Raw, Raw, list[Raw]], Planned]

BERLIN = ZoneInfo("Europe/Berlin")
# The event of the small stack: 2027-02-01, from two to four in the afternoon in Berlin, with 27
# minutes before and 80 after.
QUIET = datetime(2027, 1, 1, tzinfo=BERLIN)
STAGED = datetime(2027, 1, 31, tzinfo=BERLIN)
LIVE = datetime(2027, 2, 1, 14, tzinfo=BERLIN)
OVER = datetime(2027, 2, 1, 17, 20, tzinfo=BERLIN)
NIGHTLY = Recurring(
    starts=datetime(2024, 1, 1, 2, tzinfo=UTC),
    ends=datetime(2024, 1, 1, 6, tzinfo=UTC),
    recurrence="FREQ=DAILY",
)


def _told(planned: Planned, now: datetime) -> Maintenance:
    stack, events = planned
    assert isinstance(stack.cluster, GkeConfig)
    return maintenance(stack.cluster, [at(event, now) for event in events], now)


def _window(gke: Raw, written: Raw, now: datetime) -> Recurring:
    cluster = GkeConfig.model_validate(gke | {"maintenance": written})
    return maintenance(cluster, (), now).window


@pytest.mark.parametrize("now", [STAGED, LIVE])
def test_from_staged_on_nothing_is_upgraded_while_the_event_is_on(
    on_gke: OnGke, now: datetime
) -> None:
    assert _told(on_gke({}, {}), now) == Maintenance(
        window=NIGHTLY,
        exclusions=(
            Exclusion(
                name="intro-20270201-1233",
                starts=datetime(2027, 2, 1, 12, 33, tzinfo=UTC),
                ends=datetime(2027, 2, 1, 16, 20, tzinfo=UTC),
                scope="NO_UPGRADES",
            ),
        ),
        unprotected=(),
    )


def test_what_is_over_leaves_nothing_behind(on_gke: OnGke) -> None:
    planned = on_gke({"maintenance": {"timezone": "America/Chicago"}}, {})

    assert _told(planned, QUIET) == _told(planned, OVER)
    assert _told(planned, OVER).exclusions == ()


def test_events_that_follow_closely_share_an_exclusion(
    build: Build, gke: Raw, hub: Raw, event: Raw
) -> None:
    later = {"starts": "2027-02-01T18:00", "ends": "2027-02-01T19:00"}
    planned = build(gke, hub, [event, event | {"name": "again", "sessions": [later]}])

    # Fewer than the four hours between them that an upgrade takes.
    assert [one.name for one in _told(planned, STAGED).exclusions] == ["intro-again-20270201-1233"]


def test_what_cannot_be_protected_is_told(on_gke: OnGke) -> None:
    # Two of the thirteen windows of 92 days, each of four hours.
    weekly: Raw = {"maintenance": {"days": ["monday"]}}
    long = [{"starts": "2027-02-01T01:00", "ends": "2027-02-08T16:00"}]
    planned = on_gke(weekly, {"sessions": long})

    assert _told(planned, LIVE).exclusions == ()
    assert _told(planned, LIVE).warnings == (
        "GKE may upgrade the cluster during event intro, from 2027-01-31 23:33 to "
        "2027-02-08 16:20 UTC: with it, the maintenance window leaves 44h in the 92 days from "
        "2026-11-09, and GKE asks for 48h",
    )


@pytest.mark.parametrize("now", [QUIET, LIVE])
def test_nobody_is_warned_of_what_is_protected(on_gke: OnGke, now: datetime) -> None:
    assert _told(on_gke({}, {}), now).warnings == ()


@pytest.mark.parametrize(
    ("written", "opens", "recurrence"),
    [
        ({}, "2024-01-01T02:00", "FREQ=DAILY"),
        # Three in the morning in Chicago, in winter: six hours behind.
        (
            {"starts": "03:00", "days": ["saturday", "sunday"], "timezone": "America/Chicago"},
            "2024-01-06T09:00",
            "FREQ=WEEKLY;BYDAY=SA,SU",
        ),
        # Behind enough for the next day, across the end of the week.
        (
            {"starts": "20:30", "days": ["sunday"], "timezone": "America/Los_Angeles"},
            "2024-01-01T04:30",
            "FREQ=WEEKLY;BYDAY=MO",
        ),
        # Ahead enough for the day before.
        (
            {"starts": "02:15", "days": ["monday", "friday"], "timezone": "Asia/Kolkata"},
            "2024-01-04T20:45",
            "FREQ=WEEKLY;BYDAY=TH,SU",
        ),
        # Summer there is winter here.
        ({"timezone": "Australia/Sydney"}, "2024-01-01T16:00", "FREQ=DAILY"),
    ],
)
def test_a_window_is_written_in_utc_by_the_standard_time_of_its_zone(
    gke: Raw, written: Raw, opens: str, recurrence: str
) -> None:
    starts = datetime.fromisoformat(opens).replace(tzinfo=UTC)

    assert _window(gke, written, LIVE) == Recurring(
        starts=starts, ends=starts + timedelta(hours=4), recurrence=recurrence
    )


HOURS_OF_2026 = st.integers(0, 365 * 24 - 1).map(
    lambda hours: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
)


@given(
    where=st.sampled_from(["America/Chicago", "Europe/Dublin", "Pacific/Auckland", "UTC"]),
    first=HOURS_OF_2026,
    second=HOURS_OF_2026,
    days=st.sets(st.sampled_from(EVERY_DAY), min_size=1),
    starts=st.times().map(lambda clock: f"{clock:%H:%M}"),
)
def test_no_change_of_the_clocks_is_one_of_the_window(
    where: str, first: datetime, second: datetime, days: set[str], starts: str
) -> None:
    written: Raw = {"starts": starts, "days": sorted(days), "timezone": where}
    raw: Raw = {
        "provider": "gke",
        "authorizedNetworks": [],
        "region": "us-central1",
        "zones": ["us-central1-b"],
        "corePool": {"machineType": "n2-highmem-2", "maxNodes": 3},
        "homes": {"tier": "BASIC_HDD", "capacity": "1Ti"},
    }

    assert _window(raw, written, first) == _window(raw, written, second)


def test_in_winter_a_window_opens_when_its_zone_says_so(gke: Raw) -> None:
    found = _window(gke, {"starts": "05:45", "timezone": "Europe/Dublin"}, LIVE)

    local = found.starts.astimezone(ZoneInfo("Europe/Dublin"))
    assert (local.hour, local.minute) == (5, 45)
    assert found.ends - found.starts == timedelta(hours=4)
