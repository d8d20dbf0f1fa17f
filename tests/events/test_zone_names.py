"""Names of time zones that say no place."""

from zoneinfo import available_timezones

import pytest

from events.instants import zone
from events.zone_names import is_offset, place_of

OFFSETS = {
    *(f"Etc/GMT+{hours}" for hours in range(1, 13)),
    *(f"Etc/GMT-{hours}" for hours in range(1, 15)),
}


@pytest.mark.parametrize(
    ("name", "place"),
    [
        *((name, "America/New_York") for name in ("EST", "EDT", "ET", "EST5EDT", "est")),
        *((name, "America/Chicago") for name in ("CST", "CDT", "CT", "CST6CDT")),
        *((name, "America/Denver") for name in ("MST", "MDT", "MT", "MST7MDT", "Navajo")),
        *((name, "America/Los_Angeles") for name in ("PST", "PDT", "PT", "PST8PDT")),
        *((name, "Europe/Berlin") for name in ("CET", "CEST", "MET", "MEZ")),
        *((name, "Europe/London") for name in ("GMT", "BST", "GB", "GB-Eire", "Etc/GMT")),
        *((name, "UTC") for name in ("UTC", "UCT", "Zulu", "Etc/Universal", "GMT+0", "Etc/GMT0")),
        ("IST", "Asia/Kolkata"),
        ("Europe/Berlin", None),
        ("Etc/GMT+5", None),
        ("", None),
    ],
)
def test_a_short_name_means_a_place(name: str, place: str | None) -> None:
    assert place_of(name) == place


def test_every_name_without_a_place_means_one_that_is_taken() -> None:
    names = {name for name in available_timezones() if "/" not in name or name[:4] == "Etc/"}

    unknown = {name for name in names if place_of(name) is None}
    # What a machine is set to, where its list has it.
    assert unknown - {"localtime"} == OFFSETS
    assert {
        place for name in names - unknown if zone(place := place_of(name) or "").key != place
    } == set()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Etc/GMT+5", True),
        ("GMT-14", True),
        ("utc+05:30", True),
        ("GMT0", True),
        ("UTC", False),
        ("EST5EDT", False),
        ("Europe/Berlin", False),
    ],
)
def test_a_distance_from_utc_is_told_apart(name: str, said: bool) -> None:  # noqa: FBT001 - a table's column
    assert is_offset(name) is said
