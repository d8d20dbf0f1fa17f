"""A row of `allowed.csv` says what it means, and is about a property that exists."""

import csv

import pytest

from tests.providers.rules import ROWS, Rule, broken, rules
from tests.providers.sdk import is_known


def _rule(kind: str, allowed: str) -> Rule:
    return Rule(
        type="aws:s3/bucket:Bucket",
        path="x",
        required=False,
        kind=kind,
        allowed=allowed,
        source="SDK, 2026-11-21",
    )


@pytest.mark.parametrize(
    ("kind", "allowed", "value"),
    [
        ("any", "", object()),
        ("one of", "a|b", "b"),
        ("one of", "true|false", True),
        ("one of", "|a", ""),
        ("pattern", "[a-z]+", "abc"),
        ("pattern", r"\d+", 12),
        ("keys", "[a-z]+", {"a": 1}),
        ("range", "1..3", 1),
        ("range", "1..3", 3),
        ("range", "-1..", 10**9),
        ("length", "1..3", "abc"),
        ("length", "0..1", []),
        ("length", "0..1", {"a": 1}),
        ("bytes", "0..4", "\u00e4\u00e4"),
        ("network", "", "10.0.0.0/8"),
        ("json", "", '{"a": 1}'),
        ("time zone", "", "America/Chicago"),
        ("range", "1..3", "[unknown]"),
        ("json", "", "[secret]"),
        ("pattern", "[a-z]+", "urn:pulumi:dev::readyroom::aws:iam/role:Role::control"),
        ("pattern", "[a-z]+", None),
    ],
)
def test_what_is_allowed_is_not_broken(kind: str, allowed: str, value: object) -> None:
    assert broken(_rule(kind, allowed), value) is None


@pytest.mark.parametrize(
    ("kind", "allowed", "value"),
    [
        ("one of", "a|b", "c"),
        ("one of", "a|b", "a|b"),
        ("pattern", "[a-z]+", "abC"),
        ("pattern", "a|b", "ab"),
        ("keys", "[a-z]+", {"a": 1, "B": 1}),
        ("keys", "[a-z]+", "a"),
        ("range", "1..3", 0),
        ("range", "1..3", 4),
        ("range", "0..1", "1"),
        ("length", "1..3", ""),
        ("length", "1..3", [1, 2, 3, 4]),
        ("length", "1..3", 2),
        ("bytes", "0..3", "\u00e4\u00e4"),
        ("network", "", "10.0.0.1/8"),
        ("json", "", "{"),
        ("time zone", "", "America/Chcago"),
        ("time zone", "", "/etc/passwd"),
    ],
)
def test_what_is_not_allowed_is_told(kind: str, allowed: str, value: object) -> None:
    told = f"x is {value!r}; {kind} {allowed} (SDK, 2026-11-21)"

    assert broken(_rule(kind, allowed), value) == told


def test_rows_are_in_order_and_each_is_there_once() -> None:
    with ROWS.open(encoding="utf-8", newline="") as file:
        [head, *rows] = csv.reader(file)

    assert head == ["type", "path", "required", "kind", "allowed", "as_of", "source"]
    assert rows == sorted(rows)
    assert len({(row[0], row[1], row[3]) for row in rows}) == len(rows)
    assert {row[2] for row in rows} == {"yes", "no"}
    assert [row for row in rows if not row[5] or not row[6]] == []


def test_all_rows_of_a_property_say_the_same_of_its_being_required() -> None:
    said: dict[tuple[str, str], set[bool]] = {}
    for rule in (rule for rows in rules().values() for rule in rows):
        said.setdefault((rule.type, rule.path), set()).add(rule.required)

    assert [which for which, told in said.items() if len(told) > 1] == []


def test_every_row_is_about_a_property_of_the_installed_sdk() -> None:
    unknown = [
        f"{rule.type} {rule.path}"
        for rows in rules().values()
        for rule in rows
        if not is_known(rule.type, rule.path)
    ]

    assert unknown == []
