"""What stacks register of providers' resources, with everything that a request says of them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from pulumi.runtime.mocks import MockCallArgs

from preview.loaded import load
from preview.monitor import Answers, record
from preview.resources import registered
from preview.run import _program

ROOT = Path(__file__).parents[2]
# Packages of resources; a provider itself is configured, and registered as text.
PACKAGES = ("aws", "eks", "gcp", "kubernetes", "random")
# Limits that are too low, so that more is asked for.
_LOW = {"value": 1, "dimensionsInfos": [{"details": [{"value": "1"}]}]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Provided:
    """A resource of a provider as it is registered.

    Attributes:
        type: Its type.
        name: Its logical name.
        inputs: Its inputs without secrets and signatures.
        paths: Properties that its options name: those that are ignored, or that replace it.
    """

    type: str
    name: str
    inputs: dict[str, Any]
    paths: tuple[str, ...]


def _limits(_: Answers, __: MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    return _LOW, []


@cache
def _provided(stack: str, word: str) -> tuple[Provided, ...]:
    loaded = load(ROOT, stack)
    first = loaded.events[0].schedule.sessions[0].starts
    with mock.patch.object(Answers, "call", _limits):
        monitor = record(_program(loaded, loaded.instant(word, first)))
    named = {
        urn: (*request.ignoreChanges, *request.replaceOnChanges)
        for urn, request in monitor.requests
    }
    return tuple(
        Provided(type=it.type, name=it.name, inputs=it.inputs, paths=named[it.urn])
        for it in registered(monitor)
        if it.type.split(":")[0] in PACKAGES
    )


@pytest.fixture(scope="session")
def provided() -> Callable[[str, str], tuple[Provided, ...]]:
    """Return what a stack registers of providers' resources at an instant, by name of both."""
    return _provided
