"""What a program registered, as plain data: no secrets, no signatures, stable order."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preview.monitor import RecordingMonitor
from preview.resources import Registered, plain, registered

SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - a signature of the wire format
REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e"
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ({SIGNATURE: SECRET, "value": "s3cr3t"}, "[secret]"),
        ({"a": [{SIGNATURE: SECRET, "value": {"b": "s3cr3t"}}]}, {"a": ["[secret]"]}),
        ({SIGNATURE: REFERENCE, "urn": "urn:one", "id": "1"}, "urn:one"),
        ({SIGNATURE: "any other"}, "[reference]"),
        (UNKNOWN, "[unknown]"),
        ({"a": UNKNOWN, "b": [UNKNOWN]}, {"a": "[unknown]", "b": ["[unknown]"]}),
        (3.0, 3),
        (0.5, 0.5),
        (1e15, 10**15),
        ("3.0", "3.0"),
        (True, True),
        (None, None),
        ([], []),
        ({}, {}),
    ],
)
def test_a_value_is_shown_without_secrets_and_signatures(value: object, shown: object) -> None:
    found = plain(value)

    assert (found, type(found)) == (shown, type(shown))


@given(JSON)
@settings(max_examples=50, deadline=None)
def test_what_is_plain_already_keeps_its_value(value: object) -> None:
    assert plain(value) == value
    assert plain(plain(value)) == plain(value)


PROGRAM = """
import pulumi
import pulumi_kubernetes as k8s
import pulumi_random as random

kept = pulumi.ResourceOptions(protect=True)
password = random.RandomPassword("b", length=12, opts=kept)
k8s.core.v1.Secret("a", string_data={"password": password.result, "other": "plain"})
k8s.core.v1.ConfigMap("c", data={"given": "text", "id": password.id})
"""


def test_resources_come_by_urn_whatever_the_order_of_their_requests(
    ran: Callable[[str], RecordingMonitor],
) -> None:
    found = registered(ran(PROGRAM))

    stack = "urn:pulumi:dev::readyroom::pulumi:pulumi:Stack"
    parent = f"{stack}::readyroom-dev"

    def one(kind: str, name: str, inputs: dict[str, Any], *, protect: bool = False) -> Registered:
        urn = f"{stack}${kind}::{name}"
        return Registered(
            urn=urn, type=kind, name=name, parent=parent, inputs=inputs, protect=protect
        )

    assert found == [
        one(
            "kubernetes:core/v1:ConfigMap",
            "c",
            {"apiVersion": "v1", "kind": "ConfigMap", "data": {"given": "text", "id": "[unknown]"}},
        ),
        one(
            "kubernetes:core/v1:Secret",
            "a",
            {"apiVersion": "v1", "kind": "Secret", "stringData": "[secret]"},
        ),
        one(
            "random:index/randomPassword:RandomPassword",
            "b",
            {"length": 12},
            protect=True,
        ),
        Registered(
            urn=parent,
            type="pulumi:pulumi:Stack",
            name="readyroom-dev",
            parent="",
            inputs={},
            protect=False,
        ),
    ]


def test_what_machines_read_of_a_resource_is_five_things() -> None:
    resource = Registered(
        urn="urn:one", type="a:b:C", name="one", parent="urn:two", inputs={"a": 1}, protect=True
    )

    assert resource.as_json() == {
        "urn": "urn:one",
        "type": "a:b:C",
        "name": "one",
        "parent": "urn:two",
        "inputs": {"a": 1},
    }
