"""What each change of phase switches on and off, as people read it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from hubs.active import PlannedEvent, at
from hubs.settings import changes, settings
from hubs.stack import Stack
from preview.loaded import Loaded

Planned = tuple[Stack, tuple[PlannedEvent, ...]]
Raw = dict[str, object]
Switched = list[tuple[str, str, dict[str, str]]]

WORKSHOP: Switched = [
    (
        "2026-11-30T14:00",
        "staged",
        {
            "pool": "n2-highmem-4, at most 35 nodes",
            "upgrades": "never while it is on",
            "passwords": "new ones",
        },
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
            "passwords": "off",
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
    ("2027-01-25T13:00", "staged", {"passwords": "new ones"}),
    (
        "2027-02-01T12:43",
        "warm",
        {
            "profile": "demo only",
            "pre-puller": "on",
            "spawn limit": "64",
            "start timeout": "300 s",
        },
    ),
    ("2027-02-01T13:00", "live", {}),
    ("2027-02-01T15:00", "live", {}),
    (
        "2027-02-01T16:20",
        "over",
        {
            "passwords": "off",
            "profile": "off",
            "pre-puller": "off",
            "spawn limit": "off",
            "start timeout": "off",
        },
    ),
]


def switched(planned: Planned) -> Switched:
    """Return every change of a stack with one event."""
    stack, events = planned
    return [
        (
            f"{change.at.astimezone(UTC):%Y-%m-%dT%H:%M}",
            ", ".join(one.state.phase for one in change.moved),
            change.switched,
        )
        for change in changes(events, stack.cluster)
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
    assert found[-1][1:] == ("over", nights[0] | {"pool": "off", "passwords": "off"})


@pytest.mark.parametrize(
    ("lock", "told"),
    [
        ({}, "locked, but for DNS and the hub"),
        (
            {"allow": ["192.0.2.0/28", "198.51.100.7/32"]},
            "locked, but for DNS, the hub, 192.0.2.0/28 and 198.51.100.7/32",
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
    current: dict[str, dict[str, str]] = {event.hub.name: {} for event in events}
    for change in changes(events, stack.cluster):
        of = current[change.hub.name]
        of.update(change.switched)
        on = {key: value for key, value in of.items() if value != "off"}
        states = [at(event, change.at) for event in events]
        assert on == settings(change.hub, states, stack.cluster.provider)
        assert change.usual == (bool(of) and not on)
    assert all(set(of.values()) <= {"off"} for of in current.values())


def test_homes_that_are_faster_are_a_setting_with_an_instant_of_its_own(
    loaded: Callable[[str], Loaded],
) -> None:
    found = loaded("full-eks")
    told = [
        (change.hub.name, len(change.moved), change.switched["home directories"], change.usual)
        for change in changes(found.events, found.stack.cluster)
        if "home directories" in change.switched
    ]

    assert told == [
        ("full-eks", 1, "52 MiB/s", False),
        ("full-eks", 1, "off", False),
        ("full-eks", 1, "52 MiB/s", False),
        # A day after it went up again: nobody is there, and nothing else changes.
        ("full-eks", 0, "off", True),
    ]


def test_events_that_share_a_hub_each_have_their_pool_and_together_one_profile(
    build: Callable[..., Planned], gke: Raw, hub: Raw, event: Raw
) -> None:
    starts, ends = "2027-02-01T15:00", "2027-02-01T17:00"
    later = event | {"name": "later", "sessions": [{"starts": starts, "ends": ends}]}
    stack, events = build(gke, hub, [event, later])

    both = settings(
        events[0].hub, [at(one, _second_begins(events)) for one in events], stack.cluster.provider
    )

    assert {"pool of intro", "pool of later"} <= set(both)
    assert both["profile"] == "intro-and-later only"


def _second_begins(events: tuple[PlannedEvent, ...]) -> datetime:
    """Return when the second of two events begins, while the first is still on."""
    return events[1].schedule.sessions[0].starts
