"""The fingerprint of an environment: the same whatever is on, another one for any change."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from environments import Planned, environments, release_of
from hypothesis import given, settings
from hypothesis import strategies as st

from hubs.active import PlannedEvent
from hubs.deployment import deployment, plan_events
from hubs.event import EgressLockConfig, StorageConfig
from hubs.files import read_yaml
from hubs.freeze_parts import EVENT_PATHS, differences, environment, fingerprint, unseen
from hubs.hub import HubConfig
from preview.loaded import Loaded

ROOT = Path(__file__).parents[2]
STACKS = ("campus", "datahub", "exam", "full-eks", "full-gke", "icesat2", "workshop")
Raw = dict[str, Any]
LOCKED: Raw = {"egress_lock": EgressLockConfig(allow=("203.0.113.0/24",))}
SCRATCH: Raw = {
    "storage": StorageConfig.model_construct(scratch_per_user=1 << 30),
    "node_ready": 1200,
}
MORE = {"locked": ("full-gke", LOCKED), "scratch": ("campus", SCRATCH)}


Leaf = tuple[str | int, ...]
On = tuple[Raw, dict[str, str]]
Case = Callable[[str], Planned]
Change = Callable[[Raw], None]


def _instants(events: Sequence[PlannedEvent]) -> list[datetime]:
    """Return an instant of every phase of every event, and one before all of them."""
    first: dict[tuple[str, str, bool], datetime] = {}
    for event in events:
        for change in event.schedule.transitions:
            first.setdefault((event.config.name, change.phase, change.draining), change.at)
    return sorted({min(first.values()) - timedelta(days=1), *first.values()})


@pytest.fixture(scope="session")
def case(loaded: Callable[[str], Loaded]) -> Case:
    """Return a shipped stack, or one of two with what none of their events has."""

    @cache
    def of(name: str) -> Planned:
        stack, more = MORE.get(name, (name, {}))
        found = loaded(stack)
        if not more:
            return found.stack, found.events
        events = tuple(event.model_copy(update=more) for event in found.stack.events)
        changed = replace(found.stack, events=events)
        return changed, plan_events(changed)

    return of


CASES = (*STACKS, *MORE)


@pytest.mark.parametrize("name", CASES)
def test_a_fingerprint_is_the_same_in_every_phase_of_every_event(name: str, case: Case) -> None:
    planned = case(name)
    quiet, *others = _instants(planned[1])
    before = environments(planned, quiet)

    assert len(others) >= len(("staged", "warm", "live", "draining", "over"))
    for now in others:
        assert environments(planned, now) == before, now


def test_events_switch_what_is_left_out_and_nothing_else(case: Case) -> None:
    switched = set[tuple[str, ...]]()
    for stack, events in map(case, CASES):
        quiet, *others = _instants(events)
        for now in others:
            pairs = zip(
                deployment(stack, events, quiet).hubs,
                deployment(stack, events, now).hubs,
                strict=True,
            )
            for before, after in pairs:
                switched |= set(_differ(before.values, after.values))

    outside = [path for path in switched if not any(_below(path, it) for it in EVENT_PATHS)]
    assert outside == []
    unused = [it for it in EVENT_PATHS if not any(_below(path, it) for path in switched)]
    assert unused == []


def _below(path: tuple[str, ...], parent: tuple[str, ...]) -> bool:
    return path[: len(parent)] == parent


def _differ(before: object, after: object, at: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the path of every leaf that two values do not have in common."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in {*before, *after}:
            yield from _differ(before.get(key, ...), after.get(key, ...), (*at, str(key)))
    elif before != after:
        yield at


def _set(*path: str, to: object) -> Change:
    def change(holder: Any) -> None:  # noqa: ANN401 - mappings and lists
        for key in path[:-1]:
            holder = holder[int(key) if key.isdigit() else key]
        holder[path[-1]] = to

    return change


def _environment(file: Raw, planned: Planned) -> dict[str, str]:
    """Return the environment of a changed hub file while its event is on."""
    stack, events = planned
    hub = HubConfig.model_validate(file)
    changed = replace(stack, hubs=(hub,))
    own = tuple(replace(event, hub=hub) for event in events if event.hub.name == hub.name)
    return environments((changed, own), own[0].schedule.sessions[0].starts)[hub.name]


@pytest.mark.parametrize(
    ("change", "parts"),
    [
        (_set("image", "digest", to=f"sha256:{'0' * 64}"), {"image"}),
        (_set("image", "name", to="quay.io/example/other"), {"image"}),
        # How long a pull takes decides how long a server may take to start.
        (_set("image", "size", to="9Gi"), {"image", "singleuser"}),
        (_set("chartVersion", to="4.4.1"), {"chart"}),
        (_set("cull", "timeout", to="2h"), {"cull"}),
        (_set("cull", "nightly", to={"at": "04:00"}), {"cull"}),
        (_set("pool", "maxNodes", to=3), {"pool"}),
        (_set("pool", "spot", to=False), {"pool"}),
        (_set("profiles", to={"halvings": 2}), {"profiles", "singleuser"}),
        (_set("scratch", to="7Gi"), {"scratch", "singleuser"}),
        (_set("shared", "leads", to=["somebody"]), {"shared", "hub"}),
        (_set("buckets", to=[]), {"buckets", "singleuser"}),
        (_set("database", to="sqlite"), {"database", "hub"}),
        (_set("address", "contact", to="somebody@example.org"), {"address", "proxy"}),
        (_set("signIn", "admins", to=["somebody"]), {"signIn", "hub"}),
        # Which secret it is, the values do not say.
        (_set("signIn", "clientSecret", to={"secret": "other"}), {"signIn"}),
        (_set("options", to=[]), {"options", "singleuser", "hub"}),
        (_set("options", "0", "maxNodes", to=7), {"options"}),
    ],
)
def test_a_change_of_a_hub_file_is_seen_while_the_event_is_on(
    change: Change, parts: set[str], case: Case
) -> None:
    file: Any = read_yaml(ROOT / "hubs" / "full-gke.yaml")
    before = _environment(file, case("full-gke"))

    change(file)
    after = _environment(file, case("full-gke"))

    assert {part for part in {*before, *after} if before.get(part) != after.get(part)} == parts


def test_the_order_of_lists_in_a_hub_file_means_nothing(case: Case) -> None:
    file: Any = read_yaml(ROOT / "hubs" / "full-gke.yaml")
    before = _environment(file, case("full-gke"))

    for lists in (file["options"], file["buckets"], file["shared"]["leads"]):
        lists.reverse()

    assert _environment(file, case("full-gke")) == before


def test_an_event_may_change(case: Case) -> None:
    plain, changed = case("campus"), case("scratch")
    now = plain[1][0].schedule.sessions[0].starts

    assert environments(plain, now) == environments(changed, now)


@pytest.fixture(scope="session")
def on(case: Case) -> On:
    """Return the release of the fullest hub while its event is on, and what goes with it."""
    stack, events = case("full-gke")
    [event] = [one for one in events if one.hub.name == "full-gke"]
    now = event.schedule.sessions[0].starts
    [hub] = [one for one in deployment(stack, events, now).hubs if one.config is event.hub]
    [usual] = [one for one in deployment(stack, (), now).hubs if one.config is event.hub]
    return json.loads(json.dumps(release_of(hub))), unseen(usual.config, usual.values)


def _leaves(value: object, at: Leaf = ()) -> Iterator[Leaf]:
    inner: list[tuple[str | int, object]] = []
    if isinstance(value, Mapping):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    found = [leaf for key, held in inner for leaf in _leaves(held, (*at, key))]
    yield from found or [at]


@settings(deadline=None)
@given(data=st.data())
def test_any_other_value_that_is_deployed_changes_its_part_alone(
    data: st.DataObject, on: On
) -> None:
    release, beside = on
    path = data.draw(st.sampled_from(list(_leaves(release["values"]))))
    changed = deepcopy(release)
    holder = changed["values"]
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = data.draw(st.sampled_from(["another", 12345, [], ["another"]]))

    before, after = environment(release, beside), environment(changed, beside)

    # Init containers have the user image, too, and here they keep the old one.
    parts = {"image", "singleuser"} if path[:2] == ("singleuser", "image") else {path[0]}
    hidden = any(_below(tuple(map(str, path)), it) for it in EVENT_PATHS)
    same = fingerprint(changed["values"]) == fingerprint(release["values"])
    expected = set[object]() if hidden or same else parts
    assert {one for one in before if before[one] != after[one]} == expected
    assert set(before) == set(after)


@pytest.mark.parametrize("key", ["chart", "version", "repositoryOpts"])
def test_a_chart_is_its_name_its_version_and_where_it_comes_from(key: str, on: On) -> None:
    release, beside = on

    changed = environment(release | {key: "other"}, beside)

    assert differences(environment(release, beside), changed) == [
        f"chart is {changed['chart']}, frozen as {environment(release, beside)['chart']}"
    ]


def test_other_inputs_of_a_release_are_nobodys_environment(
    on: On,
) -> None:
    release, beside = on

    assert environment(release | {"timeout": 1, "maxHistory": 2}, beside) == environment(
        release, beside
    )


@pytest.mark.parametrize("values", [None, "text", {}, {"singleuser": "text"}])
def test_what_is_not_there_is_another_environment(values: object, on: On) -> None:
    release, beside = on

    found = environment(release | {"values": values}, beside)

    assert found["singleuser"] != environment(release, beside)["singleuser"]
