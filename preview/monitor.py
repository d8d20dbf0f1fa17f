"""The SDK's in-process monitor, keeping the raw requests of a program.

What is registered is the desired state. Nothing is compared with a cloud.
"""

import asyncio
import contextvars
import json
import logging
import os
import runpy
import threading
from collections.abc import Awaitable, Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast
from unittest import mock

import pulumi
from google.protobuf import empty_pb2
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime import mocks
from pulumi.runtime.proto.resource_pb2 import RegisterResourceRequest
from pulumi.runtime.settings import (
    _get_rpc_manager,  # pyright: ignore[reportPrivateUsage] - no other way to them
)

# Hundreds of hubs take half a minute on a slow machine; what hangs must end, too.
_TIMEOUT_SECONDS = 300
# A stack may ask a cloud for its limits. Without a cloud they are not known.
_LIMITS = (
    "aws:servicequotas/getServiceQuota:getServiceQuota",
    "gcp:cloudquota/getSQuotaInfo:getSQuotaInfo",
)


class Answers(mocks.Mocks):
    """What a cloud would know in a preview: text that was given, nothing that it computes."""

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str, dict[str, Any]]:
        """Echo plain text inputs; every other output stays unknown."""
        given = cast("dict[str, Any]", args.inputs)
        return "", {key: value for key, value in given.items() if isinstance(value, str)}

    def call(self, args: mocks.MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        """Answer nothing of limits, which nobody was asked for; refuse everything else."""
        if args.token in _LIMITS:
            return {}, []
        msg = f"the program called {args.token}; a preview without a cloud has no answer"
        raise AssertionError(msg)


class RecordingMonitor(mocks.MockMonitor):
    """Keeps what the program asked the engine for."""

    def __init__(self) -> None:
        """Start with nothing registered."""
        super().__init__(Answers())
        self.requests: list[tuple[str, RegisterResourceRequest]] = []
        self.outputs: dict[str, Struct] = {}

    def RegisterResource(self, request: RegisterResourceRequest) -> Any:  # noqa: N802, ANN401 - gRPC's name and answer
        """Keep the request with its URN, then answer it."""
        sdk: Any = super()
        answer = sdk.RegisterResource(request)
        _finish()
        self.requests.append((answer.urn, request))
        return answer

    def RegisterResourceOutputs(self, request: Any) -> Any:  # noqa: N802, ANN401 - gRPC's name and types
        """Keep a component's outputs, which stack policies see."""
        self.outputs[request.urn] = request.outputs
        sdk: Any = super()
        return sdk.RegisterResourceOutputs(request)


def _finish() -> None:
    """Finish what a worker's own loop has left, which nobody else would run.

    The SDK makes an object of a resource that a remote component is given in such a thread.
    """
    # `asyncio.all_tasks` would look through those of every loop, once for each resource.
    left = [task for task in _OF_WORKER.tasks if not task.done()]
    if left:
        asyncio.get_event_loop().run_until_complete(asyncio.wait(left))
    _OF_WORKER.tasks.clear()


class _OfWorker(threading.local):
    """The tasks that a thread's own loop was given since the last resource."""

    def __init__(self) -> None:
        self.tasks: list[asyncio.Task[Any]] = []

    def make(self, loop: Any, body: Any, **more: Any) -> asyncio.Task[Any]:  # noqa: ANN401 - asyncio's types
        """Make a task and keep it, as the loop's factory."""
        self.tasks.append(asyncio.Task(body, loop=loop, **more))
        return self.tasks[-1]


_OF_WORKER = _OfWorker()


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program and the configuration to run it with.

    Attributes:
        path: Folder or file of the program.
        project: Name of the project.
        stack: Name of the stack.
        config: Values by full key; what is not text goes to the program as JSON.
        secrets: Full keys of secrets.
    """

    path: Path
    project: str
    stack: str
    config: Mapping[str, object]
    secrets: frozenset[str] = field(default=frozenset())


_HeardBy = tuple[RecordingMonitor, mocks.MockEngine]


class RefusedError(ValueError):
    """The program refused its configuration; the message has one mistake per line."""


@contextmanager
def _environment(config: dict[str, str], secrets: list[str]) -> Generator[None]:
    given = {
        "PULUMI_CONFIG": json.dumps(config),
        "PULUMI_CONFIG_SECRET_KEYS": json.dumps(secrets),
        "PULUMI_ERROR_OUTPUT_STRING": "1",
    }
    with mock.patch.dict(os.environ, given):
        yield


def record(program: Program, logger: logging.Logger | None = None) -> RecordingMonitor:
    """Run a program against a fresh monitor and return it.

    Args:
        program: The program.
        logger: Hears what the program says; the root of all loggers unless given.

    Raises:
        RefusedError: the program raised `pulumi.RunError`.
    """
    monitor = RecordingMonitor()
    config = {
        key: value if isinstance(value, str) else json.dumps(value)
        for key, value in program.config.items()
    }
    with _environment(config, sorted(program.secrets)):
        engine = mocks.MockEngine(logger)
        contextvars.Context().run(_run, program, (monitor, engine), config)
    return monitor


@contextmanager
def _own_loop() -> Generator[asyncio.AbstractEventLoop]:
    """Run in a loop of our own, whose threads have loops that are closed after use.

    The SDK gives every thread in which it answers a loop and leaves it behind, to be
    complained about whenever it is collected.
    """
    used: list[asyncio.AbstractEventLoop] = []

    def enter() -> asyncio.AbstractEventLoop:
        used.append(asyncio.new_event_loop())
        asyncio.set_event_loop(used[-1])
        return used[-1]

    def work() -> None:
        enter().set_task_factory(_OF_WORKER.make)

    loop = enter()
    try:
        with ThreadPoolExecutor(initializer=work) as threads:
            loop.set_default_executor(threads)
            yield loop
    finally:
        asyncio.set_event_loop(None)
        for one in used:
            one.close()


def _run(program: Program, heard_by: _HeardBy, config: dict[str, str]) -> None:
    try:
        with _own_loop() as loop:
            pulumi.runtime.configure(_settings(program, *heard_by))
            pulumi.runtime.set_all_config(config, sorted(program.secrets))
            running = pulumi.runtime.run_in_stack(lambda: _body(program.path))
            loop.run_until_complete(asyncio.wait_for(running, timeout=_TIMEOUT_SECONDS))
    except pulumi.RunError as error:
        raise RefusedError(str(error)) from None


class _OfLoop(list[Awaitable[Any]]):
    """The requests on their way of one loop: those of a worker's are finished by itself.

    The SDK waits for each in the program's loop, and cannot wait there for another loop's.
    """

    def __init__(self) -> None:
        super().__init__()
        self._loop = asyncio.get_running_loop()

    def append(self, item: Awaitable[Any], /) -> None:
        if not isinstance(item, asyncio.Future) or item.get_loop() is self._loop:
            super().append(item)


async def _body(path: Path) -> None:
    _get_rpc_manager().rpcs = _OfLoop()
    runpy.run_path(str(path), run_name="__main__")
    # The SDK looks for requests on their way when this ends, and they have not set out yet.
    # If it finds none, it waits for all outputs anew whenever one of them is known.
    await asyncio.sleep(0)


def _settings(
    program: Program, monitor: RecordingMonitor, engine: mocks.MockEngine
) -> mocks.MockSettings:
    sdk: Any = monitor
    features = sdk.GetDeploymentInfo(empty_pb2.Empty()).supportedFeatures
    return mocks.MockSettings(
        monitor=monitor,
        monitor_features=set(features),
        engine=engine,
        project=program.project,
        stack=program.stack,
        dry_run=True,
        organization="organization",
        root_directory=str(program.path.parent),
        callbacks=None,
        package_refs={},
        base_providers_by_ref={},
    )
