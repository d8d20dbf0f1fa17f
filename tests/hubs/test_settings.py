"""What each change of phase switches on and off, as people read it."""

from collections.abc import Callable
from datetime import UTC

import pytest

from hubs.active import PlannedEvent, at
from hubs.settings import changes, settings
from hubs.stack import Stack

Planned = tuple[Stack, tuple[PlannedEvent, ...]]
Switched = list[tuple[str, str, dict[str, str]]]

WORKSHOP: Switched = [
    (
        "2026-11-30T14:00",
        "staged",
        {"pool": "n2-highmem-4, at most 35 nodes", "upgrades": "never while it is on"},
    ),
    (
        "2026-12-07T13:30",
        "warm",
        {
            "minimum nodes": "24",
            "placeholders": "48 of 3 seats",
            "profile": "intro only",
            "pre-puller": "on",
            "spawn limit": "240",
            "start timeout": "1284 s",
        },
    ),
    ("2026-12-07T14:00", "live", {}),
    ("2026-12-07T17:00", "live", {}),
    (
        "2026-12-07T18:20",
        "over",
        {
            "pool": "off",
            "upgrades": "off",
            "minimum nodes": "off",
            "placeholders": "off",
            "profile": "off",
            "pre-puller": "off",
            "spawn limit": "off",
            "start timeout": "off",
        },
    ),
]
OWN_NODES: Switched = [
    ("2027-01-25T13:00", "staged", {}),
    (
        "2027-02-01T12:33",
        "warm",
        {
            "profile": "demo only",
            "pre-puller": "on",
            "spawn limit": "64",
            "start timeout": "996 s",
        },
    ),
    ("2027-02-01T13:00", "live", {}),
    ("2027-02-01T15:00", "live", {}),
    (
        "2027-02-01T16:20",
        "over",
        {"profile": "off", "pre-puller": "off", "spawn limit": "off", "start timeout": "off"},
    ),
]


def switched(planned: Planned) -> Switched:
    """Return every change of a stack's first event."""
    stack, events = planned
    return [
        (
            f"{change.transition.at.astimezone(UTC):%Y-%m-%dT%H:%M}",
            change.transition.phase,
            change.switched,
        )
        for change in changes(events[0], stack.cluster.provider)
    ]


@pytest.mark.parametrize(("name", "expected"), [("workshop", WORKSHOP), ("campus", OWN_NODES)])
def test_what_is_switched_on_is_switched_off(
    shipped: dict[str, Planned], name: str, expected: Switched
) -> None:
    assert switched(shipped[name]) == expected


def test_an_exam_is_guaranteed_and_nobody_is_culled_until_its_end(
    shipped: dict[str, Planned],
) -> None:
    found = switched(shipped["exam"])

    assert [
        (time, {name: value for name, value in one.items() if name in ("QoS", "culling")})
        for time, _, one in found
    ] == [
        ("2026-12-07T14:00", {}),
        ("2026-12-14T13:31", {"QoS": "Guaranteed", "culling": "suspended"}),
        ("2026-12-14T14:00", {}),
        ("2026-12-14T18:30", {"culling": "after 10m idle"}),
        ("2026-12-14T19:00", {"QoS": "off", "culling": "off"}),
    ]


def test_nights_of_an_event_switch_all_but_its_pool_off(shipped: dict[str, Planned]) -> None:
    found = switched(shipped["icesat2"])
    nights = [one for _, phase, one in found if phase == "staged"][1:]

    assert (
        nights
        == [
            {
                "placeholders": "off",
                "profile": "off",
                "pre-puller": "off",
                "spawn limit": "off",
                "start timeout": "off",
            }
        ]
        * 4
    )
    assert found[-1][1:] == ("over", nights[0] | {"pool": "off"})


@pytest.mark.parametrize(
    ("lock", "told"),
    [
        ({}, "locked, but for the hub"),
        (
            {"allow": ["192.0.2.0/28", "198.51.100.7/32"]},
            "locked, but for 192.0.2.0/28, 198.51.100.7/32",
        ),
    ],
)
def test_a_lock_on_what_servers_reach_is_told(
    on_gke: Callable[[dict[str, object], dict[str, object]], Planned],
    lock: dict[str, object],
    told: str,
) -> None:
    found = switched(on_gke({}, {"egressLock": lock}))

    assert [(phase, one["egress"]) for _, phase, one in found if "egress" in one] == [
        ("warm", told),
        ("over", "off"),
    ]


@pytest.mark.parametrize("name", ["campus", "datahub", "exam", "icesat2", "workshop"])
def test_a_setting_has_the_value_that_was_last_switched(
    shipped: dict[str, Planned], name: str
) -> None:
    stack, events = shipped[name]
    for event in events:
        current: dict[str, str] = {}
        for change in changes(event, stack.cluster.provider):
            current |= change.switched
            on = {key: value for key, value in current.items() if value != "off"}
            assert on == settings(at(event, change.transition.at), stack.cluster.provider)
        assert set(current.values()) <= {"off"}
