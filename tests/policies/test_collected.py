"""Collecting keeps plain copies of what rules read, with a marker for what is unknown."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pulumi_policy.proxy import (
    UNKNOWN_ARRAY_VALUE,
    UNKNOWN_BOOLEAN_VALUE,
    UNKNOWN_NUMBER_VALUE,
    UNKNOWN_OBJECT_VALUE,
    UNKNOWN_STRING_VALUE,
    unknown_checking_proxy,
)

from policies.collected import UNKNOWN, Resource, collect, collected, plain

Resources = dict[str, Any]


def test_what_rules_read_is_kept_by_urn_and_everything_else_is_not(
    collect: Callable[[Resources], None],
) -> None:
    collect(
        {
            "hub": {"name": "course"},
            "release": {"version": "4.4.2"},
            "gke": {},
            "eks": {},
            "existing": {},
            "filestore": {"tier": "ZONAL"},
            "efs": {},
            "pulumi:index:Stash": {"input": {"name": "course"}},
            "gcp:container/cluster:Cluster": {"name": "course"},
            "kubernetes:core/v1:Namespace": {},
        }
    )

    start = "urn:pulumi:dev::readyroom::"
    kept = {
        "readyroom:hub:JupyterHub": {"name": "course"},
        "kubernetes:helm.sh/v3:Release": {"version": "4.4.2"},
        "gcp:container/nodePool:NodePool": {},
        "aws:eks/nodeGroup:NodeGroup": {},
        "readyroom:existing:ExistingCluster": {},
        "gcp:filestore/instance:Instance": {"tier": "ZONAL"},
        "aws:efs/fileSystem:FileSystem": {},
        "pulumi:index:Stash": {"input": {"name": "course"}},
    }
    assert collected == {
        f"{start}{token}::course": Resource(urn=f"{start}{token}::course", type=token, props=props)
        for token, props in kept.items()
    }


def test_a_second_look_at_a_resource_replaces_the_first(
    collect: Callable[[Resources], None],
) -> None:
    collect({"release": {"version": "4.4.1"}})
    collect({"release": {"version": "4.4.2"}})

    assert [resource.props for resource in collected.values()] == [{"version": "4.4.2"}]


@pytest.mark.parametrize(
    "sentinel",
    [
        UNKNOWN_STRING_VALUE,
        UNKNOWN_NUMBER_VALUE,
        UNKNOWN_BOOLEAN_VALUE,
        UNKNOWN_ARRAY_VALUE,
        UNKNOWN_OBJECT_VALUE,
    ],
)
def test_an_unknown_value_is_marked_where_it_is_and_its_neighbours_are_kept(sentinel: str) -> None:
    proxy = unknown_checking_proxy(
        {"a": sentinel, "b": [1.0, sentinel, {"c": sentinel, "d": None}], "e": {"f": "text"}}
    )

    assert plain(proxy) == {
        "a": UNKNOWN,
        "b": [1.0, UNKNOWN, {"c": UNKNOWN, "d": None}],
        "e": {"f": "text"},
    }


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(st.dictionaries(st.text(), JSON))
@settings(max_examples=50, deadline=None)
def test_what_is_known_is_copied_as_it_is(props: Resources) -> None:
    assert plain(unknown_checking_proxy(props)) == props


def test_a_plain_copy_is_made_of_dicts_and_lists() -> None:
    copy = plain(unknown_checking_proxy({"a": [{"b": True}]}))

    assert (type(copy), type(copy["a"]), type(copy["a"][0])) == (dict, list, dict)


def test_collecting_is_a_policy_that_reports_nothing_and_only_reads() -> None:
    assert collect.name == "collect"
    assert collect.description == "Reads what is registered for the rules that judge it."


def test_what_is_not_known_is_told_as_such() -> None:
    assert str(UNKNOWN) == "(not known yet)"


def test_a_program_that_begins_is_judged_by_what_it_registers_itself(
    collect: Callable[[Resources], None],
) -> None:
    collect({"hub": {"name": "course"}, "gke": {}})
    collect({"pulumi:pulumi:Stack": {}, "eks": {}})

    assert [found.type for found in collected.values()] == ["aws:eks/nodeGroup:NodeGroup"]
