"""What a hub cannot do without: it is never the first to go, and nobody moves it in an event."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from hubs.active import PlannedEvent
from hubs.deployment import deployment
from hubs.stack import Stack
from hubs.values_core import Budget

Raw = dict[str, Any]
Planned = tuple[Stack, tuple[PlannedEvent, ...]]
Build = Callable[[Raw, Raw, Sequence[Raw]], Planned]
ValuesAt = Callable[[Raw, Raw, Raw, str], Raw]

USUAL, WARM, LIVE, OVER = (
    "2027-01-01T00:00",
    "2027-02-01T13:43",
    "2027-02-01T14:00",
    "2027-02-01T17:20",
)
# Pods of the chart that are BestEffort without resources of ours.
PODS = [
    "hub",
    "prePuller",
    "proxy.chp",
    "proxy.secretSync",
    "proxy.traefik",
    "scheduling.userScheduler",
]


def with_resources(values: Raw, above: str = "") -> Iterator[tuple[str, Raw]]:
    """Yield the path and the resources of everything that has some, but for user pods."""
    for key, value in values.items():
        path = f"{above}{key}"
        if isinstance(value, dict) and key != "singleuser":
            if "resources" in value:
                yield path, value["resources"]
            yield from with_resources(value, f"{path}.")


def test_no_pod_of_the_chart_is_best_effort(
    eks: Raw, hub: Raw, event: Raw, values_at: ValuesAt
) -> None:
    hub["pool"] = {"machineType": "m5.2xlarge", "maxNodes": 5}

    found = dict(with_resources(values_at(eks, hub, event, USUAL)))

    assert sorted(found) == PODS
    for path, resources in found.items():
        assert sorted(resources) == ["limits", "requests"], path
        assert sorted(resources["requests"]) == ["cpu", "memory"], path
        # The CPU that nobody else uses is theirs.
        assert sorted(resources["limits"]) == ["memory"], path


@pytest.mark.parametrize(
    ("time", "on"), [(USUAL, False), (WARM, True), (LIVE, True), (OVER, False)]
)
def test_nobody_moves_hub_and_proxies_while_an_event_is_on(
    time: str, *, on: bool, gke: Raw, hub: Raw, event: Raw, values_at: ValuesAt
) -> None:
    found = values_at(gke, hub, event, time)

    assert found["hub"]["pdb"] == {"enabled": on}
    assert found["proxy"]["chp"]["pdb"] == {"enabled": on}
    # The chart gives this one the name of the proxy's, which is there already.
    assert found["proxy"]["traefik"]["pdb"] == {"enabled": False}


@pytest.fixture
def kept(build: Build, event: Raw) -> Callable[[Raw, Raw, Raw], list[tuple[Budget, ...]]]:
    """Return the budgets of a hub before, in, and after an event on a pool."""

    def found(cluster: Raw, hub: Raw, pool: Raw) -> list[tuple[Budget, ...]]:
        stack, events = build(cluster, hub, [event | {"pool": pool}])
        where = ZoneInfo("Europe/Berlin")
        times = [datetime.fromisoformat(time) for time in (USUAL, WARM, LIVE, OVER)]
        return [
            deployment(stack, events, time.replace(tzinfo=where)).hubs[0].budgets for time in times
        ]

    return found


Kept = Callable[[Raw, Raw, Raw], list[tuple[Budget, ...]]]


@pytest.mark.parametrize(
    ("pool", "least"),
    [
        # Six seats fit a node by CPU, and the pool has at most four nodes.
        ({"machineType": "n2-highmem-4"}, 24),
        ({"machineType": "n2-highmem-4", "maxNodes": 6}, 36),
        # As many as are asked for, even where the pool is too small for them.
        ({"machineType": "n2-highmem-4", "maxNodes": 2}, 20),
    ],
)
def test_nobody_moves_any_of_an_events_servers(
    pool: Raw, least: int, gke: Raw, hub: Raw, kept: Kept
) -> None:
    users = Budget(name="users", component="singleuser-server", least=least)

    assert kept(gke, hub, pool) == [(), (users,), (users,), ()]


@pytest.mark.parametrize(
    ("ingress", "names"),
    [({}, ["users", "autohttps"]), ({"ingressClass": "nginx"}, ["users"])],
)
def test_nobody_moves_what_ends_tls_where_it_is_the_charts(
    ingress: Raw, names: list[str], existing: Raw, hub: Raw, kept: Kept
) -> None:
    del hub["pool"]
    hub["address"] = {"host": "lab.example.edu", "contact": "admin@example.edu"}

    quiet, *during, over = kept(existing | ingress, hub, {})

    assert (quiet, over) == ((), ())
    assert [[budget.name for budget in one] for one in during] == [names, names]
    assert during[0][1:] == tuple(Budget(name=name, component=name, least=1) for name in names[1:])


@pytest.mark.parametrize("time", [USUAL, LIVE])
def test_core_pods_come_before_users_and_users_before_placeholders(
    time: str, existing: Raw, hub: Raw, event: Raw, values_at: ValuesAt
) -> None:
    del hub["pool"]

    found = values_at(existing, hub, event, time)

    # The chart's class is that of core pods; pullers have -5 and placeholders -10 by default.
    assert found["scheduling"]["podPriority"] == {"enabled": True, "defaultPriority": 10}
    assert found["hub"]["config"]["KubeSpawner"]["priority_class_name"] == "lab-users"


@pytest.mark.parametrize("time", [USUAL, LIVE])
def test_no_users_server_has_a_token_of_kubernetes(
    time: str, gke: Raw, hub: Raw, event: Raw, values_at: ValuesAt
) -> None:
    hub["buckets"] = [{"name": "example-keep"}]

    found = values_at(gke, hub, event, time)

    assert found["hub"]["config"]["KubeSpawner"]["automount_service_account_token"] is False


@pytest.mark.parametrize(
    ("time", "event_of"), [(USUAL, ""), ("2027-01-31T12:00", "intro"), (LIVE, "intro"), (OVER, "")]
)
def test_a_hub_starts_again_with_other_passwords(
    time: str, event_of: str, gke: Raw, hub: Raw, event: Raw, values_at: ValuesAt
) -> None:
    assert values_at(gke, hub, event, time)["hub"]["annotations"] == {
        "readyroom/passwords-of": event_of
    }
