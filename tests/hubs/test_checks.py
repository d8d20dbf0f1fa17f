"""Mistakes that only two parts of a stack show together."""

import pytest
from pydantic import TypeAdapter

from hubs.checks import check
from hubs.cluster import ClusterConfig
from hubs.event import EventConfig
from hubs.hub import HubConfig

Raw = dict[str, object]
CLUSTER: TypeAdapter[ClusterConfig] = TypeAdapter(ClusterConfig)


def event(existing_hub: str, name: str, month: int) -> EventConfig:
    """Return a small event of a name on a hub."""
    starts, ends = f"2027-{month:02}-01T14:00", f"2027-{month:02}-01T16:00"
    return EventConfig.model_validate(
        {
            "name": name,
            "hub": existing_hub,
            "kind": "workshop",
            "users": 20,
            "seat": {"memory": "2Gi", "cpu": 0.5},
            "arrivals": {"within": "5m"},
            "timezone": "Europe/Berlin",
            "sessions": [{"starts": starts, "ends": ends}],
        }
    )


def test_a_pool_of_an_event_is_not_named_like_that_of_a_hub(existing: Raw) -> None:
    cluster = CLUSTER.validate_python(existing)

    found = list(check(cluster, [], ["lab", "lab-intro"], [event("lab", "intro", 2)]))

    assert [str(mistake) for mistake in found] == [
        "events[0].name: its pool would be named like that of hub lab-intro; rename it"
    ]


def test_pools_of_two_events_are_not_named_alike(existing: Raw) -> None:
    cluster = CLUSTER.validate_python(existing)
    events = [event("lab", "intro-two", 2), event("lab-intro", "two", 3)]

    found = list(check(cluster, [], ["lab", "lab-intro"], events))

    assert [str(mistake) for mistake in found] == [
        "events[1].name: its pool would be named like that of event intro-two on hub lab; rename it"
    ]


def test_events_may_be_on_a_hub_at_one_time(existing: Raw) -> None:
    cluster = CLUSTER.validate_python(existing)
    events = [event("lab", "intro", 2), event("lab", "other", 2)]

    assert list(check(cluster, [], ["lab"], events)) == []


@pytest.mark.parametrize(
    ("kind", "drain", "told"),
    [
        ("exam", 3600, []),
        (
            "exam",
            3601,
            [
                "events[0].drain: found 1h1s, more than the hour that exam settings may stay on; "
                "lower drain"
            ],
        ),
        ("exam", None, []),
        ("workshop", 10_800, []),
        ("class", None, []),
    ],
)
def test_an_exam_drains_within_the_hour(
    existing: Raw, hub: Raw, kind: str, drain: int | None, told: list[str]
) -> None:
    cluster = CLUSTER.validate_python(existing)
    # Of a hub whose servers go after two hours; an exam has a culling of its own.
    config = HubConfig.model_validate(
        {name: value for name, value in hub.items() if name != "pool"}
        | {"cull": {"timeout": "2h", "every": "10m"}}
    )
    own = event("lab", "intro", 2).model_copy(update={"kind": kind, "drain": drain})

    assert [str(mistake) for mistake in check(cluster, [config], ["lab"], [own])] == told
