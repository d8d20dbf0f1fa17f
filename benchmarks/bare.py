"""A bare Pulumi program: what another program registered, by typed classes and literals.

It reads no files and plans nothing. What it registers is taken from a recorded run: the SDK's
own class for each type, plain inputs, components as parents. Where an input came from another
resource, it does so here, too, since a program written by hand has no other way.
"""

import inspect
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pulumi
from google.protobuf import json_format
from pulumi.runtime.proto.resource_pb2 import RegisterResourceRequest

from hubs.files import PROJECT
from hubs.shapes import is_list, is_mapping
from preview.monitor import Program, RecordingMonitor, record
from preview.wire import REFERENCE, SIGNATURE

_PROVIDER = "pulumi:providers:"
# The program that is run is text; this is where it finds what to make.
_TEXT = "from benchmarks.bare import NEXT\nfor work in NEXT: work()\n"
NEXT: list[Callable[[], None]] = []
Make = Callable[[str, dict[str, Any], pulumi.ResourceOptions], Any]
Made = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One resource to make, as far as it can be known before the program runs.

    Attributes:
        inputs: By the name of the class' parameter, and what each comes from.
        options: Plain options.
        needs: URNs it depends on beside those of its inputs.
        deleted_with: URN of what it goes away with, or nothing.
        providers: URNs of providers that its parent does not hand down.
    """

    urn: str
    make: Make
    name: str
    parent: str
    inputs: dict[str, tuple[Any, tuple[str, ...]]]
    options: dict[str, Any]
    needs: tuple[str, ...]
    deleted_with: str
    providers: tuple[str, ...]
    is_component: bool
    outputs: dict[str, Any] | None


def steps(monitor: RecordingMonitor) -> list[Step]:
    """Return what to make, each after what it needs."""
    classes = {"pulumi:index:Stash": pulumi.Stash} | dict(_classes(pulumi.Resource))
    requests = dict(monitor.requests)
    return [_step(urn, it, classes, requests, monitor) for urn, it in monitor.requests]


def run_bare(todo: list[Step], stack: str, folder: Path) -> RecordingMonitor:
    """Make everything in a program of its own."""
    path = folder / "bare.py"
    path.write_text(_TEXT, "utf-8")
    NEXT[:] = [lambda: _make_all(todo)]
    return record(Program(path=path, project=PROJECT, stack=stack, config={}))


def _classes(of: type) -> Iterator[tuple[str, type]]:
    """Yield the classes that a run has loaded, by the type that they register."""
    for one in of.__subclasses__():
        token = getattr(one, "pulumi_type", None)
        if isinstance(token, str):
            yield token, one
        yield from _classes(one)


def _step(
    urn: str,
    request: RegisterResourceRequest,
    classes: Mapping[str, type],
    requests: Mapping[str, RegisterResourceRequest],
    monitor: RecordingMonitor,
) -> Step:
    found = classes.get(request.type)
    wire = json_format.MessageToDict(request.object)
    origins = {key: tuple(it.urns) for key, it in request.propertyDependencies.items()}
    inputs = {key: (_read(request.type, key, it), origins.get(key, ())) for key, it in wire.items()}
    handed = dict(requests[request.parent].providers) if request.parent else dict[str, str]()
    own = [request.provider, *request.providers.values()]
    outputs = monitor.outputs.get(urn)
    of_inputs = {it for all_of in origins.values() for it in all_of}
    return Step(
        urn=urn,
        make=_component(request.type) if found is None else _typed(found),
        name=request.name,
        parent=request.parent,
        inputs=inputs if found is None else _named(found, inputs),
        options={
            "protect": request.protect or None,
            "retain_on_delete": request.retainOnDelete or None,
            "ignore_changes": list(request.ignoreChanges) or None,
        },
        needs=tuple(it for it in request.dependencies if it not in of_inputs),
        deleted_with=request.deletedWith,
        providers=tuple({it.rpartition("::")[0] for it in own if it not in ("", *handed.values())}),
        is_component=not request.custom,
        outputs=None if outputs is None else json_format.MessageToDict(outputs),
    )


def _component(token: str) -> Make:
    return lambda name, inputs, opts: pulumi.ComponentResource(token, name, inputs, opts)


def _typed(of: type) -> Make:
    return lambda name, inputs, opts: of(name, opts=opts, **inputs)


def _read(token: str, key: str, value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return an input as people write it: a provider's are JSON in text."""
    written = isinstance(value, str) and (value in ("true", "false") or value[:1] in "{[")
    if token.startswith(_PROVIDER) and key != "kubeconfig" and written:
        return json.loads(value)
    return value


def _named(of: type, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Return inputs by the names of a class' parameters."""
    begun: Any = getattr(of, "_internal_init", of.__init__)
    taken = inspect.signature(begun).parameters
    by_key = {re.sub("_", "", name).lower(): name for name in taken}
    return {by_key[key.lower()]: value for key, value in inputs.items()}


def _make_all(todo: list[Step]) -> None:
    made: Made = {}
    for step in todo:
        if not step.parent:
            # The stack itself, which the SDK makes.
            made[step.urn] = None
            for key, value in (step.outputs or {}).items():
                pulumi.export(key, _live(value, made))
            continue
        made[step.urn] = resource = step.make(
            step.name,
            {key: _input(value, of, made) for key, (value, of) in step.inputs.items()},
            _options(step, made),
        )
        if step.is_component and step.outputs is not None:
            resource.register_outputs(_live(step.outputs, made))


def _options(step: Step, made: Made) -> pulumi.ResourceOptions:
    providers = [made[urn] for urn in step.providers]
    return pulumi.ResourceOptions(
        parent=made[step.parent],
        depends_on=[made[urn] for urn in step.needs],
        deleted_with=made.get(step.deleted_with),
        provider=providers[0] if providers and not step.is_component else None,
        providers=providers if providers and step.is_component else None,
        **step.options,
    )


def _input(value: Any, origins: tuple[str, ...], made: Made) -> Any:  # noqa: ANN401 - any JSON value
    literal = _live(value, made)
    if not origins:
        return literal

    def known(_: object) -> Any:  # noqa: ANN401 - any JSON value
        return literal

    outputs = [made[urn].urn for urn in origins]
    whole = outputs[0] if len(outputs) == 1 else pulumi.Output.all(*outputs)
    return whole.apply(known)


def _live(value: Any, made: Made) -> Any:  # noqa: ANN401 - any JSON value
    """Return a value with secrets and resources in place of their marks."""
    if is_mapping(value):
        if value.get(SIGNATURE) == REFERENCE:
            return made[str(value["urn"])]
        if SIGNATURE in value:
            return pulumi.Output.secret(_live(value["value"], made))
        return {str(key): _live(inner, made) for key, inner in value.items()}
    return [_live(inner, made) for inner in value] if is_list(value) else value
