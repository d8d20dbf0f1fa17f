"""A fingerprint is of content alone, and a difference is told by its part."""

import pytest

from hubs.freeze_parts import differences, fingerprint


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ({"a": 1, "b": 2}, {"b": 2.0, "a": 1.0}, True),
        ({"a": None, "b": {"c": {}}}, {}, True),
        ({"a": 1.5}, {"a": 1}, False),
        ({"a": True}, {"a": 1}, False),
        ({"a": []}, {}, False),
        ([1, 2], [2, 1], False),
        ({"a": "1"}, {"a": 1}, False),
        ("ä", "a", False),
    ],
)
def test_equal_content_has_an_equal_fingerprint(one: object, other: object, *, equal: bool) -> None:
    assert (fingerprint(one) == fingerprint(other)) is equal


def test_a_fingerprint_is_of_sixteen_digits_and_of_all_time() -> None:
    # sha256 of `{"image":"notebook"}`.
    assert fingerprint({"image": "notebook"}) == "947927a090a4758c"


def test_differences_are_told_by_part() -> None:
    frozen = {"chart": "a", "cull": "b", "shared": "c", "address": "d"}
    found = {"chart": "a", "image": "e", "cull": "f"}

    assert differences(frozen, found) == [
        "image is e, and was not there",
        "cull is f, frozen as b",
        "address is not there, frozen as d",
        "shared is not there, frozen as c",
    ]
    assert differences(frozen, frozen) == []
