"""When idle servers are stopped, and the stricter look at them once a night."""

import asyncio
import logging
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from hubs.active import PlannedEvent
from hubs.deployment import Hub, deployment
from hubs.stack import Stack
from hubs.values_culling import CULL_ONCE, NightlyCull

Raw = dict[str, Any]
Planned = tuple[Stack, tuple[PlannedEvent, ...]]
Build = Callable[[Raw, Raw, Sequence[Raw]], Planned]
ValuesAt = Callable[[Raw, Raw, Raw, str], Raw]

USUAL, WARM, LIVE, OVER = (
    "2027-01-01T00:00",
    "2027-02-01T13:33",
    "2027-02-01T14:00",
    "2027-02-01T17:20",
)
NIGHTLY = {"nightly": {"at": "02:05", "timezone": "America/Chicago", "timeout": "12m"}}


@pytest.fixture
def hub_at(build: Build, event: Raw) -> Callable[..., Hub]:
    """Return what must exist of a hub at a local time of Berlin."""

    def found(cluster: Raw, hub: Raw, time: str, **changed: str) -> Hub:
        stack, events = build(cluster, hub, [event | changed])
        now = datetime.fromisoformat(time).replace(tzinfo=ZoneInfo("Europe/Berlin"))
        return deployment(stack, events, now).hubs[0]

    return found


HubAt = Callable[..., Hub]


@pytest.mark.parametrize(
    ("time", "cull"),
    [
        (USUAL, {"enabled": True, "timeout": 1800, "every": 300, "maxAge": 172_800}),
        # A server that people use is never stopped for its age in the middle of an event.
        (WARM, {"enabled": True, "timeout": 1800, "every": 300}),
        (LIVE, {"enabled": True, "timeout": 1800, "every": 300}),
        (OVER, {"enabled": True, "timeout": 1800, "every": 300, "maxAge": 172_800}),
    ],
)
def test_age_stops_servers_outside_of_events_alone(
    time: str, cull: Raw, gke: Raw, hub: Raw, event: Raw, values_at: ValuesAt
) -> None:
    hub["cull"] = {"timeout": "30m", "every": "5m", "maxAge": "2d"}

    assert values_at(gke, hub, event, time)["cull"] == cull


@pytest.mark.parametrize(
    ("time", "suspended"), [(USUAL, False), (WARM, True), (LIVE, True), (OVER, False)]
)
@pytest.mark.parametrize("kind", ["workshop", "exam"])
def test_the_nightly_look_sleeps_while_an_event_is_on(
    time: str, *, suspended: bool, kind: str, gke: Raw, hub: Raw, hub_at: HubAt
) -> None:
    hub["cull"] = NIGHTLY

    assert hub_at(gke, hub, time, kind=kind).nightly == NightlyCull(
        schedule="5 2 * * *",
        timezone="America/Chicago",
        idle=720,
        image="quay.io/jupyterhub/k8s-hub:4.4.2",
        suspended=suspended,
        selector={"hub.jupyter.org/node-purpose": "core"},
    )


def test_on_own_nodes_it_runs_anywhere(existing: Raw, hub: Raw, hub_at: HubAt) -> None:
    del hub["pool"]
    hub |= {"cull": {"nightly": {}}, "chartVersion": "4.4.1"}

    assert hub_at(existing, hub, USUAL).nightly == NightlyCull(
        schedule="0 3 * * *",
        timezone="UTC",
        idle=600,
        image="quay.io/jupyterhub/k8s-hub:4.4.1",
        suspended=False,
        selector={},
    )


def test_the_hub_lets_the_nightly_culler_in_and_may_stop_servers_only(
    gke: Raw, hub: Raw, event: Raw, values_at: ValuesAt
) -> None:
    found = values_at(gke, hub | {"cull": NIGHTLY}, event, USUAL)["hub"]

    assert found["services"]["nightly-cull"] == {"name": "nightly-cull"}
    assert found["loadRoles"]["nightly-cull"] == {
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        "services": ["nightly-cull"],
    }


def test_nobody_is_let_in_where_no_nightly_look_is_wanted(
    gke: Raw, hub: Raw, event: Raw, hub_at: HubAt, values_at: ValuesAt
) -> None:
    found = values_at(gke, hub, event, USUAL)["hub"]

    assert hub_at(gke, hub, USUAL).nightly is None
    assert "nightly-cull" not in {**found["services"], **found["loadRoles"]}


def test_the_job_looks_once_with_what_its_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not prove that the culler takes these: that was tried with 1.4.0 and a real hub."""
    calls: list[Raw] = []

    async def cull_idle(**given: Any) -> None:  # noqa: ANN401 - whatever it is called with
        await asyncio.sleep(0)
        calls.append(given)

    culler = ModuleType("jupyterhub_idle_culler")
    culler.__dict__["cull_idle"] = cull_idle
    monkeypatch.setitem(sys.modules, "jupyterhub_idle_culler", culler)
    monkeypatch.setattr(logging, "basicConfig", lambda **given: calls.append(given))
    monkeypatch.setenv("JUPYTERHUB_API_URL", "http://hub:8081/hub/api")
    monkeypatch.setenv("JUPYTERHUB_API_TOKEN", "none of your business")
    monkeypatch.setenv("IDLE_SECONDS", "720")

    exec(compile(CULL_ONCE, "cull", "exec"), {})  # noqa: S102 - what the job runs

    assert calls == [
        {"level": logging.INFO},
        {
            "url": "http://hub:8081/hub/api",
            "api_token": "none of your business",
            "inactive_limit": 720,
        },
    ]
