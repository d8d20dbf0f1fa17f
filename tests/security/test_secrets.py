"""No secret is sent or put out in clear: not configured ones, not generated ones."""

import re
from collections.abc import Callable, Generator
from typing import Any

import pytest
from google.protobuf import json_format
from google.protobuf.struct_pb2 import Struct
from security.recording import CANARY, PASSWORD, STACKS, recorded

from hubs.shapes import is_list, is_mapping
from preview.loaded import Loaded
from preview.monitor import RecordingMonitor
from preview.wire import SECRET, SIGNATURE

# Sources: RFC 7468 (2015), section 10; AWS IAM, "IAM identifiers", unique ids, 2026.
SHAPES = (
    re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    re.compile(r"\bA[KS]IA[0-9A-Z]{16}\b"),
    re.compile(r"(?<!sha256:)\b[0-9a-f]{32,}\b"),
)


def texts(value: Any, path: str, *, secret: bool = False) -> Generator[tuple[str, str, bool]]:  # noqa: ANN401 - any JSON value
    """Yield the path and the text of every string and key, and whether it is in a secret."""
    if is_mapping(value):
        kind = value.get(SIGNATURE)
        # The chart splits an image by a digest into a name and a tag.
        of_digest = str(value.get("name")).endswith("@sha256")
        for key, given in value.items():
            inner = f"sha256:{given}" if of_digest and key == "tag" else given
            if key != SIGNATURE:
                yield f"{path}.{key}", str(key), secret
                yield from texts(inner, f"{path}.{key}", secret=secret or kind == SECRET)
    elif is_list(value):
        for index, inner in enumerate(value):
            yield from texts(inner, f"{path}.{index}", secret=secret)
    elif isinstance(value, str):
        yield path, value, secret


def sent(monitor: RecordingMonitor) -> list[tuple[str, str, bool]]:
    """Return all text that a program sent to the engine."""
    found: list[tuple[str, str, bool]] = []
    for _, request in monitor.requests:
        found += texts(json_format.MessageToDict(request.object), f"{request.type} {request.name}")
    for urn, outputs in monitor.outputs.items():
        found += texts(json_format.MessageToDict(outputs), f"outputs of {urn}")
    return found


def in_clear(monitor: RecordingMonitor) -> list[str]:
    """Return where a canary, or what looks like a secret, is outside of secrets."""
    return sorted(
        path
        for path, text, secret in sent(monitor)
        if not secret and (CANARY in text or any(shape.search(text) for shape in SHAPES))
    )


@pytest.mark.parametrize("stack", STACKS)
def test_nothing_is_sent_in_clear(stack: str) -> None:
    assert in_clear(recorded(stack)) == []


@pytest.mark.parametrize("stack", STACKS)
def test_every_secret_is_used(stack: str, loaded: Callable[[str], Loaded]) -> None:
    generated = {it.name for _, it in recorded(stack).requests if it.type == PASSWORD}
    used = {text.removeprefix(CANARY) for _, text, secret in sent(recorded(stack)) if secret}

    assert (generated | loaded(stack).config.secrets) - used == set()


@pytest.mark.parametrize("stack", STACKS)
def test_the_engine_is_told_that_passwords_are_secrets(stack: str) -> None:
    asked = [it for _, it in recorded(stack).requests if it.type == PASSWORD]

    assert {tuple(sorted(it.additionalSecretOutputs)) for it in asked} == {("bcryptHash", "result")}


CONFIG_MAP = """
import pulumi_kubernetes as k8s
k8s.core.v1.ConfigMap("found", metadata={{"name": "found"}}, data={{{key!r}: {value!r}}})
"""


@pytest.mark.parametrize(
    "value",
    [
        "canary-one",
        "token: canary-one",
        "-----BEGIN RSA PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----",
        "AKIAIOSFODNN7EXAMPLE",
        "0123456789abcdef" * 2,
    ],
)
def test_a_secret_in_a_config_map_is_found(
    value: str, ran: Callable[[str], RecordingMonitor]
) -> None:
    assert in_clear(ran(CONFIG_MAP.format(key="key", value=value))) == [
        "kubernetes:core/v1:ConfigMap found.data.key"
    ]


def test_a_secret_as_a_key_is_found(ran: Callable[[str], RecordingMonitor]) -> None:
    assert in_clear(ran(CONFIG_MAP.format(key="canary-one", value="v"))) == [
        "kubernetes:core/v1:ConfigMap found.data.canary-one"
    ]


def test_a_secret_in_an_output_is_found(ran: Callable[[str], RecordingMonitor]) -> None:
    found = in_clear(ran("import pulumi\npulumi.export('told', 'canary-one')"))

    assert [path.rsplit("::", 1)[1] for path in found] == ["readyroom-dev.told"]


def test_a_digest_is_no_secret(ran: Callable[[str], RecordingMonitor]) -> None:
    assert in_clear(ran(CONFIG_MAP.format(key="key", value="a@sha256:" + "0a" * 32))) == []


def test_a_secret_that_is_marked_is_not_in_clear() -> None:
    marked = Struct()
    marked.update({"told": {SIGNATURE: SECRET, "value": {"deep": "canary-one"}}})

    assert [it for it in texts(json_format.MessageToDict(marked), "o") if CANARY in it[1]] == [
        ("o.told.value.deep", "canary-one", True)
    ]
