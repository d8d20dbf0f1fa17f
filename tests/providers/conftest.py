"""What stacks register of providers' resources, with everything that a request says of them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from shutil import copytree
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


def _provided_in(root: Path, stack: str, word: str) -> tuple[Provided, ...]:
    loaded = load(root, stack)
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


_provided = cache(partial(_provided_in, ROOT))


@pytest.fixture(scope="session")
def provided() -> Callable[[str, str], tuple[Provided, ...]]:
    """Return what a stack registers of providers' resources at an instant, by name of both."""
    return _provided


@pytest.fixture(scope="session")
def renamed(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[str, str, Mapping[str, str]], tuple[Provided, ...]]:
    """Return what a stack registers at its first event under another name, its hubs, too."""

    def of(stack: str, name: str, hubs: Mapping[str, str]) -> tuple[Provided, ...]:
        def said(path: Path) -> str:
            known = re.compile(
                rf"\b({'|'.join(sorted(hubs, key=len, reverse=True))})\b(?!\.example)"
            )
            return known.sub(lambda found: hubs[found.group()], path.read_text("utf-8"))

        folder = tmp_path_factory.mktemp("renamed")
        copytree(ROOT / "rehearsals", folder / "rehearsals")
        (folder / "hubs").mkdir()
        for same in ("__main__.py", "Pulumi.yaml"):
            (folder / same).write_text((ROOT / same).read_text("utf-8"), "utf-8")
        for hub, new in hubs.items():
            text = said(ROOT / "hubs" / f"{hub}.yaml")
            (folder / "hubs" / f"{new}.yaml").write_text(text, "utf-8")
        (folder / f"Pulumi.{name}.yaml").write_text(said(ROOT / f"Pulumi.{stack}.yaml"), "utf-8")
        return _provided_in(folder, name, "event")

    return of
