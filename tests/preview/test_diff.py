"""What differs between two lists of resources, and nothing else."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preview.diff import Change, diff, differences
from preview.resources import Registered

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
    ),
    max_leaves=10,
)


def _one(name: str, inputs: dict[str, Any], stack: str = "dev", kind: str = "a:b:C") -> Registered:
    urn = f"urn:pulumi:{stack}::shop::{kind}::{name}"
    return Registered(urn=urn, type=kind, name=name, parent="", inputs=inputs, protect=False)


def _changed(path: str, before: object, after: object) -> Change:
    return Change(
        kind="changed",
        urn="urn:pulumi:dev::shop::a:b:C::one",
        type="a:b:C",
        name="one",
        property=path,
        before=before,
        after=after,
    )


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"a": 2}, [("a", 1, 2)]),
        ({"a": 1}, {}, [("a", 1, "(absent)")]),
        ({}, {"a": None}, [("a", "(absent)", None)]),
        ({"b": {"c": 1, "d": 2}}, {"b": {"c": 1, "d": 3}}, [("b.d", 2, 3)]),
        ({"b": 1, "a": 1}, {"b": 2, "a": 2}, [("a", 1, 2), ("b", 1, 2)]),
        ({"a": [1, {"b": 2}]}, {"a": [1, {"b": 3}]}, [("a[1].b", 2, 3)]),
        # Lists of another length differ as a whole: no telling which item was added.
        ({"a": [1, 2]}, {"a": [1]}, [("a", [1, 2], [1])]),
        ({"a": [[1], [2]]}, {"a": [[1], [3]]}, [("a[1][0]", 2, 3)]),
        ({"a": {"b": 1}}, {"a": [1]}, [("a", {"b": 1}, [1])]),
        ({"a": "12"}, {"a": "13"}, [("a", "12", "13")]),
        ({"a": "1"}, {"a": 1}, [("a", "1", 1)]),
        ({"x/y": {"p.q": 1}}, {"x/y": {"p.q": 2}}, [("x/y.p.q", 1, 2)]),
    ],
)
def test_a_changed_resource_differs_leaf_by_leaf(
    before: dict[str, Any], after: dict[str, Any], changes: list[tuple[str, object, object]]
) -> None:
    found = diff([_one("one", before)], [_one("one", after)])

    assert found == [_changed(*change) for change in changes]


def test_resources_are_added_and_removed_whole_in_order() -> None:
    before = [_one("b", {"a": 1}), _one("c", {})]
    after = [_one("c", {}), _one("a", {"a": 1}), _one("b", {}, kind="a:b:D")]

    assert [(change.kind, change.type, change.name) for change in diff(before, after)] == [
        ("added", "a:b:C", "a"),
        ("removed", "a:b:C", "b"),
        ("added", "a:b:D", "b"),
    ]


def test_two_stacks_are_compared_without_their_names() -> None:
    assert diff([_one("one", {"a": 1}, "dev")], [_one("one", {"a": 1}, "prod")]) == []


def test_a_change_between_stacks_is_told_of_the_later_one() -> None:
    [change] = diff([_one("one", {"a": 1}, "dev")], [_one("one", {"a": 2}, "prod")])

    assert change.urn == "urn:pulumi:prod::shop::a:b:C::one"


def test_what_machines_read_of_a_whole_resource_has_no_property() -> None:
    [change] = diff([], [_one("one", {"a": 1})])

    assert change.as_json() == {
        "kind": "added",
        "urn": "urn:pulumi:dev::shop::a:b:C::one",
        "type": "a:b:C",
        "name": "one",
    }


def test_what_machines_read_of_a_changed_property_has_before_and_after() -> None:
    assert _changed("a.b", None, [1]).as_json() == {
        "kind": "changed",
        "urn": "urn:pulumi:dev::shop::a:b:C::one",
        "type": "a:b:C",
        "name": "one",
        "property": "a.b",
        "before": None,
        "after": [1],
    }


@given(JSON)
@settings(deadline=None)
def test_nothing_differs_from_itself(value: object) -> None:
    assert list(differences(value, value)) == []


@given(JSON, JSON)
@settings(deadline=None)
def test_the_way_back_is_the_same_with_before_and_after_swapped(one: object, two: object) -> None:
    there = list(differences(one, two))

    assert list(differences(two, one)) == [(path, new, old) for path, old, new in there]
    assert bool(there) == (one != two)


def test_what_only_the_state_keeps_is_no_difference() -> None:
    note = _one("one-identity", {"input": {"name": "one"}}, kind="pulumi:index:Stash")
    other = _one("one-identity", {"input": {"name": "two"}}, kind="pulumi:index:Stash")

    assert (diff([], [note]), diff([note], []), diff([note], [other])) == ([], [], [])
