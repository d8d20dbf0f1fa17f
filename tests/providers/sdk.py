"""What the installed SDKs of providers know of a resource's inputs: names, types, required or not.

An SDK is generated from its provider's schema, so a key that it does not know is one that the
provider does not take.
"""

import inspect
import typing
from collections import abc
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib import import_module
from types import UnionType
from typing import Any

import pulumi
from pulumi._types import _raw_return_hints, input_type_py_to_pulumi_names, is_input_type

# What the recorder shows in place of what is not known, secret, or another resource.
_OPAQUE = ("[unknown]", "[secret]", "[reference]")
_SCALARS: dict[object, tuple[type, ...]] = {
    bool: (bool,),
    int: (int,),
    float: (int, float),
    str: (str,),
}
_LISTS, _MAPS = (list, abc.Sequence), (dict, abc.Mapping)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A property that is registered.

    Attributes:
        path: Where it is, with `[]` for items of a list and `*` for keys of a map.
        value: What is registered.
        mistake: What the SDK says against it, if anything.
    """

    path: str
    value: object
    mistake: str | None = None


def opaque(value: object) -> bool:
    """Return whether a value stands for one that is not known before an update."""
    return isinstance(value, str) and (value in _OPAQUE or value.startswith("urn:pulumi:"))


@cache
def arguments(token: str) -> type:
    """Return the class of a resource's arguments.

    Args:
        token: The resource's type, such as `gcp:container/cluster:Cluster`.
    """
    package, where, name = token.split(":")
    group, _, version = where.partition("/")
    parts = [f"pulumi_{package}"]
    if package == "kubernetes":
        parts += [group.split(".")[0], version]
    elif group != "index":
        parts.append(group)
    resource = getattr(import_module(".".join(parts)), name)
    # A nested object of another resource may have a class of the same name beside it.
    own = inspect.getmodule(resource)
    return getattr(own, f"{name}InitArgs", None) or getattr(own, f"{name}Args")


@cache
def properties(arguments_class: type) -> dict[str, Any]:
    """Return the types of an object's properties by their names in the provider's schema."""
    return _raw_return_hints(arguments_class)


@cache
def required(arguments_class: type) -> frozenset[str]:
    """Return the names of an object's required properties in the provider's schema."""
    names = input_type_py_to_pulumi_names(arguments_class)
    given = inspect.signature(arguments_class).parameters.values()
    return frozenset(names[one.name] for one in given if one.default is inspect.Parameter.empty)


def _kinds(hint: Any) -> Iterator[Any]:  # noqa: ANN401 - a type is any object
    """Yield the plain types that an input may have."""
    origin = typing.get_origin(hint)
    if origin in (typing.Union, UnionType):
        for inner in typing.get_args(hint):
            yield from _kinds(inner)
    elif origin not in (pulumi.Output, abc.Awaitable) and not typing.is_typeddict(hint):
        yield hint


def is_known(token: str, path: str, *, by_key: bool = False) -> bool:
    """Return whether a resource has a property at a path, as `Seen` has it.

    Args:
        token: The resource's type.
        path: The path.
        by_key: Whether keys of maps may stand in it as they are, as in a resource's options.
    """
    inside: list[Any] = [arguments(token)]
    for part in path.replace("[]", ".[]").split("."):
        hints = [hint for it in inside for hint in _within(it, part, by_key=by_key)]
        inside = [kind for hint in hints for kind in _kinds(hint)]
    return bool(inside)


def _within(kind: Any, part: str, *, by_key: bool) -> list[Any]:  # noqa: ANN401 - as above
    """Return the types of what a part of a path leads to, inside of a type."""
    origin = typing.get_origin(kind)
    if part in ("[]", "*") or (by_key and origin in _MAPS):
        wanted = _LISTS if part == "[]" else _MAPS
        return [typing.get_args(kind)[-1]] if origin in wanted else []
    if inspect.isclass(kind) and is_input_type(kind):
        return [properties(kind)[part]] if part in properties(kind) else []
    return []


def seen(token: str, inputs: dict[str, Any]) -> Iterator[Seen]:
    """Yield every property of a resource's inputs, and every required one that is missing."""
    yield from _object(arguments(token), inputs, "")


def _object(of: type, value: dict[str, Any], path: str) -> Iterator[Seen]:
    known, prefix = properties(of), f"{path}." if path else ""
    for name in sorted(required(of) - value.keys()):
        yield Seen(path=f"{prefix}{name}", value=None, mistake="is required and missing")
    for name, inner in value.items():
        if name in known:
            yield from _value(known[name], inner, f"{prefix}{name}")
        else:
            told = f"is unknown; allowed: {', '.join(sorted(known))}"
            yield Seen(path=f"{prefix}{name}", value=inner, mistake=told)


def _value(hint: Any, value: object, path: str) -> Iterator[Seen]:  # noqa: ANN401 - as above
    kinds = list(_kinds(hint))
    fitting: list[Any] = [
        kind for kind in kinds if opaque(value) or kind is Any or _fits(kind, value)
    ]
    if not fitting:
        told = ", ".join(_named(kind) for kind in kinds if kind is not type(None))
        yield Seen(path=path, value=value, mistake=f"is {value!r}; allowed: {told}")
        return
    yield Seen(path=path, value=value)
    if isinstance(value, list):
        for inner in value:
            yield from _value(typing.get_args(fitting[0])[0], inner, f"{path}[]")
    elif isinstance(value, dict) and typing.get_origin(fitting[0]) in _MAPS:
        for inner in value.values():
            yield from _value(typing.get_args(fitting[0])[1], inner, f"{path}.*")
    elif isinstance(value, dict) and fitting[0] is not Any:
        yield from _object(fitting[0], value, path)


def _named(kind: Any) -> str:  # noqa: ANN401 - as above
    if typing.get_origin(kind) is typing.Literal:
        return ", ".join(repr(word) for word in typing.get_args(kind))
    return getattr(kind, "__name__", str(kind))


def _fits(kind: Any, value: object) -> bool:  # noqa: ANN401 - as above
    origin = typing.get_origin(kind)
    if value is None or kind is type(None):
        return value is None and kind is type(None)
    if origin is typing.Literal:
        return value in typing.get_args(kind)
    if isinstance(value, list):
        return origin in _LISTS
    if isinstance(value, dict):
        return origin in _MAPS or (inspect.isclass(kind) and is_input_type(kind))
    if inspect.isclass(kind) and issubclass(kind, Enum):
        return value in [one.value for one in kind]
    # A truth value is an integer in Python, and none in a schema.
    allowed = _SCALARS.get(kind, ())
    return isinstance(value, allowed) and (kind is bool or not isinstance(value, bool))
