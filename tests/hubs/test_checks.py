"""Mistakes that only two parts of a stack show together."""

from pydantic import TypeAdapter

from hubs.checks import check
from hubs.cluster import ClusterConfig
from hubs.event import EventConfig

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
