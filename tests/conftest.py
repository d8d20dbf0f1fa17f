"""The shipped stacks, recorded and previewed once per stack and instant."""

import gc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from copy import deepcopy
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from google.protobuf import json_format
from hypothesis import settings
from pulumi.runtime import mocks
from pulumi.runtime.proto.resource_pb2 import RegisterResourceRequest

from hubs.freeze import freezes
from hubs.settings import instants
from preview.loaded import Loaded, load
from preview.monitor import Answers, Program, RecordingMonitor, record
from preview.pack import Pack, running
from preview.resources import Registered, registered
from preview.run import Previewed

ROOT = Path(__file__).parents[1]
PROJECT = "readyroom"
# Every run draws other examples, so that fewer of them see as much over time.
# How long one takes says nothing on a machine that others use, too.
settings.register_profile("suite", max_examples=40, deadline=None)
settings.load_profile("suite")


def pytest_collection_finish() -> None:
    """Leave what was imported and collected out of garbage collection: a sixth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture(autouse=True)
def no_width(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave it to commands how wide their output is: workers of xdist say 80."""
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the project."""
    return ROOT


@cache
def _loaded(stack: str) -> Loaded:
    return load(ROOT, stack)


def _instant(stack: str, word: str) -> datetime:
    """Return an instant in the time zone of the stack's events."""
    events = _loaded(stack).events
    changes = sorted(
        (change.at, change.phase) for event in events for change in event.schedule.transitions
    )
    first = events[0].schedule.sessions[0].starts
    named = {
        "quiet": min([changes[0][0], *(one.since for one in freezes(events))])
        - timedelta(minutes=1),
        "warm": max(at for at, phase in changes if phase == "warm" and at < first),
        "event": first,
        "over": instants(events, _loaded(stack).stack.cluster)[-1],
    }
    return _loaded(stack).instant(named[word].isoformat(), first)


def _run(stack: str, word: str) -> RecordingMonitor:
    own = _loaded(stack).config.own | {"at": _instant(stack, word).isoformat()}
    return record(
        Program(
            path=ROOT / "__main__.py",
            project=PROJECT,
            stack=stack,
            config={f"{PROJECT}:{key}": value for key, value in own.items()},
            secrets=frozenset(f"{PROJECT}:{key}" for key in _loaded(stack).config.secrets),
        )
    )


_recorded = cache(_run)


@cache
def _registered(stack: str, word: str) -> list[Registered]:
    return registered(_recorded(stack, word))


@pytest.fixture(scope="session")
def loaded() -> Callable[[str], Loaded]:
    """Return a shipped stack, loaded and planned."""
    return _loaded


@pytest.fixture(scope="session")
def instant() -> Callable[[str, str], datetime]:
    """Return the instant that `quiet`, `warm`, `event` or `over` means for a shipped stack."""
    return _instant


@pytest.fixture(scope="session")
def recorded() -> Callable[[str, str], RecordingMonitor]:
    """Return the raw requests of a shipped stack at an instant."""
    return _recorded


@pytest.fixture(scope="session")
def resources() -> Callable[[str, str], list[Registered]]:
    """Return what a shipped stack registers at an instant."""
    return _registered


@pytest.fixture(scope="session")
def real_pack() -> Iterator[Pack]:
    """Return the pack of the project as a process of its own, which starts but once."""
    with running(ROOT / "policies") as found:
        yield found


@pytest.fixture
def shared_pack(real_pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let previews of the project's own files ask the pack that runs already."""

    def found(folder: Path) -> AbstractContextManager[Pack]:
        return nullcontext(real_pack) if folder == ROOT / "policies" else running(folder)

    monkeypatch.setattr("preview.run.running", found)


@pytest.fixture(scope="session")
def previewed(real_pack: Pack) -> Callable[[str, str], Previewed]:
    """Return what a shipped stack registers at an instant, judged by the real pack."""

    @cache
    def found(stack: str, word: str) -> Previewed:
        return Previewed(
            loaded=_loaded(stack),
            now=_instant(stack, word),
            resources=_registered(stack, word),
            verdict=real_pack.judge(_recorded(stack, word)),
        )

    return found


@pytest.fixture(scope="session")
def inputs() -> Callable[[str, str, str], dict[str, Any]]:
    """Return the inputs of one resource, `type name`, of a shipped stack at an instant."""

    def of(stack: str, word: str, which: str) -> dict[str, Any]:
        [found] = [it for it in _registered(stack, word) if f"{it.type} {it.name}" == which]
        return deepcopy(found.inputs)

    return of


@pytest.fixture(scope="session")
def requests() -> Callable[[str, str], dict[str, RegisterResourceRequest]]:
    """Return the raw requests of a shipped stack at an instant, by `type name`."""

    def of(stack: str, word: str) -> dict[str, RegisterResourceRequest]:
        return {f"{it.type} {it.name}": it for _, it in _recorded(stack, word).requests}

    return of


@pytest.fixture(scope="session")
def run_again() -> Callable[[str, str], RecordingMonitor]:
    """Run a shipped stack at an instant once more."""
    return _run


@pytest.fixture
def ran(tmp_path: Path) -> Callable[[str], RecordingMonitor]:
    """Run the text of a small program, and return its raw requests."""

    def run(text: str) -> RecordingMonitor:
        path = tmp_path / "program.py"
        path.write_text(text, "utf-8")
        return record(Program(path=path, project=PROJECT, stack="dev", config={}))

    return run


@pytest.fixture
def cloud_tells(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, dict[str, Any]]], None]:
    """Let the cloud know its resources' ids, and what else is given by type."""

    def tell(known: dict[str, dict[str, Any]]) -> None:
        def answer(_: Answers, args: mocks.MockResourceArgs) -> tuple[str, dict[str, Any]]:
            # A component is no cloud's: the engine does not answer with its inputs.
            given = {} if args.typ.startswith("readyroom:") else args.inputs
            return f"{args.name}-id", given | known.get(args.typ, {})

        monkeypatch.setattr(Answers, "new_resource", answer)

    return tell


@pytest.fixture(scope="session")
def raw() -> Callable[[RegisterResourceRequest], dict[str, Any]]:
    """Return the inputs of a request as they were sent, signatures included."""
    return lambda request: json_format.MessageToDict(request.object)
