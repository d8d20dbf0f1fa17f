"""Databases of hubs: who wants one, what it is called, when it rests."""

import re
from datetime import UTC, datetime, time, timedelta
from ipaddress import ip_network
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubs.databases import (
    RDS_USER,
    SERVICES_ADDRESS,
    SERVICES_PREFIX,
    Hour,
    database_name,
    quiet_hour,
    wanting,
)
from hubs.gke import EVERY_DAY, Day, MaintenanceConfig
from hubs.hub import HubConfig
from hubs.network import GKE_NODES, GKE_PODS, GKE_SERVICES

NAMES = st.from_regex(r"[a-z]([a-z0-9-]{0,38}[a-z0-9])?", fullmatch=True)
JANUARY, JULY = (datetime(2027, month, 15, tzinfo=UTC) for month in (1, 7))


def _hub(name: str, **own: Any) -> HubConfig:  # noqa: ANN401 - whatever a hub file may say
    return HubConfig.model_validate(
        {
            "name": name,
            "image": {"name": "quay.io/jupyter/base-notebook", "tag": "1", "size": "1Gi"},
            "signIn": {"kind": "sharedPassword", "admins": ["lead"]},
            "profiles": {"halvings": 3},
        }
        | own
    )


def test_those_that_say_postgres_want_one_in_any_order() -> None:
    hubs = [_hub("b", database="postgres"), _hub("c"), _hub("a", database="postgres")]

    assert wanting(hubs) == wanting(reversed(hubs)) == ("a", "b")


@pytest.mark.parametrize(
    ("hub", "name"),
    [("data-8", "hub_data_8"), ("admin", "hub_admin"), ("a" * 40, "hub_" + "a" * 40)],
)
def test_a_database_is_called_after_its_hub(hub: str, name: str) -> None:
    assert database_name(hub) == name


@given(NAMES)
def test_a_databases_name_is_one_that_postgres_and_rds_take(hub: str) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]{0,62}", database_name(hub))


@given(NAMES, NAMES)
def test_no_two_hubs_have_a_database_of_one_name(one: str, other: str) -> None:
    assert (database_name(one) == database_name(other)) == (one == other)


def test_the_first_user_of_an_instance_has_a_name_that_rds_takes() -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]{0,15}", RDS_USER)


def test_googles_services_have_addresses_that_nothing_else_has() -> None:
    services = ip_network(f"{SERVICES_ADDRESS}/{SERVICES_PREFIX}")

    taken = (GKE_NODES, GKE_PODS, GKE_SERVICES, "172.17.0.0/16")
    assert services.is_private
    assert [net for net in taken if services.overlaps(ip_network(net))] == []


@pytest.mark.parametrize(
    ("starts", "days", "where", "hour"),
    [
        ("02:00", EVERY_DAY, "UTC", Hour(day=7, hour=2)),
        ("02:30", EVERY_DAY, "UTC", Hour(day=7, hour=3)),
        ("02:00", ("friday", "monday"), "UTC", Hour(day=5, hour=2)),
        ("02:00", ("wednesday",), "America/Los_Angeles", Hour(day=3, hour=10)),
        # Both sides of midnight: the Sunday after, the Sunday before.
        ("22:00", ("saturday",), "America/New_York", Hour(day=7, hour=3)),
        ("00:30", ("monday",), "Europe/Berlin", Hour(day=1, hour=0)),
        ("02:00", ("monday",), "Asia/Kolkata", Hour(day=7, hour=21)),
        # In the south, winter is the time of July.
        ("02:00", ("sunday",), "Australia/Sydney", Hour(day=6, hour=16)),
    ],
)
def test_cloud_sql_rests_in_the_last_window_of_the_week(
    starts: str, days: tuple[Day, ...], where: str, hour: Hour
) -> None:
    config = MaintenanceConfig(starts=starts, days=days, timezone=where)

    assert quiet_hour(config, JANUARY) == quiet_hour(config, JULY) == hour


@given(
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.integers(4, 24),
    st.sets(st.sampled_from(EVERY_DAY), min_size=1),
    st.sampled_from(["UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati"]),
)
def test_its_hour_lies_within_a_window_as_the_zone_has_it_in_winter(
    starts: time, hours: int, days: set[Day], where: str
) -> None:
    window = {"starts": f"{starts:%H:%M}", "lasts": f"{hours}h", "timezone": where}
    config = MaintenanceConfig.model_validate(window | {"days": tuple(days)})
    found = quiet_hour(config, JANUARY)

    zone, first = ZoneInfo(where), datetime(2027, 1, 4, tzinfo=UTC)
    rests = first + timedelta(days=found.day - 1, hours=found.hour)
    opened = [
        datetime.combine(first + timedelta(days=EVERY_DAY.index(day), weeks=week), starts, zone)
        for week in (-1, 0, 1)
        for day in days
    ]
    assert any(timedelta() <= rests - opens <= timedelta(hours=hours - 1) for opens in opened)


def test_an_hour_is_written_as_a_clock_has_it() -> None:
    assert [Hour(day=1, hour=hour).clock for hour in (2, 22)] == ["02:00", "22:00"]
