"""Mistakes in files: all at once, each with its path and the nearest right word. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from hubs.shapes import is_list, is_mapping

Path = tuple[str | int, ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One mistake: where, and what to write instead."""

    where: str
    message: str

    def __str__(self) -> str:
        """Return `path: message`."""
        return f"{self.where}: {self.message}"


class MistakesError(ValueError):
    """Every mistake of a set of files; the message has one per line."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        """Keep the mistakes, in order and without repeats."""
        self.mistakes = sorted(set(mistakes))
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


def shown(path: Path) -> str:
    """Return a path as people write it: `events[0].seat.memory`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def nearest(word: str, allowed: list[str]) -> str:
    """Return what is allowed, and the nearest of it to what was found."""
    near = get_close_matches(word, allowed, n=1, cutoff=0.5)
    hint = f"; nearest: {near[0]}" if near else ""
    return f"allowed: {', '.join(allowed)}{hint}"


def parsed(
    adapter: TypeAdapter[T], raw: object, at: Path, mistakes: list[Mistake], file: str = ""
) -> T | None:
    """Return the parsed value, or None after adding every mistake in it."""
    try:
        return adapter.validate_python(raw)
    except ValidationError as error:
        schema = adapter.json_schema(by_alias=True)
        mistakes += _from_pydantic(error, raw, at, schema, file)
        return None


def _from_pydantic(
    error: ValidationError, raw: object, at: Path, schema: Mapping[str, Any], file: str
) -> Iterator[Mistake]:
    for item in error.errors():
        path = _without_tags(item["loc"], raw)
        where = shown((*at, *path)) or "file"
        yield Mistake(f"{file}: {where}" if file else where, _message(item, path, schema))


def _without_tags(path: Path, raw: object) -> Path:
    """Return the path without the tags that pydantic adds for unions."""
    kept: list[str | int] = []
    here = raw
    for part in path:
        if is_mapping(here) and part not in here and part in here.values():
            continue
        kept.append(part)
        here = _step(here, part)
    return tuple(kept)


def _step(here: object, part: str | int) -> object:
    if is_mapping(here):
        return here.get(str(part))
    if is_list(here) and isinstance(part, int) and part < len(here):
        return here[part]
    return None


def _message(item: Any, path: Path, schema: Mapping[str, Any]) -> str:  # noqa: ANN401 - pydantic's error details
    found, kind, context = item["input"], item["type"], item.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind == "extra_forbidden":
        return f"unknown key; {nearest(str(path[-1]), _keys_at(schema, path[:-1]))}"
    if kind in ("literal_error", "union_tag_invalid"):
        return _one_of(found, context)
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        keys = ", ".join(_keys_at(schema, path)) or "text"
        return f"found {found!r}; write a mapping with the keys {keys}"
    return _FIXED.get(kind, "found {found!r}; {told}").format(
        found=found, told=str(item["msg"]).lower(), **context
    )


_FIXED = {
    "missing": "is missing; it has no default",
    "union_tag_not_found": "{discriminator} is missing; it says which kind this is",
    "tuple_type": "found {found!r}; write a list",
    "too_short": "found {actual_length}; write at least {min_length}",
    "string_pattern_mismatch": "found {found!r}; write text of the form {pattern}",
}


def _one_of(found: object, context: Mapping[str, Any]) -> str:
    if "expected_tags" in context:
        words = [word.strip(" '") for word in context["expected_tags"].split(",")]
        found = context["tag"]
    else:
        words = [word.strip(" '") for word in context["expected"].replace(" or ", ",").split(",")]
    return f"found {found!r}; {nearest(str(found), words)}"


def _keys_at(schema: Mapping[str, Any], path: Path) -> list[str]:
    """Return the keys that the JSON Schema allows at a path."""
    keys: list[str] = []
    for node in _nodes_at(schema, schema, path):
        keys += [key for key in node.get("properties", {}) if key not in keys]
    return keys


def _nodes_at(
    root: Mapping[str, Any], node: Mapping[str, Any], path: Path
) -> Iterator[Mapping[str, Any]]:
    if "$ref" in node:
        yield from _nodes_at(root, root["$defs"][node["$ref"].rsplit("/", 1)[1]], path)
        return
    branches = [*node.get("anyOf", []), *node.get("oneOf", []), *node.get("allOf", [])]
    for branch in branches:
        yield from _nodes_at(root, branch, path)
    if branches:
        return
    if not path:
        yield node
        return
    part, rest = path[0], path[1:]
    inner = node.get("items") if isinstance(part, int) else node.get("properties", {}).get(part)
    if inner:
        yield from _nodes_at(root, inner, rest)
