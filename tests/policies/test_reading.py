"""Facts, values and paths are read whole, or refused with what is wrong."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from policies.collected import UNKNOWN
from policies.reading import (
    Event,
    UnreadableError,
    active_events,
    look,
    of_type,
    release_values,
    whole,
)

Resources = dict[str, Any]
Collect = Callable[[Resources], None]

START = "urn:pulumi:dev::readyroom::"
INTRO = Event(
    name="intro",
    hub="course",
    hub_urn=f"{START}readyroom:hub:JupyterHub::course",
    kind="workshop",
    users=60,
    fewest_per_node=None,
    warm_nodes=3,
)


@pytest.mark.parametrize(
    ("path", "found"),
    [("a", {"b": {"c": None}}), ("a.b", {"c": None}), ("a.b.c", None), ("d", [1])],
)
def test_what_lies_at_a_path_is_returned(path: str, found: object) -> None:
    assert look({"a": {"b": {"c": None}}, "d": [1]}, path) == found


@pytest.mark.parametrize("path", ["b", "a.c", "a.b.c", "d.a"])
def test_where_a_key_is_missing_the_default_is_returned(path: str) -> None:
    assert look({"a": {"b": 1}, "d": None}, path, "default") == "default"


@pytest.mark.parametrize("path", ["b", "a.c", "a.b.c"])
def test_a_missing_key_without_a_default_is_refused(path: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        look({"a": {"b": 1}}, path)
    assert str(caught.value) == f"{path} is missing"


@pytest.mark.parametrize("path", ["a", "a.b", "c.d"])
def test_an_unknown_on_the_way_is_refused_even_with_a_default(path: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        look({"a": UNKNOWN, "c": {"d": UNKNOWN}}, path, "default")
    assert str(caught.value) == f"{path} is not known yet"


@pytest.mark.parametrize(("value", "number"), [(60.0, 60), (60, 60), (0.0, 0), (-1.0, -1)])
def test_a_float_without_a_fraction_is_a_whole_number(value: float, number: int) -> None:
    found = whole({"a": value}, "a")

    assert (found, type(found)) == (number, int)


@pytest.mark.parametrize("value", [0.5, "60", True, None, [60]])
def test_what_is_no_whole_number_is_refused(value: object) -> None:
    with pytest.raises(UnreadableError) as caught:
        whole({"a": value}, "a")
    assert str(caught.value) == f"a is {value!r}, not a whole number"


def test_a_whole_number_may_have_a_default() -> None:
    assert whole({}, "a", 0) == 0


def test_a_missing_whole_number_is_refused() -> None:
    with pytest.raises(UnreadableError) as caught:
        whole({}, "a")
    assert str(caught.value) == "a is missing"


def test_resources_of_some_types_come_by_urn(collect: Collect) -> None:
    collect({"release b": {}, "gke a": {}, "release a": {}, "eks a": {}})

    found = of_type("kubernetes:helm.sh/v3:Release", "aws:eks/nodeGroup:NodeGroup")
    assert [resource.urn for resource in found] == [
        f"{START}aws:eks/nodeGroup:NodeGroup::a",
        f"{START}kubernetes:helm.sh/v3:Release::a",
        f"{START}kubernetes:helm.sh/v3:Release::b",
    ]


def test_the_facts_of_an_active_event_are_those_of_its_hub(
    gke: Resources, collect: Collect
) -> None:
    gke["hub quiet"] = {"name": "quiet", "release": "quiet", "event": None}
    gke["hub quieter"] = {"name": "quieter", "release": "quieter"}
    collect(gke)

    assert list(active_events()) == [INTRO]


def test_a_declared_fewest_is_a_whole_number(gke: Resources, collect: Collect) -> None:
    gke["hub"]["event"]["fewestPerNode"] = 2
    collect(gke)

    fewest = next(active_events()).fewest_per_node
    assert (fewest, type(fewest)) == (2, int)


def test_the_options_that_an_event_keeps_are_names(gke: Resources, collect: Collect) -> None:
    gke["hub"]["event"]["options"] = ["gpu", "large"]
    collect(gke)

    assert list(active_events()) == [replace(INTRO, options=frozenset({"gpu", "large"}))]


def test_values_are_those_of_the_release_of_the_hubs_name_in_its_namespace(
    gke: Resources, collect: Collect
) -> None:
    gke["release a"] = {"name": "course", "namespace": "other", "values": {"wrong": 1}}
    gke["release b"] = {"name": "other", "namespace": "course", "values": {"wrong": 2}}
    collect(gke)

    assert sorted(release_values(INTRO)) == ["scheduling", "singleuser"]
