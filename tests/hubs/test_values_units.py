"""Memory is integer bytes and CPU a number of cores; an event's settings revert exactly."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from capacity.nodes import Node
from hubs.active import PlannedEvent
from hubs.cluster import ClusterConfig
from hubs.deployment import deployment
from hubs.hub import HubConfig
from hubs.stack import Stack
from hubs.values import helm_values
from hubs.values_place import Place

Planned = tuple[Stack, tuple[PlannedEvent, ...]]

STACKS = ("campus", "datahub", "exam", "icesat2", "workshop")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
OWN: ClusterConfig = TypeAdapter(ClusterConfig).validate_python(
    {
        "provider": "existing",
        "nodes": {"count": 1, "left": {"memory": "1Gi", "cpu": 1}},
        "homes": {"storageClass": "nfs-client", "capacity": "1Gi"},
    }
)
RESOURCES = ["cpu_guarantee", "cpu_limit", "mem_guarantee", "mem_limit"]


def instants(events: tuple[PlannedEvent, ...]) -> Iterator[datetime]:
    """Yield an instant before all events, and every one at which a phase changes."""
    yield LONG_AGO
    for event in events:
        for change in event.schedule.transitions:
            yield change.at


def singleusers(planned: Planned) -> Iterator[dict[str, object]]:
    """Yield the singleuser values of every hub in every phase."""
    stack, events = planned
    for now in instants(events):
        for hub in deployment(stack, events, now).hubs:
            single = hub.values["singleuser"]
            assert isinstance(single, dict)
            yield single


def is_amount(value: object) -> bool:
    """Return whether a value is a positive number of cores; a whole one is an integer."""
    if isinstance(value, float):
        return value > 0 and not value.is_integer()
    return type(value) is int and value > 0


@pytest.mark.parametrize("name", STACKS)
def test_memory_is_integer_bytes_and_cpu_a_number(name: str, shipped: dict[str, Planned]) -> None:
    looked_at = 0
    for single in singleusers(shipped[name]):
        memory, cpu, profiles = single["memory"], single["cpu"], single["profileList"]
        assert isinstance(memory, dict)
        assert isinstance(cpu, dict)
        assert isinstance(profiles, list)
        overrides = [entry["kubespawner_override"] for entry in profiles]
        assert sorted(memory) == sorted(cpu) == ["guarantee", "limit"]
        assert {type(amount) for amount in memory.values()} == {int}
        assert all(is_amount(amount) for amount in cpu.values())
        for override in overrides:
            assert sorted(override) == [*RESOURCES, "node_selector"]
            assert {type(override[key]) for key in RESOURCES[2:]} == {int}
            assert all(is_amount(override[key]) for key in RESOURCES[:2])
            looked_at += 1

    assert looked_at >= 5


@pytest.mark.parametrize("name", STACKS)
def test_the_first_profile_is_the_default_and_the_sizes_without_a_profile(
    name: str, shipped: dict[str, Planned]
) -> None:
    for single in singleusers(shipped[name]):
        memory, cpu, profiles = single["memory"], single["cpu"], single["profileList"]
        assert isinstance(memory, dict)
        assert isinstance(cpu, dict)
        assert isinstance(profiles, list)
        first, *others = profiles
        assert first["kubespawner_override"] == {
            "mem_guarantee": memory["guarantee"],
            "mem_limit": memory["limit"],
            "cpu_guarantee": cpu["guarantee"],
            "cpu_limit": cpu["limit"],
            "node_selector": single["nodeSelector"],
        }
        assert (first["default"], [other["default"] for other in others]) == (
            True,
            [False] * len(others),
        )


@pytest.mark.parametrize("name", STACKS)
def test_an_events_settings_revert_exactly(name: str, shipped: dict[str, Planned]) -> None:
    stack, events = shipped[name]
    usual = [hub.values for hub in deployment(stack, events, LONG_AGO).hubs]
    later = max(event.schedule.transitions[-1].at for event in events) + timedelta(days=365)

    assert [hub.values for hub in deployment(stack, events, later).hubs] == usual
    assert deployment(stack, events, later).pools == deployment(stack, events, LONG_AGO).pools
    for now in instants(events):
        current = deployment(stack, events, now)
        on = {event.planned.config.hub for event in current.events if event.is_on}
        changed = {
            hub.config.name
            for hub, before in zip(current.hubs, usual, strict=True)
            if without_passwords(hub.values) != without_passwords(before)
        }
        assert changed == on


def without_passwords(values: dict[str, object]) -> dict[str, object]:
    """Return values without the annotation by which other passwords start a hub again."""
    hub = values["hub"]
    assert isinstance(hub, dict)
    return values | {"hub": hub | {"annotations": {}}}


@pytest.mark.parametrize("name", STACKS)
def test_passwords_change_as_an_event_is_staged_and_as_it_is_over(
    name: str, shipped: dict[str, Planned]
) -> None:
    stack, events = shipped[name]
    for now in instants(events):
        current = deployment(stack, events, now)
        staged = {event.planned.config.hub for event in current.events if event.has_pool}
        changed = {
            hub.config.name
            for hub in current.hubs
            if hub.values != without_passwords(hub.values) and hub.password_of
        }
        shared = {
            hub.config.name for hub in current.hubs if hub.config.sign_in.kind == "sharedPassword"
        }
        assert changed == staged & shared


@given(
    memory=st.integers(2**30, 2**38),
    cpu=st.integers(500, 96_000),
    counts=st.lists(st.integers(1, 50), min_size=1, max_size=4, unique=True),
)
@settings(deadline=None, max_examples=50)
def test_as_many_of_a_usual_size_fit_a_node_as_it_says(
    memory: int, cpu: int, counts: list[int]
) -> None:
    hub = HubConfig.model_validate(
        {
            "name": "lab",
            "image": {"name": "quay.io/jupyter/base-notebook", "tag": "1", "size": "1Gi"},
            "signIn": {"kind": "sharedPassword", "admins": ["teacher"]},
            "profiles": {"perNode": counts},
        }
    )
    node = Node(
        name="any", memory=memory, cpu=cpu, pods=50, template_cpu=cpu, because="", source=""
    )

    single = helm_values(hub, Place(cluster=OWN, node=node, selector={}), None)["singleuser"]

    assert isinstance(single, dict)
    overrides = [entry["kubespawner_override"] for entry in single["profileList"]]
    for count, override in zip(sorted(counts, reverse=True), overrides, strict=True):
        assert memory - count < override["mem_guarantee"] * count <= memory
        assert cpu - count < round(override["cpu_guarantee"] * 1000) * count <= cpu
        assert round(override["cpu_limit"] * 1000) == cpu
