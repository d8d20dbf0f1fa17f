"""Parts of values become one, and never say two things."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubs.values_joined import joined

plain = st.recursive(
    st.integers() | st.text(max_size=3) | st.booleans() | st.none(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3)
    ),
    max_leaves=8,
)
parts = st.dictionaries(st.text(max_size=2), plain, max_size=4)


def test_mappings_are_joined_at_every_depth_and_lists_end_to_end() -> None:
    assert joined(
        {"config": {"A": {"x": 1}, "B": {"y": 2}}, "names": ["first"], "on": True},
        {"config": {"A": {"z": [3]}, "C": {}}, "names": ("second",), "on": True},
        {"more": None},
    ) == {
        "config": {"A": {"x": 1, "z": [3]}, "B": {"y": 2}, "C": {}},
        "names": ["first", "second"],
        "on": True,
        "more": None,
    }


@pytest.mark.parametrize(
    ("second", "message"),
    [
        ({"db": {"type": "postgres"}}, "type is 'sqlite' and 'postgres'"),
        ({"db": "none"}, "db is {'type': 'sqlite'} and 'none'"),
        ({"db": ["none"]}, "db is {'type': 'sqlite'} and ['none']"),
    ],
)
def test_two_answers_to_one_question_are_refused(second: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        joined({"db": {"type": "sqlite"}}, second)


@given(parts)
def test_one_part_and_nothing_is_that_part(part: dict[str, object]) -> None:
    assert joined(part) == joined(part, {}) == joined({}, part) == part


@given(parts, st.text(min_size=3), plain)
def test_nothing_is_changed_in_place(part: dict[str, object], key: str, value: object) -> None:
    before = repr(part)

    found = joined({"under": part}, {"under": {key: value}})

    assert found == {"under": part | {key: value}}
    assert repr(part) == before
