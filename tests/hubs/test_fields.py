"""The named types of fields: what each takes, and its words for what it does not."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from capacity.quantities import GIB, KIB, MIB, memory_bytes
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
        ("MemoryBytes", "4Ki", 4096),
        ("MemoryBytes", 67_108_864, 67_108_864),
        ("MemoryBytes", "67108864", 67_108_864),
        ("StorageBytes", "1 Ki", 1024),
        ("StorageBytes", 1_073_741_824, 1_073_741_824),
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
        ("MemoryBytes", "0Gi", "found 0; write a number above 0"),
        ("MemoryBytes", 4, "found 4, which is 4 bytes; write 4Gi"),
        ("MemoryBytes", "4", "found 4, which is 4 bytes; write 4Gi"),
        ("MemoryBytes", 512, "found 512, which is 512 bytes; write 512Gi"),
        ("MemoryBytes", 513, "found 513, which is 513 bytes; write 513Mi"),
        ("MemoryBytes", 1_048_575, "found 1048575, which is 1048575 bytes; write 1048575Mi"),
        (
            "MemoryBytes",
            1_048_576,
            "found 1048576, which is 1.0 MiB; write it with a unit, such as 1Mi",
        ),
        (
            "MemoryBytes",
            67_108_863,
            "found 67108863, which is 63.9 MiB; write it with a unit, such as 63Mi",
        ),
        ("StorageBytes", 1000, "found 1000, which is 1000 bytes; write 1000Gi"),
        ("StorageBytes", 102_400, "found 102400, which is 102400 bytes; write 102400Gi"),
        ("StorageBytes", 102_401, "found 102401, which is 102401 bytes; write 102401Mi"),
        (
            "StorageBytes",
            1_073_741_823,
            "found 1073741823, which is 1023.9 MiB; write it with a unit, such as 1023Mi",
        ),
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


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (4 * GIB, "4Gi"),
        (1024 * GIB, "1024Gi"),
        (1000 * MIB, "1000Mi"),
        (512 * KIB, "512Ki"),
        (1_319_413_953_332, "1.2Ti"),
        (322_122_548, "0.3Gi"),
        (1_234_567, "1234567"),
    ],
)
def test_bytes_are_shown_exactly_and_as_people_write_them(amount: int, shown: str) -> None:
    assert fields.in_units(amount) == shown


@given(st.integers(min_value=1, max_value=10**16))
def test_what_is_shown_of_bytes_is_read_as_those(amount: int) -> None:
    assert memory_bytes(fields.in_units(amount)) == amount


@pytest.mark.parametrize(("name", "fewest"), [("MemoryBytes", 64 * MIB), ("StorageBytes", GIB)])
def test_an_editor_knows_that_few_bytes_want_a_unit(name: str, fewest: int) -> None:
    schema = adapter(name).json_schema()

    number, text = schema["anyOf"]
    assert number == {"type": "integer", "minimum": fewest}
    fits = [str(fewest), "4Gi", "1.5 Ti", "4", str(fewest)[:-1], "4G"]
    assert [bool(re.search(text["pattern"], it)) for it in fits] == [True] * 3 + [False] * 3


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
