"""The named types of fields: what each takes, and its words for what it does not."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from hubs import fields

NAME = "write a name of at most 40 lower-case letters, digits and dashes that begins with a letter"
TEXT = "write text, in quotes if it looks like something else"


def adapter(name: str) -> TypeAdapter[Any]:
    """Return the adapter of a type by its name."""
    return TypeAdapter(getattr(fields, name))


@pytest.mark.parametrize(
    ("name", "written", "held"),
    [
        ("Text", "", ""),
        ("DnsLabel", "a", "a"),
        ("DnsLabel", "a-1" + "b" * 37, "a-1" + "b" * 37),
        ("MemoryBytes", "3.4Gi", 3_650_722_202),
        ("MemoryBytes", 1, 1),
        ("MilliCpu", 0.001, 1),
        ("MilliCpu", "1750m", 1750),
        ("Seconds", "1h30m", 5400),
        ("Count", 1, 1),
        ("Count", 21.0, 21),
        ("Offset", 0, 0.0),
        ("Offset", 12.5, 12.5),
        ("Permille", 0, 0),
        ("Permille", 0.3, 300),
        ("Permille", 1, 1000),
        ("ZoneName", "America/Los_Angeles", "America/Los_Angeles"),
        ("Moment", " 2027-02-01T14:00 ", "2027-02-01T14:00"),
        ("Moment", "2027-02-01 14:00:00 +0100 +0100", "2027-02-01T14:00:00+0100"),
        ("DateText", "2027-02-01", "2027-02-01"),
        ("Cidr", "198.51.100.0/24", "198.51.100.0/24"),
        ("Cidr", "2001:DB8::/32", "2001:db8::/32"),
        ("Email", "hub-admin@example.org", "hub-admin@example.org"),
        ("ClockTime", "23:59", "23:59"),
        ("Hours", "4h", 14400),
        ("Hours", "1d", 86400),
        ("DateText", "2027-02-01 00:00:00 +0000 UTC", "2027-02-01"),
    ],
)
def test_what_is_written_is_held_as(name: str, written: object, held: object) -> None:
    found = adapter(name).validate_python(written)

    assert (found, type(found)) == (held, type(held))


@pytest.mark.parametrize(
    ("name", "written", "message"),
    [
        ("Text", 1, f"found 1; {TEXT}"),
        ("Text", True, f"found True; {TEXT}"),
        ("DnsLabel", "", f"found ''; {NAME}"),
        ("DnsLabel", "1a", f"found '1a'; {NAME}"),
        ("DnsLabel", "a-", f"found 'a-'; {NAME}"),
        ("DnsLabel", "a_b", f"found 'a_b'; {NAME}"),
        ("DnsLabel", "a" * 41, f"found '{'a' * 41}'; {NAME}"),
        ("DnsLabel", "a\n", f"found 'a\\n'; {NAME}"),
        ("MemoryBytes", 0, "found 0; write a number above 0"),
        ("MilliCpu", 0, "found 0; write a number above 0"),
        ("Seconds", "0s", "found 0; write a number above 0"),
        ("Count", 0, "found 0; write a number above 0"),
        ("Count", -1, "found -1; write a number above 0"),
        ("Count", True, "found True; write a whole number"),
        ("Count", "21", "found '21'; write a whole number"),
        ("Count", 1.5, "found 1.5; write a whole number"),
        ("Count", float("nan"), "found nan; write a whole number"),
        ("Offset", -0.5, "found -0.5; write a number that is not below 0, such as 12.5"),
        ("Offset", True, "found True; write a number that is not below 0, such as 12.5"),
        ("Offset", "5", "found '5'; write a number that is not below 0, such as 12.5"),
        ("Permille", 1.001, "found 1.001; write a share from 0 to 1, such as 0.3"),
        ("Permille", -0.1, "found -0.1; write a share from 0 to 1, such as 0.3"),
        ("Permille", True, "found True; write a share from 0 to 1, such as 0.3"),
        ("Permille", "30 %", "found '30 %'; write a share from 0 to 1, such as 0.3"),
        ("Permille", float("nan"), "found nan; write a share from 0 to 1, such as 0.3"),
    ],
)
def test_what_is_not_taken_is_told(name: str, written: object, message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        adapter(name).validate_python(written)

    assert [error["msg"] for error in caught.value.errors()] == [f"Value error, {message}"]


def test_a_span_has_a_default_as_people_write_it() -> None:
    class Wait(fields.Model):
        """A model with a span."""

        limit: fields.Seconds = fields.duration("1h", "how long")

    assert Wait().limit == 3600
    assert Wait.model_json_schema()["properties"]["limit"] == {
        "type": "string",
        "title": "Limit",
        "pattern": r"^(?=.)(\d+d)?(\d+h)?(\d+m)?(\d+s)?$",
        "description": "how long",
        "default": "1h",
    }


def test_models_are_closed_frozen_and_camel_case() -> None:
    class Node(fields.Model):
        """A model with a name of two words."""

        max_nodes: fields.Count

    node = Node.model_validate({"maxNodes": 3})

    assert node.model_dump(by_alias=True) == {"maxNodes": 3}
    with pytest.raises(ValidationError) as frozen:
        node.max_nodes = 4  # pyright: ignore[reportAttributeAccessIssue] - that is what is tested
    with pytest.raises(ValidationError) as closed:
        Node.model_validate({"maxNodes": 3, "minNodes": 1})
    assert [error["type"] for error in frozen.value.errors()] == ["frozen_instance"]
    assert [error["type"] for error in closed.value.errors()] == ["extra_forbidden"]
